"""A workbook as plain cells: what each holds, said in a way that no binary number survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "texto"
    NUMBER = "número"
    PERCENT = "percentual"
    DATE = "data"
    MOMENT = "data e hora"
    TRUTH = "lógico"
    ERROR = "erro"
    FORMULA = "fórmula sem valor guardado"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty. Numbers are decimal text with a point; dates are ISO text."""

    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet: its cells by row and column (both from 1), the hidden rows, and the merged areas."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: frozenset[int]
    merged: tuple[str, ...]


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the address people see, such as F7."""
    return f"{column_letters(column)}{row}"
