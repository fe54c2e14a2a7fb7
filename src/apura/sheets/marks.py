"""What the value reader does not tell: percent cells, errors, formulas without values, hidden rows, merged areas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast
from xml.etree import ElementTree as ET

from apura.sheets.cells import address
from apura.sheets.limits import MAX_COLUMN, MAX_ROW, TooMuch, refuse_far_cell

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BUILT_IN_PERCENT = {9, 10}
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass(slots=True)
class Marks:
    """What a sheet's cells are besides their values; cells are (row, column) from 1."""

    percent: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    bare_formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


def xlsx_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of each sheet of an Office Open XML workbook, by sheet name."""
    percent = _percent_styles(archive)
    return {name: _xlsx_sheet(archive, part, name, percent) for name, part in _xlsx_parts(archive)}


def _elements(stream: IO[bytes]) -> Iterator[ET.Element]:
    """Yield each element as it ends; document type declarations (and with them entity bombs) are refused."""
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(events=("end",))
    before = b""
    while chunk := stream.read(1 << 16):
        if any(word in before + chunk for word in _DECLARATIONS):
            raise TooMuch("o arquivo traz declarações que uma planilha não tem")
        before = chunk[-len(_DECLARATIONS[0]) :]
        parser.feed(chunk)
        for _event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
            yield element
    parser.close()


def _xlsx_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {element.get("Id", ""): element.get("Target", "") for element in _elements(stream)}
    with archive.open("xl/workbook.xml") as stream:
        for element in _elements(stream):
            if element.tag == f"{_MAIN}sheet":
                target = targets.get(element.get(_RELATION, ""), "")
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                if "worksheets/" in part:
                    yield element.get("name", ""), part


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    custom: set[int] = set()
    percent: set[int] = set()
    with archive.open("xl/styles.xml") as stream:
        for element in _elements(stream):
            if element.tag == f"{_MAIN}numFmt" and "%" in element.get("formatCode", ""):
                custom.add(int(element.get("numFmtId", "0")))
            elif element.tag == f"{_MAIN}cellXfs":
                for index, style in enumerate(element):
                    if int(style.get("numFmtId", "0")) in custom | _BUILT_IN_PERCENT:
                        percent.add(index)
    return frozenset(percent)


def _xlsx_sheet(archive: zipfile.ZipFile, part: str, name: str, percent: frozenset[int]) -> Marks:
    marks = Marks()
    with archive.open(part) as stream:
        for element in _elements(stream):
            if element.tag == f"{_MAIN}c":
                _xlsx_cell(element, name, percent, marks)
            elif element.tag == f"{_MAIN}row":
                if element.get("hidden") in ("1", "true"):
                    marks.hidden.add(int(element.get("r", "0")))
                element.clear()
            elif element.tag == f"{_MAIN}mergeCell":
                marks.merged.append(element.get("ref", ""))
    return marks


def _xlsx_cell(element: ET.Element, sheet: str, percent: frozenset[int], marks: Marks) -> None:
    value, formula = element.find(f"{_MAIN}v"), element.find(f"{_MAIN}f")
    if value is None and formula is None and element.find(f"{_MAIN}is") is None:
        return
    found = _REFERENCE.match(element.get("r", ""))
    if found is None:
        raise TooMuch(f"na planilha “{sheet}” há uma célula sem endereço")
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    place = int(found.group(2)), column
    refuse_far_cell(sheet, *place)
    if element.get("t") == "e":
        marks.errors[place] = (value.text if value is not None else None) or "#ERRO"
    elif formula is not None and (value is None or not value.text):
        marks.bare_formulas.add(place)
    elif int(element.get("s", "0")) in percent:
        marks.percent.add(place)


def ods_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of each sheet of an OpenDocument spreadsheet, by sheet name."""
    found: dict[str, Marks] = {}
    with archive.open("content.xml") as stream:
        for element in _elements(stream):
            if element.tag == f"{_TABLE}table":
                found[element.get(f"{_TABLE}name", "")] = _ods_sheet(element)
                element.clear()
    return found


def _ods_sheet(table: ET.Element) -> Marks:
    name, marks, row = table.get(f"{_TABLE}name", ""), Marks(), 1
    for line in table.iter(f"{_TABLE}table-row"):
        repeated = int(line.get(f"{_TABLE}number-rows-repeated", "1"))
        filled = _ods_row(line, name, row, marks)
        if filled and line.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            marks.hidden.update(range(row, min(row + repeated, MAX_ROW)))
        if filled:
            refuse_far_cell(name, row + repeated - 1, 1)
        row += repeated
    return marks


def _ods_row(line: ET.Element, sheet: str, row: int, marks: Marks) -> bool:
    column, filled = 1, False
    for cell in line:
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        kind, formula = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula")
        if kind is not None or formula is not None:
            filled = True
            refuse_far_cell(sheet, row, column + repeated - 1)
            _ods_cell(cell, (row, column), min(repeated, MAX_COLUMN), marks)
        column += repeated
    return filled


def _ods_cell(cell: ET.Element, place: tuple[int, int], repeated: int, marks: Marks) -> None:
    row, column = place
    kind, formula = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula")
    text = "".join(cell.itertext()).strip()
    places = {(row, column + offset) for offset in range(repeated)}
    if kind == "percentage":
        marks.percent |= places
    if formula is not None and text.startswith(("#", "Err:", "Erro:")):
        marks.errors |= dict.fromkeys(places, text)
    elif formula is not None and kind is None:
        marks.bare_formulas |= places
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if down > 1 or across > 1:
        marks.merged.append(f"{address(row, column)}:{address(row + down - 1, column + across - 1)}")
