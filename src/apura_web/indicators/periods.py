"""Periods of measurement: how a frequency cuts the calendar, and what people call each cut."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

MONTHS = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
YEAR = 12


class Frequency(TextChoices):
    """How often an indicator is measured (Deliberação ALMG nº 2.554/2012, art. 3º, parágrafo único)."""

    MONTHLY = "mensal", "Mensal"
    BIMONTHLY = "bimestral", "Bimestral"
    QUARTERLY = "trimestral", "Trimestral"
    FOUR_MONTHLY = "quadrimestral", "Quadrimestral"
    HALF_YEARLY = "semestral", "Semestral"
    YEARLY = "anual", "Anual"
    CUSTOM = "personalizada", "Personalizada"


LENGTH = {
    Frequency.MONTHLY: 1,
    Frequency.BIMONTHLY: 2,
    Frequency.QUARTERLY: 3,
    Frequency.FOUR_MONTHLY: 4,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}
NOUNS = {2: "bimestre", 3: "trimestre", 4: "quadrimestre", 6: "semestre"}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of days, both ends included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return (self.end.year - self.start.year) * YEAR + self.end.month - self.start.month + 1

    @property
    def is_regular(self) -> bool:
        """Whether it is a whole cut of the calendar: a month, a quarter, a year and so on."""
        length = self.months
        if length not in LENGTH.values() or (self.start.month - 1) % length:
            return False
        return self == cut(self.start.year, (self.start.month - 1) // length, length)

    @property
    def label(self) -> str:
        """What people call it, as “mar/2014”, “2º quadrimestre de 2014” or “2014”; else its two days."""
        if not self.is_regular:
            return f"{self.start:%d/%m/%Y} a {self.end:%d/%m/%Y}"
        length = self.months
        if length == 1:
            return f"{MONTHS[self.start.month - 1]}/{self.start.year}"
        if length == YEAR:
            return str(self.start.year)
        return f"{(self.start.month - 1) // length + 1}º {NOUNS[length]} de {self.start.year}"

    @property
    def key(self) -> str:
        """How addresses and forms write it: “2014-05-01_2014-08-31”."""
        return f"{self.start.isoformat()}_{self.end.isoformat()}"

    def __str__(self) -> str:
        return self.label

    def contains(self, other: Period) -> bool:
        """Say whether another lies inside it."""
        return self.start <= other.start and other.end <= self.end


def read_key(text: str) -> Period:
    """Read back a :attr:`Period.key`.

    Raises:
        ValueError: it is not one.
    """
    first, _, last = text.partition("_")
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    if period.end < period.start:
        raise ValueError(f"period {text} ends before it starts")
    return period


def periods_within(frequency: str, whole: Period, custom: Iterable[Period] = ()) -> list[Period]:
    """Give the periods of a frequency that end inside a stretch of days and begin not before it.

    Args:
        frequency: one of :class:`Frequency`.
        whole: the stretch.
        custom: the card's own periods, for the custom frequency.
    """
    if frequency == Frequency.CUSTOM:
        return sorted(each for each in custom if whole.contains(each))
    length = LENGTH[Frequency(frequency)]
    cuts = (
        cut(year, number, length)
        for year in range(whole.start.year, whole.end.year + 1)
        for number in range(YEAR // length)
    )
    return [each for each in cuts if whole.contains(each)]


def is_period_of(frequency: str, period: Period, custom: Sequence[Period] = ()) -> bool:
    """Say whether a period is one of those of a frequency."""
    return period in periods_within(frequency, period, custom)


def period_of(frequency: str, on: date, custom: Sequence[Period] = ()) -> Period | None:
    """Give the period of a frequency that holds a day; None when a custom frequency has none there."""
    if frequency == Frequency.CUSTOM:
        return next((each for each in custom if each.start <= on <= each.end), None)
    length = LENGTH[Frequency(frequency)]
    return cut(on.year, (on.month - 1) // length, length)


def year_of(year: int) -> Period:
    """Give a calendar year."""
    return cut(year, 0, YEAR)


def cut(year: int, number: int, length: int) -> Period:
    """Give a cut of a year: the first of two months is (2014, 0, 2)."""
    first, last = number * length + 1, number * length + length
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
