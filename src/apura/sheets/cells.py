"""A workbook as plain cells: what each holds, said in a way that no binary number survives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "texto"
    NUMBER = "número"
    PERCENT = "percentual"
    LONG_NUMBER = "número com mais de quinze algarismos"
    DATE = "data"
    MOMENT = "data e hora"
    TRUTH = "lógico"
    ERROR = "erro"
    FORMULA = "fórmula sem valor guardado"


class Cell(NamedTuple):
    """One cell that is not empty. Numbers are decimal text with a point; dates are ISO text."""

    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[tuple[int, int]]:
        """Every (row, column) inside."""
        columns = range(self.left, self.right + 1)
        return ((row, column) for row in range(self.top, self.bottom + 1) for column in columns)

    def __str__(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet: its cells by row and column (both from 1), what is hidden, and the merged areas."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, from 1, given its letters in capitals."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """Return the address people see, such as F7."""
    return f"{column_letters(column)}{row}"
