"""Importing from a spreadsheet: send, see what it would do, confirm, and follow until it ends."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apura.norms import BadInput
from apura.sheets.confined import FileContents
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.documents.basis_form import BasisForm
from apura_web.foundation.blobs import XLSX
from apura_web.foundation.forms import UploadField
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.refusals import Refused
from apura_web.foundation.tables import Column, Table, TableLayout
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import NEW_ACT, REFUSED, typed_before, way_through_the_new_act
from apura_web.foundation.web.files import file_answer
from apura_web.orgs.imports.template import workbook_for
from apura_web.orgs.models import ImportBatch, ImportKind
from apura_web.orgs.selectors.imports import ImportState, imports_visible_to, state_of
from apura_web.orgs.services import import_runs, imports
from apura_web.orgs.web import import_news

ACT = "orgs.import.apply"
LISTS = {ImportKind.PEOPLE: ("people", "Pessoas"), ImportKind.UNITS: ("units", "Unidades")}
SHOWN_ITEMS = 20
PROBLEMS = TableLayout(
    name="erros",
    caption="Erros por célula",
    columns=(Column("onde", "Célula", "place"), Column("erro", "O que está errado", "message")),
    search=("place", "message"),
)


class UploadForm(BasisForm):
    """The sheet, and by which act and from which day what it brings is valid."""

    file = UploadField(label="Planilha", kinds=("xlsx", "ods", "csv"), megabytes=20)
    order = ("file",)


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest, kind: str) -> HttpResponse:
    """Receive a sheet and stage it."""
    check_power(request, ACT, request.institution)
    form = UploadForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=typed_before(request)
    )
    if request.method == "POST" and NEW_ACT in request.POST:
        return redirect(way_through_the_new_act(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        suffix = PurePosixPath(sent.name).suffix.lower()
        order = imports.ImportOrder(kind, form.cleaned_data["legal_act"], form.starts_on)
        contents = FileContents(sent.name, suffix, sent.read())
        staged = imports.stage(request.institution, contents, order=order, actor=request.actor, at=request.at)
        return redirect(f"{request.path}{staged.code}/")
    list_url, label = _list(kind)
    context = {"form": form, "kind": kind, "label": label, "list_url": list_url, "crumbs": _crumbs(kind)}
    context["news"] = import_news.unfinished_for(request.actor)
    return render(request, "orgs/import_upload.html", context, status=REFUSED if form.errors else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def batch(request: ActorRequest, kind: str, code: str) -> HttpResponse:
    """Show what an import would do, how far it is or what became of it; posted to, have it written."""
    found = _found(request, kind, code)
    if request.method == "POST":
        try:
            import_runs.confirm(found, actor=request.actor, at=request.at)
        except Refused as refused:
            return _shown(request, found, refusal=str(refused))
        return redirect(request.path)
    if state_of(found) in {ImportState.DONE, ImportState.STOPPED}:
        import_runs.mark_told(found, actor=request.actor, at=request.at)
    return _shown(request, found)


@never_cache
@signed_in
@require_GET
def progress(request: ActorRequest, kind: str, code: str) -> HttpResponse:
    """Answer how far an import is; when it ends or stops, or who writes comes or goes, the page shows it."""
    found = _found(request, kind, code, light=True)
    has_worker = import_news.has_worker()
    told = import_news.progress_of(found, has_worker=has_worker)
    answer = render(request, "foundation/components/_progress.html", {"progress": told})
    if state_of(found) != ImportState.RUNNING or has_worker == (import_news.AWAITS_WORKER in request.GET):
        answer["HX-Refresh"] = "true"
    return answer


@signed_in
@require_GET
def annotated(request: ActorRequest, kind: str, code: str) -> HttpResponse:
    """Hand the sheet back with its errors marked."""
    found = _found(request, kind, code)
    try:
        content = imports.annotated_copy(found)
    except BadInput as error:
        raise Http404(str(error)) from error
    return file_answer(content, f"{kind}-com-erros.xlsx", XLSX)


@signed_in
@require_GET
def template(request: ActorRequest, kind: str) -> HttpResponse:
    """Hand over the workbook to fill, blank or with what exists."""
    check_power(request, ACT, request.institution)
    is_filled = request.GET.get("com") == "dados"
    content = workbook_for(request.institution, kind, request.today, is_filled=is_filled)
    return file_answer(content, f"{kind}.xlsx", XLSX)


def _found(request: ActorRequest, kind: str, code: str, *, light: bool = False) -> ImportBatch:
    check_power(request, ACT, request.institution)
    rows = imports_visible_to(request.actor).filter(kind=kind)
    return get_object_or_404(rows.defer("items", "problems") if light else rows, code=code)


def _shown(request: ActorRequest, found: ImportBatch, refusal: str = "") -> HttpResponse:
    rows = [
        {"place": f"{sheet}!{cell}" if cell else sheet, "message": said}
        for sheet, cell, said in found.problems
    ]
    list_url, label = _list(found.kind)
    has_worker = import_news.has_worker()
    context = {
        "batch": found,
        "state": state_of(found).name,
        "refusal": refusal,
        "progress": import_news.progress_of(found, has_worker=has_worker),
        "has_worker": has_worker,
        "why": import_news.why_it_stopped(found),
        "items": found.items[:SHOWN_ITEMS],
        "more": max(0, len(found.items) - SHOWN_ITEMS),
        "legal_act": found.legal_act.current,
        "label": label,
        "list_url": list_url,
        "can_annotate": found.file_name.lower().endswith(".xlsx"),
        "crumbs": _crumbs(found.kind),
    }
    return Table(PROBLEMS, rows, request).answer("orgs/import_batch.html", context)


def _list(kind: str) -> tuple[str, str]:
    name, label = LISTS[ImportKind(kind)]
    return reverse(name), label


def _crumbs(kind: str) -> tuple[Crumb, ...]:
    url, label = _list(kind)
    return (Crumb(label, url), Crumb("Importar planilha"))
