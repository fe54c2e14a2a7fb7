"""Days late, counted from a date when facts are loaded: the due date and why, and how the days were counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from apura.calendars import CalendarError, day_in_words, days_late
from apura.norms.application import AppliedNorm
from apura.norms.facts import DeadlineFact, FactValue
from apura.norms.rule_schema import DaysAfter, Input, Rule
from apura.norms.values import WrongValueError, in_range


class UncountableDaysError(ValueError):
    """The days cannot be counted from what was given; ``column`` is the cell to look at."""

    def __init__(self, column: str, message: str, cites: str) -> None:
        self.column = column
        self.cites = cites
        super().__init__(message)


def dated_inputs(rule: Rule, inputs: dict[str, FactValue]) -> Iterator[tuple[Input, DaysAfter, date]]:
    """Every input whose days are counted from a date that was given."""
    for column in rule.inputs:
        if column.days_after is not None:
            done_on = inputs.get(column.days_after.date)
            if isinstance(done_on, date):
                yield column, column.days_after, done_on


def counted(applied: AppliedNorm, column: Input, counts: DaysAfter, done_on: date) -> DeadlineFact:
    """Count the days between the due date of the year appraised and ``done_on``.

    Raises:
        UncountableDaysError: the date is before the year appraised, outside the calendars, or too late to be true.
    """
    if done_on.year < applied.on.year:
        raise UncountableDaysError(
            counts.date,
            f"{done_on:%d/%m/%Y} é anterior ao ano apurado ({applied.on.year}); confira a data",
            column.cites,
        )
    deadline = applied.norm.deadline(counts.deadline)
    counting = applied.counting(counts.counting)
    try:
        calendar = applied.calendar(deadline)
        due = applied.due_in_year(counts.deadline, applied.on.year)
        days = days_late(due.date, done_on, calendar, counting=counting)
        in_range(column, Fraction(days))
    except (CalendarError, WrongValueError) as error:
        raise UncountableDaysError(counts.date, f"“{column.label}”: {error}", column.cites) from error
    return DeadlineFact(
        column.name, counts.deadline, deadline.label, due, done_on, days, counting, calendar.code
    )


def agreed(column: Input, given: FactValue | None, found: DeadlineFact) -> Fraction:
    """Return the days counted, unless other days were given too.

    Raises:
        UncountableDaysError: the days given are not those the date gives.
    """
    if given is not None and given != found.days:
        due = day_in_words(found.due.date)
        raise UncountableDaysError(
            column.name,
            f"foram informados {given} dias, mas a data dá {found.days} (vencia {due}); deixe só a data ou corrija",
            column.cites,
        )
    return Fraction(found.days)
