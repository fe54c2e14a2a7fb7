"""What the value reader does not tell: percent cells, errors, formulas without values, what is hidden, merged areas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from apura.sheets.cells import Area
from apura.sheets.limits import TooMuch, refuse_far_cell, refuse_many_cells, refuse_sparse

Place = tuple[int, int]
_PIECE = 1 << 16
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')


@dataclass(slots=True)
class Marks:
    """What a sheet's cells are besides their values; cells are (row, column) from 1."""

    name: str
    percent: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    bare_formulas: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    bottom: int = 0
    right: int = 0
    filled: int = 0

    def fill(self, area: Area) -> None:
        """Count the cells of ``area`` as filled.

        Raises:
            TooMuch: they are too far, too many, or too spread out.
        """
        if area.bottom > self.bottom or area.right > self.right:
            refuse_far_cell(self.name, area.bottom, area.right)
            self.bottom, self.right = max(self.bottom, area.bottom), max(self.right, area.right)
            refuse_sparse(self.name, self.bottom, self.right)
        self.filled += (area.bottom - area.top + 1) * (area.right - area.left + 1)
        refuse_many_cells(self.filled)

    def fill_cell(self, row: int, column: int) -> None:
        """Count one cell as filled; raises as ``fill``."""
        if row > self.bottom or column > self.right:
            self.fill(Area(row, column, row, column))
        else:
            self.filled += 1


class Watcher:
    """Follows a part of a workbook, element by element; each kind of part says what it looks for.

    Element names come without their prefix, attributes as written: the same part may be in one of two namespaces.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take a stretch of text."""


def watch(stream: IO[bytes], watcher: Watcher) -> None:
    """Show every element of ``stream`` to ``watcher``; document type declarations are refused.

    Raises:
        TooMuch: there is a document type declaration, the door of entity bombs.
        expat.ExpatError: it is not well-formed XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = lambda name, attributes: watcher.start(
        name[name.find(":") + 1 :], attributes
    )
    parser.EndElementHandler = lambda name: watcher.end(name[name.find(":") + 1 :])
    parser.CharacterDataHandler = watcher.text
    while piece := stream.read(_PIECE):
        parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
    parser.Parse(b"", True)  # noqa: FBT003


def _refuse_declaration(*_declaration: object) -> None:
    raise TooMuch("o arquivo traz declarações que uma planilha não tem; abra-o no editor e salve de novo")


def unprefixed(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by their names without prefix."""
    return {name[name.find(":") + 1 :]: value for name, value in attributes.items()}


def is_percent(number_format: str) -> bool:
    """Whether a number format multiplies by a hundred: a percent sign that is not mere text."""
    return "%" in _LITERAL.sub("", number_format)
