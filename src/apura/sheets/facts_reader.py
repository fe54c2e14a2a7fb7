"""Read the facts of a norm from a workbook or a text table, listing every problem by sheet and cell."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from apura.formula import parse_exact, read_cell_number
from apura.norms import (
    BadInput,
    BadRequest,
    Institution,
    Norm,
    Origin,
    Problem,
    RawFacts,
    RawRow,
    Source,
    read_decisions,
)
from apura.norms.facts import KEY
from apura.norms.typing_facts import fold, one_line
from apura.sheets.cells import Cell, CellKind, SheetCells, address
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
from apura.sheets.workbook import TEXT_TABLES, WORKBOOKS, read_sheets, read_table

HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What was read, and everything wrong with it that could be seen without applying the norm."""

    raw: RawFacts
    problems: tuple[Problem, ...]


def read_facts(path: Path, norm: Norm, *, rule: str | None = None) -> FactsRead:
    """Read the facts of ``norm`` from ``path``.

    Args:
        path: xlsx, xls, ods, or csv (one rule only).
        norm: whose sheets are looked for.
        rule: needed for csv: which rule the rows belong to.

    Raises:
        BadInput: the file cannot be read at all.
        BadRequest: a csv without ``rule``, or a rule without a sheet.
    """
    suffix = path.suffix.lower()
    if suffix in TEXT_TABLES:
        reader = _Reader(norm)
        reader.read_only(_layout_of(norm, rule), read_table(path))
    elif suffix in WORKBOOKS:
        reader = _Reader(norm)
        reader.read_all(read_sheets(path), rule)
    else:
        raise BadInput(
            [Problem(f"o tipo “{suffix or 'sem extensão'}” não é lido; use xlsx, xls, ods ou csv", path.name)]
        )
    rows = sum(len(found) for found in reader.subjects.values())
    source = Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), rows)
    raw = RawFacts(reader.subjects, reader.children, reader.institution, reader.fictitious, source)
    return FactsRead(raw, tuple(reader.problems))


def _layout_of(norm: Norm, rule: str | None) -> SheetLayout:
    layouts = [layout for layout in sheets_of(norm) if layout.relation is None]
    names = ", ".join(layout.rule.name for layout in layouts)
    if rule is None:
        raise BadRequest(
            "Um arquivo csv traz as linhas de uma regra só.", what_to_do=f"Diga qual com --regra: {names}."
        )
    norm.rule(rule)
    for layout in layouts:
        if layout.rule.name == rule:
            return layout
    raise BadRequest(
        f"A regra “{rule}” não tem planilha própria: lê o resultado de outras.",
        what_to_do=f"Use uma destas: {names}.",
    )


@dataclass(slots=True)
class _Reader:
    norm: Norm
    subjects: dict[str, list[RawRow]] = field(default_factory=dict)
    children: dict[tuple[str, str], list[RawRow]] = field(default_factory=dict)
    institution: Institution | None = None
    fictitious: bool = False
    problems: list[Problem] = field(default_factory=list)

    def read_all(self, sheets: Mapping[str, SheetCells], rule: str | None) -> None:
        named = {fold(name): sheet for name, sheet in sheets.items()}
        self._check_identity(named.get(fold(IDENTITY)))
        self.fictitious = _says_fictitious(named.get(fold(INSTRUCTIONS)))
        needed = _rules_behind(self.norm, rule)
        layouts = [layout for layout in sheets_of(self.norm) if layout.rule.name in needed]
        known = {fold(layout.title) for layout in sheets_of(self.norm)} | {
            fold(INSTITUTION),
            fold(INSTRUCTIONS),
            fold(IDENTITY),
        }
        for name, sheet in sheets.items():
            close = difflib.get_close_matches(fold(name), known - set(named), n=1, cutoff=0.8)
            if fold(name) not in known and close and sheet.rows:
                titles = {fold(layout.title): layout.title for layout in layouts} | {
                    fold(INSTITUTION): INSTITUTION
                }
                self.problems.append(
                    Problem(
                        f"não é uma planilha desta norma; talvez “{titles.get(close[0], close[0])}”", name
                    )
                )
        for layout in layouts:
            found = named.get(fold(layout.title))
            if found is None:
                self._missing_sheet(layout, list(sheets))
            else:
                self.read_only(layout, found)
        if fold(INSTITUTION) in named:
            self._read_institution(named[fold(INSTITUTION)])

    def read_only(self, layout: SheetLayout, sheet: SheetCells) -> None:
        header = self._header(layout, sheet)
        if header is None:
            return
        row, columns = header
        self._refuse_merged(sheet)
        rows = list(self._rows(sheet, row, columns))
        if layout.relation is None:
            self.subjects[layout.rule.name] = rows
        else:
            self.children[(layout.rule.name, layout.relation.name)] = rows

    def _problem(self, message: str, sheet: str, cell: str | None = None, cites: str | None = None) -> None:
        self.problems.append(Problem(message, sheet, cell, cites))

    def _missing_sheet(self, layout: SheetLayout, found: Sequence[str]) -> None:
        if layout.rule.subject.optional or layout.relation is not None:
            return
        self._problem(f"falta a planilha “{layout.title}”; o arquivo tem: {', '.join(found)}", layout.title)

    def _check_identity(self, sheet: SheetCells | None) -> None:
        if sheet is None:
            return
        said = _terms(sheet)
        if said.get("norma") not in (None, self.norm.id):
            self._problem(
                f"este arquivo foi feito para a norma {said['norma']}, não para {self.norm.id}", IDENTITY
            )

    def _refuse_merged(self, sheet: SheetCells) -> None:
        for area in sheet.merged:
            self._problem(
                "células mescladas: desfaça a mesclagem e escreva o valor em cada linha", sheet.name, area
            )

    def _header(self, layout: SheetLayout, sheet: SheetCells) -> tuple[int, dict[int, ColumnLayout]] | None:
        key = layout.columns[0]
        for number, row in list(sheet.rows.items())[:HEADER_WITHIN]:
            if any(cell.kind == CellKind.TEXT and key.is_called(cell.text) for cell in row.values()):
                return number, self._columns(layout, sheet, number, row)
        headers = ", ".join(f"“{column.header}”" for column in layout.columns)
        self._problem(
            f"falta a linha de títulos, que começa por “{key.header}”; as colunas são: {headers}", sheet.name
        )
        return None

    def _columns(
        self, layout: SheetLayout, sheet: SheetCells, number: int, row: Mapping[int, Cell]
    ) -> dict[int, ColumnLayout]:
        found: dict[int, ColumnLayout] = {}
        for position, cell in row.items():
            column = layout.column(cell.text)
            if column is not None and column in found.values():
                self._problem(
                    f"a coluna “{cell.text}” aparece duas vezes", sheet.name, address(number, position)
                )
            elif column is not None:
                found[position] = column
            elif fold(cell.text) != fold(NOTES):
                self._problem(
                    f"coluna desconhecida: “{cell.text}”{_meant(cell.text, layout)}",
                    sheet.name,
                    address(number, position),
                )
        for column in layout.columns:
            optional = column.name == "nome" or (
                column.declared is not None and column.declared.required is False
            )
            if column not in found.values() and not optional:
                cites = column.declared.cites if column.declared else None
                self._problem(f"falta a coluna “{column.header}”", sheet.name, None, cites)
        return found

    def _rows(self, sheet: SheetCells, header: int, columns: Mapping[int, ColumnLayout]) -> Iterator[RawRow]:
        headed = set(sheet.rows[header])
        for number, row in sheet.rows.items():
            if number <= header:
                continue
            if number in sheet.hidden:
                self._problem(
                    f"a linha {number} está oculta: mostre-a ou apague-a", sheet.name, address(number, 1)
                )
                continue
            for position, cell in row.items():
                if position not in headed and cell.text.strip():
                    self._problem("há valor numa coluna sem título", sheet.name, address(number, position))
            values: dict[str, Any] = {}
            cells = {column.name: address(number, position) for position, column in columns.items()}
            for position, column in columns.items():
                if position in row:
                    values |= self._cell(sheet, column, row[position], address(number, position))
            if values:
                yield RawRow(values, cells, Origin(sheet.name, number))

    def _cell(self, sheet: SheetCells, column: ColumnLayout, cell: Cell, place: str) -> dict[str, Any]:
        try:
            value = cell_value(column, cell)
        except ValueError as error:
            self._problem(str(error), sheet.name, place, column.declared.cites if column.declared else None)
            # Something stands here, wrong: leave a value that the typing will not report again as blank.
            return {column.name: UNUSABLE}
        return {} if value in (None, "") else {column.name: value}

    def _read_institution(self, sheet: SheetCells) -> None:
        headers = {fold(header): key for key, header in INSTITUTION_HEADERS.items()}
        start = next(
            (n for n, row in sheet.rows.items() if 1 in row and fold(row[1].text) == fold("Nome")), None
        )
        if start is None:
            self._problem(f"falta a linha de títulos: {', '.join(INSTITUTION_HEADERS.values())}", sheet.name)
            return
        columns = {
            at: headers[fold(cell.text)]
            for at, cell in sheet.rows[start].items()
            if fold(cell.text) in headers
        }
        rows = [
            (f"linha {number}", {columns[at]: _plain(cell) for at, cell in row.items() if at in columns})
            for number, row in sheet.rows.items()
            if number > start and columns.keys() & row.keys()
        ]
        decisions, problems = read_decisions(rows, sheet=sheet.name)
        self.problems += problems
        if decisions:
            self.institution = Institution(
                "a instituição que preencheu a planilha", self.fictitious, decisions
            )


_REFUSED = {
    CellKind.ERROR: "a célula tem o erro {}; corrija a fórmula ou escreva o valor",
    CellKind.FORMULA: "a fórmula não tem valor guardado; abra o arquivo no editor de planilhas, salve e tente de novo",
    CellKind.TRUTH: "“{}” é um valor lógico; escreva o que a coluna pede",
    CellKind.MOMENT: "“{}” tem hora; escreva só a data",
}


class Unusable:
    """Marks a cell already reported as wrong, so that it is not also reported as blank."""

    def __repr__(self) -> str:
        return "célula com erro"


UNUSABLE = Unusable()


def _rules_behind(norm: Norm, rule: str | None) -> set[str]:
    if rule is None:
        return set(norm.rules)
    needed = {norm.rule(rule).name}
    for name in reversed(list(norm.rules)):
        if name in needed:
            needed |= {other for relation in norm.rules[name].relations for other in relation.rules}
    return needed


def _says_fictitious(sheet: SheetCells | None) -> bool:
    said = {fold(term): fold(text) for term, text in _terms(sheet).items()} if sheet else {}
    return said.get(fold(FICTITIOUS)) == "sim"


def _terms(sheet: SheetCells) -> dict[str, str]:
    """Read a sheet of terms in its first column, each explained in the second."""
    term, text = 1, 2
    return {row[term].text: row[text].text for row in sheet.rows.values() if term in row and text in row}


def _meant(header: str, layout: SheetLayout) -> str:
    headers = {fold(column.header): column.header for column in layout.columns}
    close = difflib.get_close_matches(fold(header), headers, n=1, cutoff=0.5)
    return f"; talvez “{headers[close[0]]}”" if close else f"; comentários vão na coluna “{NOTES}”"


def cell_value(column: ColumnLayout, cell: Cell) -> str | Fraction | date:
    """Give the value a cell holds for its column, exact and without the workbook's dress.

    Raises:
        ValueError: the cell is an error, a formula without a stored value, or holds another kind of thing; the
            message is for the person.
    """
    declared = column.declared
    number = declared is not None and declared.unit is not None
    percent = number and declared is not None and declared.unit == "%"
    if cell.kind in _REFUSED:
        raise ValueError(_REFUSED[cell.kind].format(cell.text))
    match cell.kind:
        case CellKind.DATE:
            if declared is not None and declared.kind == "date":
                return date.fromisoformat(cell.text)
            raise ValueError(f"“{_brazilian_day(cell.text)}” é uma data, e a coluna não pede data")
        case CellKind.PERCENT:
            if not percent:
                raise ValueError(
                    f"a célula está formatada como percentual, e a coluna não é de %: {cell.text}"
                )
            return parse_exact(cell.text) * 100
        case CellKind.NUMBER:
            return _number_cell(column, cell, is_number=number)
        case _:
            return _text_cell(cell.text.strip(), is_number=number, is_percent=percent)


def _number_cell(column: ColumnLayout, cell: Cell, *, is_number: bool) -> str | Fraction:
    if is_number:
        return parse_exact(cell.text) if "e" not in cell.text else Fraction(cell.text)
    if column.declared is not None and column.declared.kind == "date":
        raise ValueError(f"“{cell.text}” é um número; escreva a data como dd/mm/aaaa")
    return cell.text


def _text_cell(text: str, *, is_number: bool, is_percent: bool) -> str | Fraction:
    if not is_number or not any(mark.isdigit() for mark in text) or ":" in text:
        return text
    bare = text.removesuffix("%").strip() if is_percent else text
    try:
        return read_cell_number(bare)
    except ValueError as error:
        raise ValueError(f"“{text}” não é um número: {one_line(error)}") from error


def _brazilian_day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _plain(cell: Cell) -> object:
    if cell.kind == CellKind.DATE:
        return date.fromisoformat(cell.text)
    return cell.text


__all__ = ["KEY", "FactsRead", "cell_value", "read_facts"]
