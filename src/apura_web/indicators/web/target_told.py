"""Targets and baselines told to people: by unit and period, with where each comes from and what it replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from apura.formula import brazilian
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.attainment import Polarity
from apura_web.indicators.models import Baseline, CardFacts, Target
from apura_web.indicators.models.targets import Promised
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.card_pages import Authorship
from apura_web.orgs.models import Unit

NO_TARGET = "sem meta"


class HasTarget(Protocol):
    """A target that stands, or one about to be fixed."""

    @property
    def value(self) -> Fraction | None:
        """What is to be reached; None when there is no target."""

    @property
    def high(self) -> Fraction | None:
        """The other end of a band."""

    @property
    def weight(self) -> Fraction | None:
        """How much it weighs."""


@dataclass(frozen=True)
class Told:
    """A baseline or a target that stands, and those it replaced.

    Attributes:
        past: what was there before, each with why it gave way, the latest first.
    """

    row: Promised
    value: str
    weight: str
    author: Authorship | None
    past: Sequence[PastValue]


@dataclass(frozen=True)
class PastValue:
    """A value that gave way to another."""

    row: Promised
    value: str
    author: Authorship | None
    gave_way: str


@dataclass(frozen=True)
class UnitTargets:
    """What was promised at a unit."""

    unit: Unit
    targets: Sequence[Told]
    baselines: Sequence[Told]
    measures: bool


def written(target: HasTarget | None, card: CardFacts | None) -> str:
    """Write a target whole, with its weight; empty when there is none."""
    if target is None or target.value is None:
        return ""
    weight = f", peso {brazilian(target.weight, None)}" if target.weight is not None else ""
    return f"{amount(target.value, target.high, card)}{weight}"


def amount(value: Fraction, high: Fraction | None, card: CardFacts | None) -> str:
    """Write a value, or a band of them, with the unit of the card."""
    measure = f" {card.measured_in}" if card and card.measured_in not in {"unidade", "adimensional"} else ""
    if high is None:
        return f"{brazilian(value, None)}{measure}"
    return f"de {brazilian(value, None)} a {brazilian(high, None)}{measure}"


def not_better(new: HasTarget, period: Period, baseline: Baseline | None, card: CardFacts) -> str:
    """Say that a target is not better than the baseline; empty when it is, or when the two do not compare.

    What is added up over periods compares only with a stretch as long: a quarter is not a year.
    """
    if new.value is None or baseline is None or baseline.value is None:
        return ""
    if card.accumulation == Accumulation.SUM and period.months != baseline.period.months:
        return ""
    if card.polarity not in {Polarity.HIGHER, Polarity.LOWER}:
        return ""
    is_better = new.value > baseline.value if card.polarity == Polarity.HIGHER else new.value < baseline.value
    if is_better:
        return ""
    said = "igual à" if new.value == baseline.value else "pior que a"
    return (
        f"A meta de {period.label} ({amount(new.value, None, card)}) é {said} linha de base de {baseline.period} "
        f"({amount(baseline.value, None, card)}). Pode ser assim mesmo: confira."
    )


def told_of(
    chain: Sequence[Target | Baseline], card: CardFacts | None, authors: Mapping[str, Authorship]
) -> Told:
    """Tell what stands and what it replaced."""
    tip = chain[0]
    weight = getattr(tip, "weight", None)
    past = [
        PastValue(old, _value_of(old, card), authors.get(old.code), newer.reason)
        for newer, old in pairwise(chain)
    ]
    shown = brazilian(weight, None) if weight is not None else ""
    return Told(tip, _value_of(tip, card), shown, authors.get(tip.code), past)


def years_in(periods: Sequence[Period]) -> list[int]:
    """Give the years that some periods end in, the latest first."""
    return sorted({each.end.year for each in periods}, reverse=True)


def _value_of(row: Target | Baseline, card: CardFacts | None) -> str:
    return amount(row.value, getattr(row, "high", None), card) if row.value is not None else NO_TARGET
