"""How dates are said in Portuguese."""

from datetime import date

_WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
_MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)
_SATURDAY = 5


def is_weekend(day: date) -> bool:
    """Whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def weekday_name(day: date) -> str:
    """Name the day of the week, as in “sexta”."""
    return _WEEKDAYS[day.weekday()]


def month_name(day: date) -> str:
    """Name the month, as in “agosto”."""
    return _MONTHS[day.month - 1]


def short_date(day: date) -> str:
    """Write the date, as in “13/02/2015”."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def on_day(day: date) -> str:
    """Say when, as in “na sexta, 13/02/2015” and “no sábado, 14/02/2015”."""
    return f"{'no' if is_weekend(day) else 'na'} {day_in_words(day)}"


def day_in_words(day: date) -> str:
    """Say the date with its day of the week, as in “sexta, 13/02/2015”."""
    return f"{weekday_name(day)}, {short_date(day)}"
