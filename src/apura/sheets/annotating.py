"""The annotating process: takes a workbook and its problems from its input under limits, answers the marked copy.

It runs as ``python -m apura.sheets.annotating``; see ``apura.sheets.annotation``.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from apura.sheets.gathering import Unreadable
from apura.sheets.limits import TooMuch, confine_this_process
from apura.sheets.packaged import read_packaged
from apura.sheets.writing import height_of

ERRORS_SHEET = "Erros encontrados"
AUTHOR = "Apura"
_FIRST_CELL = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6})(?::[A-Z]{1,3}[1-9][0-9]{0,6})?\Z")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAINT = PatternFill("solid", start_color="FFFFC7CE")
_MARK = "Apura: "
_MOST_COMMENTS = 5_000
_COLUMNS = (("Planilha", 26), ("Célula", 10), ("O que há e o que fazer", 100), ("Fundamento", 34))


def main() -> None:
    """Answer the annotated workbook, or ``{"motivo": …}``."""
    confine_this_process()
    given = json.loads(sys.stdin.buffer.read())
    try:
        answer = annotated(base64.b64decode(given["planilha"]), given["problemas"])
    except (Unreadable, TooMuch) as error:
        answer = json.dumps({"motivo": str(error)}).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def annotated(data: bytes, problems: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the workbook in ``data`` with ``problems`` painted, commented and listed.

    Raises:
        Unreadable: it is protected, corrupt, or of another kind.
        TooMuch: it asks for more than the limits.
    """
    if not data.startswith(b"PK"):
        raise Unreadable("não é um arquivo xlsx, embora o nome diga que sim; salve-o como xlsx")
    read_packaged(data)  # refuses what is broken or hostile, with its reason
    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise Unreadable("não pôde ser anotado; abra-o no editor de planilhas e salve como xlsx") from error
    if ERRORS_SHEET in book.sheetnames:
        del book[ERRORS_SHEET]
    for sheet in book.worksheets:
        _take_marks_away(sheet)
    _list(book.create_sheet(ERRORS_SHEET, 0), problems)
    _mark(book, problems)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == ERRORS_SHEET
    book.active = 0
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _list(listing: Worksheet, problems: Sequence[Mapping[str, Any]]) -> None:
    for column, (header, width) in enumerate(_COLUMNS, start=1):
        title = listing.cell(1, column, header)
        title.font, title.fill = (
            Font(bold=True, color="FFFFFFFF"),
            PatternFill("solid", start_color="FF1F4E79"),
        )
        listing.column_dimensions[title.column_letter].width = width
    for row, problem in enumerate(problems, start=2):
        for column, key in enumerate(("planilha", "celula", "mensagem", "fundamento"), start=1):
            cell = listing.cell(row, column)
            cell.value = _clean(problem[key] or "")
            cell.data_type = "s"  # whatever it starts with, it is text
            cell.quotePrefix = True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        listing.row_dimensions[row].height = height_of(
            (str(listing.cell(row, column).value or ""), width)
            for column, (_header, width) in enumerate(_COLUMNS, start=1)
        )
    listing.freeze_panes = "A2"
    listing.auto_filter.ref = f"A1:D{len(problems) + 1}"
    listing.page_setup.orientation, listing.page_setup.fitToHeight = "landscape", 0
    listing.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    listing.print_title_rows = "1:1"


def _mark(book: openpyxl.Workbook, problems: Sequence[Mapping[str, Any]]) -> None:
    by_cell: dict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        found = _FIRST_CELL.match(problem["celula"] or "")
        if found and problem["planilha"] in book.sheetnames:
            by_cell[problem["planilha"], found.group(1)].append(_clean(problem["mensagem"]))
    for (sheet, place), messages in list(by_cell.items())[:_MOST_COMMENTS]:
        cell = book[sheet][place]
        if isinstance(cell, MergedCell):
            continue
        cell.fill = _PAINT
        said = _MARK + "\n".join(messages)
        theirs = f"{cell.comment.text}\n{said}" if cell.comment else said
        cell.comment = Comment(theirs, AUTHOR, width=360, height=40 + 20 * (len(theirs) // 50 + 1))


def _take_marks_away(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell) or cell.comment is None or cell.comment.author != AUTHOR:
                continue
            theirs = cell.comment.text.partition(_MARK)[0].rstrip("\n")
            cell.comment = Comment(theirs, AUTHOR) if theirs else None
            if cell.fill.start_color.rgb == _PAINT.start_color.rgb:
                cell.fill = PatternFill()


def _clean(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)


if __name__ == "__main__":
    main()
