"""Periods as people write them in spreadsheets: “mar/2014”, “2º quadrimestre de 2014”, “2014”, two dates."""

from __future__ import annotations

import re
from datetime import date, datetime

from apura.formula import fold
from apura_web.indicators.periods import MONTHS, NOUNS, YEAR, Period, cut, read_key, year_of

DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
HOW = "escreva como “mar/2014”, “2º quadrimestre de 2014”, “2014” ou “01/05/2014 a 31/08/2014”"
_LONG_MONTHS = (
    *("janeiro", "fevereiro", "marco", "abril", "maio", "junho"),
    *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
)
_NAMED = {fold(name): place for place, name in enumerate(MONTHS)} | {
    name: place for place, name in enumerate(_LONG_MONTHS)
}
_LENGTHS = {noun: length for length, noun in NOUNS.items()}
_MONTH = re.compile(r"([a-z]+|\d{1,2})\s*(?:/|-|\s+de\s+|\s+)\s*(\d{4})\Z")
_PART = re.compile(r"(\d)\s*(?:º|ª|o|a|°|\.)?\s*([a-z]+)\s*(?:/|-|\s+de\s+|\s+)\s*(\d{4})\Z")
_TWO_DAYS = re.compile(r"([\d/-]{8,10})\s+(?:a|ate|e)\s+([\d/-]{8,10})\Z")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class NotAPeriod(ValueError):
    """A text is no period; the message says how to write one."""


def read_period(text: str) -> Period:
    """Read a period as people write it.

    Raises:
        NotAPeriod: it is not one.
    """
    written = fold(" ".join(text.split()))
    found = _known(written)
    if found is None or not _FIRST_YEAR <= found.start.year <= _LAST_YEAR:
        raise NotAPeriod(f"“{text[:40]}” não é um período: {HOW}")
    return found


def read_day(text: str) -> date | None:
    """Read a day typed as 30/05/2014 or 2014-05-30; None when it is not one."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    return None


def _known(written: str) -> Period | None:
    if written.isascii() and written.isdigit() and len(written) == len("2014"):
        return year_of(int(written)) if int(written) else None
    for pattern, read in ((_PART, _part), (_MONTH, _month), (_TWO_DAYS, _two_days)):
        found = pattern.match(written)
        if found and (period := read(found)) is not None:
            return period
    try:
        return read_key(written)
    except ValueError:
        return None


def _month(found: re.Match[str]) -> Period | None:
    name, year = found[1], int(found[2])
    place = int(name) - 1 if name.isdigit() else _NAMED.get(name, -1)
    return cut(year, place, 1) if 0 <= place < YEAR and year else None


def _part(found: re.Match[str]) -> Period | None:
    length, number, year = _LENGTHS.get(found[2], 0), int(found[1]), int(found[3])
    if not length or not year or not 1 <= number <= YEAR // length:
        return None
    return cut(year, number - 1, length)


def _two_days(found: re.Match[str]) -> Period | None:
    first, last = read_day(found[1]), read_day(found[2])
    return Period(first, last) if first and last and first <= last else None
