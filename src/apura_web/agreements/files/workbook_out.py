"""Writing the text of an agreement as a workbook: one sheet for each section with several parts, one for the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apura.sheets.writing import Formats, close, fit_height, fits_a_cell, new_workbook, print_on_pages
from apura_web.agreements.files import workbook_layout as layout
from apura_web.agreements.files.cell_text import text_out
from apura_web.agreements.files.going import Going
from apura_web.agreements.pact.methods import methods
from apura_web.agreements.pact.schema import Field, FieldKind, Section

WIDTHS = {FieldKind.LONG: 60, FieldKind.NUMBER: 14, FieldKind.DAY: 14, FieldKind.CHOICE: 20}
USUAL, TERM, TEXT = 32, 30, 90
LONGEST_LIST = 250
HOW = (
    (
        "O que se muda",
        "Cada planilha é uma seção do pacto; cada linha, uma parte. Mude as células que quiser.",
    ),
    (
        "Incluir",
        "Escreva em uma linha em branco, no fim. Um item diz o objeto pelo nome, também o recém-escrito.",
    ),
    (
        "Retirar",
        "Apague a linha inteira. Antes de gravar a página pergunta, parte por parte, se é para retirar.",
    ),
    ("Números e datas", "1.234,56 e 30/05/2014. Em branco não é zero."),
    (
        "Enviar de volta",
        "Na página do acordo, “Levar e trazer o pacto”. Você vê tudo o que muda antes de gravar.",
    ),
    (
        "Se o outro lado mudou",
        "O que ele gravou depois que você baixou aparece ao lado do seu; você escolhe.",
    ),
)


def workbook_of(going: Going) -> bytes:
    """Make the workbook of the text of an agreement."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pacto.xlsx"
        book = new_workbook(path)
        formats = Formats.of(book)
        _write_guide(book.add_worksheet(layout.GUIDE), formats, going)
        writer = _Writer(formats, going)
        writer.ones(book.add_worksheet(layout.SINGLE))
        for section in layout.MANY:
            writer.many(book.add_worksheet(layout.TITLES[section.name]), section)
        _write_kept(book.add_worksheet(layout.KEPT), going)
        close(book)
        return path.read_bytes()


def _write_guide(sheet: Any, formats: Formats, going: Going) -> None:
    formats.put(sheet, (0, 0), str(going.agreement), formats.title)
    for line, (term, text) in enumerate((*going.facts, *HOW), start=2):
        formats.put(sheet, (line, 0), term, formats.term)
        formats.put(sheet, (line, 1), text, formats.wrapped)
        fit_height(sheet, line, ((term, TERM), (text, TEXT)))
    sheet.set_column(0, 0, TERM)
    sheet.set_column(1, 1, TEXT)
    sheet.hide_gridlines(2)
    print_on_pages(sheet, header_row=None)


class _Writer:
    """Writes the sheets that are read back."""

    def __init__(self, formats: Formats, going: Going) -> None:
        self.formats, self.going = formats, going
        self.number = formats.book.add_format({"valign": "top"})

    def ones(self, sheet: Any) -> None:
        """Write the sections with one part, a line for each field."""
        self._head(sheet, layout.mark_of(""), ("Seção", "Campo", "O que diz", "Artigo"))
        by_key = {each.key: each.values for each in self.going.drafts}
        line = layout.HEADER_ROW
        for section in layout.ONES:
            for declared in section.fields:
                sheet.write_string(line, 0, layout.one_key(section.name, declared.name))
                told = (section.plural, declared.label)
                for place, text in enumerate(told, start=layout.SECTION_COLUMN - 1):
                    self.formats.put(sheet, (line, place), text, self.formats.wrapped)
                self.formats.put(sheet, (line, layout.CITES_COLUMN - 1), declared.cites, self.formats.wrapped)
                cell = (line, layout.TEXT_COLUMN - 1)
                self._put(sheet, cell, declared, by_key.get(section.name, {}).get(declared.name, ""))
                _choices(sheet, (cell, cell), declared)
                line += 1
        for place, width in enumerate((24, TERM, TEXT, 18), start=1):
            sheet.set_column(place, place, width)

    def many(self, sheet: Any, section: Section) -> None:
        """Write a section with several parts, a line for each part."""
        self._head(sheet, layout.mark_of(section.name), [each.label for each in section.fields])
        rows = [each for each in self.going.drafts if each.section == section.name]
        for line, draft in enumerate(rows, start=layout.HEADER_ROW):
            sheet.write_string(line, 0, draft.key)
        last = layout.HEADER_ROW + len(rows) + layout.BLANK_ROWS - 1
        for place, declared in enumerate(section.fields, start=layout.FIRST_FIELD - 1):
            sheet.write_string(0, place, declared.name)
            sheet.set_column(place, place, WIDTHS.get(declared.kind, USUAL))
            for line, draft in enumerate(rows, start=layout.HEADER_ROW):
                self._put(sheet, (line, place), declared, draft.values.get(declared.name, ""))
            _choices(sheet, ((layout.HEADER_ROW, place), (last, place)), declared)

    def _head(self, sheet: Any, mark: str, labels: Sequence[str]) -> None:
        sheet.write_string(0, 0, mark)
        for place, label in enumerate(labels, start=1):
            self.formats.put(sheet, (layout.HEADER_ROW - 1, place), label, self.formats.header)
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_row(layout.HEADER_ROW - 1, 32)
        sheet.freeze_panes(layout.HEADER_ROW, 2)
        print_on_pages(sheet, header_row=layout.HEADER_ROW - 1)

    def _put(self, sheet: Any, place: tuple[int, int], declared: Field, value: str) -> None:
        if value and declared.kind is FieldKind.NUMBER and fits_a_cell(Fraction(value)):
            self.formats.put(sheet, place, Fraction(value), self.number)
        elif value and declared.kind is FieldKind.DAY:
            self.formats.put(sheet, place, date.fromisoformat(value), self.formats.date)
        elif value:
            text = text_out(declared, value, self.going.called)
            self.formats.put(sheet, place, text, self.formats.wrapped)
        else:
            sheet.write_blank(*place, None, self.formats.wrapped)


def _choices(sheet: Any, ends: tuple[tuple[int, int], tuple[int, int]], declared: Field) -> None:
    """Offer a list where there are a few words to choose among; one may still write otherwise in a method."""
    if declared.kind is FieldKind.CHOICE:
        words = list(declared.options)
    elif declared.kind is FieldKind.METHOD:
        words = [each.label for each in methods()]
    else:
        return
    if len(",".join(words)) > LONGEST_LIST or any("," in each for each in words):
        return
    kind = "stop" if declared.kind is FieldKind.CHOICE else "information"
    offered = {"validate": "list", "source": words, "error_type": kind}
    sheet.data_validation(*ends[0], *ends[1], offered)


def _write_kept(sheet: Any, going: Going) -> None:
    """Keep what each part said, so that what comes back can be told from what the other side wrote meanwhile."""
    for place, text in enumerate((layout.MARK, going.agreement.code, going.agreement.number)):
        sheet.write_string(0, place, text)
    for line, draft in enumerate(going.drafts, start=1):
        written = json.dumps(going.texts(draft), ensure_ascii=False)
        for place, text in enumerate((draft.key, str(draft.edition), written)):
            sheet.write_string(line, place, text)
    sheet.very_hidden()
