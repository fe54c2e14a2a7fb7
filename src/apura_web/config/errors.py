"""What people and programs are told when a request is not served: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from apura_web.foundation.problems import problem
from apura_web.foundation.refusals import Refusal, Refused

log = structlog.get_logger("apura.erro")
PLAIN = (
    '<!DOCTYPE html><html lang="pt-BR"><head><meta charset="utf-8"><title>Algo falhou</title></head><body>'
    "<h1>Algo falhou do nosso lado</h1><p>Tente de novo em alguns minutos. Se continuar, avise quem cuida da Apura "
    "na sua instituição e informe a referência <strong>{reference}</strong>.</p></body></html>"
)
NOT_ALLOWED = 405

SAID = {
    400: Refusal("apura.pedido_invalido", "O pedido chegou incompleto ou grande demais.", "Confira e envie de novo."),
    403: Refusal("apura.sem_permissao", "Você não pode fazer isto.", "Confira a função e o alcance da chave."),
    404: Refusal("apura.nao_encontrado", "Não há nada neste endereço, ao menos para você.", "Confira o endereço."),
    405: Refusal("apura.verbo", "Este endereço não aceita este verbo.", "Veja no cabeçalho Allow os que aceita."),
    429: Refusal("apura.muitos_pedidos", "Foram muitos pedidos em pouco tempo.", "Espere um minuto."),
    500: Refusal("apura.falha", "Algo falhou do nosso lado.", "Tente de novo; se continuar, informe a referência."),
}  # fmt: skip


def is_for_program(request: HttpRequest) -> bool:
    """Say whether the answer goes to a program."""
    return request.path.startswith("/api/")


def told_to_program(refusal: Refusal, status: int, reference: str = "") -> JsonResponse:
    """Answer a program, in the one shape of the API's errors."""
    body = problem(refusal, reference=reference)
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 400."""
    return _page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return _page(request, 403, exception=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 404."""
    return _page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429."""
    return _page(request, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 with the reference to quote; it needs neither database nor, at worst, templates."""
    reference = getattr(request, "reference", "")
    if is_for_program(request):
        return told_to_program(SAID[500], 500, reference)
    try:
        return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))
    except Exception:
        log.exception("a página de erro também falhou")
        return HttpResponseServerError(PLAIN.format(reference=reference))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form sent by a page that was open for too long."""
    return render(request, "403_csrf.html", status=403)


class RefusalPages:
    """Turns a refusal that no form caught into a page, or into the API's error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as always; to programs, also a wrong verb in the one shape of errors."""
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and is_for_program(request):
            told = told_to_program(SAID[NOT_ALLOWED], NOT_ALLOWED)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave everything else to Django."""
        if not isinstance(exception, Refused):
            return None
        refusal = exception.refusal
        if is_for_program(request):
            return told_to_program(refusal, refusal.status)
        return render(request, "refused.html", {"refusal": refusal}, status=refusal.status)


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    if is_for_program(request):
        return told_to_program(SAID[status], status)
    return render(request, f"{status}.html", context, status=status)
