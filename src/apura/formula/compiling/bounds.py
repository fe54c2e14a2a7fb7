"""Intervals of scaled integers, and quotients of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from apura.formula.numbers import round_half_away


@dataclass(frozen=True, slots=True)
class Bound:
    """A value between `low` and `high`, held as a whole number of 10⁻ᵖˡᵃᶜᵉˢ."""

    low: Fraction
    high: Fraction
    places: int

    @property
    def peak(self) -> int:
        """The largest absolute integer that holds it."""
        return self.peak_at(self.places)

    def peak_at(self, places: int) -> int:
        """Return the largest absolute integer that holds it at a finer scale."""
        return _ceiling(max(abs(self.low), abs(self.high)) * 10**places)

    def plus(self, other: Bound) -> Bound:
        """Return the bound of a sum."""
        return Bound(self.low + other.low, self.high + other.high, max(self.places, other.places))

    def negated(self) -> Bound:
        """Return the bound with the sign changed."""
        return Bound(-self.high, -self.low, self.places)

    def times(self, other: Bound) -> Bound:
        """Return the bound of a product."""
        corners = [mine * theirs for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        return Bound(min(corners), max(corners), self.places + other.places)

    def hull(self, other: Bound) -> Bound:
        """Return the bound of one or the other."""
        places = max(self.places, other.places)
        return Bound(min(self.low, other.low), max(self.high, other.high), places)

    def rounded(self, least: int, most: int) -> Bound:
        """Return the bound after rounding to some number of places from `least` to `most`."""
        every = range(least, most + 1)
        low = min(round_half_away(self.low, places) for places in every)
        high = max(round_half_away(self.high, places) for places in every)
        return Bound(low, high, most)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A value kept as a fraction of two bounds until rounded or compared; `limits` when known otherwise."""

    over: Bound
    under: Bound
    limits: Bound | None = None

    @property
    def places(self) -> int:
        """The scale both integers are brought to."""
        return max(self.over.places, self.under.places)

    @property
    def whole(self) -> Bound:
        """An interval of the value itself: the divisor is never nearer to zero than one unit of its scale."""
        if self.limits is not None:
            return self.limits
        if self.under.low <= 0 <= self.under.high:
            reach = Fraction(self.over.peak_at(self.places))
            return Bound(-reach, reach, 0)
        tops, bottoms = (self.over.low, self.over.high), (self.under.low, self.under.high)
        corners = [top / bottom for top in tops for bottom in bottoms]
        return Bound(min(corners), max(corners), 0)


Measure: TypeAlias = Bound | Quotient
ONE = Bound(Fraction(1), Fraction(1), 0)


def as_quotient(measure: Measure) -> Quotient:
    """Return any measure as a quotient."""
    return measure if isinstance(measure, Quotient) else Quotient(measure, ONE)


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)
