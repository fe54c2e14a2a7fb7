"""Importing units and people: the sheet is staged, and written after confirmation by acts of a few hundred rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from apura.norms import BadInput, Problem
from apura.sheets import annotate
from apura.sheets.confined import FileContents
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, refuse_if
from apura_web.orgs.imports.people import plan_people
from apura_web.orgs.imports.plan import CHANGE, CREATE, Plan
from apura_web.orgs.imports.sheet import SHAPES, read_sheet
from apura_web.orgs.imports.units import plan_units
from apura_web.orgs.imports.writing import write_item
from apura_web.orgs.models import ImportBatch, ImportKind
from apura_web.orgs.services.structure_cache import refresh

CHUNK = 500
MOST_PROBLEMS = 2_000
STALE_AFTER = timedelta(days=2)


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


@act("orgs.import.apply")
def apply_chunk(institution: Institution, *, batch: ImportBatch, actor: Actor, at: datetime) -> ImportBatch:
    """Write the next rows of an import, in one act.

    Raises:
        Refused: the sheet has errors, or the import ended, or what exists changed since the comparison.
        ValidationError: a row is no longer acceptable.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk, institution=institution)
    refuse_if(_refusal(batch))
    journal.because(f"importação de planilha: {batch.get_kind_display().lower()}")
    for item in batch.items[batch.done : batch.done + CHUNK]:
        write_item(batch, item, at)
    journal.current().concerned.append(batch.legal_act)
    batch.done = min(batch.done + CHUNK, len(batch.items))
    if batch.done == len(batch.items):
        batch.items, batch.finished_at = [], at
        transaction.on_commit(lambda: default_storage.delete(batch.storage_name))
    is_whole = batch.kind == ImportKind.UNITS or batch.finished_at is not None
    batch.save(update_fields=["done", *(("items", "finished_at") if is_whole else ())])
    if batch.kind == ImportKind.UNITS:
        refresh(institution.pk, at)
    return batch


def annotated_copy(batch: ImportBatch) -> bytes:
    """Give the person's own workbook back with each error painted and commented in its cell.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    if not default_storage.exists(batch.storage_name):
        raise BadInput([Problem("o arquivo não está mais guardado; envie-o de novo", batch.file_name)])
    problems = [Problem(message, sheet or None, cell or None) for sheet, cell, message in batch.problems]
    with TemporaryDirectory() as folder, default_storage.open(batch.storage_name) as kept:
        source = Path(folder) / f"enviada{Path(batch.file_name).suffix.lower()}"
        source.write_bytes(kept.read())
        target = Path(folder) / "anotada.xlsx"
        annotate(source, problems, target)
        return target.read_bytes()


def _planned(institution: Institution, contents: FileContents, order: ImportOrder) -> Plan:
    try:
        read = read_sheet(contents, SHAPES[order.kind])
    except BadInput as error:
        return Plan(problems=list(error.problems))
    if order.kind == ImportKind.UNITS:
        return plan_units(institution, read)
    return plan_people(institution, read, order.from_on)


def _refusal(batch: ImportBatch) -> Refusal | None:
    if batch.problem_count:
        return Refusal(
            "orgs.import_has_errors",
            f"A planilha tem {batch.problem_count} erro(s); nada é gravado enquanto houver um.",
            "Corrija as células indicadas e envie o arquivo de novo.",
        )
    if batch.finished_at:
        return Refusal(
            "orgs.import_done",
            "Esta importação já terminou.",
            "Para conferir, envie o arquivo de novo.",
            status=409,
        )
    return None


def _forget_stale(institution: Institution, at: datetime) -> None:
    old = ImportBatch.objects.filter(
        institution=institution, finished_at=None, asked_at__lt=at - STALE_AFTER
    ).select_related("institution")
    for batch in old:
        default_storage.delete(batch.storage_name)
        batch.delete()
