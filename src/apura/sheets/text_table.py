"""Read a text table (csv) into cells: ``;``, ``,`` or tab between fields, UTF-8 or the Windows code page."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterator

from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, CellKind, SheetCells
from apura.sheets.confined import FileContents
from apura.sheets.limits import MAX_COLUMN, MAX_ROW

TEXT_TABLES = (".csv", ".txt", ".tsv")
_SEPARATORS = (";", ",", "\t")
_LOOKED_AT = 15
_WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_table(contents: FileContents, *, likeness: Callable[[SheetCells], int]) -> SheetCells:
    """Return the one table of a text file; every cell is text.

    Args:
        contents: the file.
        likeness: how much the first rows look like the table wanted; chooses between the separators.

    Raises:
        BadInput: the file is too large, is not text, or has quotes that do not close.
    """
    text = _decoded(contents)
    tries = {separator: _first_rows(text, separator, contents.name) for separator in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda tried: likeness(tries[tried]))
    return _table(_records(text, separator, contents.name), contents.name)


def _first_rows(text: str, separator: str, name: str) -> SheetCells:
    try:
        return _table(itertools.islice(_records(text, separator, name), _LOOKED_AT), name)
    except BadInput:
        return SheetCells(name, {})


def _table(records: Iterator[list[str]], name: str) -> SheetCells:
    rows: dict[int, dict[int, Cell]] = {}
    for number, line in enumerate(records, start=1):
        if number > MAX_ROW or len(line) > MAX_COLUMN:
            said = f"o arquivo passa de {MAX_ROW} linhas ou {MAX_COLUMN} colunas; deixe só a tabela"
            raise BadInput([Problem(said, name)])
        cells = {
            column: Cell(CellKind.TEXT, value.strip())
            for column, value in enumerate(line, start=1)
            if value.strip()
        }
        if cells:
            rows[number] = cells
    return SheetCells(name, rows)


def _records(text: str, separator: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        said = (
            f"aspas sem par, ou campo longo demais, por volta da linha {reader.line_num} do texto; corrija-as"
        )
        raise BadInput([Problem(said, name)]) from error


def _decoded(contents: FileContents) -> str:
    if contents.data.startswith(_WORKBOOK_STARTS):
        said = "é uma planilha com nome de texto; troque o fim do nome para .xlsx (ou .xls, .ods)"
        raise BadInput([Problem(said, contents.name)])
    if b"\x00" in contents.data:
        raise BadInput([Problem("não é um arquivo de texto; salve como CSV (UTF-8)", contents.name)])
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return contents.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return contents.data.decode("latin-1")
