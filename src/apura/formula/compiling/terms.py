"""What a compiled value is: an integer at a known scale, a quotient of two, a code, a condition; and its error."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from apura.formula.compiling.bounds import Bound, Measure, Quotient

SOUND = "0"
"""The error of what cannot fail."""


class Failure(IntEnum):
    """Why a value has no result for some facts, as the columns of errors tell it."""

    NOT_GIVEN = 1
    DIVISION_BY_ZERO = 2
    EMPTY = 3
    NO_TABLE_ROW = 4
    BANDS_OUT_OF_ORDER = 5
    PLACES_OUT_OF_RANGE = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A compiled value.

    Attributes:
        sql: an integer, the number of a code or a condition, never NULL; of a quotient, its dividend.
        measure: how large it is and at which scale; None of a code or a condition.
        depth: the layer of its frame from which it can be written.
        error: an integer, 0 where there is a result, and otherwise a :class:`Failure`.
        under: the divisor of a quotient, always above zero; empty of anything else.
    """

    sql: str
    measure: Measure | None = None
    depth: int = 0
    error: str = SOUND
    under: str = ""

    @property
    def is_quotient(self) -> bool:
        """Whether it is kept as two integers."""
        return isinstance(self.measure, Quotient)

    @property
    def size(self) -> Measure:
        """How large a number is."""
        assert self.measure is not None  # noqa: S101 - only numbers are asked
        return self.measure

    @property
    def over_bound(self) -> Bound:
        """How large its integer, or its dividend, is."""
        return self.size.over if isinstance(self.size, Quotient) else self.size

    @property
    def under_bound(self) -> Bound:
        """How large its divisor is."""
        assert isinstance(self.measure, Quotient)  # noqa: S101 - only quotients are asked
        return self.measure.under


def worst(*errors: str) -> str:
    """Give the error of what needs every one of its parts."""
    found = list(dict.fromkeys(each for each in errors if each != SOUND))
    if len(found) <= 1:
        return found[0] if found else SOUND
    return f"GREATEST({', '.join(found)})"


def either(condition: str, then: str, otherwise: str) -> str:
    """Give one of two expressions."""
    return then if then == otherwise else f"CASE WHEN {condition} THEN {then} ELSE {otherwise} END"


def failing(condition: str, failure: Failure) -> str:
    """Give the error of a condition that must not hold."""
    return f"CASE WHEN {condition} THEN {int(failure)} ELSE 0 END"
