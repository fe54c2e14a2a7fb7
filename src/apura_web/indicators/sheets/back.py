"""Reading back the workbook of a grid: what each box says, with every error by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from apura.formula import fold
from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, SheetCells, address
from apura.sheets.confined import FileContents
from apura.sheets.text_table import TEXT_TABLES
from apura.sheets.workbook import WORKBOOKS, read_sheets
from apura_web.indicators.grid import Box, Grid
from apura_web.indicators.periods import Period, read_key
from apura_web.indicators.sheets import layout
from apura_web.indicators.sheets.back_table import read_long_table
from apura_web.indicators.sheets.cell_text import WrongCell, day_in, plain_text, typed_in
from apura_web.indicators.sheets.said import Said, SheetBack

AGAIN = "baixe a planilha desta grade de novo e copie para ela os valores"


def read_back(contents: FileContents, grid: Grid) -> SheetBack:
    """Read the workbook, or the text table, of a grid.

    Args:
        contents: the file; it is opened by a confined process.
        grid: that it should be of.

    Raises:
        BadInput: the file cannot be read, or is not of this grid.
    """
    if contents.suffix in TEXT_TABLES:
        return read_long_table(contents, grid)
    if contents.suffix not in WORKBOOKS:
        raise BadInput([Problem("envie a planilha em xlsx, ods ou csv", contents.name)])
    sheets = read_sheets(contents)
    back = SheetBack(known=_known(sheets, grid, contents.name))
    boxes = {box.key: box for box in grid.boxes}
    for sheet in sheets:
        if fold(sheet.name) == fold(layout.KEPT) or not _is_ours(sheet):
            continue
        if fold(sheet.name) == fold(layout.DETAILS):
            _read_details(sheet, boxes, back)
        else:
            _Section(sheet, boxes, back).read()
    if not back.places and not back.problems:
        raise BadInput([Problem(f"o arquivo não tem as linhas da grade: {AGAIN}", contents.name)])
    return back


def _is_ours(sheet: SheetCells) -> bool:
    return _text(sheet, layout.KEYS_ROW, layout.KEY_COLUMN) == layout.MARK


def _text(sheet: SheetCells, row: int, column: int) -> str:
    return plain_text(sheet.rows.get(row, {}).get(column))


def _known(sheets: list[SheetCells], grid: Grid, name: str) -> dict[str, Said]:
    kept = next((sheet for sheet in sheets if fold(sheet.name) == fold(layout.KEPT)), None)
    if kept is None or _text(kept, 1, 1) != layout.MARK:
        raise BadInput([Problem(f"não é a planilha baixada de uma grade: {AGAIN}", name)])
    answer = grid.submission
    if _text(kept, 1, 2) != answer.code:
        whose = f"de {_text(kept, 1, 3)[:40]}, “{_text(kept, 1, 4)[:120]}”"
        raise BadInput(
            [Problem(f"a planilha é {whose}, e esta grade é de {answer.unit}, “{answer.round}”", name)]
        )
    found = {}
    for row in kept.rows:
        texts = [_raw(kept, row, column) for column in range(1, 7)]
        if row > 1 and texts[1].isascii() and texts[1].isdigit():
            day = date.fromisoformat(texts[5]) if _is_iso(texts[5]) else None
            found[texts[0]] = Said(texts[2], texts[3], texts[4], day, int(texts[1]))
    return found


def _raw(sheet: SheetCells, row: int, column: int) -> str:
    cell = sheet.rows.get(row, {}).get(column)
    return cell.text.removesuffix(".0") if cell is not None else ""


def _is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Section:
    """The sheet of the indicators of one frequency."""

    def __init__(self, sheet: SheetCells, boxes: Mapping[str, Box], back: SheetBack) -> None:
        self.sheet, self.boxes, self.back = sheet, boxes, back
        self.rows = {key.partition(".")[0] + "." + key.rpartition(".")[2] for key in boxes}
        self.labels = {f"{box.indicator.code}.{box.row}": box.label for box in boxes.values()}

    def read(self) -> None:
        """Read every row, noting what is wrong in each cell."""
        columns = self._columns()
        seen: dict[str, int] = {}
        for line in sorted(self.sheet.rows):
            if line <= layout.HEADER_ROW:
                continue
            key = _text(self.sheet, line, layout.KEY_COLUMN)
            filled = {
                place: cell
                for place, cell in self.sheet.rows[line].items()
                if place >= layout.FIRST_PERIOD and plain_text(cell) not in {"", layout.NOT_MEASURED}
            }
            wrong = self._wrong_row(line, key, seen, has_values=bool(filled))
            if wrong:
                self._complain(line, layout.LABEL_COLUMN, wrong)
            elif key:
                seen[key] = line
                self._read_row(line, key, columns, filled)

    def _wrong_row(self, line: int, key: str, seen: Mapping[str, int], *, has_values: bool) -> str:
        if not key:
            return "a linha não é da grade, que não aceita linhas novas: apague-a" if has_values else ""
        if key not in self.labels:
            return f"a linha não é mais da grade, que mudou desde que foi baixada: {AGAIN}"
        if key in seen:
            return f"a linha repete a linha {seen[key]}: apague uma das duas"
        label = _text(self.sheet, line, layout.LABEL_COLUMN)
        if fold(label) != fold(" ".join(self.labels[key].split())):
            return f"a linha é de “{self.labels[key]}”, e diz “{label[:60]}”: não mude os nomes das linhas"
        return ""

    def _columns(self) -> dict[int, Period]:
        found: dict[int, Period] = {}
        heads = self.sheet.rows.get(layout.HEADER_ROW, {})
        for place, key in sorted(self.sheet.rows.get(layout.KEYS_ROW, {}).items()):
            if place < layout.FIRST_PERIOD:
                continue
            try:
                period = read_key(key.text)
            except ValueError:
                continue
            label = plain_text(heads.get(place))
            if label and fold(label) != fold(period.label) and not _is_year(label, period):
                said = f"a coluna é de {period.label}, e diz “{label[:40]}”: não mude os nomes das colunas"
                self._complain(layout.HEADER_ROW, place, said)
            elif period in found.values():
                self._complain(layout.HEADER_ROW, place, f"a coluna {period.label} aparece duas vezes")
            else:
                found[place] = period
        return found

    def _read_row(
        self, line: int, key: str, columns: Mapping[int, Period], filled: Mapping[int, Cell]
    ) -> None:
        for place, cell in filled.items():
            period = columns.get(place)
            if period is None:
                self._complain(line, place, "a célula está fora das colunas da grade: apague-a")
                continue
            box = self.boxes.get(layout.box_key(key, period.key))
            if box is None:
                self._complain(line, place, f"em {period.label} isto não se mede: apague o valor")
                continue
            try:
                self.back.say(
                    box.key, (self.sheet.name, address(line, place)), typed=typed_in(cell, box.variable)
                )
            except WrongCell as error:
                self._complain(line, place, str(error))
        for place, period in columns.items():
            if place not in filled and layout.box_key(key, period.key) in self.boxes:
                self.back.say(
                    layout.box_key(key, period.key), (self.sheet.name, address(line, place)), typed=""
                )

    def _complain(self, line: int, place: int, said: str) -> None:
        self.back.problems.append(Problem(said, self.sheet.name, address(line, place)))


def _is_year(label: str, period: Period) -> bool:
    return label == str(period.start.year) and period.label == label


def _read_details(sheet: SheetCells, boxes: Mapping[str, Box], back: SheetBack) -> None:
    for line, cells in sorted(sheet.rows.items()):
        given = {
            place: cells.get(place) for place in (layout.D_REASON, layout.D_CERTAINTY, layout.D_BASED_ON)
        }
        if line <= layout.HEADER_ROW or not any(plain_text(cell) for cell in given.values()):
            continue
        key = _text(sheet, line, layout.KEY_COLUMN)
        if key not in boxes:
            said = "a linha não é da grade: não acrescente nem copie linhas"
            back.problems.append(Problem(said, sheet.name, address(line, layout.D_REASON)))
            continue
        for place, what, problem in _detail(given):
            if problem:
                back.problems.append(Problem(problem, sheet.name, address(line, place)))
            else:
                back.say(key, (sheet.name, address(line, place)), **what)


def _detail(given: Mapping[int, Cell | None]) -> Iterator[tuple[int, dict[str, object], str]]:
    yield layout.D_REASON, {"reason": plain_text(given[layout.D_REASON])[:400]}, ""
    word = fold(plain_text(given[layout.D_CERTAINTY]))
    if word and word not in layout.CERTAINTIES:
        yield layout.D_CERTAINTY, {}, f"“{word[:40]}” não é firmeza: use definitivo, provisório ou estimado"
    else:
        yield layout.D_CERTAINTY, {"certainty": layout.CERTAINTIES.get(word, "")}, ""
    try:
        yield layout.D_BASED_ON, {"based_on": day_in(given[layout.D_BASED_ON])}, ""
    except WrongCell as error:
        yield layout.D_BASED_ON, {}, str(error)
