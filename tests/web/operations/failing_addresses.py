"""The platform's addresses and some that go wrong in every way, for the tests of error pages and logs."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from apura_web.config.urls import (  # noqa: F401 - Django looks the handlers up here
    handler400,
    handler403,
    handler404,
    handler429,
    handler500,
)
from apura_web.config.urls import urlpatterns as own
from apura_web.foundation.refusals import Refusal, Refused

CPF = "529.982.247-25"


def fails(request: HttpRequest) -> HttpResponse:
    """Break with somebody's data in the message, as a database does."""
    raise ValueError(f"chave duplicada: cpf=({CPF}) de ana.souza@orgao.go.gov.br")


def is_refused(request: HttpRequest) -> HttpResponse:
    """Refuse outside a form."""
    raise Refused(
        Refusal("teste.recusa", "O prazo já passou.", "Peça a prorrogação.", "Decreto nº 1, art. 2º", 409)
    )


def is_forbidden(request: HttpRequest) -> HttpResponse:
    """Refuse by powers."""
    raise PermissionDenied


def is_suspicious(request: HttpRequest) -> HttpResponse:
    """Not be understood."""
    raise SuspiciousOperation


WRONG = {"falha": fails, "recusa": is_refused, "proibido": is_forbidden, "estranho": is_suspicious}
urlpatterns = [
    *own,
    *(path(f"{name}/", view) for name, view in WRONG.items()),
    *(path(f"api/{name}/", view) for name, view in WRONG.items()),
]
