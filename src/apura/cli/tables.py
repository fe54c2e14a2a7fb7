"""Tables for a terminal: aligned columns, as wide as what they hold, cut to the window."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence

_GAP = "  "
_NARROW = 60


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Lines of a table with a rule under the headers; ``right`` lists the columns aligned to the right."""
    widths = (
        [max(map(_width, column)) for column in zip(headers, *rows, strict=True)]
        if rows
        else list(map(len, headers))
    )
    widths = _fitted(widths, shutil.get_terminal_size((120, 24)).columns)
    lines = [_line(headers, widths, right), _GAP.join("─" * width for width in widths)]
    return "\n".join([*lines, *(_line(row, widths, right) for row in rows)])


def _fitted(widths: list[int], room: int) -> list[int]:
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - max(room, _NARROW)
    widest = max(range(len(widths)), key=widths.__getitem__)
    if over > 0:
        widths[widest] = max(widths[widest] - over, 12)
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    made = []
    for position, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = cell if _width(cell) <= width else cell[: width - 1] + "…"
        space = " " * (width - _width(text))
        made.append(space + text if position in right else text + space)
    return _GAP.join(made).rstrip()


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(mark) else 1 for mark in text)
