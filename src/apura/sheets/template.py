"""Write the workbook of a norm, blank or filled: instructions, sheets of facts, the institution's decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from apura.norms import BadInput, Decision, Norm, Problem, RawFacts, RawRow
from apura.norms.facts import Absent
from apura.sheets.cells import address, column_letters
from apura.sheets.guidance import decidable, guidance
from apura.sheets.layout import (
    FICTITIOUS,
    IDENTITY,
    INSTITUTION,
    INSTITUTION_HEADERS,
    INSTRUCTIONS,
    NOTES,
    NOTES_NAME,
    ColumnLayout,
    SheetLayout,
    sheets_of,
)
from apura.sheets.writing import MAX_TEXT, Formats, close, fit_height, new_workbook, print_on_pages

ROWS_PREPARED = 500
_WIDTHS = {"chave": 20, "nome": 48}
_WIDTH, _NOTES_WIDTH = 22, 48
_INLINE = 250  # a drop-down written inside the rule may not pass 255 characters
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_INSTITUTION_WIDTHS = (36, 36, 14, 60, 14)
_TERMS = 34, 96
_FIRST_LIST = 3
_HOW_TO = (
    ("Como preencher", "Uma linha para cada um. Não mude os títulos das colunas; a ordem delas é livre."),
    (
        "Números",
        "Com vírgula decimal: 8,5. Não escreva 1.000 sem vírgula: não se sabe se é mil ou um. Até 15 algarismos.",
    ),
    ("Percentuais", "Escreva 80 (ou 80 %) para oitenta por cento."),
    ("Datas", "dd/mm/aaaa, sem hora."),
    (
        "Em branco, zero, não se aplica",
        "São coisas diferentes. Onde se admite, escreva “não se aplica” ou “não informado: motivo”.",
    ),
    ("O que se recusa", "Linhas e colunas ocultas com valores, células mescladas, células com erro: mostre e corrija."),
    (NOTES, "A coluna de observações é sua; o cálculo não a lê."),
)  # fmt: skip


def write_template(norm: Norm, path: Path) -> None:
    """Write the blank workbook of ``norm`` at ``path``; the same norm always gives the same bytes."""
    write_filled(norm, RawFacts({}), path)


def write_filled(norm: Norm, facts: RawFacts, path: Path, *, notes: Sequence[str] = ()) -> None:
    """Write the workbook of ``norm`` with ``facts`` in it.

    Args:
        norm: whose sheets are written.
        facts: rows by rule and relation; an absent rule gives an empty sheet.
        path: where; replaced if it exists.
        notes: sentences added to the instructions.

    Raises:
        BadInput: a text is longer than a cell holds; nothing is written.
    """
    sheets = [(layout, _rows_of(facts, layout)) for layout in sheets_of(norm)]
    problems = [problem for layout, rows in sheets for problem in _too_long(layout, rows)]
    if problems:
        raise BadInput(problems)
    book = new_workbook(path)
    writer = _Writer(book, Formats.of(book), norm)
    writer.instructions(fictitious=facts.fictitious, notes=notes)
    for layout, rows in sheets:
        writer.sheet(layout, rows)
    writer.institution(facts.institution.decisions if facts.institution else ())
    writer.identity()
    close(book)


def _rows_of(facts: RawFacts, layout: SheetLayout) -> Sequence[RawRow]:
    if layout.relation is None:
        return facts.subjects.get(layout.rule.name, ())
    return facts.children.get((layout.rule.name, layout.relation.name), ())


def _too_long(layout: SheetLayout, rows: Sequence[RawRow]) -> Iterator[Problem]:
    names = [*(column.name for column in layout.columns), NOTES_NAME]
    for number, row in enumerate(rows, start=2):
        for position, name in enumerate(names, start=1):
            value = row.values.get(name)
            if isinstance(value, str) and len(value) > MAX_TEXT:
                said = f"o texto tem {len(value)} caracteres; uma célula guarda {MAX_TEXT}"
                yield Problem(said, layout.title, address(number, position))


@dataclass(frozen=True, slots=True)
class _Writer:
    book: xlsxwriter.Workbook
    formats: Formats
    norm: Norm
    lists: list[Sequence[str]] = field(default_factory=list)

    def instructions(self, *, fictitious: bool, notes: Sequence[str]) -> None:
        sheet = self.book.add_worksheet(INSTRUCTIONS)
        sheet.hide_gridlines(2)
        for position, width in enumerate(_TERMS):
            sheet.set_column(position, position, width)
        print_on_pages(sheet, header_row=None)
        sheet.write_string(0, 0, "Apura – planilha de fatos", self.formats.title)
        sheet.set_row(0, 26)
        identity = self.norm.identity
        row = self._terms(
            sheet,
            2,
            (
                ("Norma", f"{identity.title} – {identity.subject}"),
                ("O que faz", identity.summary),
                (FICTITIOUS, "sim" if fictitious else "não"),
                *_HOW_TO,
                *(("Nota", note) for note in notes),
            ),
        )
        sheet.data_validation(4, 1, 4, 1, {"validate": "list", "source": ["sim", "não"]})
        for layout in sheets_of(self.norm):
            about = layout.rule.about if layout.relation is None else f"{layout.relation.label}."
            cites = layout.rule.cites if layout.relation is None else layout.relation.cites
            self._heading(sheet, row + 1, f"Planilha “{layout.title}”", f"{about} ({cites})")
            terms = [(column.header, guidance(self.norm, layout, column)) for column in layout.columns]
            row = self._terms(sheet, row + 2, terms)
        offered = decidable(self.norm)
        if offered:
            said = "O que a instituição pode decidir, por ato seu. Em branco, vale a leitura adotada."
            self._heading(sheet, row + 1, f"Planilha “{INSTITUTION}”", said)
            self._terms(sheet, row + 2, tuple(offered.items()))

    def _heading(self, sheet: Any, row: int, term: str, text: str) -> None:
        self.formats.put(sheet, (row, 0), term, self.formats.heading)
        self.formats.put(sheet, (row, 1), text, self.formats.heading)
        fit_height(sheet, row, zip((term, text), _TERMS, strict=True))

    def _terms(self, sheet: Any, first: int, terms: Sequence[tuple[str, str]]) -> int:
        for row, (term, text) in enumerate(terms, start=first):
            self.formats.put(sheet, (row, 0), term, self.formats.term)
            self.formats.put(sheet, (row, 1), text, self.formats.wrapped)
            fit_height(sheet, row, zip((term, text), _TERMS, strict=True))
        return first + len(terms)

    def sheet(self, layout: SheetLayout, rows: Sequence[RawRow]) -> None:
        sheet = self.book.add_worksheet(layout.title)
        widths = [_WIDTHS.get(column.name, _WIDTH) for column in layout.columns] + [_NOTES_WIDTH]
        headers = [*(column.header for column in layout.columns), NOTES]
        bodies = [*map(self._body, layout.columns), self.formats.text]
        last = max(ROWS_PREPARED, len(rows))
        for position, (header, width, body) in enumerate(zip(headers, widths, bodies, strict=True)):
            self.formats.put(sheet, (0, position), header, self.formats.header)
            sheet.set_column(position, position, width, body)
        for position, column in enumerate(layout.columns):
            sheet.data_validation(1, position, last, position, self._validation(layout, column))
        fit_height(sheet, 0, zip(headers, widths, strict=True))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(headers) - 1)
        print_on_pages(sheet, header_row=0)
        names = [*(column.name for column in layout.columns), NOTES_NAME]
        for number, row in enumerate(rows, start=1):
            for position, name in enumerate(names):
                value = row.values.get(name)
                if value is not None:
                    self.formats.put(sheet, (number, position), _writable(value), bodies[position])

    def _body(self, column: ColumnLayout) -> Any:
        declared = column.declared
        if declared is None:
            return self.formats.text
        if declared.kind == "date":
            return self.formats.date
        return self.formats.number(declared.places) if declared.unit else self.formats.text

    def _validation(self, layout: SheetLayout, column: ColumnLayout) -> dict[str, Any]:
        said = guidance(self.norm, layout, column)[:_LONGEST_MESSAGE]
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.header[:_LONGEST_TITLE],
            "input_message": said,
            "error_title": "Valor não aceito",
            "error_message": said,
        }
        options = self._options(layout, column)
        return rule | {"validate": "list", "source": self._source(options)} if options else rule

    def _options(self, layout: SheetLayout, column: ColumnLayout) -> Sequence[str]:
        if column.declared is not None:
            return column.declared.options
        members = layout.rule.subject.members
        if column is not layout.columns[0] or members is None:
            return ()
        return list(dict.fromkeys(member.unit for member in self.norm.members[members]))

    def _source(self, options: Sequence[str]) -> list[str] | str:
        """Return what a drop-down offers: the options, or where they are written when they do not fit in the rule."""
        if len(",".join(options)) <= _INLINE and not any(
            "," in option or '"' in option for option in options
        ):
            return list(options)
        if options not in self.lists:
            self.lists.append(options)
        letters = column_letters(_FIRST_LIST + self.lists.index(options) + 1)
        return f"='{IDENTITY}'!${letters}$1:${letters}${len(options)}"

    def institution(self, decisions: Sequence[Decision]) -> None:
        sheet = self.book.add_worksheet(INSTITUTION)
        looks = [
            self.formats.date if width == min(_INSTITUTION_WIDTHS) else self.formats.text
            for width in _INSTITUTION_WIDTHS
        ]
        for position, (header, width) in enumerate(
            zip(INSTITUTION_HEADERS.values(), _INSTITUTION_WIDTHS, strict=True)
        ):
            self.formats.put(sheet, (0, position), header, self.formats.header)
            sheet.set_column(position, position, width, looks[position])
        sheet.freeze_panes(1, 0)
        print_on_pages(sheet, header_row=0)
        offered = list(decidable(self.norm))
        if offered:
            said = f"O que se pode decidir está explicado no fim de “{INSTRUCTIONS}”."
            rule = {"validate": "list", "source": self._source(offered), "input_message": said}
            sheet.data_validation(1, 0, ROWS_PREPARED, 0, rule)
        for number, decision in enumerate(decisions, start=1):
            values = (decision.name, decision.value, decision.starts, decision.act, decision.act_on)
            for position, value in enumerate(values):
                if value is not None:
                    self.formats.put(sheet, (number, position), value, looks[position])

    def identity(self) -> None:
        sheet = self.book.add_worksheet(IDENTITY)
        identity = self.norm.identity
        terms = {"norma": identity.id, "edicao": identity.edition, "digest": self.norm.digest}
        for row, (name, value) in enumerate(terms.items()):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        for position, options in enumerate(self.lists, start=_FIRST_LIST):
            for row, option in enumerate(options):
                sheet.write_string(row, position, option)
        sheet.very_hidden()


def _writable(value: object) -> str | Fraction | date:
    if isinstance(value, str | Fraction | date):
        return value
    if isinstance(value, Absent):
        return f"{value.state}: {value.reason}" if value.reason else value.state
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    return str(value)
