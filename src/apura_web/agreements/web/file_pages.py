"""The pact as a file: take it away, send it back, see what it changes, and write it in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apura.norms import BadInput, Problem
from apura_web.agreements.files.comparing import Plan
from apura_web.agreements.files.going import Going
from apura_web.agreements.files.word_out import document_of
from apura_web.agreements.files.workbook_out import workbook_of
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.differences import differences
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.selectors.reading import names_in
from apura_web.agreements.services import files
from apura_web.agreements.web.agreement_tabs import crumbs_of
from apura_web.agreements.web.changes_told import ToldChange, told_changes
from apura_web.agreements.web.finding import check_side, find_agreement, may_write
from apura_web.audit.requests import ActorRequest
from apura_web.foundation import blobs
from apura_web.foundation.blobs import DOCX, XLSX
from apura_web.foundation.carried import of_ticket, ticket_of
from apura_web.foundation.forms import PageForm, UploadField
from apura_web.foundation.marked_sheets import marked_copy
from apura_web.foundation.models import Blob
from apura_web.foundation.presentation import Crumb, slug
from apura_web.foundation.refusals import Refused
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED
from apura_web.foundation.web.files import file_answer

TICKET, ACTION, APPLY, MARKED = "bilhete", "acao", "gravar", "anotar"
MOVED = "O texto mudou desde que esta lista foi feita. Confira-a de novo antes de gravar."


CALLED = Crumb("Levar e trazer o pacto")


class FileForm(PageForm):
    """The file, changed."""

    file = UploadField(label="Arquivo do pacto", kinds=("xlsx", "ods", "docx"), megabytes=10)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def files_page(request: ActorRequest, code: str) -> HttpResponse:
    """Offer the files; posted to, show what it changes, and then write it."""
    found = find_agreement(request, code)
    check_side(request, found)
    if request.method == "POST" and TICKET in request.POST:
        return _second_step(request, found)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            blob = blobs.prepare(form.cleaned_data["file"], request.institution)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _preview(request, found, blob, files.plan_of(found, blob, actor=request.actor))
    context = {
        "agreement": found,
        "form": form,
        "can_write": may_write(request, found),
        "crumbs": crumbs_of(found, CALLED),
    }
    return render(request, "agreements/files.html", context, status=REFUSED if form.errors else 200)


@signed_in
@require_GET
def workbook(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the text as a workbook."""
    return _taken(request, code, workbook_of, XLSX)


@signed_in
@require_GET
def document(request: ActorRequest, code: str) -> HttpResponse:
    """Hand over the text as a Word document."""
    return _taken(request, code, document_of, DOCX)


def _taken(
    request: ActorRequest, code: str, written_as: Callable[[Going], bytes], media_type: str
) -> HttpResponse:
    found = find_agreement(request, code)
    check_side(request, found)
    content = files.make(found, written_as, actor=request.actor, at=request.at)
    ending = "xlsx" if media_type == XLSX else "docx"
    return file_answer(content, f"{slug(f'pacto {found.number} {found.unit}')}.{ending}", media_type)


def _second_step(request: ActorRequest, found: Agreement) -> HttpResponse:
    try:
        blob = of_ticket(request.POST[TICKET], request.institution)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(request.path)
    plan = files.plan_of(found, blob, actor=request.actor)
    if request.POST.get(ACTION) == MARKED:
        return _marked(blob, plan)
    if plan.problems or request.POST.get("plano") != plan.sha256:
        return _preview(request, found, blob, plan, said=MOVED)
    chosen = {name: request.POST.getlist(name) for name in ("meu", "retirar")}
    try:
        count = files.apply(found, plan, chosen=chosen, actor=request.actor, at=request.at)
    except Refused as refused:
        return _preview(request, found, blob, plan, said=str(refused.refusal))
    told = (
        "Nada mudou no texto."
        if not count
        else "1 parte gravada."
        if count == 1
        else f"{count} partes gravadas."
    )
    messages.success(request, f"{told} Nada foi enviado ao outro lado ainda.")
    return redirect(found.get_absolute_url())


def _preview(
    request: ActorRequest, found: Agreement, blob: Blob, plan: Plan, *, said: str = ""
) -> HttpResponse:
    names = names_in(request.institution.pk, plan.now, plan.preferred)
    context: dict[str, Any] = {
        "agreement": found,
        "file_name": blob.file_name,
        "ticket": ticket_of(blob),
        "plan": plan,
        "said": said,
        "changes": told_changes(differences(plan.now, plan.after), names),
        "collisions": [_collision(each.key, plan, names) for each in plan.collisions],
        "can_mark": blob.file_name.lower().endswith(".xlsx"),
        "crumbs": crumbs_of(found, Crumb(CALLED.label, request.path), Crumb(blob.file_name)),
    }
    status = REFUSED if plan.problems or said else 200
    return render(request, "agreements/file_preview.html", context, status=status)


def _collision(key: str, plan: Plan, names: Any) -> ToldChange:
    """Tell a part that both sides changed: as the other wrote it, and as the file says."""
    part = next(each for each in plan.parts if each.key == key)
    before = PactText((Part(key, part.section, part.values),))
    return told_changes(differences(before, PactText((Part(key, part.section, part.mine),))), names)[0]


def _marked(blob: Blob, plan: Plan) -> HttpResponse:
    problems = [Problem(each.message, each.sheet, each.cell) for each in plan.problems]
    try:
        return file_answer(
            marked_copy(blob.storage_name, blob.file_name, problems), "pacto-com-erros.xlsx", XLSX
        )
    except BadInput as error:
        raise Http404(str(error)) from error
