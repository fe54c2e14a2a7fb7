"""How cells are written: exact numbers, dates, and text that no program may take for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from apura.formula import exact, finite_places

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MAX_DIGITS = 15
MAX_TEXT = 32_000
"""Characters of a text a cell keeps; a workbook allows 767 more."""
_FIRST_DAY = date(1900, 3, 1)  # before it, programs disagree about which day a number is
_LINE, _TALLEST = 15, 405
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_BAD_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


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


def close(book: xlsxwriter.Workbook) -> None:
    """Write the workbook's file.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error


@dataclass(slots=True)
class Formats:
    """The looks of the cells of a workbook."""

    book: Any
    title: Any
    banner: Any
    heading: Any
    header: Any
    term: Any
    wrapped: Any
    text: Any
    date: Any
    guarded: Any
    total: Any
    fraction: Any
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
            banner=book.add_format(
                {
                    "bold": True,
                    "font_size": 12,
                    "valign": "vcenter",
                    "bg_color": "#FFE699",
                    "font_color": "#7F3F00",
                }
            ),
            heading=book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1"}
            ),
            header=book.add_format(header),
            term=book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            text=book.add_format({"num_format": "@", "valign": "top"}),
            date=book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
            guarded=book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"}),
            total=book.add_format({"bold": True, "num_format": "@", "valign": "top"}),
            fraction=book.add_format({"align": "right", "valign": "top"}),
        )

    def number(self, places: int | None) -> Any:
        """Return the format of a number with ``places`` decimals."""
        key = places or 0
        if key not in self._numbers:
            self._numbers[key] = self.book.add_format(
                {"num_format": "#,##0" + ("." + "0" * key if key else ""), "valign": "top"}
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
                sheet.write_string(*place, exact(value).replace(".", ","), self.fraction)
        elif isinstance(value, date):
            self._put_date(sheet, place, value, look)
        else:
            guarded = value.lstrip(" ").startswith(_DANGEROUS)
            sheet.write_string(*place, writable(value), self.guarded if guarded else look)

    def _put_date(self, sheet: Any, place: tuple[int, int], value: date, look: Any) -> None:
        if value < _FIRST_DAY:
            sheet.write_string(*place, f"{value:%d/%m}/{value.year:04}", self.text)
        else:
            sheet.write_datetime(*place, value, look)


def writable(text: str) -> str:
    """Return ``text`` as a cell can hold it: cut, and said to be, when longer than a cell."""
    clean = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= MAX_TEXT else f"{clean[: MAX_TEXT - 1]}…"


def height_of(cells: Iterable[tuple[str, int]]) -> int:
    """Return how tall, in points, a row of texts is, each wrapped in the width of its column."""
    lines = (sum(max(1, ceil(len(line) / width)) for line in text.split("\n")) for text, width in cells)
    return min(_TALLEST, _LINE * max(lines, default=1) + 3)


def fit_height(sheet: Any, row: int, cells: Iterable[tuple[str, int]]) -> None:
    """Make a row as tall as its texts need, given each with the width of its column."""
    sheet.set_row(row, height_of(cells))


def print_on_pages(sheet: Any, *, header_row: int | None, paper: int = 9) -> None:
    """Set a sheet to print across, one page wide, the header repeated, each page numbered.

    Args:
        sheet: the worksheet.
        header_row: row, from 0, repeated on every page.
        paper: 9 is A4; 8 is A3.
    """
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&Rpágina &P de &N")
    if header_row is not None:
        sheet.repeat_rows(header_row)


def sheet_titles(wanted: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """Return titles a workbook accepts: at most 31 characters, without its forbidden signs, none repeated."""
    used = {title.casefold() for title in taken}
    titles: list[str] = []
    for want in wanted:
        clean = _BAD_IN_TITLES.sub(" ", want).strip(" '") or "Planilha"
        title, number = clean[:_LONGEST_TITLE], 1
        while title.casefold() in used:
            number += 1
            ending = f" ({number})"
            title = clean[: _LONGEST_TITLE - len(ending)] + ending
        used.add(title.casefold())
        titles.append(title)
    return titles


def fits_a_cell(value: Fraction) -> bool:
    """Whether a workbook keeps ``value`` exactly: a finite decimal of at most fifteen digits."""
    places = finite_places(value)
    return (
        places is not None and len(str(abs(value.numerator) * 10**places // value.denominator)) <= _MAX_DIGITS
    )
