"""Read a workbook into cells, in a process of its own."""

from __future__ import annotations

import json
from typing import Any

from apura.norms import BadInput, Problem
from apura.sheets.cells import Area, Cell, CellKind, SheetCells
from apura.sheets.confined import FileContents, ask

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def read_sheets(contents: FileContents) -> list[SheetCells]:
    """Return the sheets of a workbook (xlsx, xls, ods), in order.

    Raises:
        BadInput: the file is protected, corrupt, too large or hostile.
    """
    answer = json.loads(ask("apura.sheets.child", contents.data, file=contents.name))
    if "motivo" in answer:
        raise BadInput([Problem(answer["motivo"], contents.name)])
    return [_sheet(sheet) for sheet in answer["planilhas"]]


def _sheet(sheet: dict[str, Any]) -> SheetCells:
    kinds = {kind.value: kind for kind in CellKind}
    return SheetCells(
        sheet["nome"],
        {
            number: {column: Cell(kinds[kind], text) for column, kind, text in cells}
            for number, cells in sheet["linhas"]
        },
        frozenset(sheet["linhas_ocultas"]),
        frozenset(sheet["colunas_ocultas"]),
        tuple(Area(*corners) for corners in sheet["mescladas"]),
    )
