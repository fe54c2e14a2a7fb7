"""Reading closings: which periods may be closed for all agreements, how far each closing is, every score at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import QuerySet

from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, ClosingLine, ClosingRun, LineFate, Pact, Score, ScoreKind
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor, Role
from apura_web.foundation import jobs
from apura_web.orgs.models import Unit

SCORED = (State.IN_FORCE.value, State.CLOSED.value)


class RunState(Enum):
    """How far a closing is."""

    RUNNING = "em andamento"
    STOPPED = "parado"
    DONE = "concluído"


@dataclass(frozen=True, slots=True)
class Due:
    """A period that may be closed.

    Attributes:
        total: how many agreements in force have it.
        made: of how many the score was made.
    """

    kind: ScoreKind
    number: int
    until_on: date
    total: int
    made: int

    @property
    def left(self) -> int:
        """How many scores are still to be made."""
        return self.total - self.made

    @property
    def key(self) -> str:
        """How addresses write it."""
        return f"{self.kind.value}-{self.until_on.isoformat()}"

    @property
    def label(self) -> str:
        """What people call it."""
        return Closing(self.kind, self.number, self.until_on, self.until_on).label


SEES_CLOSINGS = (Role.CENTRAL_ANALYST, Role.ADMINISTRATOR, Role.INTERNAL_CONTROL)


def may_see_closings(actor: Actor) -> bool:
    """Say whether somebody sees the closings of the house: who closes, administers or controls."""
    return actor.has(*SEES_CLOSINGS, path="/")


def runs_visible_to(actor: Actor) -> QuerySet[ClosingRun]:
    """Give the closings of the house to who may see them."""
    rows = ClosingRun.objects.filter(institution_id=actor.institution_id).select_related("institution")
    return rows if may_see_closings(actor) else rows.none()


def lines_of(run: ClosingRun) -> QuerySet[ClosingLine]:
    """Give the agreements of a closing."""
    return run.lines.select_related("agreement__unit", "score__calculation").order_by("id")


def state_of(run: ClosingRun) -> RunState:
    """Say how far a closing is."""
    if run.finished_at:
        return RunState.DONE
    return RunState.RUNNING if is_running(run) else RunState.STOPPED


def is_running(run: ClosingRun) -> bool:
    """Say whether a closing is under way, or waits in the queue."""
    if run.stop_reason or run.finished_at:
        return False
    return jobs.is_pending(run.institution_id, code=run.code, turn=run.turn)


def counts_of(run: ClosingRun) -> dict[str, int]:
    """Count the agreements of a closing by what became of each."""
    found = Counter(run.lines.values_list("fate", flat=True))
    return {each.value: found[each.value] for each in LineFate}


def dues_of(institution_id: int, today: date) -> list[Due]:
    """Give the periods that ended and some agreement in force has, the latest first."""
    agreements = list(Agreement.objects.filter(institution_id=institution_id, state=State.IN_FORCE.value))
    by_agreement = closings_by_agreement(agreements)
    standing = Score.objects.filter(institution_id=institution_id, replaced_by=None, agreement__in=agreements)
    made = {(each.agreement_id, each.kind, each.until_on) for each in standing}
    totals: Counter[tuple[ScoreKind, int, date]] = Counter()
    done: Counter[tuple[ScoreKind, int, date]] = Counter()
    for number, closings in by_agreement.items():
        for each in closings:
            if each.until_on < today:
                key = (each.kind, each.number, each.until_on)
                totals[key] += 1
                done[key] += (number, each.kind.value, each.until_on) in made
    dues = [Due(*key, total, done[key]) for key, total in totals.items()]
    return sorted(dues, key=lambda each: (each.until_on, each.kind.value), reverse=True)


def closings_by_agreement(agreements: Iterable[Agreement]) -> dict[int, list[Closing]]:
    """Give the closings of each of some agreements, from the last pact of each, in one query."""
    rows = Pact.objects.filter(agreement__in=list(agreements)).order_by("agreement_id", "number")
    last = {each.agreement_id: each for each in rows}
    return {number: closings_of(pact.text) for number, pact in last.items()}


@dataclass(frozen=True)
class Standing:
    """An agreement with its scores that stand, in order; the last pact's least score is not looked at here."""

    agreement: Agreement
    scores: tuple[Score, ...]

    @property
    def last(self) -> Score | None:
        """The latest score; None when none was made."""
        return self.scores[-1] if self.scores else None


def standings_of(actor: Actor, unit: Unit | None = None) -> list[Standing]:
    """Give every agreement somebody sees, or those of a body, with its scores that stand, in two queries."""
    rows = agreements_visible_to(actor)
    agreements = list(rows.filter(unit=unit) if unit else rows)
    standing = Score.objects.filter(agreement__in=agreements, replaced_by=None)
    by_agreement: dict[int, list[Score]] = {}
    for each in (
        standing.select_related("calculation").defer("calculation__document").order_by("until_on", "id")
    ):
        by_agreement.setdefault(each.agreement_id, []).append(each)
    return [Standing(each, tuple(by_agreement.get(each.pk, ()))) for each in agreements]
