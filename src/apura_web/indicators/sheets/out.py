"""Writing the grid of a unit as a workbook: the same rows and columns as its page, ready to be filled."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apura.sheets.writing import Formats, close, fits_a_cell, new_workbook, print_on_pages, sheet_titles
from apura_web.indicators.grid import Box, Grid
from apura_web.indicators.models import Certainty, Indicator
from apura_web.indicators.periods import Frequency, Period
from apura_web.indicators.sheets import layout
from apura_web.indicators.sheets.guide import write_guide

LABEL_WIDTH, MEASURE_WIDTH, PERIOD_WIDTH, REASON_WIDTH = 52, 12, 16, 60
PAPER, INK, EDGE = "#FFFFFF", "#1F4E79", "#BFC9D4"


def workbook_of(grid: Grid, at: datetime) -> bytes:
    """Make the workbook of a grid.

    Args:
        grid: of a unit in a collection.
        at: when, told in it.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "grade.xlsx"
        book = new_workbook(path)
        looks = _Looks(book)
        write_guide(book, looks.formats, grid, at)
        by_frequency = _by_frequency(grid)
        for title, boxes in zip(sheet_titles(by_frequency), by_frequency.values(), strict=True):
            _write_section(book.add_worksheet(title), looks, boxes)
        _write_details(book.add_worksheet(layout.DETAILS), looks, grid.boxes)
        _write_kept(book.add_worksheet(layout.KEPT), grid)
        close(book)
        return path.read_bytes()


def table_of(grid: Grid) -> str:
    """Write the grid as text, one line for each box."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(layout.LONG_COLUMNS)
    for box in grid.boxes:
        certainty = Certainty(box.cell.certainty).label if box.cell else ""
        based_on = f"{box.cell.based_on:%d/%m/%Y}" if box.cell and box.cell.based_on else ""
        typed = box.cell.typed if box.cell else ""
        cells = (box.indicator.number, box.period.label, box.label, typed, box.reason)
        writer.writerow([_harmless(each) for each in cells] + [certainty, based_on])
    return out.getvalue()


class _Looks:
    """The looks of the cells of a grid."""

    def __init__(self, book: Any) -> None:
        self.book, self.formats = book, Formats.of(book)
        band = {"bold": True, "bg_color": "#DCE6F1", "font_color": INK, "valign": "vcenter"}
        self.band = book.add_format(band)
        label = {"text_wrap": True, "valign": "vcenter", "indent": 1, "bottom": 1, "bottom_color": EDGE}
        self.label = book.add_format(label)
        self.nothing = book.add_format({"bg_color": "#EDEDED", "font_color": "#6B6B6B", "align": "center"})
        self.wrapped = book.add_format(
            {"text_wrap": True, "valign": "top", "border": 1, "border_color": EDGE}
        )
        self.day = book.add_format(
            {"num_format": "dd/mm/yyyy", "valign": "top", "border": 1, "border_color": EDGE}
        )
        self._inputs: dict[int, Any] = {}

    def input(self, places: int) -> Any:
        """Give the look of a cell where a number with so many decimals is typed."""
        if places not in self._inputs:
            look = {
                "border": 1,
                "border_color": EDGE,
                "bg_color": PAPER,
                "align": "right",
                "valign": "vcenter",
            }
            look["num_format"] = "#,##0" + (
                "." + "0" * min(places, 2) + "#" * max(0, places - 2) if places else ""
            )
            self._inputs[places] = self.book.add_format(look)
        return self._inputs[places]


def _by_frequency(grid: Grid) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = {}
    for each in Frequency:
        boxes = [box for box in grid.boxes if box.card.frequency == each]
        if boxes:
            found[each.label] = boxes
    return found


def _write_section(sheet: Any, looks: _Looks, boxes: Sequence[Box]) -> None:
    periods = sorted({box.period for box in boxes})
    _write_heads(sheet, looks, periods)
    line = layout.HEADER_ROW
    for indicator, mine in _by_indicator(boxes):
        name = f"{indicator.number}  {mine[-1].card.name}"
        for column in range(layout.LABEL_COLUMN, layout.FIRST_PERIOD + len(periods)):
            sheet.write_blank(line, column - 1, None, looks.band)
        looks.formats.put(sheet, (line, layout.LABEL_COLUMN - 1), name, looks.band)
        line += 1
        by_place = {(box.row, box.period): box for box in mine}
        for row, first in {box.row: box for box in mine}.items():
            sheet.write_string(line, 0, layout.row_key(indicator.code, row))
            looks.formats.put(sheet, (line, layout.LABEL_COLUMN - 1), first.label, looks.label)
            unit = "" if first.variable.unit == "unidade" else first.variable.unit
            looks.formats.put(sheet, (line, layout.MEASURE_COLUMN - 1), unit, looks.label)
            for place, period in enumerate(periods, start=layout.FIRST_PERIOD - 1):
                _write_box(sheet, looks, (line, place), by_place.get((row, period)))
            line += 1
    print_on_pages(sheet, header_row=layout.HEADER_ROW - 1)


def _write_heads(sheet: Any, looks: _Looks, periods: Sequence[Period]) -> None:
    sheet.write_string(0, 0, layout.MARK)
    header = layout.HEADER_ROW - 1
    for column, text in ((layout.LABEL_COLUMN, "Indicador e variáveis"), (layout.MEASURE_COLUMN, "Medida")):
        looks.formats.put(sheet, (header, column - 1), text, looks.formats.header)
    for place, period in enumerate(periods, start=layout.FIRST_PERIOD - 1):
        sheet.write_string(0, place, period.key)
        looks.formats.put(sheet, (header, place), period.label, looks.formats.header)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, LABEL_WIDTH)
    sheet.set_column(2, 2, MEASURE_WIDTH)
    sheet.set_column(3, 2 + len(periods), PERIOD_WIDTH)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(header, 32)
    sheet.freeze_panes(layout.HEADER_ROW, layout.FIRST_PERIOD - 1)


def _write_box(sheet: Any, looks: _Looks, place: tuple[int, int], box: Box | None) -> None:
    if box is None:
        sheet.write_string(*place, layout.NOT_MEASURED, looks.nothing)
        return
    look = looks.input(box.variable.places)
    if box.value is not None and fits_a_cell(box.value):
        looks.formats.put(sheet, place, box.value, look)
    elif box.cell is not None and box.cell.typed:
        sheet.write_string(*place, box.cell.typed, look)
    else:
        sheet.write_blank(*place, None, look)
    sheet.data_validation(*place, *place, _validation(box, place))


def _validation(box: Box, place: tuple[int, int]) -> dict[str, Any]:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - only when a workbook is written

    here = xl_rowcol_to_cell(*place)
    places = box.variable.places
    kind = f"número com até {places} casas decimais" if places else "número inteiro"
    return {
        "validate": "custom",
        "value": f'=OR(ISNUMBER({here}),LOWER({here})="n/a",LOWER({here})="n/i")',
        "input_title": box.variable.label[:32],
        "input_message": f"{box.period.label}: {kind}. Em branco não é zero; n/a não se aplica; n/i não informado.",
        "error_title": "Não é um número",
        "error_message": "Escreva um número, n/a (não se aplica) ou n/i (não informado, com o motivo).",
        "error_type": "stop",
    }


def _write_details(sheet: Any, looks: _Looks, boxes: Sequence[Box]) -> None:
    sheet.write_string(0, 0, layout.MARK)
    for place, text in enumerate(layout.D_LABELS, start=1):
        looks.formats.put(sheet, (layout.HEADER_ROW - 1, place), text, looks.formats.header)
    for line, box in enumerate(boxes, start=layout.HEADER_ROW):
        sheet.write_string(line, 0, box.key)
        for place, text in enumerate((box.indicator.number, box.label, box.period.label), start=1):
            looks.formats.put(sheet, (line, place), text, looks.label)
        _write_detail(sheet, looks, line, box)
    last = layout.HEADER_ROW - 1 + len(boxes)
    choices = [each.label for each in Certainty]
    sheet.data_validation(2, 5, max(2, last), 5, {"validate": "list", "source": choices})
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for place, width in enumerate((14, LABEL_WIDTH, 26, REASON_WIDTH, 14, 14), start=1):
        sheet.set_column(place, place, width)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.freeze_panes(layout.HEADER_ROW, 4)
    sheet.autofilter(layout.HEADER_ROW - 1, 1, last, len(layout.D_LABELS))
    print_on_pages(sheet, header_row=layout.HEADER_ROW - 1)


def _write_detail(sheet: Any, looks: _Looks, line: int, box: Box) -> None:
    certainty = Certainty(box.cell.certainty).label if box.cell else ""
    looks.formats.put(sheet, (line, 4), box.reason, looks.wrapped)
    looks.formats.put(sheet, (line, 5), certainty, looks.wrapped)
    if box.cell is not None and box.cell.based_on:
        looks.formats.put(sheet, (line, 6), box.cell.based_on, looks.day)
    else:
        sheet.write_blank(line, 6, None, looks.day)


def _write_kept(sheet: Any, grid: Grid) -> None:
    """Keep what the grid held, so that what comes back can be told from what others typed meanwhile."""
    answer = grid.submission
    for place, text in enumerate((layout.MARK, answer.code, str(answer.unit), answer.round.name)):
        sheet.write_string(0, place, text)
    for line, box in enumerate(grid.boxes, start=1):
        cell = box.cell
        based_on = cell.based_on.isoformat() if cell and cell.based_on else ""
        texts = (
            box.key,
            str(box.edition),
            cell.typed if cell else "",
            box.reason,
            cell.certainty if cell else "",
            based_on,
        )
        for place, text in enumerate(texts):
            sheet.write_string(line, place, text)
    sheet.very_hidden()


def _by_indicator(boxes: Sequence[Box]) -> Iterator[tuple[Indicator, list[Box]]]:
    for indicator in dict.fromkeys(box.indicator for box in boxes):
        yield indicator, [box for box in boxes if box.indicator == indicator]


def _harmless(text: str) -> str:
    """Keep a text from being taken for a formula, unless it is a number."""
    is_number = text[:1] in "-+" and any(char.isdigit() for char in text)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not is_number else text
