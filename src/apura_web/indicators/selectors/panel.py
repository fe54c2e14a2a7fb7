"""Reading what a panel shows: results of many units and indicators, in as many queries whatever the size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Max, Min, Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.indicators.attainment import Promise
from apura_web.indicators.models import (
    Assignment,
    Figure,
    Indicator,
    Submission,
    Target,
)
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Book, Key, Shelf
from apura_web.indicators.selectors.cards import indicators_visible_to, version_for
from apura_web.indicators.selectors.ledger import measurements_visible_to, standing_only
from apura_web.indicators.selectors.seeing import with_sources
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import units_visible_to

MOST_UNITS = 200


class Seen(NamedTuple):
    """As much of a row of the ledger as a panel needs."""

    value: Fraction | None
    state: str
    certainty: str
    reason: str


@dataclass(frozen=True, slots=True)
class Span:
    """What a panel is about: a stretch of days, whose figure, and only some indicators; none named is all."""

    whole: Period
    today: date
    figure: str = Figure.REPORTED
    indicators: tuple[int, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The results of some units in a stretch of days.

    Attributes:
        pairs: which indicators each unit measures, by unit.
    """

    book: Book
    span: Span
    units: Sequence[Unit]
    indicators: dict[int, Indicator]
    pairs: dict[int, list[int]]

    def frequencies(self) -> dict[str, int]:
        """Count the indicators of each frequency in the stretch."""
        found: dict[str, int] = {}
        for number in self.indicators:
            card = version_for(self.book.shelf.versions.get(number, ()), self.span.whole)
            if card is not None:
                found[card.frequency] = found.get(card.frequency, 0) + 1
        return found

    def periods(self, number: int, frequency: str) -> list[Period]:
        """Give the periods of an indicator in the stretch that a version with a frequency governs."""
        return [
            period
            for period in self.book.own_periods(number, self.span.whole)
            if (card := self.book.card(number, period)) is not None and card.frequency == frequency
        ]


def units_measuring_within(looker: Actor, whole: Period, branch: str = "") -> QuerySet[Unit]:
    """Give the units the looker sees that measure something in a stretch of days, in the order of the organogram.

    Args:
        looker: who.
        whole: the stretch.
        branch: the path of a unit, to see only its branch.
    """
    measuring = _assignments(whole).filter(institution_id=looker.institution_id)
    units = units_visible_to(looker).filter(pk__in=measuring.values("unit"))
    return units.filter(path__startswith=branch).order_by("path") if branch else units.order_by("path")


def panel_of(looker: Actor, units: Sequence[Unit], span: Span) -> Panel:
    """Give the results of some units, which the looker sees."""
    ids = [each.pk for each in units]
    rows = list(
        _assignments(span.whole)
        .filter(unit__in=ids, indicator__in=indicators_visible_to(looker).values("pk"))
        .filter(Q(indicator__in=span.indicators) if span.indicators else Q())
        .select_related("indicator__unit")
        .order_by("indicator__number", "id")
    )
    indicators = {each.indicator_id: each.indicator for each in rows}
    versions, numbers = with_sources(indicators, looker.institution_id)
    holds: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    pairs: dict[int, list[int]] = {}
    for each in rows:
        holds.setdefault((each.indicator_id, each.unit_id), []).append((each.from_on, each.until_on))
        mine = pairs.setdefault(each.unit_id, [])
        if each.indicator_id not in mine:
            mine.append(each.indicator_id)
    shelf = Shelf(
        versions=versions,
        facts=_facts(looker, versions, ids, span),
        promises=_promises(versions, ids, span),
        units={each.pk: str(each) for each in units},
        holds=holds,
        numbers=numbers,
        today=span.today,
    )
    return Panel(Book(shelf), span, units, indicators, pairs)


def _assignments(whole: Period) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(from_on__lte=whole.end)
    return rows.filter(Q(until_on=None) | Q(until_on__gte=whole.start))


def _facts(
    looker: Actor, indicators: Iterable[int], units: Sequence[int], span: Span
) -> dict[Key, dict[str, Seen]]:
    rows = measurements_visible_to(looker).filter(
        indicator__in=list(indicators),
        unit__in=units,
        figure=span.figure,
        breakdown="",
        period_start__gte=span.whole.start,
        period_end__lte=span.whole.end,
    )
    columns = ("indicator_id", "unit_id", "period_start", "period_end", "variable")
    found: dict[Key, dict[str, Seen]] = {}
    known: dict[tuple[date, date], Period] = {}
    kept = standing_only(rows, looker=looker).values_list(*columns, *Seen._fields)
    for number, unit, start, end, name, *seen in kept:
        period = known.setdefault((start, end), Period(start, end))
        found.setdefault((number, unit, period), {})[name] = Seen(*seen)
    return found


def _promises(indicators: Iterable[int], units: Sequence[int], span: Span) -> dict[Key, Promise]:
    rows = Target.objects.filter(
        indicator__in=list(indicators),
        unit__in=units,
        breakdown="",
        replaced_by=None,
        period_start__gte=span.whole.start,
        period_end__lte=span.whole.end,
    )
    columns = ("indicator_id", "unit_id", "period_start", "period_end", "value", "high")
    return {
        (number, unit, Period(start, end)): Promise(value, high)
        for number, unit, start, end, value, high in rows.values_list(*columns)
    }


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How the answers of a unit to the collections of a stretch came: in time, late, or still owed after the day."""

    in_time: int = 0
    late: int = 0
    owed: int = 0

    @property
    def due(self) -> int:
        """How many were due."""
        return self.in_time + self.late + self.owed


def timeliness_of(looker: Actor, units: Iterable[int], span: Span) -> dict[int, Timeliness]:
    """Give how each unit answered the collections of periods that end in a stretch, in one query."""
    rows = Submission.objects.filter(
        institution_id=looker.institution_id,
        unit__in=list(units),
        round__period_end__gte=span.whole.start,
        round__period_end__lte=span.whole.end,
    )
    found: dict[int, list[int]] = {}
    columns = ("unit_id", "first_sent_on", "days_late", "round__due_on")
    for unit, sent_on, days_late, due_on in rows.values_list(*columns):
        counts = found.setdefault(unit, [0, 0, 0])
        if sent_on is not None:
            counts[1 if days_late else 0] += 1
        elif due_on < span.today:
            counts[2] += 1
    return {unit: Timeliness(*counts) for unit, counts in found.items()}


def years_of_ledger(looker: Actor, today: date) -> tuple[list[int], int]:
    """Give the years a panel may show, the latest first, and the last that has any value the looker sees."""
    first = Assignment.objects.filter(institution_id=looker.institution_id).aggregate(on=Min("from_on"))["on"]
    last = measurements_visible_to(looker).aggregate(on=Max("period_end"))["on"]
    start = min(first.year if first else today.year, last.year if last else today.year)
    end = max(today.year, last.year if last else today.year)
    return list(range(end, start - 1, -1)), last.year if last else today.year
