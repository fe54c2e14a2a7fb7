"""Due dates: exclude the first day, include the last, roll forward to a business day, and say why."""

from dataclasses import dataclass
from datetime import date, timedelta

from apura.calendars.calendar import Calendar
from apura.calendars.entries import LAST_YEAR
from apura.calendars.errors import CalendarError, DateOutOfRange, NoBusinessDay
from apura.calendars.holidays import Counting, Holiday
from apura.calendars.walk import Walk
from apura.calendars.words import day_in_words, month_name, on_day, short_date

_LAST_DAY = date(LAST_YEAR, 12, 31)
_FORTNIGHT = 15
_UNITS: dict[Counting, tuple[str, str]] = {
    "dia corrido": ("dia corrido", "dias corridos"),
    "dia útil": ("dia útil", "dias úteis"),
}


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date with the reason it is that date.

    Attributes:
        date: The due date.
        reason: One sentence in Portuguese.
        steps: How each day that mattered was treated, in the order of the count, in Portuguese.
        unconfirmed: Days that decided it and are not confirmed, or are optional without a recorded choice.
    """

    date: date
    reason: str
    steps: tuple[str, ...]
    unconfirmed: tuple[Holiday, ...]


def days_after(start: date, days: int, calendar: Calendar, *, counting: Counting) -> DueDate:
    """Give the date a term of some days ends.

    The day of the start is excluded and the last included; if the last has no business, the term ends on
    the first business day that follows. Only the last day rolls: a count in calendar days may begin on a day
    without business.

    Args:
        start: The day the term starts from (of the notice, of the end of the period).
        days: How many, at least 1.
        calendar: Whose business days count.
        counting: "dia corrido" or "dia útil".

    Raises:
        CalendarError: the number of days is not at least 1, or the counting is unknown.
        DateOutOfRange: the start or the end lies outside the years recorded.
    """
    calendar.refuse_outside(start)
    term = f"{days} {_unit(counting, days)}"
    if days < 1:
        raise CalendarError(f"Prazo de {term}: um prazo tem ao menos 1 dia; confira o número.")
    walk = Walk(calendar, [f"{day_in_words(start)}: dia do começo, excluído da contagem."])
    beginning = f"O prazo de {term} contado de {day_in_words(start)}"
    if counting == "dia útil":
        end = walk.count_business_days(start, days)
        return _due(end, walk, reason=f"{beginning}, vence {on_day(end)}")
    nominal = _calendar_days_after(start, days, calendar)
    end = walk.roll_forward(nominal)
    if end == nominal:
        return _due(end, walk, reason=f"{beginning}, vence {on_day(end)}")
    return _due(
        end,
        walk,
        reason=(
            f"{beginning}, venceria {walk.skipped[0]}, sem expediente, "
            f"e vence {on_day(end)}, o primeiro dia útil seguinte"
        ),
    )


def last_business_day_between(first: date, last: date, calendar: Calendar) -> DueDate:
    """Give the last business day of an interval, both ends included.

    Raises:
        CalendarError: the interval ends before it begins.
        NoBusinessDay: it holds no business day.
        DateOutOfRange: an end lies outside the years recorded.
    """
    calendar.refuse_outside(first)
    if last < first:
        raise CalendarError(
            f"O intervalo termina em {short_date(last)}, antes de começar ({short_date(first)}): "
            "confira as datas."
        )
    calendar.refuse_outside(last)
    span = _span_in_words(first, last)
    walk = Walk(calendar)
    end = walk.step_back(last, until=first)
    if end is None:
        raise NoBusinessDay(f"Não há dia útil {span} no calendário {calendar.code}: confira o intervalo.")
    after = f"; depois dele não há expediente {', nem '.join(reversed(walk.skipped))}" if walk.skipped else ""
    return _due(end, walk, reason=f"O último dia útil {span} é {day_in_words(end)}{after}")


def days_late(due: date, done: date, calendar: Calendar, *, counting: Counting) -> int:
    """Count the days between the due date and the day it was done; 0 when it was done on time.

    In calendar days, every day after the due date up to the day it was done counts. In business days, only
    those with business count: what was due on a Friday and done on the Saturday is no business day late.

    Raises:
        CalendarError: the counting is unknown.
        DateOutOfRange: a date lies outside the years recorded.
    """
    _unit(counting, 1)
    calendar.refuse_outside(due)
    calendar.refuse_outside(done)
    if done <= due:
        return 0
    days = (done - due).days
    if counting == "dia corrido":
        return days
    return sum(calendar.is_business_day(due + timedelta(days=passed)) for passed in range(1, days + 1))


def _due(end: date, walk: Walk, *, reason: str) -> DueDate:
    kept = walk.calendar.holiday_on(end)
    note = f" ({kept.counted_in_words()})" if kept is not None else ""
    steps = (*walk.steps, f"{day_in_words(end)}: vencimento.")
    return DueDate(end, f"{reason}{note}.", steps, tuple(walk.unsettled))


def _calendar_days_after(start: date, days: int, calendar: Calendar) -> date:
    if days > (_LAST_DAY - start).days:
        raise DateOutOfRange(
            f"{days} dias contados de {short_date(start)} passam do último ano que o calendário "
            f"{calendar.code} registra ({_LAST_DAY.year}): confira o número de dias."
        )
    return start + timedelta(days=days)


def _span_in_words(first: date, last: date) -> str:
    month = f"{month_name(first)} de {first.year}"
    next_day = last + timedelta(days=1)
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and (first.day, last.day) == (1, _FORTNIGHT):
        return f"da primeira quinzena de {month}"
    if same_month and first.day == _FORTNIGHT + 1 and next_day.day == 1:
        return f"da segunda quinzena de {month}"
    if same_month and first.day == 1 and next_day.day == 1:
        return f"de {month}"
    return f"entre {short_date(first)} e {short_date(last)}"


def _unit(counting: Counting, days: int) -> str:
    if counting not in _UNITS:
        raise CalendarError(
            f"Contagem desconhecida: “{counting}”. Esperava-se “dia corrido” ou “dia útil”; use uma das duas."
        )
    singular, plural = _UNITS[counting]
    return singular if days == 1 else plural
