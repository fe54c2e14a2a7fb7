"""``/api/v1/``: the rooms' operations under one door, with errors all alike; and the page that tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError
from ninja.renderers import JSONRenderer

from apura_web.audit.api import router as trail
from apura_web.config.errors import SAID
from apura_web.documents.api import router as documents
from apura_web.foundation.problems import problem
from apura_web.foundation.refusals import Refusal, Refused
from apura_web.foundation.rest import WrongFields
from apura_web.indicators.api import router as indicators
from apura_web.orgs.api import router as orgs
from apura_web.orgs.bearer import KeyOfAccess

log = structlog.get_logger("apura.api")
NO_KEY = Refusal(
    "accounts.no_key",
    "A chave de acesso falta, venceu, foi revogada ou não existe.",
    "Mande no cabeçalho “Authorization: Bearer …” uma chave criada em “Minha conta”.",
    status=401,
)
WRONG = Refusal("api.wrong_fields", "Há campos que não servem.", "Corrija-os e envie de novo.", status=422)
UNREADABLE = Refusal("api.unreadable", "O corpo do pedido não é um JSON.", "Confira o que foi enviado.")


class PlainJson(JSONRenderer):
    """JSON with the accents as they are."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="API da Apura",
    version="1",
    description="Consulta e registro por programas, com a chave de acesso de uma pessoa e nunca mais do que ela pode.",
    auth=KeyOfAccess(),
    docs_url=None,
    openapi_url="/openapi.json",
    renderer=PlainJson(),
    urls_namespace="api",
)
for _router in (orgs, documents, indicators, trail):
    api.add_router("", _router)

Handler = Callable[[HttpRequest, Any], HttpResponse]


def _told(request: HttpRequest, status: int, refusal: Refusal, **more: Any) -> HttpResponse:
    return api.create_response(request, problem(refusal, **more), status=status)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("a API falhou", exc_info=error)
    return _told(request, 500, SAID[500], reference=getattr(request, "reference", ""))


def _wrong_schema(request: HttpRequest, error: SchemaError) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for each in error.errors:
        place = [str(part) for part in each["loc"] if part not in {"body", "query", "header", "path"}]
        fields.setdefault(".".join(place[-2:]), []).append(in_portuguese(each))
    return _told(request, 422, WRONG, fields=fields)


def in_portuguese(error: dict[str, Any]) -> str:
    """Say in Portuguese what is wrong with a field."""
    limits = error.get("ctx") or {}
    said = {
        "missing": "Falta informar.",
        "extra_forbidden": "Este campo não existe.",
        "enum": f"Use um destes: {limits.get('expected', '')}.".replace(" or ", " ou "),
        "less_than_equal": f"É no máximo {limits.get('le')}.",
        "greater_than_equal": f"É no mínimo {limits.get('ge')}.",
        "string_too_long": f"Tem no máximo {limits.get('max_length')} caracteres.",
        "string_too_short": f"Tem no mínimo {limits.get('min_length')} caracteres.",
        "int_parsing": "Não é um número inteiro.",
        "string_pattern_mismatch": "Não tem a forma esperada.",
    }
    default = "Não é uma data: use AAAA-MM-DD." if "date" in str(error.get("type")) else "Não serve."
    return said.get(str(error.get("type")), default)


HANDLERS: dict[type[Exception], Handler] = {
    Exception: _failed,
    SchemaError: _wrong_schema,
    AuthenticationError: lambda request, _error: _told(request, 401, NO_KEY),
    Http404: lambda request, _error: _told(request, 404, SAID[404]),
    PermissionDenied: lambda request, _error: _told(request, 403, SAID[403]),
    Refused: lambda request, error: _told(request, error.refusal.status, error.refusal),
    WrongFields: lambda request, error: _told(request, 422, WRONG, fields=error.fields),
    ModelError: lambda request, error: _told(request, 422, WRONG, fields={"": error.messages}),
    HttpError: lambda request, error: _told(request, error.status_code, UNREADABLE),
}
for _error, _handler in HANDLERS.items():
    api.add_exception_handler(_error, _handler)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Tell what the API does, from its own declaration: a page without anything from outside."""
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    operations = [
        {**operation, "path": path, "method": method.upper(), "asked": _asked(operation)}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    base = request.build_absolute_uri("/api/v1")
    return render(request, "api_docs.html", {"operations": operations, "base": base})


def _asked(operation: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Give what an operation reads from the address and the headers: name, what it is, whether it must come."""
    return [
        (each["name"], each.get("description") or each["schema"].get("description", ""), each["required"])
        for each in operation.get("parameters", [])
    ]
