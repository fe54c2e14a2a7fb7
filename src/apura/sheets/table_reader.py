"""Read one table of facts from one sheet: where its titles are, which columns it has, and its rows."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apura.norms import NAME, Origin, Problem, RawRow
from apura.norms.texts import fold
from apura.sheets.cell_values import UNUSABLE, WrongCell, cell_value, note_text, shown
from apura.sheets.cells import Cell, CellKind, SheetCells, address, column_letters
from apura.sheets.layout import NOTES, NOTES_NAME, ColumnLayout, SheetLayout

HEADER_WITHIN = 15
_ENOUGH = 2


@dataclass(slots=True)
class TableRead:
    """The rows of a table, everything wrong with it, and the columns it lacks."""

    rows: list[RawRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lacking: list[ColumnLayout] = field(default_factory=list)


def read_rows(layout: SheetLayout, sheet: SheetCells) -> TableRead:
    """Read the table of ``layout`` from ``sheet``."""
    reader = _TableReader(layout, sheet, TableRead())
    header = header_row(layout, sheet)
    if header is None:
        reader.problem(_no_header(layout))
    else:
        reader.read(header)
    return reader.found


def likeness(layout: SheetLayout, sheet: SheetCells) -> int:
    """How many columns of ``layout`` the best row of ``sheet`` names."""
    return max((_named(layout, row) for row in _first_rows(sheet).values()), default=0)


def header_row(layout: SheetLayout, sheet: SheetCells) -> int | None:
    """Return the row of titles: the one, among the first, that names the key, or at least two columns."""
    rows = _first_rows(sheet)
    best = max(rows, key=lambda number: _named(layout, rows[number]), default=None)
    if best is None:
        return None
    has_key = any(layout.column(cell.text) is layout.columns[0] for cell in rows[best].values())
    return best if has_key or _named(layout, rows[best]) >= _ENOUGH else None


def _first_rows(sheet: SheetCells) -> Mapping[int, Mapping[int, Cell]]:
    return dict(itertools.islice(sheet.rows.items(), HEADER_WITHIN))


def _named(layout: SheetLayout, row: Mapping[int, Cell]) -> int:
    texts = (cell.text for cell in row.values() if cell.kind == CellKind.TEXT)
    return len({column.name for text in texts if (column := layout.column(text)) is not None})


def _no_header(layout: SheetLayout) -> str:
    headers = ", ".join(f"“{column.header}”" for column in layout.columns)
    return f"falta a linha de títulos, que começa por “{layout.columns[0].header}”; as colunas são: {headers}"


@dataclass(frozen=True, slots=True)
class _TableReader:
    layout: SheetLayout
    sheet: SheetCells
    found: TableRead

    def problem(self, message: str, cell: str | None = None, cites: str | None = None) -> None:
        self.found.problems.append(Problem(message, self.sheet.name, cell, cites))

    def read(self, header: int) -> None:
        """Read the rows below the titles."""
        titles = {at: cell for at, cell in self.sheet.rows[header].items() if cell.text.strip()}
        columns = self._columns(header, titles)
        notes = [at for at, cell in titles.items() if fold(cell.text) == fold(NOTES)]
        for area in self.sheet.merged:
            if area.bottom >= header:
                self.problem(
                    "células mescladas: desfaça a mesclagem e escreva o valor em cada linha", str(area)
                )
        lettered = [(column.name, column_letters(at)) for at, column in columns.items()]
        unseen = self.sheet.hidden_columns & columns.keys()
        beside: dict[int, list[int]] = {}
        for number, row in self.sheet.rows.items():
            if number <= header:
                continue
            filled = {at: cell for at, cell in row.items() if cell.text.strip() or cell.kind != CellKind.TEXT}
            if filled and number in self.sheet.hidden_rows:
                said = f"a linha {number} está oculta: mostre-a ou apague-a"
                self.problem(said, address(number, min(filled)))
            for at in filled.keys() - (titles.keys() - unseen):
                beside.setdefault(at, []).append(number)
            values = self._values(number, filled, columns)
            if values:
                values |= _notes(filled, notes)
                places = {name: f"{letters}{number}" for name, letters in lettered}
                self.found.rows.append(RawRow(values, places, Origin(self.sheet.name, number)))
        self._refuse_beside(beside, titles)

    def _columns(self, header: int, titles: Mapping[int, Cell]) -> dict[int, ColumnLayout]:
        columns: dict[int, ColumnLayout] = {}
        for at, cell in titles.items():
            column = self.layout.column(cell.text)
            if column is None and fold(cell.text) != fold(NOTES):
                said = f"coluna desconhecida: “{shown(cell.text)}”{self._meant(cell.text)}"
                self.problem(said, address(header, at))
            elif column is not None and column in columns.values():
                self.problem(f"a coluna “{shown(cell.text)}” aparece duas vezes", address(header, at))
            elif column is not None:
                columns[at] = column
        for column in self.layout.columns:
            if column not in columns.values() and not column.may_be_missing:
                self.found.lacking.append(column)
                cites = column.declared.cites if column.declared else None
                self.problem(f"falta a coluna “{column.header}”", None, cites)
        return columns

    def _meant(self, header: str) -> str:
        headers = {fold(column.header): column.header for column in self.layout.columns}
        close = difflib.get_close_matches(fold(header), headers, n=1, cutoff=0.6)
        return f"; talvez “{headers[close[0]]}”" if close else f"; comentários vão na coluna “{NOTES}”"

    def _refuse_beside(self, beside: Mapping[int, Sequence[int]], titles: Mapping[int, Cell]) -> None:
        """Refuse values where nobody sees them, or under no title: once for each column, at the first."""
        for at, rows in sorted(beside.items()):
            said = (
                "há valor numa coluna oculta: mostre a coluna ou apague o valor"
                if at in titles
                else f"há valor numa coluna sem título; dê-lhe um título da norma, ou passe-o para “{NOTES}”"
            )
            more = len(rows) - 1
            others = f" (e em mais {more} {'linha' if more == 1 else 'linhas'})" if more else ""
            self.problem(said + others, address(rows[0], at))

    def _values(
        self, number: int, row: Mapping[int, Cell], columns: Mapping[int, ColumnLayout]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for at, column in columns.items():
            if at not in row:
                continue
            try:
                value: object = cell_value(column, row[at])
            except WrongCell as error:
                cites = column.declared.cites if column.declared else None
                self.problem(str(error), address(number, at), cites)
                # The name is of no consequence: it may as well be blank. Anything else must not pass for blank.
                value = None if column.name == NAME else UNUSABLE
            if value is not None:
                values[column.name] = value
        return values


def _notes(row: Mapping[int, Cell], columns: Sequence[int]) -> dict[str, str]:
    said = "\n".join(note_text(row[at]) for at in columns if at in row)
    return {NOTES_NAME: said} if said else {}
