"""Fictitious values as expressions of SQL: each depends only on a seed, on what it is for and on whose it is.

Integers are mixed by multiplying modulo a prime, so that no function of an engine, which may change between
versions, decides a row.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from apura.norms.rule_schema import Column

PRIME = 2**31 - 1
ONE_DRAW = 2**24
"""Below so many, what is left of the prime favours no value by more than one in a hundred."""
MANY = 2**60
MOST_INDEX = 2**31
"""A draw takes indexes below this."""

NARROW = 100
"""A number whose limits are at most so far apart is drawn evenly between them."""
INPUT_PART, RECORD_PART = 10, 1000
"""A wider one falls in this part of the way from its base: a tenth for a subject, a thousandth for a record."""
COMMON = 5
"""The quantities that most records have: the whole numbers from 1 to this."""


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of one seed."""

    seed: int

    def below(self, many: int, index: str, purpose: str) -> str:
        """Write an integer from 0 to ``many`` - 1.

        Args:
            many: how many values it may take.
            index: expression of whose it is: an integer from 0 to below ``MOST_INDEX``.
            purpose: what it is for; two purposes give draws that have nothing to do with each other.
        """
        many = min(many, MANY)
        if many <= 1:
            return "0"
        mixed = self._mixed(index, purpose)
        if many > ONE_DRAW:
            mixed = f"({mixed} * {PRIME} + {self._mixed(index, purpose + ' (2)')})"
        return f"({mixed} % {many})"

    def _mixed(self, index: str, purpose: str) -> str:
        digest = hashlib.sha256(f"{self.seed}/{purpose}".encode()).digest()
        parts = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 24, 4)]
        (first, second, third), moved = ([part % (PRIME - 1) + 1 for part in parts[:3]], parts[3:])
        once = f"((CAST({index} AS BIGINT) * {first} + {moved[0]}) % {PRIME})"
        twice = f"((xor({once}, {once} >> 16) * {second} + {moved[1]}) % {PRIME})"
        return f"((xor({twice}, {twice} >> 15) * {third} + {moved[2]}) % {PRIME})"


@dataclass(frozen=True, slots=True)
class Range:
    """Where the values of a number are drawn, so that scores do not all meet their limits.

    A number with narrow limits is even between them. A wide one stays near its base, zero when it may be zero:
    of subjects, half have the base itself and half are in the first tenth; of records, three in four have a small
    whole number and the others are in the first thousandth, at every declared place.

    Attributes:
        places: decimal places.
        least: the least value drawn evenly, in units of the last place.
        greatest: the greatest of those, in the same units.
        base: the value that is “none”, in the same units; None when there is none.
        is_wide: whether the limits are wide.
        common: small whole numbers that most records have, in the same units, from and to.
    """

    places: int
    least: int
    greatest: int
    base: int | None
    is_wide: bool
    common: tuple[int, int] | None = None

    @property
    def typical(self) -> Fraction:
        """A value that may come out, and is not “none”."""
        middle = self.common[0] if self.common else (self.least + self.greatest) // 2
        return Fraction(self.greatest if middle == self.base else middle, 10**self.places)

    @property
    def digits(self) -> int:
        """How many digits the greatest value has, its decimal places included."""
        ends = (self.least, self.greatest, *(self.common or ()))
        return max(self.places + 1, *(len(str(abs(end))) for end in ends))

    def drawn(self, draws: Draws, index: str, purpose: str) -> str:
        """Write a value, in units of the last place; of a wide number of subjects, the base for half of them."""
        if self.is_wide and self.common is None:
            none = draws.below(2, index, f"{purpose}, nenhum")
            return f"CASE WHEN {none} = 0 THEN {self.base} ELSE {self.some(draws, index, purpose)} END"
        return (
            self._even(draws, index, purpose, self.least)
            if self.common is None
            else self.some(draws, index, purpose)
        )

    def some(self, draws: Draws, index: str, purpose: str) -> str:
        """Write a value that is not the base, in units of the last place."""
        is_base_first = self.least == self.base and self.least < self.greatest
        even = self._even(draws, index, purpose, self.least + is_base_first)
        if self.common is None:
            return even
        start, end = self.common
        step = 10**self.places
        whole = f"({start} + {step} * {draws.below((end - start) // step + 1, index, purpose)})"
        return f"CASE WHEN {draws.below(4, index, f'{purpose}, comum')} < 3 THEN {whole} ELSE {even} END"

    def _even(self, draws: Draws, index: str, purpose: str, least: int) -> str:
        return f"({least} + {draws.below(self.greatest - least + 1, index, purpose)})"

    def as_decimal(self, units: str) -> str:
        """Write units of the last place as an exact decimal."""
        kind = f"DECIMAL({self.digits},{self.places})"
        if self.places == 0:
            return f"CAST({units} AS {kind})"
        unit = f"CAST('0.{'1':0>{self.places}}' AS DECIMAL({self.places},{self.places}))"
        return f"CAST(CAST({units} AS DECIMAL({self.digits},0)) * {unit} AS {kind})"


def range_of(column: Column, *, is_record: bool) -> Range:
    """Say where the values of a number are drawn; limits that are not declared are 0 and a hundred above the least."""
    places, unit = column.places or 0, 10 ** (column.places or 0)
    low = column.low if column.low is not None else min(Fraction(0), column.high or Fraction(0))
    high = column.high if column.high is not None else low + NARROW
    least, greatest = ceil(low * unit), floor(high * unit)
    if high - low <= NARROW:
        return Range(places, least, greatest, 0 if least <= 0 <= greatest else None, is_wide=False)
    base = max(low, Fraction(0)) if high > 0 else low
    reach = base + (high - base) / (RECORD_PART if is_record else INPUT_PART)
    first = max(ceil(base), 1) if base >= 0 else ceil(base)
    common = (first * unit, (first + COMMON - 1) * unit) if is_record else None
    return Range(
        places, ceil(base * unit), floor(reach * unit), ceil(base * unit), is_wide=True, common=common
    )
