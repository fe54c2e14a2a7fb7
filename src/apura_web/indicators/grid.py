"""The grid of a unit in a collection: a box for each variable of each indicator and period, and what is strange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from apura.formula import brazilian
from apura_web.indicators.formulas import Variable
from apura_web.indicators.models import CardVersion, DraftCell, Indicator, Measurement, Submission
from apura_web.indicators.periods import Period
from apura_web.indicators.plausibility import doubts_about
from apura_web.indicators.selectors.ledger import Cell, standing_cells
from apura_web.indicators.selectors.rounds import Line
from apura_web.indicators.typing_cells import read_typed


@dataclass(frozen=True)
class Box:
    """Where one variable of one indicator is typed, for one period: the whole, or a part of a breakdown.

    Attributes:
        cell: what was typed; None when nothing was.
        sent: what stands in the ledger; None when nothing does.
        part: of a breakdown of the card, as “Sexo: feminino”; empty is the whole.
        place: which part of the card it is, from 1; 0 is the whole.
    """

    indicator: Indicator
    card: CardVersion
    period: Period
    variable: Variable
    cell: DraftCell | None
    sent: Measurement | None
    part: str = ""
    place: int = 0

    @property
    def label(self) -> str:
        """What its row is called: “Casos concluídos”, or “Casos concluídos – Sexo: feminino”."""
        return f"{self.variable.label} – {self.part}" if self.part else self.variable.label

    @property
    def name(self) -> str:
        """What people call it: “IND-04, mar/2014, Casos concluídos”."""
        return f"{self.indicator.number}, {self.period.label}, {self.label}"

    @property
    def row(self) -> str:
        """How its row is called in forms and sheets."""
        return f"{self.variable.name}~{self.place}" if self.part else self.variable.name

    @property
    def key(self) -> str:
        """How the form calls it."""
        return f"{self.indicator.code}.{self.period.key}.{self.row}"

    @property
    def is_needed(self) -> bool:
        """Whether it has to be filled; parts of a breakdown may be left blank."""
        return not self.part

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
        """The boxes of the whole of each indicator and period, of which its result is made."""
        found: dict[tuple[int, Period], list[Box]] = {}
        for box in self.needed:
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

    @cached_property
    def by_breakdown(self) -> dict[tuple[int, Period, str, str], list[Box]]:
        """The boxes of the parts of each breakdown, by indicator, period, variable and breakdown."""
        found: dict[tuple[int, Period, str, str], list[Box]] = {}
        for box in self.boxes:
            if box.part:
                found.setdefault(_family(box), []).append(box)
        return found

    @cached_property
    def needed(self) -> list[Box]:
        """The boxes that have to be filled."""
        return [box for box in self.boxes if box.is_needed]

    @property
    def filled(self) -> int:
        """How many of the boxes that have to be filled have something."""
        return sum(not box.is_blank for box in self.needed)


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
            typed.get((line.indicator.pk, period, part, variable.name)),
            sent.get(Cell(line.indicator.pk, submission.unit_id, period, part, variable.name)),
            part,
            place,
        )
        for line in lines
        for period, card in line.versions.items()
        for variable in card.read_variables
        if not variable.indicator
        for place, part in enumerate(["", *card.parts])
    ]
    return Grid(submission, boxes, sent)


def doubts_of(box: Box, grid: Grid) -> list[str]:
    """Say what has to be justified about a box: what was typed, and, on the last variable, the result it gives."""
    found = []
    if box.cell is not None and box.cell.typed:
        doubt = read_typed(box.cell.typed, box.variable).doubt
        found += [doubt] if doubt else []
    if box.part:
        return [*found, *_doubts_about_parts(box, grid)]
    mates = grid.by_result[box.indicator.pk, box.period]
    if box is mates[-1]:
        result = box.card.read.compute({mate.variable.name: mate.value for mate in mates}).value
        if result is not None:
            found += doubts_about(box.card, result, result_before(box, grid))
    return found


def _doubts_about_parts(box: Box, grid: Grid) -> list[str]:
    """Say, on the last part of a breakdown, that its parts do not add up to the whole."""
    parts = grid.by_breakdown[_family(box)]
    values = [each.value for each in parts if each.value is not None]
    whole = next(
        each for each in grid.by_result[box.indicator.pk, box.period] if each.variable == box.variable
    ).value
    if box is not parts[-1] or whole is None or len(values) < len(parts) or sum(values) == whole:
        return []
    total, told = brazilian(sum(values, Fraction(0)), None), brazilian(whole, None)
    return [f"As partes de {_family(box)[3]} somam {total}, e o todo é {told}."]


def _family(box: Box) -> tuple[int, Period, str, str]:
    return box.indicator.pk, box.period, box.variable.name, box.part.partition(":")[0]


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
