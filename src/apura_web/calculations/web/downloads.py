"""The files of a calculation: the memória in two archival forms, the document and the fact sheet as they are stored."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from apura.paper import archival_pdf, plain_archival_pdf
from apura_web.audit.requests import ActorRequest
from apura_web.calculations.models import Calculation
from apura_web.calculations.selectors import calculations_visible_to
from apura_web.calculations.web.finding import find
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.files import file_answer

PDF, JSON = "application/pdf", "application/json"


@signed_in
@require_GET
def memory_pdf(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the memória with its data attached."""
    found = find(request, code)
    return file_answer(archival_pdf(found.memory.made), f"memoria-{code}.pdf", PDF)


@signed_in
@require_GET
def plain_memory_pdf(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the memória without attachments, as SEI and courts of accounts ask."""
    found = find(request, code)
    return file_answer(plain_archival_pdf(found.memory.made), f"memoria-{code}-sem-anexos.pdf", PDF)


@signed_in
@require_GET
def document(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the document, byte by byte as its digest was taken."""
    return file_answer(_stored(request, code).document, f"resultado-{code}.json", JSON)


@signed_in
@require_GET
def fact_sheet(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the fact sheet, byte by byte as its digest was taken."""
    return file_answer(_stored(request, code).fact_sheet.content, f"folha-de-fatos-{code}.json", JSON)


def _stored(request: ActorRequest, code: str) -> Calculation:
    return get_object_or_404(calculations_visible_to(request.actor).defer(None), code=code)
