"""Loads of values: the list, sending a file, what it would do, how far it is, its errors."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apura.norms import BadInput
from apura_web.audit.requests import ActorRequest
from apura_web.audit.security import note_denial
from apura_web.foundation.blobs import XLSX
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.refusals import Refused
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED
from apura_web.foundation.web.files import file_answer
from apura_web.indicators.loads.columns import COLUMNS
from apura_web.indicators.loads.template import blank_workbook
from apura_web.indicators.models import Load, LoadKind
from apura_web.indicators.selectors.loads import (
    LoadState,
    doubts_of,
    loads_visible_to,
    may_load,
    problems_of,
    rows_to_write,
    state_of,
)
from apura_web.indicators.services import load_runs
from apura_web.indicators.web import load_told
from apura_web.indicators.web.load_forms import BulkForm, JustificationForm, LoadForm
from apura_web.indicators.web.load_tables import LOADS, PROBLEMS, ROWS

LIST = Crumb("Cargas", "/cargas/")
FORMS = {LoadKind.MEMORY: LoadForm, LoadKind.BULK: BulkForm}
TITLES = {LoadKind.MEMORY: "Importar anos anteriores", LoadKind.BULK: "Carregar em lote"}
DOUBTS_SHOWN = 20
REFUSAL = "Carrega apurações quem coordena o setor ou a unidade central."


@signed_in
@require_GET
def listed(request: ActorRequest) -> HttpResponse:
    """List the loads."""
    _stop_who_may_not(request)
    table = Table(LOADS, loads_visible_to(request.actor), request)
    return table.answer("indicators/loads.html", {"crumbs": (Crumb("Cargas"),)})


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest, kind: str) -> HttpResponse:
    """Receive a file of values and stage it."""
    _stop_who_may_not(request)
    form = FORMS[LoadKind(kind)](request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            staged = load_runs.stage(
                request.institution,
                form.cleaned_data["file"],
                order=form.order,
                actor=request.actor,
                at=request.at,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(staged)
    context = {
        "form": form,
        "is_bulk": kind == LoadKind.BULK,
        "title": TITLES[LoadKind(kind)],
        "columns": [each for each in COLUMNS if kind == LoadKind.MEMORY or each.name != "meta"],
        "crumbs": (LIST, Crumb(TITLES[LoadKind(kind)])),
    }
    return render(request, "indicators/load_upload.html", context, status=REFUSED if form.errors else 200)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def load(request: ActorRequest, code: str) -> HttpResponse:
    """Show what a load would do, how far it is or what became of it; posted to, have it go on."""
    found = _found(request, code)
    refusal, form = "", _justification_form(request, found)
    if request.method == "POST" and (form is None or form.is_valid()):
        said = form.cleaned_data["justification"] if form is not None else ""
        try:
            load_runs.confirm(found, justification=said, actor=request.actor, at=request.at)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect(request.path)
    state = state_of(found)
    load_runs.note_told(found, actor=request.actor, at=request.at)
    context = {
        "load": found,
        "state": state.name,
        "refusal": refusal,
        "form": form,
        "doubts": doubts_of(found)[:DOUBTS_SHOWN] if form is not None else (),
        "facts": load_told.facts_of(found),
        "progress": load_told.progress_of(found),
        "has_worker": load_told.has_worker(),
        "why": load_told.why_it_stopped(found),
        "can_annotate": found.kind == LoadKind.MEMORY and found.file_name.lower().endswith(".xlsx"),
        "crumbs": (LIST, Crumb(found.file_name)),
    }
    is_wrong = state == LoadState.WRONG
    rows = problems_of(found) if is_wrong else rows_to_write(found)
    return Table(PROBLEMS if is_wrong else ROWS, rows, request).answer("indicators/load.html", context)


@never_cache
@signed_in
@require_GET
def progress(request: ActorRequest, code: str) -> HttpResponse:
    """Answer how far a load is; when it ends or stops, the page shows it."""
    found = _found(request, code)
    answer = render(
        request, "foundation/components/_progress.html", {"progress": load_told.progress_of(found)}
    )
    has_changed = state_of(found).name != request.GET.get("estado")
    if has_changed or load_told.has_worker() == (load_told.AWAITS_WORKER in request.GET):
        answer["HX-Refresh"] = "true"
    return answer


@signed_in
@require_GET
def errors(request: ActorRequest, code: str) -> StreamingHttpResponse:
    """Hand over every error of a load, as a text table."""
    found = _found(request, code)
    return load_told.lines_file(found, problems_of(found), "erro")


@signed_in
@require_GET
def doubts(request: ActorRequest, code: str) -> StreamingHttpResponse:
    """Hand over every strange result of a load, as a text table."""
    found = _found(request, code)
    return load_told.lines_file(found, doubts_of(found), "resultado")


@signed_in
@require_GET
def annotated(request: ActorRequest, code: str) -> HttpResponse:
    """Hand the workbook back with its errors marked."""
    found = _found(request, code)
    try:
        return file_answer(load_runs.annotated_copy(found), "apuracoes-com-erros.xlsx", XLSX)
    except BadInput as error:
        raise Http404(str(error)) from error


@signed_in
@require_POST
def drop(request: ActorRequest, code: str) -> HttpResponse:
    """Forget a load of which nothing is written."""
    found = _found(request, code)
    try:
        load_runs.drop(found, actor=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    messages.success(request, "Carga descartada; nada dela foi gravado.")
    return redirect(LIST.url)


@signed_in
@require_GET
def template(request: ActorRequest) -> HttpResponse:
    """Hand over the blank workbook of last years' values."""
    _stop_who_may_not(request)
    return file_answer(blank_workbook(), "anos-anteriores.xlsx", XLSX)


def _found(request: ActorRequest, code: str) -> Load:
    _stop_who_may_not(request)
    return get_object_or_404(loads_visible_to(request.actor), code=code)


def _justification_form(request: ActorRequest, found: Load) -> JustificationForm | None:
    """Give where strange results are justified, while the load waits for it."""
    if state_of(found) != LoadState.STAGED or not found.doubt_count:
        return None
    return JustificationForm(request.POST or None)


def _stop_who_may_not(request: ActorRequest) -> None:
    if not may_load(request.actor):
        note_denial(request.actor, load_runs.ACT, "audit.no_power")
        raise PermissionDenied(REFUSAL)
