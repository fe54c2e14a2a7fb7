"""Loads of files: one is kept, read and compared; confirmed; and written by acts of some thousands of rows.

Reading and writing go by pieces, in the request when they are few and by the worker when they are many. Each piece is
one transaction, so that nothing is doubled whatever dies in the middle.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from apura.norms import Problem
from apura_web.audit import security
from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.foundation.clock import local_date
from apura_web.foundation.jobs import job
from apura_web.foundation.marked_sheets import marked_copy
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refused, refuse_if
from apura_web.indicators import load_guards
from apura_web.indicators.models import Load, LoadPhase
from apura_web.indicators.selectors.loads import LoadState, is_running, place_of, problems_of, state_of
from apura_web.indicators.services import load_posting
from apura_web.indicators.services.load_comparing import compare_again, compare_some
from apura_web.indicators.services.load_reading import read_some
from apura_web.indicators.services.posting import CHANGED
from apura_web.orgs.acting_again import actor_again, office_of
from apura_web.orgs.models import Unit

ACT = "indicators.ledger.load"
MOST_MARKED = 2_000
SECONDS_AT_A_TIME, SECONDS_AT_ONCE = 20, 4
BREATH = 0.2  # between two acts, so that others who write are not kept waiting
FEW_BYTES, FEW_ROWS = 1024**2, 1_000
STALE_AFTER, KEPT = timedelta(days=2), timedelta(days=30)
ENDS = {LoadState.DONE, LoadState.WRONG, LoadState.EMPTY}
MOVING = (LoadPhase.READING, LoadPhase.COMPARING, LoadPhase.WRITING)


@dataclass(frozen=True)
class LoadOrder:
    """What a file is: how its values enter, of which branch, where they come from, and how its numbers are written."""

    kind: str
    reason: str
    under: Unit | None = None
    has_decimal_point: bool = False


def stage(
    institution: Institution, upload: UploadedFile[bytes], *, order: LoadOrder, actor: Actor, at: datetime
) -> Load:
    """Keep a file of values and have it read, without writing anything of it.

    Args:
        institution: where.
        upload: the file, as received.
        order: what it is.
        actor: who asks.
        at: when.

    Raises:
        Refused: who asks may not load values there.
    """
    refuse_if(refusal_to(actor, ACT, order.under or institution))
    load = Load(
        institution=institution,
        file_name=(upload.name or "arquivo")[-200:],
        size=upload.size or 0,
        sha256=_digest(upload),
        asked_by=actor.id,
        asked_at=at,
        **vars(order),
    )
    default_storage.save(load.storage_name, upload)
    with transaction.atomic():
        load.save(force_insert=True)
        _hand_over(load)
    if load.size <= FEW_BYTES:
        _at_once(load)
    _forget_stale(institution, at)
    return _fresh(load)


def confirm(load: Load, *, justification: str = "", actor: Actor, at: datetime) -> Load:
    """Have a load written, or one that stopped go on, in the name of who asks.

    Asking again while it is under way, or after it ended, changes nothing.

    Args:
        load: which.
        justification: why the strange results are right; it goes with each of their values.
        actor: who asks.
        at: when.

    Raises:
        Refused: who asks may not load values there, the file has errors, or a strange result is not justified.
    """
    refuse_if(refusal_to(actor, ACT, place_of(load)))
    with transaction.atomic():
        held = Load.objects.select_for_update().get(pk=load.pk)
        if held.finished_at or is_running(held):
            return _fresh(held)
        if held.phase == LoadPhase.REVIEW:
            refuse_if(load_guards.confirming_refusal(held))
            refuse_if(load_guards.unjustified_refusal(held, justification))
            held.phase, held.justification = LoadPhase.WRITING, justification
        held.confirmed_by, held.confirmed_at = actor.id, at
        held.office, held.stop_reason = office_of(actor, REGISTRY[ACT].roles), ""
        kept = ["phase", "justification", "confirmed_by", "confirmed_at", "office", "stop_reason"]
        held.save(update_fields=kept)
        _hand_over(held)
    if held.phase != LoadPhase.WRITING or held.left <= FEW_ROWS:
        _at_once(held)
    return _fresh(load)


def note_told(load: Load, *, actor: Actor, at: datetime) -> None:
    """Remember that who asked for a load, or confirmed it, saw its end."""
    if actor.id not in {load.asked_by, load.confirmed_by} or load.told_at:
        return
    if state_of(load) in ENDS:
        Load.objects.filter(pk=load.pk, told_at=None).update(told_at=at)


def drop(load: Load, *, actor: Actor) -> None:
    """Forget a load that was not written at all, with its file.

    Raises:
        Refused: who asks may not load values there, or some of it is written.
    """
    refuse_if(refusal_to(actor, ACT, place_of(load)))
    with transaction.atomic():
        held = Load.objects.select_for_update(of=("self",)).select_related("institution").get(pk=load.pk)
        refuse_if(load_guards.dropping_refusal(held))
        default_storage.delete(held.storage_name)
        held.delete()


def annotated_copy(load: Load) -> bytes:
    """Give the person's own workbook back with its first errors marked.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    problems = [
        Problem(
            f"{each.column}: {each.message}" if each.column else each.message, each.part, each.cell or None
        )
        for each in problems_of(load)[:MOST_MARKED]
    ]
    return marked_copy(load.storage_name, load.file_name, problems)


@job("Ler e gravar uma carga de apurações", wait=timedelta(seconds=10))
def go_on(*, code: str, turn: int, institution_id: int) -> None:
    """Read, compare or write a load for some seconds; what is left is for the next job."""
    until = time.monotonic() + SECONDS_AT_A_TIME
    load = _still_to_do(code, turn, institution_id)
    while load is not None:
        _step(load, until)
        time.sleep(BREATH)
        load = _still_to_do(code, turn, institution_id)
        if load is not None and time.monotonic() > until:
            _hand_over(load)
            return


def _at_once(load: Load) -> None:
    """Do what can be done in the request; the job that comes later finds the rest, or nothing."""
    until = time.monotonic() + SECONDS_AT_ONCE
    found: Load | None = _fresh(load)
    while found is not None and time.monotonic() < until:
        _step(found, until)
        found = _still_to_do(found.code, found.turn, found.institution_id)


def _step(load: Load, until: float) -> None:
    if load.phase == LoadPhase.READING:
        read_some(load, until)
    elif load.phase == LoadPhase.COMPARING:
        compare_some(load, until)
    elif load.phase == LoadPhase.WRITING:
        _write_next(load)


def _write_next(load: Load) -> None:
    at, place = timezone.now(), place_of(load)
    on = local_date(at, load.institution)
    actor = actor_again(load.institution_id, load.confirmed_by, load.office, on)
    refusal = refusal_to(actor, ACT, place)
    if refusal is not None:
        security.note_denial(actor, ACT, refusal.code)
        _stop(load, str(load_guards.POWER_LOST))
        return
    try:
        document = load_posting.document_of(load)
        load_posting.write_chunk(load, document=document, actor=actor, at=at)
    except Refused as refused:
        if refused.refusal.code == load_guards.ENDED:
            return
        _stop(load, str(refused.refusal))
        if refused.refusal.code == CHANGED.code:
            compare_again(load)


def _stop(load: Load, why: str) -> None:
    Load.objects.filter(pk=load.pk, turn=load.turn, finished_at=None).update(stop_reason=why)


def _still_to_do(code: str, turn: int, institution_id: int) -> Load | None:
    rows = Load.objects.filter(institution_id=institution_id, phase__in=MOVING, stop_reason="")
    return rows.select_related("institution", "under").filter(code=code, turn=turn).first()


def _hand_over(load: Load) -> None:
    """Ask for the job that does what is left, unless another was asked for meanwhile."""
    with transaction.atomic():
        if Load.objects.filter(pk=load.pk, turn=load.turn).update(turn=load.turn + 1):
            load.turn += 1
            go_on.enqueue(code=load.code, turn=load.turn, institution_id=load.institution_id)


def _fresh(load: Load) -> Load:
    return Load.objects.select_related("institution", "under").get(pk=load.pk)


def _digest(upload: UploadedFile[bytes]) -> str:
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def _forget_stale(institution: Institution, at: datetime) -> None:
    unfinished = Load.objects.filter(institution=institution, finished_at=None)
    never = unfinished.filter(confirmed_at=None, asked_at__lt=at - STALE_AFTER)
    stopped = unfinished.filter(confirmed_at__lt=at - KEPT)
    for load in (never | stopped).select_related("institution"):
        default_storage.delete(load.storage_name)
        load.delete()
