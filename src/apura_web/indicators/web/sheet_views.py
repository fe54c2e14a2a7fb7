"""The grid as a spreadsheet: take it away, send it back, see what it changes, and keep it in the grid."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apura.norms import BadInput
from apura.sheets.confined import FileContents
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.blobs import XLSX
from apura_web.foundation.forms import PageForm, UploadField
from apura_web.foundation.presentation import Crumb, slug
from apura_web.foundation.refusals import Refused
from apura_web.foundation.tables import Column, Table, TableLayout
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED
from apura_web.foundation.web.files import file_answer
from apura_web.indicators.models import GridSheet, Submission
from apura_web.indicators.selectors.grids import grid_now, sheets_of
from apura_web.indicators.selectors.rounds import lock_of, may_type
from apura_web.indicators.services import sheets
from apura_web.indicators.sheets.out import table_of, workbook_of
from apura_web.indicators.web.grid_views import find_submission
from apura_web.indicators.web.round_views import LIST

PROBLEMS = TableLayout(
    name="erros",
    caption="Erros por célula",
    columns=(Column("onde", "Célula", "place"), Column("erro", "O que está errado e o que fazer", "message")),
    search=("place", "message"),
)


class SheetForm(PageForm):
    """The sheet, filled."""

    file = UploadField(label="Planilha preenchida", kinds=("xlsx", "ods", "csv"), megabytes=10)


@signed_in
@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Offer the sheet of a grid, and receive it filled."""
    found = find_submission(request, code, unit_code)
    lock = lock_of(found, request.today)
    can_type = may_type(request.actor, found)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        _stop_who_may_not(can_type=can_type)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            contents = FileContents(sent.name, PurePosixPath(sent.name).suffix.lower(), sent.read())
            try:
                staged = sheets.stage(found, contents, actor=request.actor, at=request.at)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect(f"{request.path}{staged.code}/")
    context = {
        "submission": found,
        "round": found.round,
        "lock": lock,
        "form": form if lock.is_open and can_type else None,
        "can_type": can_type,
        "total": len(grid_now(found).boxes),
        "crumbs": _crumbs(found),
    }
    return render(request, "indicators/sheet_page.html", context, status=REFUSED if form.errors else 200)


@signed_in
@require_GET
def download(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Hand over the grid as a workbook, or as a text table."""
    found = find_submission(request, code, unit_code)
    grid = grid_now(found)
    name = slug(f"{found.unit} {found.round.name}")[:80]
    if request.GET.get("formato") == "csv":
        return file_answer(table_of(grid).encode("utf-8-sig"), f"{name}.csv", "text/csv; charset=utf-8")
    return file_answer(workbook_of(grid, request.at), f"{name}.xlsx", XLSX)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def waiting(request: ActorRequest, code: str, unit_code: str, sheet_code: str) -> HttpResponse:
    """Show what a sheet changes; posted to, keep it in the grid."""
    found, staged = _staged(request, code, unit_code, sheet_code)
    refusal = ""
    if request.method == "POST":
        _stop_who_may_not(can_type=may_type(request.actor, found))
        try:
            done = sheets.apply(
                staged, insist=request.POST.getlist("meu"), actor=request.actor, at=request.at
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _told(done.saved))
            return redirect(request.path if done.refused else found.get_absolute_url())
    return _shown(request, found, staged, refusal)


@signed_in
@require_GET
def annotated(request: ActorRequest, code: str, unit_code: str, sheet_code: str) -> HttpResponse:
    """Hand the sheet back with its errors marked."""
    _found, staged = _staged(request, code, unit_code, sheet_code)
    try:
        return file_answer(sheets.annotated_copy(staged), "grade-com-erros.xlsx", XLSX)
    except BadInput as error:
        raise Http404(str(error)) from error


def _staged(
    request: ActorRequest, code: str, unit_code: str, sheet_code: str
) -> tuple[Submission, GridSheet]:
    found = find_submission(request, code, unit_code)
    return found, get_object_or_404(sheets_of(found, request.actor), code=sheet_code)


def _shown(request: ActorRequest, found: Submission, staged: GridSheet, refusal: str) -> HttpResponse:
    rows = [
        {"place": f"{name}!{cell}" if cell else name, "message": said} for name, cell, said in staged.problems
    ]
    changes = [
        {**each, "saved_at": datetime.fromisoformat(each["saved_at"]) if each["saved_at"] else None}
        for each in staged.changes
    ]
    context = {
        "submission": found,
        "sheet": staged,
        "refusal": refusal,
        "plain": [each for each in changes if not each["conflict"]],
        "conflicts": [each for each in changes if each["conflict"]],
        "noted": sum(bool(each["note"]) for each in changes),
        "can_annotate": staged.file_name.lower().endswith(".xlsx"),
        "crumbs": (*_crumbs(found)[:-1], Crumb("Planilha", "../"), Crumb(staged.file_name)),
    }
    return Table(PROBLEMS, rows, request).answer("indicators/sheet_waiting.html", context)


def _told(count: int) -> str:
    if count == 1:
        return "1 célula gravada na grade."
    return f"{count} células gravadas na grade." if count else "Nenhuma célula da grade mudou."


def _stop_who_may_not(*, can_type: bool) -> None:
    if not can_type:
        raise PermissionDenied("Preenche a grade quem trabalha na unidade ou responde por ela.")


def _crumbs(found: Submission) -> tuple[Crumb, ...]:
    window = found.round
    grid = Crumb(found.unit.acronym, found.get_absolute_url())
    return (LIST, Crumb(window.name, window.get_absolute_url()), grid, Crumb("Planilha"))
