"""The marks of an Office Open XML workbook (xlsx)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping

from apura.sheets.cells import Area, column_number
from apura.sheets.limits import MAX_COLUMN, TooMuch, refuse_many_sheets
from apura.sheets.marks import Marks, Watcher, is_percent, unprefixed, watch

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_YES = ("1", "true")
_BUILT_IN_PERCENT = frozenset({9, 10})


def xlsx_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of each worksheet, by sheet name.

    Raises:
        TooMuch: the workbook is larger, or stranger, than a file of facts ever is.
    """
    related, book = _Relationships(), _Book()
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        watch(stream, related)
    with archive.open("xl/workbook.xml") as stream:
        watch(stream, book)
    refuse_many_sheets(len(book.sheets))
    styles = _Styles()
    if "xl/styles.xml" in archive.namelist():
        with archive.open("xl/styles.xml") as stream:
            watch(stream, styles)
    marks: dict[str, Marks] = {}
    for name, relation in book.sheets:
        part = related.worksheets.get(relation)
        if part is None:
            continue
        if name in marks:
            raise TooMuch(f"há duas planilhas chamadas “{name}”; abra o arquivo no editor e salve de novo")
        sheet = _Sheet(name, styles.percent(), never_computed=book.never_computed)
        with archive.open(part) as stream:
            watch(stream, sheet)
        marks[name] = sheet.marks
    return marks


class _Relationships(Watcher):
    def __init__(self) -> None:
        self.worksheets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.worksheets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")


class _Book(Watcher):
    """The sheets in order, and whether formulas are only promised: written by a program, computed by none."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.never_computed = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            said = unprefixed(attributes)
            self.sheets.append((said.get("name", ""), said.get("id", "")))
        elif name == "calcPr":
            self.never_computed = attributes.get("fullCalcOnLoad") in _YES


class _Styles(Watcher):
    def __init__(self) -> None:
        self._inside = ""
        self._custom: set[int] = set()
        self._formats: list[int] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            if is_percent(attributes.get("formatCode", "")):
                self._custom.add(int(attributes.get("numFmtId", "0")))
        elif name == "xf" and self._inside == "cellXfs":
            self._formats.append(int(attributes.get("numFmtId", "0")))

    def percent(self) -> frozenset[int]:
        """Return the cell styles that show a percentage."""
        known = self._custom | _BUILT_IN_PERCENT
        return frozenset(index for index, number in enumerate(self._formats) if number in known)


class _Sheet(Watcher):
    """The cells of a worksheet. Rows and cells may come without address: each then follows the one before."""

    def __init__(self, name: str, percent: frozenset[int], *, never_computed: bool) -> None:
        self.marks = Marks(name)
        self._percent = percent
        self._never_computed = never_computed
        self._row = self._column = 0
        self._row_is_hidden = False
        self._cell: Mapping[str, str] = {}
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._in_value = self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._has_value = True
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._row_is_hidden = attributes.get("hidden") in _YES
        elif name == "col" and attributes.get("hidden") in _YES:
            last = min(int(attributes.get("max", "0")), MAX_COLUMN)
            self.marks.hidden_columns.update(range(int(attributes.get("min", "1")), last + 1))
        elif name == "mergeCell":
            self.marks.merged.append(self._area(attributes.get("ref", "")))

    def text(self, data: str) -> None:
        if self._in_value:
            self._value += data

    def end(self, name: str) -> None:
        if name == "v":
            self._in_value = False
        elif name == "c" and (self._has_formula or self._has_value):
            self._end_cell()

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = attributes
        self._column += 1
        if "r" in attributes:
            self._row, self._column = self._place(attributes["r"])
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def _end_cell(self) -> None:
        place, kind = (self._row, self._column), self._cell.get("t", "n")
        self.marks.fill_cell(*place)
        if self._row_is_hidden:
            self.marks.hidden_rows.add(self._row)
        if kind == "e":
            self.marks.errors[place] = self._value or "#ERRO"
        elif self._has_formula and (self._never_computed or (kind != "str" and not self._value)):
            self.marks.bare_formulas.add(place)
        elif int(self._cell.get("s", "0")) in self._percent:
            self.marks.percent.add(place)

    def _place(self, reference: str) -> tuple[int, int]:
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise TooMuch(
                f"na planilha “{self.marks.name}” há uma célula sem endereço; abra o arquivo no editor e salve de novo"
            )
        return int(found.group(2)), column_number(found.group(1))

    def _area(self, reference: str) -> Area:
        first, _, last = reference.partition(":")
        return Area(*self._place(first), *self._place(last or first))
