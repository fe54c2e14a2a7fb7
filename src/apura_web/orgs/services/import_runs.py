"""Writing a confirmed import: one act for each few hundred rows, by the worker, with the powers of who confirmed it.

A few rows are written at once too, in the request: the job that comes later finds nothing left to do. A job writes for
some seconds and then asks for the next, so that letters and checks that wait get their turn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY, act, refusal_to
from apura_web.foundation.clock import local_date
from apura_web.foundation.jobs import job
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.orgs.acting_again import actor_again, office_of
from apura_web.orgs.imports.writing import write_item
from apura_web.orgs.models import ImportBatch, ImportKind
from apura_web.orgs.selectors.imports import is_running
from apura_web.orgs.services.structure_cache import refresh

ACT = "orgs.import.apply"
CHUNK = 200
SECONDS_AT_A_TIME = 20
BREATH = 0.2  # between two acts, so that others who write are not kept waiting
ENDED = "orgs.import_done"
POWER_LOST = Refusal(
    "orgs.import_power_lost",
    "Quem confirmou a importação deixou de exercer a função que permite gravá-la.",
    "Quem hoje cuida do cadastro pode apertar “Continuar”: o que falta será gravado em seu nome.",
    status=403,
)


def confirm(batch: ImportBatch, *, actor: Actor, at: datetime) -> ImportBatch:
    """Have a staged import written, or one that stopped go on, in the name of who asks.

    Asking again while it is being written, or after it ended, changes nothing.

    Raises:
        Refused: who asks may not import, or the sheet has errors.
    """
    refuse_if(refusal_to(actor, ACT, batch.institution))
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if held.finished_at or is_running(held):
            return held
        refuse_if(_refusal(held))
        held.confirmed_by, held.confirmed_at = actor.id, at
        held.office = office_of(actor, REGISTRY[ACT].roles)
        held.stop_reason, held.told_at = "", None
        held.save(update_fields=["confirmed_by", "confirmed_at", "office", "stop_reason", "told_at"])
        _hand_over(held)
    if held.left <= CHUNK:
        _write_next(held)
    return ImportBatch.objects.select_related("institution", "legal_act").get(pk=batch.pk)


@job("Gravar a planilha importada", wait=timedelta(seconds=10))
def go_on(*, code: str, turn: int, institution_id: int) -> None:
    """Write an import for some seconds; what is left is for the next job."""
    until = time.monotonic() + SECONDS_AT_A_TIME
    batch = _still_to_write(code, turn, institution_id)
    while batch is not None:
        _write_next(batch)
        time.sleep(BREATH)
        batch = _still_to_write(code, turn, institution_id)
        if batch is not None and time.monotonic() > until:
            _hand_over(batch)
            return


@act("orgs.import.apply")
def apply_chunk(institution: Institution, *, batch: ImportBatch, actor: Actor, at: datetime) -> ImportBatch:
    """Write the next rows of an import, in one act.

    Raises:
        Refused: the sheet has errors, or the import ended, or a row is no longer acceptable.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk, institution=institution)
    refuse_if(_refusal(batch))
    journal.because(f"importação de planilha: {batch.get_kind_display().lower()}")
    for item in batch.items[batch.done : batch.done + CHUNK]:
        with _telling_the_row(item["told"]):
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


def mark_told(batch: ImportBatch, *, actor: Actor, at: datetime) -> None:
    """Remember that who confirmed an import saw what became of it."""
    ImportBatch.objects.filter(pk=batch.pk, confirmed_by=actor.id, told_at=None).update(told_at=at)


def _still_to_write(code: str, turn: int, institution_id: int) -> ImportBatch | None:
    rows = ImportBatch.objects.filter(institution_id=institution_id, finished_at=None, stop_reason="")
    light = rows.select_related("institution").defer("items", "problems")
    return light.filter(code=code, turn=turn).first()


def _hand_over(batch: ImportBatch) -> None:
    """Ask for the job that writes what is left, unless another was asked for meanwhile."""
    with transaction.atomic():
        same = ImportBatch.objects.filter(pk=batch.pk, turn=batch.turn)
        if same.update(turn=batch.turn + 1):
            batch.turn += 1
            go_on.enqueue(code=batch.code, turn=batch.turn, institution_id=batch.institution_id)


def _write_next(batch: ImportBatch) -> None:
    at = timezone.now()
    actor = _actor_of(batch, at)
    try:
        apply_chunk(batch.institution, batch=batch, actor=actor, at=at)
    except Refused as refused:
        if refused.refusal.code != ENDED:
            has_power = actor.has(*REGISTRY[ACT].roles, path=batch.institution.scope_path)
            _stop(batch, refused.refusal if has_power else POWER_LOST)


def _stop(batch: ImportBatch, why: Refusal) -> None:
    ImportBatch.objects.filter(pk=batch.pk, turn=batch.turn, finished_at=None).update(stop_reason=str(why))


def _actor_of(batch: ImportBatch, at: datetime) -> Actor:
    on = local_date(at, batch.institution)
    return actor_again(batch.institution_id, batch.confirmed_by, batch.office, on)


@contextmanager
def _telling_the_row(told: str) -> Iterator[None]:
    """Say in which row the import stopped, whatever stopped it."""
    try:
        yield
    except Refused as refused:
        raise _stopped_at(told, refused.refusal.reason) from refused
    except ValidationError as error:
        raise _stopped_at(told, " ".join(error.messages)) from error
    except ObjectDoesNotExist as error:
        raise _stopped_at(told, "o que existia quando a planilha foi comparada não existe mais.") from error


def _stopped_at(told: str, reason: str) -> Refused:
    what_to_do = (
        "O que já estava gravado permanece. Corrija o cadastro e aperte “Continuar”; ou envie a planilha de novo, e "
        "ela mostra só o que falta."
    )
    return Refused(Refusal("orgs.import_row", f"A gravação parou em “{told}”: {reason}", what_to_do))


def _refusal(batch: ImportBatch) -> Refusal | None:
    if batch.problem_count:
        return Refusal(
            "orgs.import_has_errors",
            f"A planilha tem {batch.problem_count} erro(s); nada é gravado enquanto houver um.",
            "Corrija as células indicadas e envie o arquivo de novo.",
        )
    if batch.finished_at:
        to_check = "Para conferir, envie o arquivo de novo."
        return Refusal(ENDED, "Esta importação já terminou.", to_check, status=409)
    if not batch.total:
        return Refusal("orgs.import_empty", "Tudo o que a planilha diz já está registrado.")
    return None
