"""The cells of one sheet as they are gathered in the reading process, ready to be sent out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apura.sheets.cells import CellKind
from apura.sheets.limits import MAX_CHARACTERS, TooMuch, refuse_many_cells
from apura.sheets.marks import Marks


class Unreadable(ValueError):
    """The file cannot be read as a workbook; the message says why and what to do, in Portuguese."""


@dataclass(slots=True)
class Budget:
    """What is left of the cells and characters that one file may bring."""

    cells: int = 0
    characters: int = 0

    def spend(self, text: str) -> None:
        """Count a cell with ``text``.

        Raises:
            TooMuch: the file has more cells, or more text, than the limits.
        """
        self.cells += 1
        self.characters += len(text)
        refuse_many_cells(self.cells)
        if self.characters > MAX_CHARACTERS:
            raise TooMuch(
                f"o arquivo tem mais de {MAX_CHARACTERS} caracteres; deixe nele só as planilhas da norma"
            )


@dataclass(slots=True)
class GatheredSheet:
    """The filled cells of a sheet by row, with its marks."""

    marks: Marks
    budget: Budget
    rows: dict[int, list[tuple[int, CellKind, str]]] = field(default_factory=dict)

    def add(self, row: int, column: int, said: tuple[CellKind, str]) -> None:
        """Keep a cell."""
        kind, text = said
        self.budget.spend(text)
        if kind == CellKind.NUMBER and (row, column) in self.marks.percent:
            kind = CellKind.PERCENT
        self.rows.setdefault(row, []).append((column, kind, text))

    def add_marked(self) -> None:
        """Keep the cells whose value is nothing to be read: errors, and formulas nobody computed."""
        for (row, column), text in self.marks.errors.items():
            self.add(row, column, (CellKind.ERROR, text))
        for row, column in self.marks.bare_formulas:
            self.add(row, column, (CellKind.FORMULA, ""))

    def transport(self) -> dict[str, Any]:
        """Return the sheet as plain lists, numbers and text."""
        return {
            "nome": self.marks.name,
            "linhas": [(row, sorted(cells)) for row, cells in sorted(self.rows.items())],
            "linhas_ocultas": sorted(self.marks.hidden_rows),
            "colunas_ocultas": sorted(self.marks.hidden_columns),
            "mescladas": [_corners(area) for area in self.marks.merged],
        }


def _corners(area: Any) -> Iterable[int]:
    return (area.top, area.left, area.bottom, area.right)
