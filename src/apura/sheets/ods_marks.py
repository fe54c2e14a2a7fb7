"""The marks of an OpenDocument spreadsheet (ods)."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from apura.sheets.cells import Area
from apura.sheets.limits import MAX_COLUMN, MAX_ROW, TooMuch, refuse_many_sheets
from apura.sheets.marks import Marks, Watcher, unprefixed, watch

_HIDDEN = ("collapse", "filter")
_CELLS = ("table-cell", "covered-table-cell")
_ERROR_TEXTS = ("#", "Err:", "Erro:")


def ods_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of each sheet, by name.

    Raises:
        TooMuch: the workbook is larger, or stranger, than a file of facts ever is.
    """
    content = _Content()
    with archive.open("content.xml") as stream:
        watch(stream, content)
    return content.sheets


class _Content(Watcher):
    """The tables of the document. Columns, rows and cells say how often they repeat; what they hold repeats too."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self._marks: Marks | None = None
        self._row = self._column = self._columns = 0
        self._rows = 1
        self._row_is_hidden = False
        self._cell: Mapping[str, str] | None = None
        self._aside = 0
        self._shown = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        attributes = unprefixed(attributes)
        if name == "table":
            self._start_table(attributes.get("name", ""))
        elif self._marks is None:
            return
        elif name == "table-column":
            self._start_column(self._marks, attributes)
        elif name == "table-row":
            self._row, self._column = self._row + self._rows, 1
            self._rows = _times(attributes, "number-rows-repeated")
            self._row_is_hidden = attributes.get("visibility") in _HIDDEN
        elif name in _CELLS:
            self._cell, self._shown = attributes, ""
        elif name == "annotation":
            self._aside += 1

    def text(self, data: str) -> None:
        if self._cell is not None and not self._aside:
            self._shown += data

    def end(self, name: str) -> None:
        if name == "table":
            self._marks = None
        elif name == "annotation":
            self._aside -= 1
        elif name in _CELLS and self._marks is not None and self._cell is not None:
            self._end_cell(self._marks, self._cell)
            self._cell = None

    def _start_table(self, name: str) -> None:
        if self._marks is not None:
            raise TooMuch(
                f"na planilha “{self._marks.name}” há uma tabela dentro de uma célula; desfaça-a e salve de novo"
            )
        if name in self.sheets:
            raise TooMuch(f"há duas planilhas chamadas “{name}”; abra o arquivo no editor e salve de novo")
        self._marks = self.sheets[name] = Marks(name)
        refuse_many_sheets(len(self.sheets))
        self._row, self._rows, self._columns = 0, 1, 0

    def _start_column(self, marks: Marks, attributes: Mapping[str, str]) -> None:
        first = self._columns + 1
        self._columns += _times(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            marks.hidden_columns.update(range(first, min(self._columns, MAX_COLUMN) + 1))

    def _end_cell(self, marks: Marks, cell: Mapping[str, str]) -> None:
        across = _times(cell, "number-columns-repeated")
        first, self._column = self._column, self._column + across
        down, right = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            marks.merged.append(Area(self._row, first, self._row + down - 1, first + right - 1))
        if "value-type" not in cell and "formula" not in cell:
            return
        area = Area(self._row, first, self._row + self._rows - 1, first + across - 1)
        marks.fill(area)
        if self._row_is_hidden:
            marks.hidden_rows.update(range(area.top, min(area.bottom, MAX_ROW) + 1))
        self._mark(marks, cell, area)

    def _mark(self, marks: Marks, cell: Mapping[str, str], area: Area) -> None:
        # LibreOffice says it twice, for the standard (“string”) and for itself (“error”): the last one stays.
        kind, shown = cell.get("value-type"), self._shown.strip()
        if kind == "error" or ("formula" in cell and shown.startswith(_ERROR_TEXTS)):
            marks.errors |= dict.fromkeys(area.places(), shown or "#ERRO")
        elif kind == "percentage":
            marks.percent.update(area.places())
        elif kind is None:
            marks.bare_formulas.update(area.places())


def _times(attributes: Mapping[str, str], name: str) -> int:
    """Return how often something repeats. LibreOffice fills a sheet to its end with one blank row, repeated."""
    return max(1, int(attributes.get(name, "1")))
