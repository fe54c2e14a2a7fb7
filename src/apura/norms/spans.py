"""Days and whole months between two days, counted when facts are loaded."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from fractions import Fraction

from apura.norms.facts import Absent, FactValue
from apura.norms.rule_schema import Span

_MONTHS = 12


def end_of(end: str, inputs: dict[str, FactValue], *, on: date) -> date | None:
    """Return the day an end of a span names: a date input, or the first or last day of the year; None if blank."""
    if end == "year start":
        return date(on.year, 1, 1)
    if end == "year end":
        return date(on.year, 12, 31)
    given = inputs.get(end)
    return given if isinstance(given, date) else None


def counted_span(span: Span, first: date, last: date) -> FactValue:
    """Count the days, or the whole months, from ``first`` to ``last``, both included.

    Returns:
        The number; for months, that it does not apply where the stretch is not made of whole months.
    """
    if span.counts == "days":
        return Fraction((last - first).days + 1)
    after = last + timedelta(days=1)
    months = (after.year - first.year) * _MONTHS + after.month - first.month
    if months > 0 and months_after(first, months) == after:
        return Fraction(months)
    said = f"{first:%d/%m/%Y} a {last:%d/%m/%Y}"
    return Absent("não se aplica", f"o período de {said} não é de meses inteiros")


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, date to date; the last day of the month where there is no such day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
