"""The grid of a unit in a collection: a box for each variable of each indicator and period, and what is strange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from apura_web.indicators.formulas import Variable
from apura_web.indicators.models import CardVersion, DraftCell, Indicator, Measurement, Submission
from apura_web.indicators.periods import Period
from apura_web.indicators.plausibility import doubts_about
from apura_web.indicators.selectors.ledger import Cell, standing_cells
from apura_web.indicators.selectors.rounds import Line
from apura_web.indicators.typing_cells import read_typed


@dataclass(frozen=True)
class Box:
    """Where one variable of one indicator is typed, for one period.

    Attributes:
        cell: what was typed; None when nothing was.
        sent: what stands in the ledger; None when nothing does.
    """

    indicator: Indicator
    card: CardVersion
    period: Period
    variable: Variable
    cell: DraftCell | None
    sent: Measurement | None

    @property
    def name(self) -> str:
        """What people call it: “IND-04, mar/2014, Casos concluídos”."""
        return f"{self.indicator.number}, {self.period.label}, {self.variable.label}"

    @property
    def key(self) -> str:
        """How the form calls it."""
        return f"{self.indicator.code}.{self.period.key}.{self.variable.name}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, and nothing wrong either."""
        return self.cell is None or not self.cell.typed

    @property
    def problem(self) -> str:
        """What is wrong with what was typed."""
        return self.cell.problem if self.cell is not None else ""

    @property
    def reason(self) -> str:
        """The reason or justification typed."""
        return self.cell.reason if self.cell is not None else ""

    @property
    def value(self) -> Fraction | None:
        """The number typed; None when none was."""
        return self.cell.value if self.cell is not None else None

    @property
    def edition(self) -> int:
        """Which saving of the cell this is; 0 before the first."""
        return self.cell.edition if self.cell is not None else 0


@dataclass(frozen=True)
class Grid:
    """Everything a unit has to fill in a collection."""

    submission: Submission
    boxes: Sequence[Box]
    before: dict[Cell, Measurement] = field(default_factory=dict)

    @cached_property
    def by_result(self) -> dict[tuple[int, Period], list[Box]]:
        """The boxes of each indicator and period."""
        found: dict[tuple[int, Period], list[Box]] = {}
        for box in self.boxes:
            found.setdefault((box.indicator.pk, box.period), []).append(box)
        return found

    @cached_property
    def periods(self) -> dict[int, set[Period]]:
        """The periods of each indicator that are typed here or stand in the ledger."""
        found: dict[int, set[Period]] = {}
        for number, period in self.by_result:
            found.setdefault(number, set()).add(period)
        for cell in self.before:
            found.setdefault(cell.indicator_id, set()).add(cell.period)
        return found

    @property
    def filled(self) -> int:
        """How many boxes have something."""
        return sum(not box.is_blank for box in self.boxes)


def grid_of(submission: Submission, lines: Sequence[Line], cells: Sequence[DraftCell]) -> Grid:
    """Put what was typed, and what stands in the ledger, in the boxes a unit has to fill."""
    typed = {(each.indicator_id, each.period, each.breakdown, each.variable): each for each in cells}
    whole = submission.round.period
    sent = standing_cells(
        submission.institution_id,
        Period(_a_year_before(whole), whole.end),
        units=[submission.unit_id],
        indicators=[line.indicator.pk for line in lines],
    )
    boxes = [
        Box(
            line.indicator,
            card,
            period,
            variable,
            typed.get((line.indicator.pk, period, "", variable.name)),
            sent.get(Cell(line.indicator.pk, submission.unit_id, period, "", variable.name)),
        )
        for line in lines
        for period, card in line.versions.items()
        for variable in card.read_variables
        if not variable.indicator
    ]
    return Grid(submission, boxes, sent)


def doubts_of(box: Box, grid: Grid) -> list[str]:
    """Say what has to be justified about a box: what was typed, and, on the last variable, the result it gives."""
    found = []
    if box.cell is not None and box.cell.typed:
        doubt = read_typed(box.cell.typed, box.variable).doubt
        found += [doubt] if doubt else []
    mates = grid.by_result[box.indicator.pk, box.period]
    if box is mates[-1]:
        result = box.card.read.compute({mate.variable.name: mate.value for mate in mates}).value
        if result is not None:
            found += doubts_about(box.card, result, result_before(box, grid))
    return found


def result_before(box: Box, grid: Grid) -> Fraction | None:
    """Give the result of the period just before a box's, from what is typed now or else from what stands."""
    past = [period for period in grid.periods[box.indicator.pk] if period.end < box.period.start]
    if not past:
        return None
    last = max(past, key=lambda period: period.end)
    typed = grid.by_result.get((box.indicator.pk, last), [])
    values = {mate.variable.name: mate.value for mate in typed}
    unit_id = grid.submission.unit_id
    for name in box.card.read.names:
        row = grid.before.get(Cell(box.indicator.pk, unit_id, last, "", name))
        if values.get(name) is None and row is not None:
            values[name] = row.value
    return box.card.read.compute(values).value


def _a_year_before(whole: Period) -> date:
    """Give a day early enough to hold the period before the first, whatever the frequency."""
    return date(whole.start.year - 1, 1, 1)
