"""Read what the institution decided for itself from its sheet of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from apura.norms import Decision, Problem, read_decisions
from apura.norms.texts import fold
from apura.sheets.cell_values import shown
from apura.sheets.cells import Cell, CellKind, SheetCells, address
from apura.sheets.layout import INSTITUTION_HEADERS

_REFUSED = {
    CellKind.ERROR: "a célula tem o erro {}; escreva o valor",
    CellKind.FORMULA: "a fórmula não tem valor guardado; escreva o valor",
    CellKind.TRUTH: "“{}” é um valor lógico; escreva o valor",
    CellKind.MOMENT: "“{}” tem hora; escreva só a data",
    CellKind.PERCENT: "{} está formatado como percentual; escreva o número, sem esse formato",
    CellKind.LONG_NUMBER: "{} tem mais de 15 algarismos; escreva-o numa célula de texto",
}
_DATES = ("desde", "data_do_ato")


def read_institution_sheet(sheet: SheetCells) -> tuple[tuple[Decision, ...], list[Problem]]:
    """Return the decisions in the sheet, and everything wrong with it by cell."""
    columns, start = _titles(sheet)
    if "nome" not in columns:
        said = f"falta a linha de títulos: {', '.join(INSTITUTION_HEADERS.values())}"
        return (), [Problem(said, sheet.name)] if sheet.rows else []
    problems: list[Problem] = []
    rows: list[tuple[str, Mapping[str, object]]] = []
    for number, row in sheet.rows.items():
        cells = {name: (row[at], address(number, at)) for name, at in columns.items() if at in row}
        if number <= start or not cells:
            continue
        if number in sheet.hidden_rows:
            said = f"a linha {number} está oculta: mostre-a ou apague-a"
            problems.append(Problem(said, sheet.name, address(number, columns["nome"])))
        values, wrong = _values(cells, sheet.name)
        problems += wrong
        if not wrong:
            rows.append((address(number, columns["nome"]), values))
    decisions, found = read_decisions(rows, sheet=sheet.name)
    return decisions, problems + found


def _titles(sheet: SheetCells) -> tuple[dict[str, int], int]:
    names = {fold(header): name for name, header in INSTITUTION_HEADERS.items()}
    for number, row in sheet.rows.items():
        columns = {names[fold(cell.text)]: at for at, cell in row.items() if fold(cell.text) in names}
        if "nome" in columns and "valor" in columns:
            return columns, number
    return {}, 0


def _values(cells: Mapping[str, tuple[Cell, str]], sheet: str) -> tuple[dict[str, object], list[Problem]]:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, (cell, place) in cells.items():
        if cell.kind in _REFUSED:
            problems.append(Problem(_REFUSED[cell.kind].format(shown(cell.text)), sheet, place))
        elif name in _DATES:
            day = _day(cell)
            problems += (
                [] if day else [Problem(f"“{shown(cell.text)}” não é uma data; use dd/mm/aaaa", sheet, place)]
            )
            values[name] = day
        elif cell.kind == CellKind.DATE:
            problems.append(Problem("é uma data, e a coluna não pede data", sheet, place))
        else:
            values[name] = cell.text.replace(".", ",") if cell.kind == CellKind.NUMBER else cell.text.strip()
    return values, problems


def _day(cell: Cell) -> date | None:
    if cell.kind == CellKind.DATE:
        return date.fromisoformat(cell.text)
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell.text.strip(), form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None
