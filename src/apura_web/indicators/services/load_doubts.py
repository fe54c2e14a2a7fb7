"""What is strange in the results that a load gives, and may be right: asked about before it is written.

A result is computed where all its variables are in the file or in the ledger; one that depends on other indicators is
left to the report of inconsistencies. All the values of a period are compared together, so that memory does not grow
with the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from apura_web.indicators.aggregation import Reading
from apura_web.indicators.formulas import CardFormula
from apura_web.indicators.models import CardVersion, Load, LoadProblem, LoadRow, Measurement, RowFate
from apura_web.indicators.periods import Period, periods_within
from apura_web.indicators.plausibility import doubts_about
from apura_web.indicators.selectors.cards import version_for, versions_by_indicator
from apura_web.indicators.selectors.ledger import Cell, standing_cells
from apura_web.orgs.models import Unit

Place = tuple[int, Period]
Values = dict[Place, dict[str, Fraction | None]]
LONGEST = 500
WRITTEN = {RowFate.NEW, RowFate.CHANGE}
COLUMN = "resultado"


@dataclass(frozen=True)
class Doubt:
    """A strange result, why, and the rows of the file that give it."""

    sentence: str
    rows: Sequence[LoadRow]


def doubts_in(load: Load, rows: Sequence[LoadRow], standing: Mapping[Cell, Measurement]) -> list[Doubt]:
    """Give what is strange in the results of some whole periods of one indicator.

    Args:
        load: whose rows they are.
        rows: already compared with the ledger.
        standing: what stands in the ledger in those periods.
    """
    number = rows[0].indicator_id
    cards = versions_by_indicator([number]).get(number, [])
    if not any(_has_limits(each) for each in cards):
        return []
    written = _by_place([row for row in rows if row.state and not row.breakdown])
    values: Values = {}
    for cell, row in standing.items():
        _put(values, cell.unit_id, row)
    first = min((period for _, period in written), default=None)
    if first is not None and any(each.variation_limit is not None for each in cards):
        values = {**_values_before(load, cards, first), **values}
    for mine in written.values():
        for each in mine:
            _put(values, each.unit_id, each)
    return list(_doubts(cards, written, values))


def told(load: Load, found: Sequence[Doubt]) -> list[LoadProblem]:
    """Give the doubts, of one indicator, as lines of the load, each at the last of its rows."""
    if not found:
        return []
    number = found[0].rows[0].indicator.number
    ids = {each.rows[0].unit_id for each in found}
    units = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "acronym"))
    return [
        LoadProblem(
            institution_id=load.institution_id,
            load=load,
            part=str(load.parts[each.rows[-1].part]["name"])[-120:],
            line=each.rows[-1].line,
            column=COLUMN,
            message=f"{number}, {units[each.rows[0].unit_id]}, {each.sentence}"[:LONGEST],
            is_doubt=True,
        )
        for each in found
    ]


def _doubts(
    cards: Sequence[CardVersion], written: dict[Place, list[LoadRow]], values: Values
) -> Iterator[Doubt]:
    rules: dict[Period, tuple[CardVersion, CardFormula, Period]] = {}
    for (unit_id, period), mine in written.items():
        if all(row.fate not in WRITTEN for row in mine) or any(row.reason for row in mine):
            continue
        if period not in rules:
            card = version_for(cards, period) or cards[0]
            rules[period] = card, card.read, _previous(card, period.start)
        card, formula, last = rules[period]
        result = _result(formula, values.get((unit_id, period)))
        before = _result(formula, values.get((unit_id, last)))
        found = doubts_about(card, result, before) if result is not None else []
        if found:
            yield Doubt(f"{period.label}: {' '.join(found)}", [row for row in mine if row.fate in WRITTEN])


def _values_before(load: Load, cards: Sequence[CardVersion], first: Period) -> Values:
    """Give what the ledger and the file have of the period just before, which was compared already or says nothing."""
    last = _previous(version_for(cards, first) or cards[0], first.start)
    number = cards[0].indicator_id
    found: Values = {}
    for cell, row in standing_cells(load.institution_id, last, indicators=[number]).items():
        _put(found, cell.unit_id, row)
    rows = load.rows.filter(indicator_id=number, period_start=last.start, period_end=last.end, breakdown="")
    for each in rows.exclude(state=""):
        _put(found, each.unit_id, each)
    return found


def _previous(card: CardVersion, start: date) -> Period:
    """Give the period of a card that ends just before a day; the day before, when none does."""
    eve = start - timedelta(days=1)
    found = periods_within(card.frequency, Period(date(eve.year - 1, 1, 1), eve), card.periods)
    return found[-1] if found else Period(eve, eve)


def _by_place(rows: Sequence[LoadRow]) -> dict[Place, list[LoadRow]]:
    found: dict[Place, list[LoadRow]] = {}
    for row in sorted(rows, key=lambda each: (each.part, each.line)):
        found.setdefault((row.unit_id, row.period), []).append(row)
    return found


def _put(values: Values, unit_id: int, row: Any) -> None:
    if not row.breakdown:
        values.setdefault((unit_id, row.period), {})[row.variable] = row.value


def _result(formula: CardFormula, values: dict[str, Fraction | None] | None) -> Fraction | None:
    return Reading("", values).computed(formula).value if values else None


def _has_limits(card: CardVersion) -> bool:
    return any(each is not None for each in (card.plausible_low, card.plausible_high, card.variation_limit))
