"""Workbooks of the old binary kind: xls. Runs in the reading process only."""

from __future__ import annotations

import sys

import xlrd

from apura.sheets.cells import Area, CellKind
from apura.sheets.gathering import Budget, GatheredSheet, Unreadable
from apura.sheets.limits import TooMuch, refuse_many_sheets
from apura.sheets.marks import Marks, is_percent
from apura.sheets.stored_values import said

OLD_BINARY = b"\xd0\xcf\x11\xe0"


def read_old_binary(data: bytes) -> list[GatheredSheet]:
    """Return the sheets of the xls workbook in ``data``.

    Raises:
        Unreadable: it is protected or corrupt. An xlsx with a password has the same outside as an xls.
        TooMuch: it asks for more than the limits.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=sys.stderr)
        refuse_many_sheets(book.nsheets)
        budget = Budget()
        return [_sheet(book, sheet, budget) for sheet in book.sheets()]
    except (TooMuch, MemoryError):
        raise
    except Exception as error:  # the old format's parser fails in many ways on broken files
        if "encrypted" in str(error).lower() or _holds_encrypted_package(data):
            raise Unreadable("está protegido por senha; salve uma cópia sem senha") from error
        raise Unreadable("está corrompido; abra-o no editor de planilhas e salve como xlsx") from error


def _holds_encrypted_package(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def _sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet, budget: Budget) -> GatheredSheet:
    marks = Marks(sheet.name)
    gathered = GatheredSheet(marks, budget)
    if sheet.nrows:
        marks.fill(Area(1, 1, sheet.nrows, max(1, sheet.ncols)))
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            told = _cell(book, sheet.cell(row, column))
            if told is not None:
                gathered.add(row + 1, column + 1, told)
    hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    marks.hidden_rows = hidden_rows & gathered.rows.keys()
    marks.hidden_columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden}
    marks.merged = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    return gathered


def _cell(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> tuple[CellKind, str] | None:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellKind.ERROR, xlrd.error_text_from_code.get(cell.value, "#ERRO")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return said(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        kind, text = said(cell.value)
        style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return (CellKind.PERCENT if kind == CellKind.NUMBER and is_percent(style) else kind), text
    return CellKind.TEXT, str(cell.value)


def _date(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> tuple[CellKind, str]:
    if 0 <= cell.value < 1:
        return CellKind.MOMENT, "hora"
    try:
        return said(xlrd.xldate_as_datetime(cell.value, book.datemode))
    except (xlrd.XLDateError, OverflowError, ValueError):
        return CellKind.ERROR, "data impossível"
