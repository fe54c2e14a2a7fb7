"""Calendars: holidays as dated data, business and calendar days, and due dates that say why."""

from apura.calendars.calendar import Calendar
from apura.calendars.deadlines import DueDate, days_after, days_late, last_business_day_between
from apura.calendars.errors import (
    CalendarDataError,
    CalendarError,
    DateOutOfRange,
    NoBusinessDay,
    UnknownCalendar,
)
from apura.calendars.holidays import Counting, Holiday, Kind
from apura.calendars.registry import known_calendars, load_calendar
from apura.calendars.words import day_in_words, weekday_name

__all__ = [
    "Calendar",
    "CalendarDataError",
    "CalendarError",
    "Counting",
    "DateOutOfRange",
    "DueDate",
    "Holiday",
    "Kind",
    "NoBusinessDay",
    "UnknownCalendar",
    "day_in_words",
    "days_after",
    "days_late",
    "known_calendars",
    "last_business_day_between",
    "load_calendar",
    "weekday_name",
]
