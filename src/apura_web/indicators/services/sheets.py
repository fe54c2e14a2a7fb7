"""The sheet of a grid sent back: it waits until somebody confirms, and then fills the grid; nothing is sent by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents
from apura_web.audit.actors import Actor
from apura_web.foundation.clock import local_date
from apura_web.foundation.marked_sheets import marked_copy
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.indicators import guards
from apura_web.indicators.grid import Grid
from apura_web.indicators.models import Channel, GridSheet, Submission
from apura_web.indicators.selectors.grids import grid_now
from apura_web.indicators.services import cells
from apura_web.indicators.services.cells import Typing
from apura_web.indicators.sheets.back import read_back
from apura_web.indicators.sheets.comparing import Compared, compare

MOST_PROBLEMS = 2_000
STALE_AFTER = timedelta(days=2)


def stage(submission: Submission, contents: FileContents, *, actor: Actor, at: datetime) -> GridSheet:
    """Read the sheet of a grid and keep what it would change, without changing anything.

    Args:
        submission: whose grid.
        contents: the file.
        actor: who sends it.
        at: when.

    Raises:
        Refused: the window is closed.
    """
    refuse_if(guards.sending_refusal(submission, local_date(at, submission.institution)))
    found = _compared(grid_now(submission), contents)
    sheet = GridSheet(
        institution=submission.institution,
        submission=submission,
        file_name=contents.name[:200],
        asked_by=actor.id,
        asked_at=at,
        changes=[] if found.problems else found.changes,
        unchanged=found.unchanged,
        left_blank=found.left_blank,
        problems=[
            [each.sheet or "", each.cell or "", each.message] for each in found.problems[:MOST_PROBLEMS]
        ],
        problem_count=len(found.problems),
    )
    if found.problems:
        default_storage.save(sheet.storage_name, ContentFile(contents.data))
    sheet.save(force_insert=True)
    _forget_stale(submission, at)
    return sheet


def apply(sheet: GridSheet, *, insist: Iterable[str] = (), actor: Actor, at: datetime) -> GridSheet:
    """Fill the grid with what a sheet changes; once.

    Args:
        sheet: as it was compared.
        insist: the keys of the cells where the person prefers their value to what another saved meanwhile.
        actor: who confirms.
        at: when.

    Raises:
        Refused: the sheet has errors, was used already, or the window closed.
    """
    refuse_if(guards.sending_refusal(sheet.submission, local_date(at, sheet.institution)))
    chosen = set(insist)
    boxes = {box.key: box for box in grid_now(sheet.submission).boxes}
    with transaction.atomic():
        held = GridSheet.objects.select_for_update().get(pk=sheet.pk)
        refuse_if(_refusal(held))
        refused: list[list[str]] = []
        for change in held.changes:
            if change["conflict"] and change["key"] not in chosen:
                refused.append([change["name"], "Ficou o que outra pessoa gravou."])
                continue
            box = boxes.get(change["key"])
            if box is None:
                refused.append([change["name"], "Esta célula não é mais da grade."])
                continue
            try:
                cells.save(sheet.submission, box, _typing(change), actor=actor, at=at)
                held.saved += 1
            except Refused as error:
                refused.append([change["name"], error.refusal.reason])
        held.refused, held.finished_at, held.changes = refused, at, []
        held.save(update_fields=["refused", "finished_at", "changes", "saved"])
    return GridSheet.objects.select_related("institution").get(pk=sheet.pk)


def annotated_copy(sheet: GridSheet) -> bytes:
    """Give the person's own workbook back with its errors marked.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    problems = [Problem(message, name or None, cell or None) for name, cell, message in sheet.problems]
    return marked_copy(sheet.storage_name, sheet.file_name, problems)


def _compared(grid: Grid, contents: FileContents) -> Compared:
    try:
        return compare(grid, read_back(contents, grid))
    except BadInput as error:
        return Compared(problems=list(error.problems))


def _typing(change: dict[str, Any]) -> Typing:
    based_on = date.fromisoformat(change["based_on"]) if change["based_on"] else None
    seen, reason, certainty = change["seen"], change["reason"], change["certainty"]
    return Typing(change["typed"], seen, reason, certainty, based_on, Channel.SHEET)


def _refusal(sheet: GridSheet) -> Refusal | None:
    if sheet.problem_count:
        return Refusal(
            "indicators.sheet_has_errors",
            f"A planilha tem {sheet.problem_count} erro(s); nada é gravado enquanto houver um.",
            "Corrija as células indicadas e envie o arquivo de novo.",
        )
    if sheet.finished_at:
        return Refusal(
            "indicators.sheet_used",
            "Esta planilha já foi gravada na grade.",
            "Para mudar mais, envie o arquivo de novo.",
            status=409,
        )
    return None


def _forget_stale(submission: Submission, at: datetime) -> None:
    old = GridSheet.objects.filter(submission=submission, asked_at__lt=at - STALE_AFTER)
    for each in old.select_related("institution"):
        default_storage.delete(each.storage_name)
        each.delete()
