"""How values are written on pages: the library's own printers, with dates and instants as people read them here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import ParamSpec

from django import template
from django.utils import timezone

from apura.formula import exact
from apura.paper import formats

register = template.Library()
P = ParamSpec("P")
NOT_REPORTED = formats.NOT_REPORTED
CPF_DIGITS = 11


def filter_of(function: Callable[P, str]) -> Callable[P, str]:
    """Register a filter under its own name."""
    register.filter(function.__name__, function)
    return function


@filter_of
def quantity(value: Fraction | Decimal | int | str | None, unit: str = "") -> str:
    """Write a number exactly as it is, in the Brazilian way, with its unit: “1.234,5 pontos”.

    Args:
        value: the number, or its exact text (“-12.50”, which keeps its places); None is what nobody reported.
        unit: the unit in the singular, “%” or “R$”; empty when there is none.

    Raises:
        TypeError: a binary float, which is never exact.
    """
    if value is None or value == "":
        return NOT_REPORTED
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a binary float; give a Fraction, a Decimal or an int")
    text = value if isinstance(value, str) else exact_text(value)
    return formats.quantity(text, unit)


def exact_text(value: Fraction | Decimal | int) -> str:
    """Give the exact text of a number; a decimal keeps the places it was written with."""
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    return exact(Fraction(value))


@filter_of
def day(value: date | None) -> str:
    """Write a date as 30/05/2014, and an instant as its date here."""
    return formats.day(_date_of(value).isoformat()) if value else ""


@filter_of
def weekday_day(value: date | None) -> str:
    """Write a date with its day of the week: “sexta, 30/05/2014”."""
    return formats.weekday(_date_of(value).isoformat()) if value else ""


@filter_of
def instant(value: datetime | None) -> str:
    """Write an instant in the active time zone: “30/05/2014 às 23:59”."""
    if not value:
        return ""
    here = timezone.localtime(value)
    return f"{formats.day(here.date().isoformat())} às {here:%H:%M}"


@filter_of
def iso(value: date | None) -> str:
    """Write a date or an instant for machines, as the ``datetime`` attribute of ``time`` asks."""
    return value.isoformat() if value else ""


@filter_of
def cpf_masked(value: str | None) -> str:
    """Write a CPF without its first three and last two digits: “***.456.789-**”."""
    digits = "".join(char for char in value or "" if char.isdigit())
    if len(digits) != CPF_DIGITS:
        return NOT_REPORTED
    return f"***.{digits[3:6]}.{digits[6:9]}-**"


@filter_of
def initials(name: str | None) -> str:
    """Give the first letters of the first and last names, for a monogram: “Ana Souza Lima” → “AL”."""
    words = [word for word in (name or "").split() if word[:1].isupper()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:]))


def _date_of(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
