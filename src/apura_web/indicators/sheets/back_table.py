"""Reading the grid of a unit from a text table, one line for each box."""

from __future__ import annotations

from collections.abc import Mapping

from apura.formula import fold
from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, SheetCells, address
from apura.sheets.confined import FileContents
from apura.sheets.text_table import read_table
from apura_web.indicators.grid import Box, Grid
from apura_web.indicators.period_words import NotAPeriod, read_period
from apura_web.indicators.sheets import layout
from apura_web.indicators.sheets.cell_text import WrongCell, day_in, plain_text, typed_in
from apura_web.indicators.sheets.said import SheetBack

NEEDED = layout.LONG_COLUMNS[:4]


def read_long_table(contents: FileContents, grid: Grid) -> SheetBack:
    """Read a table with the columns indicador, período, variável and valor.

    Raises:
        BadInput: it cannot be read, or lacks a column.
    """
    table = read_table(contents, likeness=lambda sheet: len(_header(sheet)))
    header = _header(table)
    missing = [name for name in NEEDED if name not in header]
    if missing:
        said = f"a primeira linha não tem: {', '.join(missing)}; ela diz as colunas {', '.join(NEEDED)}"
        raise BadInput([Problem(said, contents.name)])
    back = SheetBack()
    reader = _Reader(grid, header, table.name, back)
    first = min(table.rows)
    for line, cells in table.rows.items():
        if line > first:
            reader.read(line, cells)
    return back


def _header(table: SheetCells) -> dict[str, int]:
    if not table.rows:
        return {}
    wanted = {fold(name): name for name in layout.LONG_COLUMNS}
    titles = {fold(cell.text): place for place, cell in table.rows[min(table.rows)].items()}
    return {wanted[title]: place for title, place in titles.items() if title in wanted}


class _Reader:
    def __init__(self, grid: Grid, header: Mapping[str, int], name: str, back: SheetBack) -> None:
        self.header, self.name, self.back = header, name, back
        self.boxes: dict[tuple[str, str, str], Box] = {}
        for box in grid.boxes:
            for variable in (box.row, fold(" ".join(box.label.split()))):
                self.boxes[fold(box.indicator.number), box.period.key, variable] = box

    def read(self, line: int, cells: Mapping[int, Cell]) -> None:
        """Read a line; what is wrong is noted in its cell."""
        texts = {name: plain_text(cells.get(place)) for name, place in self.header.items()}
        if not any(texts.values()):
            return
        try:
            period = read_period(texts["período"])
        except NotAPeriod as error:
            self._complain(line, "período", str(error))
            return
        box = self.boxes.get((fold(texts["indicador"]), period.key, fold(texts["variável"])))
        if box is None:
            said = f"{texts['indicador'][:30]}, {period.label}, “{texts['variável'][:60]}” não é célula desta grade"
            self._complain(line, "variável", said)
        elif box.key in self.back.places:
            said = f"repete a célula {self.back.places[box.key][1]}: deixe uma só"
            self._complain(line, "valor", said)
        else:
            self._say(line, box, cells, texts)

    def _say(self, line: int, box: Box, cells: Mapping[int, Cell], texts: Mapping[str, str]) -> None:
        word = fold(texts.get("firmeza", ""))
        if word and word not in layout.CERTAINTIES:
            said = f"“{word[:40]}” não é firmeza: use definitivo, provisório ou estimado"
            self._complain(line, "firmeza", said)
        try:
            value = cells.get(self.header["valor"])
            typed = typed_in(value, box.variable) if value is not None else ""
            based_on = day_in(cells.get(self.header.get("data-base", 0)))
        except WrongCell as error:
            self._complain(line, "valor", str(error))
            return
        self.back.say(
            box.key,
            (self.name, address(line, self.header["valor"])),
            typed=typed,
            reason=texts.get("motivo", "")[:400],
            certainty=layout.CERTAINTIES.get(word, ""),
            based_on=based_on,
        )

    def _complain(self, line: int, column: str, said: str) -> None:
        self.back.problems.append(Problem(said, self.name, address(line, self.header.get(column, 1))))
