"""The grid as its page shows it: one table for each frequency, one body for each indicator, a box where one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from apura.formula import brazilian
from apura_web.foundation.presentation import Badge
from apura_web.indicators.attainment import NOT_MEASURED, Promise, badge_of, standing
from apura_web.indicators.formulas import Variable
from apura_web.indicators.grid import Box, Grid, doubts_of, result_before
from apura_web.indicators.models import CardVersion, Certainty, Indicator
from apura_web.indicators.periods import Frequency, Period

Promises = Mapping[tuple[int, int, Period], Promise]


@dataclass(frozen=True)
class BoxShown:
    """A box on the page."""

    box: Box
    doubts: Sequence[str]

    @property
    def typed(self) -> str:
        """What is in it."""
        return self.box.cell.typed if self.box.cell else ""

    @property
    def shown(self) -> str:
        """What is in it, for who only reads."""
        return self.typed or "em branco"

    @property
    def certainty(self) -> str:
        """How firm it is."""
        return self.box.cell.certainty if self.box.cell else str(Certainty.DEFINITIVE)

    @property
    def has_more(self) -> bool:
        """Whether something was said besides the number, or has to be."""
        is_asked = bool(self.doubts) or (self.box.cell is not None and self.box.cell.state == "nao_informado")
        return is_asked or bool(self.box.reason) or self.certainty != Certainty.DEFINITIVE

    @property
    def note(self) -> str:
        """What is said under the box: what is wrong, else what is strange and not justified."""
        if self.box.problem:
            return self.box.problem
        return " ".join(self.doubts) if not self.box.reason else ""


@dataclass(frozen=True)
class ResultShown:
    """What the formula gives for a period, beside its target and what the period before gave."""

    key: str
    text: str
    why_not: str
    target: str
    badge: Badge | None
    before: str = ""


@dataclass(frozen=True)
class VariableRow:
    """A variable, or a part of it, and its boxes, one for each period; None where the period's card has no such row."""

    label: str
    variable: Variable
    is_part: bool
    boxes: Sequence[BoxShown | None]


@dataclass(frozen=True)
class IndicatorRows:
    """An indicator: the rows where one types, and the row of results."""

    indicator: Indicator
    card: CardVersion
    variables: Sequence[VariableRow]
    results: Sequence[ResultShown]


@dataclass(frozen=True)
class Section:
    """The indicators of one frequency, which share the columns."""

    label: str
    periods: Sequence[Period]
    indicators: Sequence[IndicatorRows]

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.periods) + 1


def promise_in_words(promise: Promise, card: CardVersion) -> str:
    """Write a target with its unit, both ends of a band; nothing when there is none."""
    if promise.value is None:
        return ""
    until = f" a {brazilian(promise.high, None)}" if promise.high is not None else ""
    return f"{brazilian(promise.value, None)}{until} {card.measured_in}"


class GridPage:
    """A grid, ready to be shown."""

    def __init__(self, grid: Grid, promises: Promises) -> None:
        self.grid, self.promises = grid, promises

    @cached_property
    def sections(self) -> list[Section]:
        """The tables, the most frequent first."""
        by_frequency: dict[str, list[Box]] = {}
        for box in self.grid.boxes:
            by_frequency.setdefault(box.card.frequency, []).append(box)
        order = [each for each in Frequency if each in by_frequency]
        return [self._section(frequency, by_frequency[frequency]) for frequency in order]

    def result(self, number: int, period: Period) -> ResultShown:
        """Give what is typed of an indicator in a period, computed."""
        boxes = self.grid.by_result[number, period]
        card, indicator = boxes[0].card, boxes[0].indicator
        computed = card.read.compute({box.variable.name: box.value for box in boxes})
        promise = self.promises.get((number, self.grid.submission.unit_id, period))
        word = standing(card.polarity, computed.value, promise, bands=card.bands, unit=card.measure)
        target = promise.value if promise else None
        before = result_before(boxes[0], self.grid)
        return ResultShown(
            key=f"{indicator.code}.{period.key}",
            text=f"{brazilian(computed.value, card.places)} {card.measured_in}"
            if computed.value is not None
            else "",
            why_not=computed.why_not,
            target=promise_in_words(promise, card) if promise is not None else "",
            badge=badge_of(word) if target is not None and word != NOT_MEASURED else None,
            before=f"{brazilian(before, card.places)} {card.measured_in}" if before is not None else "",
        )

    def shown(self, box: Box) -> BoxShown:
        """Give a box with what is strange about it."""
        return BoxShown(box, doubts_of(box, self.grid))

    def _section(self, frequency: str, boxes: Sequence[Box]) -> Section:
        periods = sorted({box.period for box in boxes})
        indicators = list(dict.fromkeys(box.indicator for box in boxes))
        rows = [self._rows([box for box in boxes if box.indicator == each], periods) for each in indicators]
        return Section(Frequency(frequency).label, periods, rows)

    def _rows(self, boxes: Sequence[Box], periods: Sequence[Period]) -> IndicatorRows:
        last, number = boxes[-1], boxes[-1].indicator.pk
        by_place = {(box.row, box.period): box for box in boxes}
        rows = {box.row: box for box in boxes}
        return IndicatorRows(
            last.indicator,
            last.card,
            [
                VariableRow(
                    box.label,
                    box.variable,
                    not box.is_needed,
                    [
                        self.shown(by_place[name, period]) if (name, period) in by_place else None
                        for period in periods
                    ],
                )
                for name, box in rows.items()
            ],
            [
                self.result(number, period)
                if (number, period) in self.grid.by_result
                else ResultShown("", "", "", "", None)
                for period in periods
            ],
        )
