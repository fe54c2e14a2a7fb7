"""Reading a workbook of values: its first sheet that has the columns, in the confined process that opens workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from apura.formula import exact, parse_exact
from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, CellKind, SheetCells, address
from apura.sheets.confined import FileContents
from apura.sheets.workbook import WORKBOOKS, read_sheets
from apura_web.indicators.loads.columns import Header, header_of
from apura_web.indicators.loads.reading import Record

HEADER_WITHIN = 15
WRONG = {
    CellKind.ERROR: "a célula tem o erro {}: corrija a fórmula ou escreva o valor",
    CellKind.FORMULA: "a fórmula não tem valor guardado: abra o arquivo no editor de planilhas, salve e envie de novo",
    CellKind.TRUTH: "“{}” é um valor lógico: escreva o que a coluna pede",
    CellKind.MOMENT: "{} tem hora: escreva só o que a coluna pede",
    CellKind.LONG_NUMBER: "{} tem mais de 15 algarismos, o que não é exato em planilha: formate a célula como texto",
}

__all__ = ["WORKBOOKS", "read_workbook"]


def read_workbook(contents: FileContents) -> tuple[list[dict[str, Any]], Iterator[Record]]:
    """Read a workbook.

    Returns:
        What it is, as a surveyed part; and its rows.

    Raises:
        BadInput: it cannot be read, or no sheet has the columns.
    """
    sheets = read_sheets(contents)
    best = max(sheets, key=lambda sheet: len(_header(sheet)[1].places), default=None)
    if best is None:
        raise BadInput([Problem("a planilha está vazia", contents.name)])
    line, header = _header(best)
    if header.lacking:
        said = f"nenhuma planilha tem a linha de títulos com as colunas; falta {', '.join(header.lacking)}"
        raise BadInput([Problem(said, best.name)])
    titles = _titles(best, line)
    part = {
        "name": best.name,
        "encoding": "",
        "lines": sum(row > line for row in best.rows),
        "titles": titles,
    }
    return [part], _records(best, line, header)


def _header(sheet: SheetCells) -> tuple[int, Header]:
    tries = [(line, header_of(_titles(sheet, line))) for line in sorted(sheet.rows)[:HEADER_WITHIN]]
    return max(tries, key=lambda tried: len(tried[1].places), default=(0, Header({}, ())))


def _titles(sheet: SheetCells, line: int) -> list[str]:
    cells = sheet.rows[line]
    return [cells[place].text[:80] if place in cells else "" for place in range(1, max(cells) + 1)]


def _records(sheet: SheetCells, header_line: int, header: Header) -> Iterator[Record]:
    number = 0
    for line in sorted(sheet.rows):
        cells = sheet.rows[line]
        shown = {name: cells.get(place + 1) for name, place in header.places.items()}
        if line <= header_line or not any(shown.values()):
            continue
        number += 1
        yield Record(
            number,
            0,
            line,
            {name: _text(name, cell) for name, cell in shown.items()},
            {name: address(line, place + 1) for name, place in header.places.items()},
            {
                name: WRONG[cell.kind].format(cell.text[:40])
                for name, cell in shown.items()
                if cell is not None and cell.kind in WRONG
            },
        )


def _text(column: str, cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.kind == CellKind.PERCENT:
        return f"{exact(parse_exact(cell.text) * 100)}%".replace(".", ",")
    if cell.kind == CellKind.NUMBER:
        return cell.text.removesuffix(".0").replace(".", ",")
    if cell.kind == CellKind.DATE:
        day = date.fromisoformat(cell.text)
        # an editor of spreadsheets turns “mar/2014” into the first day of the month
        return f"{day:%m/%Y}" if column == "período" and day.day == 1 else f"{day:%d/%m/%Y}"
    return " ".join(cell.text.split())
