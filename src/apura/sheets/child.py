"""The reading process: opens a workbook under limits and prints its cells as JSON. A hostile file kills only this."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine
import xlrd

from apura.sheets.cells import CellKind
from apura.sheets.limits import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    TooMuch,
    confine_this_process,
    refuse_bomb,
    refuse_large_file,
)
from apura.sheets.marks import Marks, ods_marks, xlsx_marks

_OLD_BINARY = b"\xd0\xcf\x11\xe0"
_COMPRESSED = b"PK"


class Unreadable(ValueError):
    """The file cannot be read as a workbook; the message says why, in Portuguese."""


def main() -> None:
    """Print ``{"planilhas": […]}`` for the workbook named on the command line, or ``{"motivo": …}``."""
    confine_this_process()
    try:
        answer: dict[str, Any] = {"planilhas": _sheets(Path(sys.argv[1]))}
    except (Unreadable, TooMuch) as error:
        answer = {"motivo": str(error)}
    except MemoryError:
        answer = {"motivo": "o arquivo pede mais memória do que o permitido"}
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _sheets(path: Path) -> list[dict[str, Any]]:
    refuse_large_file(path)
    start = path.read_bytes()[:4]
    if start == _OLD_BINARY:
        return _old_binary(path)
    if not start.startswith(_COMPRESSED):
        raise Unreadable("não é uma planilha xlsx, xls ou ods, ou está corrompido")
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bomb(archive)
            names = set(archive.namelist())
            if "content.xml" in names:
                marks = ods_marks(archive)
            elif "xl/workbook.xml" in names:
                marks = xlsx_marks(archive)
            else:
                raise Unreadable("o arquivo é compactado, mas não é uma planilha xlsx ou ods")
        return _compressed(path, marks)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, Unreadable | TooMuch):
            raise
        raise Unreadable(
            "está corrompido ou protegido por senha; abra-o no editor de planilhas e salve de novo"
        ) from error


def _compressed(path: Path, marks: dict[str, Marks]) -> list[dict[str, Any]]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise Unreadable("está protegido por senha; salve uma cópia sem senha") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("está corrompido; abra-o no editor de planilhas e salve de novo") from error
    sheets, budget = [], MAX_CELLS
    for name in workbook.sheet_names:
        mark = marks.get(name, Marks())
        sheet = workbook.get_sheet_by_name(name)
        rows: dict[int, list[list[Any]]] = {}
        first = sheet.start[1] + 1 if sheet.start else 1
        for number, line in enumerate(sheet.iter_rows(), start=1):
            cells = list(_cells(number, first, line, mark))
            budget -= len(cells)
            if budget < 0:
                raise TooMuch(f"o arquivo tem mais de {MAX_CELLS} células preenchidas")
            if cells:
                rows[number] = cells
        _add_marked(rows, mark)
        sheets.append(
            {
                "nome": name,
                "linhas": list(rows.items()),
                "ocultas": sorted(mark.hidden),
                "mescladas": mark.merged,
            }
        )
    return sheets


def _cells(row: int, first: int, line: list[Any], marks: Marks) -> Iterator[list[Any]]:
    for column, value in enumerate(line, start=first):
        place = (row, column)
        if value in ("", None) or place in marks.errors or place in marks.bare_formulas:
            continue
        kind, text = _said(value)
        yield [column, CellKind.PERCENT if place in marks.percent and kind == CellKind.NUMBER else kind, text]


def _add_marked(rows: dict[int, list[list[Any]]], marks: Marks) -> None:
    for (row, column), text in marks.errors.items():
        rows.setdefault(row, []).append([column, CellKind.ERROR, text])
    for row, column in marks.bare_formulas:
        rows.setdefault(row, []).append([column, CellKind.FORMULA, ""])


def _said(value: object) -> tuple[CellKind, str]:
    """Say what a cell says, with no binary number left: the 15 digits a workbook really holds."""
    if isinstance(value, bool):
        return CellKind.TRUTH, "verdadeiro" if value else "falso"
    if isinstance(value, int | float):
        return CellKind.NUMBER, format(value, ".15g")
    if isinstance(value, datetime):
        whole = value.time() == time()
        return (CellKind.DATE, value.date().isoformat()) if whole else (CellKind.MOMENT, value.isoformat(" "))
    if isinstance(value, date):
        return CellKind.DATE, value.isoformat()
    if isinstance(value, time | timedelta):
        return CellKind.MOMENT, str(value)
    return CellKind.TEXT, str(value)


def _old_binary(path: Path) -> list[dict[str, Any]]:
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=sys.stderr)
    except xlrd.XLRDError as error:
        reason = (
            "protegido por senha"
            if "encrypted" in str(error).lower()
            else "protegido por senha ou corrompido"
        )
        raise Unreadable(f"está {reason}; salve uma cópia sem senha, em xlsx") from error
    except Exception as error:  # the old format's parser fails in many ways on broken files
        raise Unreadable("está corrompido; abra-o no editor de planilhas e salve em xlsx") from error
    return [_old_sheet(book, sheet) for sheet in book.sheets()]


def _old_sheet(book: xlrd.book.Book, sheet: xlrd.sheet.Sheet) -> dict[str, Any]:
    if sheet.nrows > MAX_ROW or sheet.ncols > MAX_COLUMN:
        raise TooMuch(f"a planilha “{sheet.name}” tem {sheet.nrows} linhas e {sheet.ncols} colunas")
    rows = []
    for row in range(sheet.nrows):
        cells = [
            [column + 1, *said]
            for column in range(sheet.ncols)
            if (said := _old_cell(book, sheet.cell(row, column)))
        ]
        if cells:
            rows.append((row + 1, cells))
    hidden = sorted(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    merged = [f"linhas {top + 1} a {bottom}" for top, bottom, _left, _right in sheet.merged_cells]
    return {"nome": sheet.name, "linhas": rows, "ocultas": hidden, "mescladas": merged}


def _old_cell(book: xlrd.book.Book, cell: xlrd.sheet.Cell) -> tuple[CellKind, str] | None:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellKind.ERROR, xlrd.error_text_from_code.get(cell.value, "#ERRO")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _said(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _said(xlrd.xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        kind, text = _said(cell.value)
        style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return (CellKind.PERCENT if "%" in style else kind), text
    return CellKind.TEXT, str(cell.value)


if __name__ == "__main__":
    main()
