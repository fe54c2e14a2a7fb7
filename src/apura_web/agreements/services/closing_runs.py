"""Closing a period for all agreements, by the worker: one act for each, in the name of who asked; resumable."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apura_web.agreements import score_guards
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, ClosingLine, ClosingRun, LineFate, ScoreKind
from apura_web.agreements.quarters import Closing
from apura_web.agreements.selectors.closings import closings_by_agreement, is_running
from apura_web.agreements.selectors.scores import standing_score
from apura_web.agreements.services import scoring
from apura_web.audit import security
from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.foundation.clock import local_date
from apura_web.foundation.jobs import job
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.orgs.acting_again import actor_again, office_of

ACT = "agreements.score.compute"
SECONDS_AT_ONCE, SECONDS_AT_A_TIME, BREATH = 2.0, 20.0, 0.01
TWICE = "agreements.closed_twice"


def start(institution: Institution, *, kind: str, until_on: date, actor: Actor, at: datetime) -> ClosingRun:
    """Ask for the scores of a period of every agreement in force that has it, the worker making what takes longer.

    Args:
        institution: whose agreements.
        kind: partial or final.
        until_on: the last day of the period.
        actor: who asks; each score is made in their name.
        at: when.

    Raises:
        Refused: who asks may not, nothing is to be made, or another closing of the same period is under way.
    """
    with transaction.atomic():
        run = _asked(institution, kind, until_on, actor=actor, at=at)
        _hand_over(run)
    _at_once(run)
    return _fresh(run)


def close_whole(
    institution: Institution, *, kind: str, until_on: date, actor: Actor, at: datetime
) -> ClosingRun:
    """Make the scores that :func:`start` asks for, all of them, as of an instant and without the worker.

    For who loads what was closed on another day: each score rests on what was known at ``at``.

    Args:
        institution: whose agreements.
        kind: partial or final.
        until_on: the last day of the period.
        actor: who asks; each score is made in their name.
        at: when it was asked for, and every score made.

    Raises:
        Refused: as in :func:`start`.
    """
    run = _asked(institution, kind, until_on, actor=actor, at=at)
    found: ClosingRun | None = run
    while found is not None:
        _next(found, at)
        found = _still_to_do(run.code, run.turn, institution.pk)
    return _fresh(run)


def _asked(institution: Institution, kind: str, until_on: date, *, actor: Actor, at: datetime) -> ClosingRun:
    """Put a closing and its agreements down, for somebody to make the scores."""
    refuse_if(refusal_to(actor, ACT, institution))
    agreements = _having(institution, ScoreKind(kind), until_on)
    refuse_if(score_guards.starting_refusal(len(agreements), until_on, local_date(at, institution)))
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        earlier = ClosingRun.objects.filter(institution=institution, kind=kind, until_on=until_on)
        refuse_if(score_guards.under_way_refusal(earlier.filter(finished_at=None).first()))
        run = ClosingRun.objects.create(
            institution=institution,
            kind=kind,
            until_on=until_on,
            confirmed_by=actor.id,
            office=office_of(actor, REGISTRY[ACT].roles),
            confirmed_at=at,
        )
        ClosingLine.objects.bulk_create(
            [ClosingLine(institution=institution, run=run, agreement=each) for each in agreements]
        )
    return run


def resume(run: ClosingRun, *, actor: Actor, at: datetime) -> ClosingRun:
    """Have a closing that stopped go on, in the name of who asks; one under way or ended stays as it is.

    Raises:
        Refused: who asks may not.
    """
    refuse_if(refusal_to(actor, ACT, run.institution))
    with transaction.atomic():
        held = ClosingRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if held.finished_at or is_running(held):
            return _fresh(held)
        held.confirmed_by, held.confirmed_at, held.stop_reason = actor.id, at, ""
        held.office = office_of(actor, REGISTRY[ACT].roles)
        held.save(update_fields=["confirmed_by", "confirmed_at", "stop_reason", "office"])
        _hand_over(held)
    _at_once(held)
    return _fresh(held)


@job("Apurar as notas de um período", wait=timedelta(seconds=10))
def go_on(*, code: str, turn: int, institution_id: int) -> None:
    """Make scores for some seconds; what is left is for the next job."""
    until = time.monotonic() + SECONDS_AT_A_TIME
    run = _still_to_do(code, turn, institution_id)
    while run is not None:
        _next(run, timezone.now())
        time.sleep(BREATH)
        run = _still_to_do(code, turn, institution_id)
        if run is not None and time.monotonic() > until:
            _hand_over(run)
            return


def _at_once(run: ClosingRun) -> None:
    until = time.monotonic() + SECONDS_AT_ONCE
    found: ClosingRun | None = _fresh(run)
    while found is not None and time.monotonic() < until:
        _next(found, timezone.now())
        found = _still_to_do(found.code, found.turn, found.institution_id)


def _next(run: ClosingRun, at: datetime) -> None:
    """Make the next score, as of an instant, or end the closing when none is left."""
    line = (
        run.lines.filter(fate=LineFate.WAITING)
        .select_related("agreement__institution", "agreement__unit")
        .first()
    )
    if line is None:
        ClosingRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=at)
        return
    on = local_date(at, run.institution)
    actor = actor_again(run.institution_id, run.confirmed_by, run.office, on)
    refusal = refusal_to(actor, ACT, line.agreement)
    if refusal is not None:
        security.note_denial(actor, ACT, refusal.code)
        _stop(run, score_guards.POWER_LOST)
        return
    _close(run, line, actor=actor, at=at)


def _close(run: ClosingRun, line: ClosingLine, *, actor: Actor, at: datetime) -> None:
    agreement = line.agreement
    closing = _closing_of(run, agreement)
    if closing is None:  # the pact changed since the closing was asked for
        line.fate, line.reason = LineFate.REFUSED, str(score_guards.NO_SUCH_PERIOD)
        line.save(update_fields=["fate", "reason"])
        return
    try:
        made = scoring.reckon(agreement, closing, today=local_date(at, run.institution))
        line.score = scoring.compute(agreement, made=made, actor=actor, at=at)
        line.fate = LineFate.MADE
    except Refused as refused:
        line.fate, line.reason = LineFate.REFUSED, str(refused.refusal)
        if refused.refusal.code == TWICE:
            line.fate, line.score = LineFate.THERE, standing_score(agreement, closing)
    line.save(update_fields=["score", "fate", "reason"])


def _closing_of(run: ClosingRun, agreement: Agreement) -> Closing | None:
    wanted = (ScoreKind(run.kind), run.until_on)
    closings = closings_by_agreement([agreement]).get(agreement.pk, ())
    return next((each for each in closings if (each.kind, each.until_on) == wanted), None)


def _having(institution: Institution, kind: ScoreKind, until_on: date) -> list[Agreement]:
    """Give the agreements in force whose pact has a closing."""
    rows = Agreement.objects.filter(institution=institution, state=State.IN_FORCE.value)
    agreements = list(rows.order_by("unit__path", "id"))
    closings = closings_by_agreement(agreements)
    wanted = (kind, until_on)
    return [
        each
        for each in agreements
        if wanted in {(closing.kind, closing.until_on) for closing in closings.get(each.pk, ())}
    ]


def _stop(run: ClosingRun, why: Refusal) -> None:
    ClosingRun.objects.filter(pk=run.pk, turn=run.turn, finished_at=None).update(stop_reason=str(why))


def _still_to_do(code: str, turn: int, institution_id: int) -> ClosingRun | None:
    rows = ClosingRun.objects.filter(institution_id=institution_id, finished_at=None, stop_reason="")
    return rows.select_related("institution").filter(code=code, turn=turn).first()


def _hand_over(run: ClosingRun) -> None:
    """Ask for the job that does what is left, unless another was asked for meanwhile."""
    with transaction.atomic():
        if ClosingRun.objects.filter(pk=run.pk, turn=run.turn).update(turn=run.turn + 1):
            run.turn += 1
            go_on.enqueue(code=run.code, turn=run.turn, institution_id=run.institution_id)


def _fresh(run: ClosingRun) -> ClosingRun:
    return ClosingRun.objects.select_related("institution").get(pk=run.pk)
