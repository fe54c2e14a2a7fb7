"""What a list shows, taken away as a file: the same columns, filters and order, every page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone

from apura.formula import exact
from apura.sheets.open_document import MEDIA_TYPE, OdsCell, open_document
from apura.sheets.writing import Formats, close, new_workbook
from apura_web.foundation.blobs import XLSX
from apura_web.foundation.table_layout import EXPORT_LIMIT, Column, Kind, TableLayout, text_of
from apura_web.foundation.web.files import file_answer

CHUNK = 2_000
WIDTHS = {Kind.TEXT: 32, Kind.BADGE: 20, Kind.NUMBER: 16, Kind.DATE: 12, Kind.INSTANT: 20}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Listed(Protocol):
    """What a file needs of a list: :class:`apura_web.foundation.tables.Table` has it."""

    layout: TableLayout

    @property
    def columns(self) -> Sequence[Column]:
        """The columns at show."""

    @property
    def found(self) -> Any:
        """Every row asked for, in order."""

    @property
    def total(self) -> int:
        """How many there are."""

    @property
    def is_export_cut(self) -> bool:
        """Whether the file stops before the last row."""


def export(table: Listed, kind: str) -> HttpResponse:
    """Answer with the list as a file.

    Args:
        table: the list as asked for.
        kind: ``csv``, ``xlsx``, ``ods`` or ``json``.

    Raises:
        Http404: another kind.
    """
    if kind not in WRITERS:
        raise Http404
    media_type, write = WRITERS[kind]
    name = f"{table.layout.name}-{timezone.localtime():%Y-%m-%d}.{kind}"
    return file_answer(write(table), name, media_type)


def _as_csv(table: Listed) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.label for column in table.columns])
    for row in _rows(table):
        writer.writerow([_csv_text(column.of(row)) for column in table.columns])
    for line in _said(table):
        writer.writerow([line])
    return out.getvalue().encode("utf-8-sig")


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return exact(Fraction(value)).replace(".", ",")
    text = text_of(value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def _as_json(table: Listed) -> bytes:
    """Write each row as an object: numbers as exact text, so that no program makes binary fractions of them."""
    rows = [{column.name: _json_value(column.of(row)) for column in table.columns} for row in _rows(table)]
    labels = {column.name: column.label for column in table.columns}
    told = {
        "lista": table.layout.caption,
        "colunas": labels,
        "total": table.total,
        "avisos": list(_said(table)),
        "linhas": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _json_value(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal | Fraction):
        return exact(Fraction(value))
    return value.isoformat() if isinstance(value, date) else text_of(value)


def _as_ods(table: Listed) -> bytes:
    heads = [column.label for column in table.columns]
    rows = ([_ods_value(column.of(row)) for column in table.columns] for row in _rows(table))
    return open_document("Lista", chain([heads], rows, ([line] for line in _said(table))))


def _ods_value(value: object) -> OdsCell:
    if isinstance(value, datetime):
        return timezone.localtime(value)
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    return text_of(value)


def _as_xlsx(table: Listed) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lista.xlsx"
        book = new_workbook(path)
        _fill(Formats.of(book), book.add_worksheet("Lista"), table)
        close(book)
        return path.read_bytes()


def _fill(formats: Formats, sheet: Any, table: Listed) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(WIDTHS[column.kind], len(column.label) + 4))
        formats.put(sheet, (0, place), column.label, formats.header)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, row in enumerate(_rows(table), start=1):
        _fill_row(formats, sheet, line, [(column, column.of(row)) for column in table.columns])
    sheet.autofilter(0, 0, max(line, 1), len(table.columns) - 1)
    for note in _said(table):
        line += 2
        formats.put(sheet, (line, 0), note, formats.term)


def _fill_row(formats: Formats, sheet: Any, line: int, values: Sequence[tuple[Column, object]]) -> None:
    for place, (_, value) in enumerate(values):
        if value is None or value == "":
            continue
        if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
            number = Fraction(value)
            formats.put(sheet, (line, place), number, formats.number(_places(number)))
        elif isinstance(value, date) and not isinstance(value, datetime):
            formats.put(sheet, (line, place), value, formats.date)
        else:
            formats.put(sheet, (line, place), text_of(value), formats.wrapped)


def _places(number: Fraction) -> int:
    return len(exact(number).partition(".")[2])


def _rows(table: Listed) -> Iterator[Any]:
    found = table.found[:EXPORT_LIMIT]
    return found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else iter(found)


def _said(table: Listed) -> Iterable[str]:
    if table.is_export_cut:
        total = text_of(table.total)
        cut = f"Este arquivo tem as primeiras {text_of(EXPORT_LIMIT)} de {total} linhas."
        yield f"{cut} Use os filtros para levar as outras."


WRITERS: dict[str, tuple[str, Callable[[Listed], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json; charset=utf-8", _as_json),
    "ods": (MEDIA_TYPE, _as_ods),
    "xlsx": (XLSX, _as_xlsx),
}
