"""Reading collections: whose turn it is, whether the window is open and why, who has not answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.indicators.acts import TYPISTS
from apura_web.indicators.models import (
    Assignment,
    CardVersion,
    Indicator,
    Round,
    Submission,
    SubmissionState,
    Unlock,
)
from apura_web.indicators.periods import Period, periods_within
from apura_web.indicators.selectors.cards import (
    OWN,
    SEES_ALL,
    assignments_within,
    version_for,
    versions_by_indicator,
)
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    """Give the collections of the institution, to who holds any office in it."""
    rows = Round.objects.filter(institution_id=actor.institution_id).select_related("under")
    return rows if actor.grants else rows.none()


def submissions_visible_to(actor: Actor) -> QuerySet[Submission]:
    """Give the answers of the units in the actor's branches; all of them to who examines or controls."""
    rows = Submission.objects.filter(institution_id=actor.institution_id)
    rows = rows.select_related("round__under", "unit")
    if actor.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(in_branches(actor.branches(*OWN), "unit__path"))


@dataclass(frozen=True)
class Lock:
    """Whether a unit may type, and why.

    Attributes:
        is_open: whether it may.
        sentence: why, in one sentence, with who can open it when it is closed.
    """

    is_open: bool
    sentence: str


def lock_of(submission: Submission, on: date) -> Lock:
    """Say whether a unit may type in a collection on a day."""
    window = submission.round
    if submission.state == SubmissionState.ACCEPTED:
        return Lock(
            is_open=False,
            sentence="Aceita: uma mudança agora é correção, feita pelo coordenador ou pela unidade central.",
        )
    if submission.state == SubmissionState.SENT:
        return Lock(
            is_open=False,
            sentence="Enviada e em conferência: quem confere pode devolver para complementação.",
        )
    if on < window.opens_on:
        return Lock(is_open=False, sentence=f"A coleta abre em {window.opens_on:%d/%m/%Y}.")
    if on <= window.closes_on:
        late = f"; venceu em {window.due_on:%d/%m/%Y}" if on > window.due_on else ""
        return Lock(is_open=True, sentence=f"Aberta até {window.closes_on:%d/%m/%Y}{late}.")
    unlocked = Unlock.objects.filter(submission=submission).order_by("-expires_on").first()
    if unlocked is not None and on <= unlocked.expires_on:
        return Lock(is_open=True, sentence=f"Reaberta até {unlocked.expires_on:%d/%m/%Y}: {unlocked.reason}")
    closed = f"A coleta fechou em {window.closes_on:%d/%m/%Y}"
    return Lock(is_open=False, sentence=f"{closed}: só a unidade central pode reabrir, com motivo e prazo.")


@dataclass(frozen=True)
class Line:
    """An indicator in the grid of a unit: the version that governs each period to fill."""

    indicator: Indicator
    versions: dict[Period, CardVersion]

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods to fill, in order."""
        return tuple(self.versions)


def lines_of(submission: Submission) -> list[Line]:
    """Give what a unit has to fill in a collection: its indicators, and the periods of each that end in it."""
    rows = assignments_within(submission.institution_id, submission.round.period).filter(unit=submission.unit)
    return _lines(list(rows), submission.round.period)


def lines_by_unit(window: Round) -> dict[Unit, list[Line]]:
    """Give what every unit has to fill in a collection, in two queries."""
    rows = assignments_within(window.institution_id, window.period)
    if window.under is not None:
        rows = rows.filter(unit__path__startswith=window.under.path)
    found: dict[Unit, list[Assignment]] = {}
    for each in rows:
        found.setdefault(each.unit, []).append(each)
    versions = versions_by_indicator({each.indicator_id for each in rows})
    return {unit: _lines(mine, window.period, versions) for unit, mine in found.items()}


def _lines(
    rows: list[Assignment], whole: Period, versions: dict[int, list[CardVersion]] | None = None
) -> list[Line]:
    known = versions_by_indicator({each.indicator_id for each in rows}) if versions is None else versions
    lines = []
    for each in rows:
        cards = known.get(each.indicator_id, [])
        governing = {
            period: card
            for period in _periods(cards, whole)
            if (card := version_for(cards, period)) is not None and _holds(each, period)
        }
        if governing:
            lines.append(Line(each.indicator, governing))
    return lines


def _periods(cards: list[CardVersion], whole: Period) -> list[Period]:
    """Give the periods that the versions of a card cut inside a stretch; each period only by its own version."""
    found = {
        period
        for card in cards
        for period in periods_within(card.frequency, whole, card.periods)
        if version_for(cards, period) is card
    }
    return sorted(found)


def _holds(assignment: Assignment, period: Period) -> bool:
    is_over = assignment.until_on is not None and assignment.until_on < period.end
    return assignment.from_on <= period.end and not is_over


def unlocked_units(window: Round, on: date) -> QuerySet[Unlock]:
    """Give the reopenings in force on a day."""
    return Unlock.objects.filter(Q(submission__round=window), expires_on__gte=on).select_related("submission")


def may_type(actor: Actor, submission: Submission) -> bool:
    """Say whether somebody may fill the grid of a unit: who works there or answers for it."""
    return actor.has(*TYPISTS, path=submission.scope_path)


@dataclass(frozen=True)
class Progress:
    """How far the answer of a unit is.

    Attributes:
        total: how many boxes it has to fill.
        filled: how many have something.
        problems: how many have something wrong.
    """

    submission: Submission
    total: int
    filled: int
    problems: int

    @property
    def unit(self) -> Unit:
        """Whose it is."""
        return self.submission.unit

    @property
    def state(self) -> str:
        """Where it is, in the words used everywhere."""
        return self.submission.get_state_display()

    @property
    def percent(self) -> int:
        """The part filled, in whole hundredths."""
        return 100 * self.filled // self.total if self.total else 0


def progress_in(window: Round, looker: Actor) -> list[Progress]:
    """Give how far each unit the looker may see is, in a bounded number of queries."""
    rows = submissions_visible_to(looker).filter(round=window).order_by("unit__path")
    counted = rows.annotate(
        filled=Count("cells", filter=Q(cells__breakdown="") & ~Q(cells__typed="")),
        wrong=Count("cells", filter=~Q(cells__problem="")),
    )
    totals = {unit.pk: boxes_in(lines) for unit, lines in lines_by_unit(window).items()}
    return [Progress(each, totals.get(each.unit_id, 0), each.filled, each.wrong) for each in counted]


def boxes_in(lines: list[Line]) -> int:
    """Count the boxes that a unit has to fill."""
    return sum(
        sum(not each.indicator for each in card.read_variables)
        for line in lines
        for card in line.versions.values()
    )
