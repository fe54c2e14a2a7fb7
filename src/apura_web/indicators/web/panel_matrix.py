"""The matrix of a panel: units by periods, what is missing, how it stands, completeness and timeliness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apura_web.foundation.presentation import Badge
from apura_web.indicators.attainment import (
    INCOMPLETE,
    MISSED,
    NO_RESULT,
    NO_TARGET,
    NOT_APPLICABLE,
    NOT_MEASURED,
    ONGOING,
    PARTLY,
    REACHED,
    UNDECIDED,
    badge_of,
)
from apura_web.indicators.findings import firmness_of, shown_bare, shown_promise
from apura_web.indicators.models import Figure, Indicator, ValueState
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.panel import Panel, Timeliness
from apura_web.orgs.models import Unit

ORDER = (
    REACHED,
    PARTLY,
    MISSED,
    NO_TARGET,
    UNDECIDED,
    NO_RESULT,
    ONGOING,
    INCOMPLETE,
    NOT_APPLICABLE,
    NOT_MEASURED,
)
HUNDRED = 100


@dataclass(frozen=True)
class Count:
    """How many results stand in one way."""

    badge: Badge
    number: int


@dataclass(frozen=True)
class SummaryCell:
    """A unit in a period: how many of its results are there, and how they stand."""

    measured: int
    expected: int
    counts: Sequence[Count]
    url: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.measured == self.expected


@dataclass(frozen=True)
class ResultCell:
    """A result in a period, with the address of its explanation."""

    text: str
    is_missing: bool
    badge: Badge
    firmness: str
    target: str
    url: str


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of a unit, period by period; None where it is not measured."""

    indicator: Indicator
    cells: Sequence[ResultCell | None]


@dataclass(frozen=True)
class UnitRow:
    """A unit: its summary by period, its completeness and timeliness, and its indicators when asked for."""

    unit: Unit
    cells: Sequence[SummaryCell | None]
    measured: int
    expected: int
    timeliness: Timeliness
    indicators: Sequence[IndicatorRow]
    url: str

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to measure in these periods."""
        return not any(self.cells)

    @property
    def percent(self) -> int | None:
        """The part measured of what was expected, in whole hundredths; None when nothing was."""
        return HUNDRED * self.measured // self.expected if self.expected else None


@dataclass(frozen=True)
class Item:
    """A result of the panel, as lists and files have it."""

    unit: Unit
    indicator: Indicator
    result: Result
    url: str


class Matrix:
    """A panel by one frequency, ready to be shown."""

    def __init__(self, panel: Panel, frequency: str, wanted: set[int]) -> None:
        """Prepare a matrix.

        Args:
            panel: the results.
            frequency: of the indicators shown.
            wanted: the indicators kept, as those of a dimension.
        """
        self.panel, self.frequency = panel, frequency
        self.periods = {
            number: panel.periods(number, frequency) for number in panel.indicators if number in wanted
        }
        self.columns = sorted({period for found in self.periods.values() for period in found})

    def items(self) -> Iterator[Item]:
        """Give every result that is there or should be, by unit, indicator and period."""
        for unit in self.panel.units:
            for number in self.panel.pairs.get(unit.pk, ()):
                for period in self.periods.get(number, ()):
                    item = self._item(unit, number, period)
                    if item is not None:
                        yield item

    def rows(self, late: dict[int, Timeliness], *, is_detailed: bool, url: str) -> list[UnitRow]:
        """Give the lines of the matrix.

        Args:
            late: how each unit answered its collections.
            is_detailed: whether each indicator has a line of its own.
            url: of the detail of a unit, to which its code is added.
        """
        return [
            self._row(unit, late.get(unit.pk, Timeliness()), is_detailed=is_detailed, url=f"{url}{unit.code}")
            for unit in self.panel.units
        ]

    def _row(self, unit: Unit, late: Timeliness, *, is_detailed: bool, url: str) -> UnitRow:
        found: dict[Period, list[Item]] = {}
        lines = []
        for number in self.panel.pairs.get(unit.pk, ()):
            mine = {period: self._item(unit, number, period) for period in self.periods.get(number, ())}
            for period, item in mine.items():
                if item is not None:
                    found.setdefault(period, []).append(item)
            if is_detailed and mine:
                cells = [cell_of(item) if (item := mine.get(each)) else None for each in self.columns]
                lines.append(IndicatorRow(self.panel.indicators[number], cells))
        summaries = [_summary(found[each], url) if each in found else None for each in self.columns]
        there = [each for each in summaries if each is not None]
        measured, expected = sum(each.measured for each in there), sum(each.expected for each in there)
        return UnitRow(unit, summaries, measured, expected, late, lines, url)

    def _item(self, unit: Unit, number: int, period: Period) -> Item | None:
        """Give a result that is there, or that should be as its period is over."""
        result = self.panel.book.result(number, (unit.pk,), period)
        is_due = result.is_expected and period.end < self.panel.span.today
        if not result.facts and not is_due:
            return None
        indicator = self.panel.indicators[number]
        end = "" if self.panel.span.figure == Figure.REPORTED else f"?valor={self.panel.span.figure}"
        address = reverse("indicator_value", args=[indicator.code, unit.code, period.key])
        return Item(unit, indicator, result, f"{address}{end}")


def cell_of(item: Item) -> ResultCell:
    """Show a result in a cell."""
    result = item.result
    is_missing = result.value is None
    return ResultCell(
        result.word if is_missing else shown_bare(result.value, result.card),
        is_missing,
        badge_of(result.word),
        firmness_of(result),
        shown_promise(result.promise, result.card),
        item.url,
    )


def legend(rows: Sequence[UnitRow]) -> list[Badge]:
    """Give the ways in which the results at show stand, in order."""
    seen = {count.badge.word for row in rows for cell in row.cells if cell for count in cell.counts}
    return [badge_of(word) for word in ORDER if word in seen]


def is_there(result: Result) -> bool:
    """Say whether a result counts as delivered: it has a number, or does not apply."""
    return result.value is not None or result.state == ValueState.NOT_APPLICABLE or result.word == NO_RESULT


def _summary(items: Sequence[Item], url: str) -> SummaryCell:
    words = [each.result.word for each in items]
    counts = [Count(badge_of(word), words.count(word)) for word in ORDER if word in words]
    return SummaryCell(sum(is_there(each.result) for each in items), len(items), counts, url)
