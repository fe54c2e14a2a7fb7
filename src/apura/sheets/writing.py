"""How cells are written: exact numbers, dates, and text that no program may take for a formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from apura.formula import exact, finite_places

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MAX_DIGITS = 15
_MAX_TEXT = 32_000


def new_workbook(path: Path) -> xlsxwriter.Workbook:
    """Return a workbook that never turns text into formulas, links or numbers, always written the same way."""
    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,
        },
    )
    book.set_properties({"created": datetime(2000, 1, 1), "author": "Apura"})  # noqa: DTZ001 - a fixed stamp, not a moment
    return book


@dataclass(slots=True)
class Formats:
    """The looks of the cells of a workbook."""

    book: Any
    title: Any
    heading: Any
    header: Any
    term: Any
    wrapped: Any
    text: Any
    date: Any
    guarded: Any
    total: Any
    _numbers: dict[int, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> Formats:
        """Return the formats of ``book``."""
        header = {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": "#1F4E79",
            "font_color": "#FFFFFF",
            "border": 1,
        }
        return cls(
            book,
            title=book.add_format({"bold": True, "font_size": 16}),
            heading=book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1"}
            ),
            header=book.add_format(header),
            term=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            text=book.add_format({"num_format": "@"}),
            date=book.add_format({"num_format": "dd/mm/yyyy"}),
            guarded=book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"}),
            total=book.add_format({"bold": True}),
        )

    def number(self, places: int | None) -> Any:
        """Return the format of a number with ``places`` decimals."""
        key = places or 0
        if key not in self._numbers:
            self._numbers[key] = self.book.add_format(
                {"num_format": "#,##0" + ("." + "0" * key if key else "")}
            )
        return self._numbers[key]

    def put(self, sheet: Any, place: tuple[int, int], value: str | Fraction | date, look: Any = None) -> None:
        """Write a value in a cell; a number a workbook cannot hold exactly is written as text.

        Text that a program could take for a formula is written as text, and marked so.
        """
        if isinstance(value, Fraction):
            if fits_a_cell(value):
                sheet.write_number(*place, Decimal(exact(value)), look)
            else:
                sheet.write_string(*place, exact(value).replace(".", ","))
        elif isinstance(value, date):
            sheet.write_datetime(*place, value, look)
        else:
            sheet.write_string(
                *place, value[:_MAX_TEXT], self.guarded if value.startswith(_DANGEROUS) else look
            )


def fits_a_cell(value: Fraction) -> bool:
    """Whether a workbook keeps ``value`` exactly: a finite decimal of at most fifteen digits."""
    places = finite_places(value)
    return (
        places is not None and len(str(abs(value.numerator) * 10**places // value.denominator)) <= _MAX_DIGITS
    )
