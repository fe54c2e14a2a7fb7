"""Write the workbook of a norm, blank or filled: instructions, sheets of facts, the institution's decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from apura.norms import Decision, Norm, RawFacts, RawRow
from apura.norms.labels import condition
from apura.norms.rule_schema import Column
from apura.sheets.layout import (
    FICTITIOUS,
    IDENTITY,
    INSTITUTION,
    INSTITUTION_HEADERS,
    INSTRUCTIONS,
    NOTES,
    ColumnLayout,
    SheetLayout,
    sheets_of,
)
from apura.sheets.writing import Formats, new_workbook

ROWS_PREPARED = 500
_WIDTHS = {"chave": 18, "nome": 48}
_LIST_LIMIT = 250  # a drop-down written inside the file may not pass 255 characters


def write_template(norm: Norm, path: Path) -> None:
    """Write the blank workbook of ``norm`` at ``path``."""
    write_filled(norm, RawFacts({}), path)


def write_filled(norm: Norm, facts: RawFacts, path: Path, *, notes: Sequence[str] = ()) -> None:
    """Write the workbook of ``norm`` with ``facts`` in it.

    Args:
        norm: whose sheets are written.
        facts: rows by rule and relation; an absent rule gives an empty sheet.
        path: where; replaced if it exists.
        notes: sentences added to the instructions.
    """
    book = new_workbook(path)
    writer = _Writer(book, Formats.of(book), norm)
    writer.instructions(fictitious=facts.fictitious, notes=notes)
    for layout in sheets_of(norm):
        key = layout.rule.name
        rows = (
            facts.subjects.get(key, ())
            if layout.relation is None
            else facts.children.get((key, layout.relation.name), ())
        )
        writer.sheet(layout, rows)
    writer.institution(facts.institution.decisions if facts.institution else ())
    writer.identity()
    book.close()


@dataclass(frozen=True, slots=True)
class _Writer:
    book: xlsxwriter.Workbook
    formats: Formats
    norm: Norm

    def instructions(self, *, fictitious: bool, notes: Sequence[str]) -> None:
        sheet = self.book.add_worksheet(INSTRUCTIONS)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 96)
        identity = self.norm.identity
        lines: list[tuple[str, str]] = [
            ("Norma", f"{identity.title} – {identity.subject}"),
            ("O que faz", identity.summary),
            (FICTITIOUS, "sim" if fictitious else "não"),
            (
                "Como preencher",
                "Uma linha para cada um. Não mude os títulos das colunas; a ordem delas é livre.",
            ),
            (
                "Números",
                "Com vírgula decimal: 8,5. Não escreva 1.000 sem vírgula: não se sabe se é mil ou um.",
            ),
            ("Percentuais", "Escreva 80 (ou 80 %) para oitenta por cento."),
            ("Datas", "dd/mm/aaaa."),
            (
                "Em branco, zero, não se aplica",
                "São coisas diferentes. Onde se admite, escreva “não se aplica” ou “não informado: motivo”.",
            ),
            ("Linhas ocultas e células mescladas", "São recusadas: mostre as linhas e desfaça a mesclagem."),
            (NOTES, "A coluna de observações é sua; o cálculo não a lê."),
        ]
        sheet.write_string(0, 0, "Apura – planilha de fatos", self.formats.title)
        for row, (term, text) in enumerate([*lines, *(("Nota", note) for note in notes)], start=2):
            sheet.write_string(row, 0, term, self.formats.term)
            self.formats.put(sheet, (row, 1), text, self.formats.wrapped)
        sheet.data_validation(4, 1, 4, 1, {"validate": "list", "source": ["sim", "não"]})
        self._column_guide(sheet, row + 2)

    def _column_guide(self, sheet: Any, row: int) -> None:
        for layout in sheets_of(self.norm):
            sheet.write_string(row, 0, f"Planilha “{layout.title}”", self.formats.heading)
            sheet.write_string(row, 1, f"{layout.rule.about} {layout.rule.cites}.", self.formats.heading)
            row += 1
            for column in layout.columns:
                self.formats.put(sheet, (row, 0), column.header, self.formats.term)
                self.formats.put(sheet, (row, 1), guidance(self.norm, layout, column), self.formats.wrapped)
                row += 1
            row += 1

    def sheet(self, layout: SheetLayout, rows: Sequence[RawRow]) -> None:
        sheet = self.book.add_worksheet(layout.title)
        headers = [*(column.header for column in layout.columns), NOTES]
        last = max(len(rows), ROWS_PREPARED)
        sheet.set_row(0, 48)
        for position, header in enumerate(headers):
            sheet.write_string(0, position, header, self.formats.header)
        for position, column in enumerate(layout.columns):
            sheet.set_column(position, position, _WIDTHS.get(column.name, 20), self._body(column))
            self._validate(sheet, layout, position, last)
        sheet.set_column(len(layout.columns), len(layout.columns), 40)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(headers) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(layout.columns):
                self._put_fact(sheet, (number, position), column, row.values.get(column.name))
            note = row.values.get("observacoes")
            if note is not None:
                self.formats.put(sheet, (number, len(layout.columns)), str(note))

    def _body(self, column: ColumnLayout) -> Any:
        declared = column.declared
        if declared is None:
            return self.formats.text
        if declared.kind == "date":
            return self.formats.date
        return self.formats.number(declared.places) if declared.unit else self.formats.text

    def _put_fact(self, sheet: Any, place: tuple[int, int], column: ColumnLayout, value: object) -> None:
        if value is None:
            return
        if isinstance(value, Fraction | date):
            self.formats.put(sheet, place, value, self._body(column))
        else:
            self.formats.put(sheet, place, str(value), self._body(column))

    def _validate(self, sheet: Any, layout: SheetLayout, position: int, last: int) -> None:
        column = layout.columns[position]
        rule: dict[str, Any] = {"validate": "any"}
        declared = column.declared
        if declared is not None and declared.options:
            rule = {
                "validate": "list",
                "source": list(declared.options),
                "error_message": guidance(self.norm, layout, column)[:255],
            }
        elif column.name == "chave" and layout.rule.subject.members and layout.relation is None:
            units = list(
                dict.fromkeys(member.unit for member in self.norm.members[layout.rule.subject.members])
            )
            if len(",".join(units)) < _LIST_LIMIT:
                rule = {"validate": "list", "source": units, "error_message": "Escolha uma sigla da lista."}
        rule |= {
            "input_title": column.header[:32],
            "input_message": guidance(self.norm, layout, column)[:255],
            "error_title": "Valor não aceito",
        }
        sheet.data_validation(1, position, last, position, rule)

    def institution(self, decisions: Sequence[Decision]) -> None:
        sheet = self.book.add_worksheet(INSTITUTION)
        for position, (header, width) in enumerate(
            zip(INSTITUTION_HEADERS.values(), (34, 34, 14, 48, 14), strict=True)
        ):
            sheet.write_string(0, position, header, self.formats.header)
            sheet.set_column(
                position, position, width, self.formats.date if position in (2, 4) else self.formats.text
            )
        sheet.freeze_panes(1, 0)
        for number, decision in enumerate(decisions, start=1):
            for position, value in enumerate(
                (decision.name, decision.value, decision.starts, decision.act, decision.act_on)
            ):
                if value is not None:
                    self.formats.put(
                        sheet,
                        (number, position),
                        value,
                        self.formats.date if isinstance(value, date) else self.formats.text,
                    )
        offered = decidable(self.norm)
        start = len(decisions) + 3
        sheet.write_string(start, 6, "O que se pode decidir", self.formats.heading)
        sheet.set_column(6, 6, 36)
        sheet.set_column(7, 7, 90)
        for row, (name, text) in enumerate(offered.items(), start=start + 1):
            sheet.write_string(row, 6, name, self.formats.term)
            self.formats.put(sheet, (row, 7), text, self.formats.wrapped)

    def identity(self) -> None:
        sheet = self.book.add_worksheet(IDENTITY)
        identity = self.norm.identity
        for row, (name, value) in enumerate(
            {"norma": identity.id, "edicao": identity.edition, "digest": self.norm.digest}.items()
        ):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        sheet.very_hidden()


def guidance(norm: Norm, layout: SheetLayout, column: ColumnLayout) -> str:
    """Say what a column takes, in one or two sentences, with its article."""
    declared = column.declared
    if declared is None:
        return (
            "Identifica a linha; não se repete."
            if column.name == "chave"
            else "Opcional: o cálculo não depende dele."
        )
    parts = [_takes(declared), declared.about or "", _when(norm, layout, declared)]
    if declared.states:
        parts.append(
            "Aceita: "
            + "; ".join("não informado: motivo" if s == "não informado" else s for s in declared.states)
        )
    said = ". ".join(part[0].upper() + part[1:] for part in parts if part)
    return f"{said}. ({declared.cites})"


def _takes(column: Column) -> str:
    if column.options:
        return "Uma destas: " + "; ".join(column.options)
    if column.kind == "date":
        return "Data, dd/mm/aaaa"
    if column.kind is not None:
        return "Sigla ou código" if column.kind == "key" else "Texto"
    unit = "" if column.unit == "adimensional" else f" em {column.unit}"
    places = f", até {column.places} casas" if column.places else ", inteiro"
    low, high = (None if bound is None else str(bound) for bound in (column.low, column.high))
    span = (
        f", de {low} a {high}"
        if low and high
        else f", a partir de {low}"
        if low
        else f", até {high}"
        if high
        else ""
    )
    return f"Número{unit}{span}{places}"


def _when(norm: Norm, layout: SheetLayout, column: Column) -> str:
    if column.required is True:
        return "Obrigatório"
    said = condition(norm, layout.rule, column)
    return f"Obrigatório quando {said}" if said else "Opcional"


def decidable(norm: Norm) -> Mapping[str, str]:
    """Say what an institution may decide: readings on offer and pending values, each with what it means."""
    offered = {
        name: f"{interpretation.text} Adotada: “{interpretation.adopted}”; outras: "
        + "; ".join(f"“{other}”" for other in interpretation.others)
        + f". Decide: {interpretation.decider} ({interpretation.cites})."
        for name, interpretation in norm.interpretations.items()
        if interpretation.others
    }
    return offered | {
        name: f"{parameter.label}. {parameter.asks or ''} ({parameter.cites})"
        for name, parameter in norm.parameters.items()
        if parameter.open_to_institution
    }
