"""Results with their parts: at a unit in a period, over units, over the periods of a year; each with its target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from apura_web.indicators import promised
from apura_web.indicators.aggregation import Aggregate, Reading, over_periods, over_units
from apura_web.indicators.attainment import (
    INCOMPLETE,
    NO_RESULT,
    NOT_APPLICABLE,
    NOT_MEASURED,
    NOT_OVER,
    ONGOING,
    Promise,
    standing,
)
from apura_web.indicators.formulas import RESULT, CardFormula, Computed
from apura_web.indicators.models import CardVersion, Certainty, ValueState
from apura_web.indicators.periods import Period, is_period_of, periods_within
from apura_web.indicators.selectors.cards import version_for

FIRMNESS = (Certainty.DEFINITIVE, Certainty.PROVISIONAL, Certainty.ESTIMATED)
NO_CARD = "nenhuma ficha aprovada diz como se calcula"


class Fact(Protocol):
    """What the ledger holds of one variable: a row, or as much of it as a panel needs."""

    @property
    def value(self) -> Fraction | None:
        """The value; None when it was not measured."""

    @property
    def state(self) -> str:
        """Measured, not applicable, not reported."""

    @property
    def certainty(self) -> str:
        """How firm it is."""

    @property
    def reason(self) -> str:
        """Why it was not reported, or what justifies it."""


Key = tuple[int, int, Period]
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Result:
    """What an indicator gives at a place: one unit or several, in a period or in several.

    Attributes:
        place: what it is called among the parts of a larger one.
        unit_id: the unit; None when it is of several.
        values: the variables put into the formula.
        facts: the rows it came from, by variable; empty when it has parts.
        state: ``apurado``, ``nao_se_aplica``, ``nao_informado``; empty when nothing was recorded.
        certainty: the least firm of what it is made of; empty when nothing was measured.
        word: how it stands before its target.
        lacking: the parts that were expected and are not there.
        rule: how the parts were put together, in words.
    """

    period: Period
    place: str
    card: CardVersion | None
    computed: Computed
    unit_id: int | None = None
    values: Mapping[str, Fraction] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    state: str = ""
    certainty: str = ""
    promise: Promise | None = None
    word: str = NOT_MEASURED
    parts: tuple[Result, ...] = ()
    lacking: tuple[str, ...] = ()
    rule: str = ""
    is_expected: bool = True

    @property
    def value(self) -> Fraction | None:
        """The number; None when there is none, which is never zero."""
        return self.computed.value

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was recorded of it, nor of any of its parts."""
        return not self.facts and not self.values and all(each.is_untouched for each in self.parts)

    @property
    def is_firm(self) -> bool:
        """Whether everything it is made of is definitive."""
        return self.certainty in {"", Certainty.DEFINITIVE}

    @property
    def why_not(self) -> str:
        """Why there is no number; empty when there is one."""
        if self.value is not None:
            return ""
        if self.state == ValueState.NOT_REPORTED:
            told = next((row.reason for row in self.facts.values() if row.reason), "")
            return f"não informado: {told}" if told else "não informado"
        if self.state == ValueState.NOT_APPLICABLE:
            return NOT_APPLICABLE
        return self.computed.why_not

    @property
    def as_reading(self) -> Reading:
        """The same, as a part of something larger."""
        values: dict[str, Fraction | None] = dict(self.values)
        if not values and self.value is not None:
            values = {RESULT: self.value}
        is_expected = self.is_expected and self.state != ValueState.NOT_APPLICABLE
        return Reading(self.place, values, self.period, is_expected)


@dataclass(frozen=True)
class Shelf:
    """Everything results are computed from.

    Attributes:
        versions: of each card, in order.
        facts: by indicator, unit and period, the rows of its variables.
        promises: the targets, by the same key.
        units: what each unit is called.
        holds: the stretches in which a unit measures an indicator, by indicator and unit.
        numbers: the indicator of each number, for variables that come from others.
    """

    versions: Mapping[int, Sequence[CardVersion]]
    facts: Mapping[Key, Facts]
    promises: Mapping[Key, Promise]
    units: Mapping[int, str]
    holds: Mapping[tuple[int, int], Sequence[tuple[date, date | None]]]
    numbers: Mapping[str, int]
    today: date


class Book:
    """Results of a shelf, each computed once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._known: dict[tuple[int, tuple[int, ...], Period], Result] = {}
        self._formulas: dict[int, CardFormula] = {}
        self._measuring: dict[int, set[int]] = {}
        for number, unit in shelf.holds:
            self._measuring.setdefault(number, set()).add(unit)

    def card(self, indicator_id: int, period: Period) -> CardVersion | None:
        """Give the version a period is measured by; before the first, the first, which says at least the unit."""
        versions = self.shelf.versions.get(indicator_id, ())
        found = version_for(versions, period)
        if found is None and versions and period.end < versions[0].from_on:
            return versions[0]
        return found

    def formula(self, card: CardVersion) -> CardFormula:
        """Give the formula of a card, read once."""
        if card.pk not in self._formulas:
            self._formulas[card.pk] = card.read
        return self._formulas[card.pk]

    def units_of(self, indicator_id: int, period: Period) -> tuple[int, ...]:
        """Give the units that measure an indicator in a period, or that have something of it there."""
        ids = self._measuring.get(indicator_id, set())
        return tuple(
            each
            for each in self.shelf.units
            if (each in ids and self.is_expected(indicator_id, each, period))
            or (indicator_id, each, period) in self.shelf.facts
        )

    def is_expected(self, indicator_id: int, unit_id: int, period: Period) -> bool:
        """Say whether a unit has to measure an indicator in a period."""
        stretches = self.shelf.holds.get((indicator_id, unit_id), ())
        return any(first <= period.end and (last is None or last >= period.end) for first, last in stretches)

    def own_periods(self, indicator_id: int, whole: Period) -> list[Period]:
        """Give the periods of a card inside a stretch, each only by the version that governs it."""
        versions = self.shelf.versions.get(indicator_id, ())
        return sorted(
            {
                period
                for card in versions
                for period in periods_within(card.frequency, whole, card.periods)
                if version_for(versions, period) is card
            }
        )

    def result(self, indicator_id: int, unit_ids: Iterable[int], period: Period) -> Result:
        """Give the result of an indicator at one unit or several, in one of its periods or in several of them."""
        units = tuple(unit_ids)
        key = (indicator_id, units, period)
        if key not in self._known:
            self._known[key] = self._made(indicator_id, units, period)
        return self._known[key]

    def _made(self, indicator_id: int, units: tuple[int, ...], period: Period) -> Result:
        card = self.card(indicator_id, period)
        is_there = any((indicator_id, each, period) in self.shelf.facts for each in units)
        if not is_there and card is not None and not is_period_of(card.frequency, period, card.periods):
            return self._over_periods(indicator_id, units, period)
        if len(units) == 1:
            return self._at_unit(indicator_id, units[0], period)
        return self._over_units(indicator_id, units, period)

    def _at_unit(self, indicator_id: int, unit_id: int, period: Period) -> Result:
        card = self.card(indicator_id, period)
        facts = self.shelf.facts.get((indicator_id, unit_id, period), {})
        values: dict[str, Fraction | None] = {name: row.value for name, row in facts.items()}
        values |= self._from_others(card, (unit_id,), period)
        reading = Reading(self.shelf.units[unit_id], values, period)
        computed = (
            Computed(values.get(RESULT), NO_CARD) if card is None else reading.computed(self.formula(card))
        )
        firmness = [row.certainty for row in facts.values() if row.value is not None]
        made = Result(
            period,
            self.shelf.units[unit_id],
            card,
            computed,
            unit_id=unit_id,
            values={name: each for name, each in values.items() if each is not None and name != RESULT},
            facts=facts,
            state=_state_of(facts),
            certainty=_least_firm(firmness),
            promise=self.shelf.promises.get((indicator_id, unit_id, period)),
            is_expected=self.is_expected(indicator_id, unit_id, period),
        )
        return replace(made, word=self._word(made))

    def _over_units(self, indicator_id: int, units: tuple[int, ...], period: Period) -> Result:
        parts = tuple(self.result(indicator_id, (each,), period) for each in units)
        card = self.card(indicator_id, period)
        if card is None:
            return Result(period, period.label, None, Computed(None, NO_CARD), parts=parts)
        given = self._from_others(card, units, period)
        made = over_units(self.formula(card), [each.as_reading for each in parts], given=given)
        waited = [each for each in parts if each.is_expected and each.state != ValueState.NOT_APPLICABLE]
        promise = promised.over_units(self.formula(card), [each.promise for each in waited])
        joined = replace(_joined(card, made, parts), period=period, place=period.label, promise=promise)
        return replace(joined, word=self._word(joined))

    def _over_periods(self, indicator_id: int, units: tuple[int, ...], whole: Period) -> Result:
        card = self.card(indicator_id, whole)
        assert card is not None  # noqa: S101 - without one every period is the indicator's own
        parts = tuple(
            replace(self.result(indicator_id, self._there(indicator_id, units, each), each), place=each.label)
            for each in self.own_periods(indicator_id, whole)
        )
        given = self._from_others(card, units, whole)
        readings = [self._waited(each) for each in parts]
        made = over_periods(card.accumulation, self.formula(card), readings, given=given)
        accumulated = promised.over_periods(card.accumulation, [each.promise for each in parts])
        lacking = tuple(
            each.place if each.place in made.lacking else f"{each.place} ({', '.join(each.lacking)})"
            for each in parts
            if each.place in made.lacking or (each.parts and each.lacking and each.value is not None)
        )
        joined = replace(
            _joined(card, made, parts),
            period=whole,
            place=whole.label,
            lacking=lacking,
            unit_id=units[0] if len(units) == 1 else None,
            promise=self._promise_of_whole(indicator_id, units, whole) or accumulated,
        )
        return replace(joined, word=self._word(joined))

    def _there(self, indicator_id: int, units: tuple[int, ...], period: Period) -> tuple[int, ...]:
        """Keep the units that measured then; one alone is kept, so that what it lacks is said."""
        there = set(self.units_of(indicator_id, period))
        return tuple(each for each in units if each in there) if len(units) > 1 else units

    def _waited(self, part: Result) -> Reading:
        """Give a period as a part of a year; nobody waits for one that is not over."""
        reading = part.as_reading
        return replace(reading, is_expected=reading.is_expected and part.period.end < self.shelf.today)

    def _promise_of_whole(self, indicator_id: int, units: tuple[int, ...], whole: Period) -> Promise | None:
        card = self.card(indicator_id, whole)
        found = [self.shelf.promises.get((indicator_id, each, whole)) for each in units]
        if card is None or not any(found):
            return None
        return promised.over_units(self.formula(card), found)

    def _from_others(
        self, card: CardVersion | None, units: tuple[int, ...], period: Period
    ) -> dict[str, Fraction | None]:
        """Give the variables that are results of other indicators, at the same units and in the same period."""
        found: dict[str, Fraction | None] = {}
        for each in self.formula(card).variables if card is not None else ():
            if each.indicator:
                source = self.shelf.numbers.get(each.indicator)
                found[each.name] = None if source is None else self.result(source, units, period).value
        return found

    def _word(self, made: Result) -> str:
        card, promise = made.card, made.promise
        if made.state == ValueState.NOT_APPLICABLE:
            return NOT_APPLICABLE
        if made.value is None or card is None:
            if made.period.end >= self.shelf.today and made.is_untouched:
                return NOT_OVER
            is_whole = card is not None and set(self.formula(card).names) <= set(made.values)
            return NO_RESULT if is_whole else NOT_MEASURED
        found = standing(card.polarity, made.value, promise, bands=card.bands, unit=card.measure)
        if not made.parts or promise is None or promise.value is None:
            return found
        if made.period.end >= self.shelf.today:
            return ONGOING
        return INCOMPLETE if made.lacking else found


def _joined(card: CardVersion, made: Aggregate, parts: tuple[Result, ...]) -> Result:
    measured = [each for each in parts if each.value is not None]
    return Result(
        parts[0].period if parts else Period(card.from_on, card.from_on),
        "",
        card,
        made.computed,
        values=made.values,
        state=ValueState.MEASURED if measured else _state_of_parts(parts),
        certainty=_least_firm([each.certainty for each in measured if each.certainty]),
        parts=parts,
        lacking=made.lacking,
        rule=made.rule,
    )


def _state_of(facts: Facts) -> str:
    states = [row.state for row in facts.values()]
    return next((each for each in states if each != ValueState.MEASURED), states[0] if states else "")


def _state_of_parts(parts: Sequence[Result]) -> str:
    states = {each.state for each in parts}
    return states.pop() if len(states) == 1 else ""


def _least_firm(found: Sequence[str]) -> str:
    return max(found, key=lambda each: FIRMNESS.index(Certainty(each))) if found else ""
