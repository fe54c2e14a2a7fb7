"""What a stored value says. Here, in the confined process, every binary number becomes decimal text.

A workbook keeps numbers as binary doubles, good for fifteen decimal digits. What lies beyond the fifteenth is noise
of arithmetic (0.1 + 0.2 is stored as 0.30000000000000004) or digits that were already lost; noise of a few
units in the last place is dropped, anything more is told apart, so that no digit vanishes in silence. Beyond a
quadrillion, fifteen digits followed by zeros are what is left of a longer number, such as a code: told apart too.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from apura.sheets.cells import CellKind

_NOISE = 4
_HELD = 15


def said(value: object) -> tuple[CellKind, str]:
    """Say what a value is, as kind and text."""
    if isinstance(value, bool):
        return CellKind.TRUTH, "verdadeiro" if value else "falso"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return (CellKind.DATE, value.date().isoformat()) if whole else (CellKind.MOMENT, _moment(value))
    if isinstance(value, date):
        return CellKind.DATE, value.isoformat()
    if isinstance(value, time | timedelta):
        return CellKind.MOMENT, str(value)
    return CellKind.TEXT, str(value)


def _moment(value: datetime) -> str:
    return f"{value:%d/%m/%Y %H:%M}"


def _number(value: object) -> tuple[CellKind, str]:
    assert isinstance(value, int | float)  # noqa: S101 - told by the caller, and by the type nowhere: no float is named
    if not math.isfinite(value):
        return CellKind.ERROR, str(value)
    written = repr(value)
    if len(written) <= _HELD and "e" not in written:
        return CellKind.NUMBER, written.removesuffix(".0")
    digits = Decimal(format(value, ".15g"))
    if _only_noise(value, Fraction(digits)):
        return CellKind.NUMBER, format(digits, "f")
    return CellKind.LONG_NUMBER, format(Decimal(written), "f")


def _only_noise(value: object, shortened: Fraction) -> bool:
    assert isinstance(value, int | float)  # noqa: S101 - as above
    stored = Fraction(value)
    if abs(stored) >= 10**_HELD:
        return stored == shortened and len(str(abs(shortened.numerator)).rstrip("0")) < _HELD
    return abs(stored - shortened) <= _NOISE * Fraction(math.ulp(value))
