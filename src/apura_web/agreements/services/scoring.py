"""Scores: the facts are frozen and the norm applied before the act, which only keeps what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apura.norms import BadInput
from apura_web.agreements import score_guards
from apura_web.agreements.facts import RULE, TOPIC, Actual, asked_of, unmeasured_objects
from apura_web.agreements.models import Agreement, ItemState, Pact, Score
from apura_web.agreements.quarters import Closing
from apura_web.agreements.selectors.actuals import reached_by
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.selectors.scores import standing_score, subject_of
from apura_web.agreements.services.holding import hold
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.calculations.preparing import Prepared, prepare
from apura_web.calculations.services.recording import record
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import Refused, refuse_if


@dataclass(frozen=True)
class Reckoning:
    """A score made and not yet kept.

    Attributes:
        pact: the text it follows.
        closing: which score.
        actuals: what each item reached, by key.
        prepared: the facts frozen and what the norm gave.
    """

    pact: Pact
    closing: Closing
    actuals: dict[str, Actual]
    prepared: Prepared

    @property
    def value(self) -> str:
        """The score, exact; empty when the norm gave none."""
        return next((each.value for each in self.prepared.outcomes if each.rule == RULE), "")

    @property
    def provisional(self) -> int:
        """How many items rest on figures that are not definitive."""
        return sum(each.certainty not in {"", "definitivo"} for each in self.actuals.values())

    @property
    def missing(self) -> int:
        """How many items were not measured."""
        return sum(each.state == ItemState.UNMEASURED for each in self.actuals.values())


def reckon(agreement: Agreement, closing: Closing, *, today: date) -> Reckoning:
    """Freeze what is known of an agreement and apply the norm to it; nothing is kept.

    Args:
        agreement: in force.
        closing: which score.
        today: the institution's day.

    Raises:
        Refused: the period is not over, nothing was measured, or the facts cannot be used; each problem is told.
    """
    pact = last_pact(agreement)
    refuse_if(score_guards.closing_refusal(agreement, closing, today))
    assert pact is not None  # noqa: S101 - an agreement in force has one
    text = pact.text
    actuals = reached_by(agreement, text, today).by(closing)
    refuse_if(score_guards.measured_refusal(unmeasured_objects(text, actuals), text))
    try:
        prepared = prepare(asked_of(subject_of(agreement, pact), text, closing, actuals))
    except BadInput as error:
        raise Refused(score_guards.unusable_facts(error.problems)) from error
    refuse_if(score_guards.pending_refusal(prepared.pending))
    return Reckoning(pact, closing, actuals, prepared)


@act("agreements.score.compute")
def compute(agreement: Agreement, *, made: Reckoning, actor: Actor, at: datetime) -> Score:
    """Keep the score of a closing.

    Norm: Decreto GO nº 8.170/2014, art. 12.

    Args:
        made: by :func:`reckon`, just before.

    Raises:
        Refused: the score of this closing was made already.
    """
    hold(agreement)
    refuse_if(score_guards.stage_refusal(agreement))
    refuse_if(score_guards.twice_refusal(standing_score(agreement, made.closing), made.closing))
    return _kept(agreement, made, None, actor=actor, at=at)


@act("agreements.score.recompute")
def recompute(agreement: Agreement, *, made: Reckoning, reason: str, actor: Actor, at: datetime) -> Score:
    """Make the score of a closing again, with a reason; the earlier one stays and points at the new.

    Norm: Decreto GO nº 8.170/2014, art. 12.

    Args:
        made: by :func:`reckon`, just before.
        reason: why.

    Raises:
        Refused: there is no score to replace, or the facts are those it rests on already.
    """
    hold(agreement)
    refuse_if(score_guards.stage_refusal(agreement))
    before = standing_score(agreement, made.closing)
    refuse_if(score_guards.again_refusal(before, made.closing, made.prepared))
    journal.because(reason)
    return _kept(agreement, made, before, actor=actor, at=at)


def _kept(
    agreement: Agreement, made: Reckoning, before: Score | None, *, actor: Actor, at: datetime
) -> Score:
    calculation = record(
        made.prepared,
        topic_kind=TOPIC,
        topic_code=agreement.code,
        title=f"{made.closing.label}, {agreement}",
        supersedes=before.calculation if before else None,
        actor=actor,
        at=at,
        about=(agreement,),
    )
    row = Score(
        institution_id=agreement.institution_id,
        agreement=agreement,
        pact=made.pact,
        kind=made.closing.kind,
        from_on=made.closing.from_on,
        until_on=made.closing.until_on,
        calculation=calculation,
        value=made.value,
        provisional_count=made.provisional,
        missing_count=made.missing,
        reason=journal.current().reason,
        replaces=before,
        recorded_at=at,
    )
    return journal.create(row, about=(agreement,))


def today_of(agreement: Agreement, at: datetime) -> date:
    """Give the day of an agreement's institution."""
    return local_date(at, agreement.institution)
