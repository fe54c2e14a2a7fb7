"""What several readings make together: over units, always from their variables; over periods, by the card's rule.

A percentage is never averaged over units: numerators and denominators are added, and the formula is computed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices

from apura_web.indicators.formulas import LAST, RESULT, CardFormula, Computed
from apura_web.indicators.periods import Period

Take = Callable[[Sequence[Fraction]], Fraction]
Given = Mapping[str, Fraction | None]


class Accumulation(TextChoices):
    """What the periods of a year make together."""

    SUM = "soma", "Soma dos períodos"
    MEAN = "media", "Média dos períodos"
    LAST = "ultimo", "Último período medido"
    RATIO = "razao_de_somas", "Razão de somas"
    RATE = "taxa", "Taxa (soma sobre o último)"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured at one place and period: the values of the variables; None where nothing was.

    Attributes:
        place: what it is called among the parts of an aggregate: a unit or a period.
        is_expected: False when the indicator does not apply there, so that nobody waits for it.
    """

    place: str
    values: Mapping[str, Fraction | None]
    period: Period | None = None
    is_expected: bool = True

    def direct(self, formula: CardFormula) -> Fraction | None:
        """Give the result that came without its variables; None when the variables are there, which tell more."""
        has_memory = all(self.values.get(name) is not None for name in formula.names)
        return None if has_memory else self.values.get(RESULT)

    def is_complete(self, formula: CardFormula) -> bool:
        """Whether everything the formula needs was measured, or its result came as it is."""
        if self.values.get(RESULT) is not None:
            return True
        return all(self.values.get(name) is not None for name in formula.names)

    def computed(self, formula: CardFormula) -> Computed:
        """Compute the result; one that came without its variables is taken as it came."""
        direct = self.direct(formula)
        return Computed(direct) if direct is not None else formula.compute(self.values)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A result made of several readings, which it keeps.

    Attributes:
        computed: the result, or why there is none.
        values: the variables it was computed from; empty where the rule is over results.
        parts: the readings it holds, in order.
        lacking: the names of those that were expected and not measured whole; they are left out of the result.
        rule: how it was made, in words.
    """

    computed: Computed
    values: Mapping[str, Fraction]
    parts: tuple[Reading, ...]
    lacking: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """How each variable of an aggregate is made: taken from the parts, or given already made."""

    rule: str
    takes: Mapping[str, Take]
    given: Given


NOTHING = "nada foi medido"
NO_MEMORY = "há resultado importado sem as variáveis, que não se soma com os demais"


def over_units(formula: CardFormula, readings: Sequence[Reading], *, given: Given | None = None) -> Aggregate:
    """Make one result of the readings of several units in the same period: each variable is added.

    Args:
        formula: of the card.
        readings: one of each unit.
        given: variables that are results of other indicators, already made for all the units: they are not added.
    """
    takes = dict.fromkeys(formula.names, _added)
    return _from_variables(formula, readings, Recipe("soma das variáveis", takes, given or {}))


def over_periods(
    rule: str, formula: CardFormula, readings: Sequence[Reading], *, given: Given | None = None
) -> Aggregate:
    """Make one result of the readings of several periods, in order, by the accumulation rule of the card.

    Args:
        rule: one of :class:`Accumulation`.
        formula: of the card.
        readings: one of each period, the earliest first.
        given: variables that are results of other indicators, already made for the whole: they are not added.
    """
    how = Accumulation(rule)
    if how in {Accumulation.RATIO, Accumulation.RATE}:
        last = {each.name for each in formula.variables if each.over_time == LAST}
        takes = {
            name: _latest if how == Accumulation.RATE and name in last else _added for name in formula.names
        }
        return _from_variables(formula, readings, Recipe(how.label.lower(), takes, given or {}))
    return _from_results(how, formula, readings)


def _from_results(how: Accumulation, formula: CardFormula, readings: Sequence[Reading]) -> Aggregate:
    measured = [each for each in readings if each.is_complete(formula)]
    results = [each.computed(formula) for each in measured]
    values = [each.value for each in results if each.value is not None]
    if not values:
        found = Computed(None, next((each.why_not for each in results), NOTHING))
    elif how == Accumulation.LAST:
        found = Computed(values[-1])
    elif how == Accumulation.MEAN:
        found = Computed(sum(values, Fraction(0)) / len(values))
    else:
        found = Computed(sum(values, Fraction(0)))
    return Aggregate(found, {}, tuple(readings), _lacking(formula, readings), how.label.lower())


def _from_variables(formula: CardFormula, readings: Sequence[Reading], recipe: Recipe) -> Aggregate:
    rule = recipe.rule
    measured = [each for each in readings if each.is_complete(formula)]
    lacking = _lacking(formula, readings)
    if len(measured) == 1:  # a single part is itself, also when it came without its variables
        only = measured[0]
        kept = {name: value for name, value in only.values.items() if value is not None and name != RESULT}
        return Aggregate(only.computed(formula), kept, tuple(readings), lacking, rule)
    if any(each.direct(formula) is not None for each in measured):
        return Aggregate(Computed(None, NO_MEMORY), {}, tuple(readings), lacking, rule)
    if not measured:
        return Aggregate(Computed(None, NOTHING), {}, tuple(readings), lacking, rule)
    columns = {
        name: [value for each in measured if (value := each.values[name]) is not None]
        for name in recipe.takes
    }
    values: dict[str, Fraction | None] = {
        **{name: take(columns[name]) for name, take in recipe.takes.items()},
        **recipe.given,
    }
    known = {name: value for name, value in values.items() if value is not None}
    return Aggregate(formula.compute(values), known, tuple(readings), lacking, rule)


def _lacking(formula: CardFormula, readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(each.place for each in readings if each.is_expected and not each.is_complete(formula))


def _added(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _latest(values: Sequence[Fraction]) -> Fraction:
    return values[-1]
