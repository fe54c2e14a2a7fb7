"""Importing units and people: the sheet is staged, and written after somebody confirms (``import_runs``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q

from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents
from apura_web.audit.actors import Actor
from apura_web.documents.models import LegalAct
from apura_web.foundation.marked_sheets import marked_copy
from apura_web.foundation.models import Institution
from apura_web.orgs.imports.people import plan_people
from apura_web.orgs.imports.plan import CHANGE, CREATE, Plan
from apura_web.orgs.imports.sheet import SHAPES, read_sheet
from apura_web.orgs.imports.units import plan_units
from apura_web.orgs.models import ImportBatch, ImportKind

MOST_PROBLEMS = 2_000
STALE_AFTER, KEPT_CONFIRMED = timedelta(days=2), timedelta(days=30)


@dataclass(frozen=True)
class ImportOrder:
    """What is imported, by which act and from which day."""

    kind: str
    legal_act: LegalAct
    from_on: date


def stage(
    institution: Institution, contents: FileContents, *, order: ImportOrder, actor: Actor, at: datetime
) -> ImportBatch:
    """Read a sheet and keep what it would do, without writing anything of it.

    Args:
        institution: where.
        contents: the file.
        order: what it holds, and the act and day it rests on.
        actor: who asks.
        at: when.
    """
    plan = _planned(institution, contents, order)
    problems = [] if not plan.problems else plan.problems
    batch = ImportBatch(
        institution=institution,
        kind=order.kind,
        file_name=contents.name[:200],
        legal_act=order.legal_act,
        from_on=order.from_on,
        asked_by=actor.id,
        asked_at=at,
        items=[] if problems else plan.items,
        created=plan.count(CREATE),
        changed=plan.count(CHANGE),
        unchanged=plan.unchanged,
        problems=[[each.sheet or "", each.cell or "", each.message] for each in problems[:MOST_PROBLEMS]],
        problem_count=len(problems),
    )
    default_storage.save(batch.storage_name, ContentFile(contents.data))
    batch.save(force_insert=True)
    _forget_stale(institution, at)
    return batch


def annotated_copy(batch: ImportBatch) -> bytes:
    """Give the person's own workbook back with its errors marked.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    problems = [Problem(message, sheet or None, cell or None) for sheet, cell, message in batch.problems]
    return marked_copy(batch.storage_name, batch.file_name, problems)


def _planned(institution: Institution, contents: FileContents, order: ImportOrder) -> Plan:
    try:
        read = read_sheet(contents, SHAPES[order.kind])
    except BadInput as error:
        return Plan(problems=list(error.problems))
    if order.kind == ImportKind.UNITS:
        return plan_units(institution, read)
    return plan_people(institution, read, order.from_on)


def _forget_stale(institution: Institution, at: datetime) -> None:
    unfinished = ImportBatch.objects.filter(institution=institution, finished_at=None)
    old = unfinished.filter(
        Q(confirmed_at=None, asked_at__lt=at - STALE_AFTER) | Q(confirmed_at__lt=at - KEPT_CONFIRMED)
    ).select_related("institution")
    for batch in old:
        default_storage.delete(batch.storage_name)
        batch.delete()
