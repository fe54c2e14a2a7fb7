"""Reading the sheet of an import into rows of text, with every error by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from apura.formula import fold
from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, CellKind, SheetCells, address
from apura.sheets.confined import FileContents
from apura.sheets.text_table import TEXT_TABLES, read_table
from apura.sheets.workbook import WORKBOOKS, read_sheets

HEADER_WITHIN = 10
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
UNREADABLE = {CellKind.ERROR, CellKind.FORMULA, CellKind.TRUTH, CellKind.PERCENT, CellKind.LONG_NUMBER}


@dataclass(frozen=True)
class SheetShape:
    """What a sheet is called, its columns by title, and those a row cannot lack."""

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    hints: tuple[str, ...] = ()


PEOPLE = SheetShape(
    "Pessoas",
    ("nome", "CPF", "matrícula", "e-mail", "sigla da unidade de lotação", "desde"),
    ("nome",),
    (
        "nome completo",
        "com ou sem pontos; CPF ou matrícula é preciso para reconhecer a pessoa",
        "como texto, para não perder zeros à esquerda",
        "institucional; é para onde vai o convite",
        "a sigla, ou o caminho quando ela se repete, como GAB › SAU",
        "primeiro dia nesta lotação, como 01/02/2026; em branco: a data escolhida na importação",
    ),
)
UNITS = SheetShape(
    "Unidades",
    ("sigla", "nome", "espécie", "sigla da superior"),
    ("sigla", "nome"),
    (
        "sem ›",
        "por extenso",
        "em branco: Unidade administrativa",
        "a sigla, ou o caminho quando ela se repete; em branco: no topo",
    ),
)
SHAPES = {"pessoas": PEOPLE, "unidades": UNITS}


@dataclass(frozen=True)
class SheetRow:
    """A row: its number, what each column says, and where its problems go."""

    number: int
    sheet: str
    values: dict[str, str]
    places: dict[str, str]

    def problem(self, column: str, message: str) -> Problem:
        """Say what is wrong in a column of this row."""
        return Problem(message, self.sheet, self.places[column])


@dataclass
class SheetRead:
    """The rows of a sheet and what is wrong with them."""

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(contents: FileContents, shape: SheetShape) -> SheetRead:
    """Read the sheet of an import.

    Args:
        contents: the file; it is opened by a confined process.
        shape: what is expected.

    Raises:
        BadInput: the file cannot be read, or has no sheet of this shape.
    """
    sheet = _find(contents, shape)
    header = _header(sheet, shape)
    if header is None:
        titles = ", ".join(shape.columns)
        raise BadInput([Problem(f"não achei a linha de títulos; ela tem: {titles}", sheet.name)])
    number, columns = header
    read = SheetRead()
    for line in sorted(sheet.rows):
        if line > number:
            _read_row(sheet, line, columns, read)
    for row in read.rows:
        missing = [column for column in shape.needed if not row.values[column]]
        read.problems += [row.problem(column, f"falta: {column}") for column in missing]
    return read


def day_of(text: str) -> date | None:
    """Read a day typed as 30/05/2014, or as workbooks keep it; None when it is not one."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
    return None


def _find(contents: FileContents, shape: SheetShape) -> SheetCells:
    if contents.suffix in TEXT_TABLES:
        table = read_table(contents, likeness=lambda sheet: len((_header(sheet, shape) or (0, {}))[1]))
        return SheetCells(shape.name, table.rows)
    if contents.suffix not in WORKBOOKS:
        raise BadInput([Problem("envie uma planilha xlsx, ods ou csv", contents.name)])
    sheets = read_sheets(contents)
    named = [sheet for sheet in sheets if fold(sheet.name) == fold(shape.name)]
    fitting = named or [sheet for sheet in sheets if _header(sheet, shape)]
    if not fitting:
        raise BadInput([Problem(f"o arquivo não tem a planilha “{shape.name}”", contents.name)])
    return fitting[0]


def _header(sheet: SheetCells, shape: SheetShape) -> tuple[int, dict[str, int]] | None:
    wanted = {fold(column): column for column in shape.columns}
    for line in sorted(sheet.rows)[:HEADER_WITHIN]:
        titles = {fold(cell.text.strip()): place for place, cell in sheet.rows[line].items()}
        found = {wanted[title]: place for title, place in titles.items() if title in wanted}
        if set(shape.needed) <= set(found):
            return line, found
    return None


def _read_row(sheet: SheetCells, line: int, columns: dict[str, int], read: SheetRead) -> None:
    cells = sheet.rows[line]
    shown = {column: cells.get(place) for column, place in columns.items()}
    if not any(shown.values()):
        return
    places = {column: address(line, place) for column, place in columns.items()}
    row = SheetRow(line, sheet.name, {column: _text(cell) for column, cell in shown.items()}, places)
    for column, cell in shown.items():
        if cell is not None and cell.kind in UNREADABLE:
            read.problems.append(
                row.problem(column, f"{cell.kind.value} não serve aqui: digite o valor como texto")
            )
    read.rows.append(row)


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    text = " ".join(cell.text.split())
    return text.removesuffix(".0") if cell.kind == CellKind.NUMBER else text


def fill_missing(rows: Sequence[SheetRow], shape: SheetShape) -> list[SheetRow]:
    """Give every row every column, empty where the sheet has none, so that problems find a place."""
    found = []
    for row in rows:
        first = next(iter(row.places.values()))
        values = {column: row.values.get(column, "") for column in shape.columns}
        places = {column: row.places.get(column, first) for column in shape.columns}
        found.append(SheetRow(row.number, row.sheet, values, places))
    return found
