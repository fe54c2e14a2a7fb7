"""Reading back the workbook of a pact: what each part says, with every error by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, SheetCells, address
from apura.sheets.confined import FileContents
from apura.sheets.workbook import WORKBOOKS, read_sheets
from apura_web.agreements.files import workbook_layout as layout
from apura_web.agreements.files.cell_text import WrongCell, text_in
from apura_web.agreements.files.coming import Back, Known, Row
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.schema import Field, Section
from apura_web.agreements.pact.sections import SECTIONS

AGAIN = "baixe a planilha deste acordo de novo e copie para ela o que mudou"


def read_workbook(contents: FileContents, agreement: Agreement) -> Back:
    """Read the workbook of an agreement.

    Args:
        contents: the file; it is opened by a confined process.
        agreement: that it should be of.

    Raises:
        BadInput: the file cannot be read, or is not of this agreement.
    """
    if contents.suffix not in WORKBOOKS:
        raise BadInput([Problem("envie a planilha em xlsx ou ods", contents.name)])
    sheets = read_sheets(contents)
    back = Back(known=_known(sheets, agreement, contents.name))
    for sheet in sheets:
        mark, _, name = _raw(sheet, 1, 1).partition(":")
        if mark != layout.MARK or sheet.name == layout.KEPT:
            continue
        if name in SECTIONS:
            _read_many(sheet, SECTIONS[name], back)
        elif not name:
            _read_ones(sheet, back)
    if not back.rows and not back.problems:
        raise BadInput([Problem(f"o arquivo não tem as planilhas do pacto: {AGAIN}", contents.name)])
    return back


def _known(sheets: list[SheetCells], agreement: Agreement, name: str) -> dict[str, Known]:
    kept = next((each for each in sheets if each.name == layout.KEPT), None)
    if kept is None or _raw(kept, 1, 1) != layout.MARK:
        raise BadInput([Problem(f"não é a planilha baixada de um acordo: {AGAIN}", name)])
    if _raw(kept, 1, 2) != agreement.code:
        said = f"a planilha é do acordo nº {_raw(kept, 1, 3)[:40]}, e esta página é do nº {agreement.number}"
        raise BadInput([Problem(said, name)])
    found = {}
    for line in sorted(kept.rows):
        if line > 1:
            edition, texts = _raw(kept, line, 2).removesuffix(".0"), _texts(_raw(kept, line, 3))
            if edition.isascii() and edition.isdigit() and texts is not None:
                found[_raw(kept, line, 1)] = Known(int(edition), texts)
    return found


def _texts(written: str) -> dict[str, str] | None:
    try:
        found = json.loads(written)
    except json.JSONDecodeError:
        return None
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else None


def _read_ones(sheet: SheetCells, back: Back) -> None:
    rows: dict[str, Row] = {}
    for line in _lines(sheet):
        section, _, name = _raw(sheet, line, layout.KEY_COLUMN).partition(".")
        cell = sheet.rows[line].get(layout.TEXT_COLUMN)
        if section not in SECTIONS or SECTIONS[section].is_many:
            if cell is not None:
                back.problems.append(
                    _problem(sheet, (line, layout.TEXT_COLUMN), "a linha não é do pacto: apague-a")
                )
            continue
        declared = _declared(SECTIONS[section], name)
        if declared is not None:
            row = rows.setdefault(section, Row(SECTIONS[section], section))
            _read_cell(sheet, back, (line, layout.TEXT_COLUMN), (row, declared))
    back.rows += rows.values()


def _read_many(sheet: SheetCells, section: Section, back: Back) -> None:
    columns = {
        place: declared
        for place, cell in sheet.rows.get(layout.KEYS_ROW, {}).items()
        if place >= layout.FIRST_FIELD and (declared := _declared(section, cell.text)) is not None
    }
    seen: dict[str, int] = {}
    for line in _lines(sheet):
        key = _raw(sheet, line, layout.KEY_COLUMN)
        row = Row(section, key)
        for place, declared in columns.items():
            _read_cell(sheet, back, (line, place), (row, declared))
        wrong = _wrong_row(key, section, back, seen)
        if wrong:
            back.problems.append(_problem(sheet, (line, layout.FIRST_FIELD), wrong))
        elif key or any(row.texts.values()):
            seen[key] = line
            back.rows.append(row)


def _wrong_row(key: str, section: Section, back: Back, seen: Mapping[str, int]) -> str:
    if not key:
        return ""
    if key in seen:
        return f"a linha repete a linha {seen[key]}: apague uma das duas, ou copie só as células para outra"
    if key not in back.known or key.rsplit("-", 1)[0] != section.name:
        return f"a linha não é deste acordo: {AGAIN}"
    return ""


def _lines(sheet: SheetCells) -> Iterator[int]:
    lines = [line for line in sorted(sheet.rows) if line > layout.HEADER_ROW]
    yield from lines[: layout.MOST_ROWS]


def _read_cell(sheet: SheetCells, back: Back, place: tuple[int, int], what: tuple[Row, Field]) -> None:
    row, declared = what
    cell: Cell | None = sheet.rows[place[0]].get(place[1])
    row.places[declared.name] = (sheet.name, address(*place))
    try:
        row.texts[declared.name] = text_in(cell, declared)
    except WrongCell as error:
        back.problems.append(_problem(sheet, place, str(error)))


def _declared(section: Section, name: str) -> Field | None:
    return next((each for each in section.fields if each.name == name), None)


def _raw(sheet: SheetCells, line: int, place: int) -> str:
    cell = sheet.rows.get(line, {}).get(place)
    return cell.text.strip() if cell is not None else ""


def _problem(sheet: SheetCells, place: tuple[int, int], said: str) -> Problem:
    return Problem(said, sheet.name, address(*place))
