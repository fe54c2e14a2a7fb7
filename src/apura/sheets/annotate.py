"""Give the user's own workbook back with every problem marked in its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from apura.norms import BadInput, Problem

ERRORS_SHEET = "Erros encontrados"
_CELL = re.compile(r"^[A-Z]{1,3}[1-9]\d*$")
_PAINT = PatternFill("solid", start_color="FFC7CE")


def annotate(source: Path, problems: Sequence[Problem], target: Path) -> None:
    """Write at ``target`` a copy of the workbook ``source`` (xlsx) with ``problems`` painted, commented and listed.

    Raises:
        BadInput: the source is not an xlsx workbook, the only kind that can be annotated.
    """
    if source.suffix.lower() != ".xlsx":
        raise BadInput(
            [Problem("só um arquivo xlsx pode ser devolvido anotado; salve-o como xlsx", source.name)]
        )
    book = openpyxl.load_workbook(source)
    if ERRORS_SHEET in book.sheetnames:
        del book[ERRORS_SHEET]
    listing = book.create_sheet(ERRORS_SHEET, 0)
    listing.append(["Planilha", "Célula", "O que há", "Fundamento"])
    listing.column_dimensions["A"].width, listing.column_dimensions["C"].width = 24, 110
    for problem in problems:
        listing.append([problem.sheet or "", problem.cell or "", problem.message, problem.cites or ""])
        if problem.sheet in book.sheetnames and problem.cell and _CELL.match(problem.cell):
            cell = book[problem.sheet][problem.cell]
            cell.fill = _PAINT
            earlier = f"{cell.comment.text}\n" if cell.comment else ""
            cell.comment = Comment(f"{earlier}{problem.message}", "Apura", width=360, height=120)
    for row in listing.iter_rows(min_row=2):
        for cell in row:
            cell.data_type = "s"
    book.active = 0
    book.save(target)
