"""Read the facts of a norm from a workbook or a text table, listing every problem by sheet and cell."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apura.norms import BadInput, BadRequest, Institution, Norm, Problem, RawFacts, RawRow, Source
from apura.norms.texts import fold
from apura.sheets.cells import SheetCells, column_number
from apura.sheets.confined import FileContents, read_contents
from apura.sheets.institution_sheet import read_institution_sheet
from apura.sheets.layout import FICTITIOUS, IDENTITY, INSTITUTION, INSTRUCTIONS, SheetLayout, sheets_of
from apura.sheets.table_reader import likeness, read_rows
from apura.sheets.text_table import TEXT_TABLES, read_table
from apura.sheets.workbook import WORKBOOKS, read_sheets

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
INSTITUTION_UNNAMED = "a instituição que preencheu a planilha"


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What was read, and everything wrong with it that could be seen without applying the norm.

    Facts read with problems are for finding more problems in them, never for computing. ``lacking`` has the
    (sheet, column name) of columns that are not there.
    """

    raw: RawFacts
    problems: tuple[Problem, ...]
    lacking: frozenset[tuple[str, str]] = frozenset()

    def problems_with(self, found: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of the reading and those ``found`` by the norm, each cell told once, in order.

        Args:
            found: what ``check_facts`` or ``run`` said of these same facts.
        """
        told = {(problem.sheet, problem.cell) for problem in self.problems if problem.cell}
        told |= self.lacking
        more = (problem for problem in found if (problem.sheet, problem.cell) not in told)
        every = list(dict.fromkeys([*self.problems, *more]))
        sheets = list(dict.fromkeys(problem.sheet for problem in every))
        return tuple(
            sorted(every, key=lambda problem: (sheets.index(problem.sheet), *_position(problem.cell)))
        )


def _position(cell: str | None) -> tuple[int, int]:
    found = _PLACE.match(cell or "")
    return (int(found.group(2)), column_number(found.group(1))) if found else (0, 0)


def read_facts(path: Path, norm: Norm, *, rule: str | None = None) -> FactsRead:
    """Read the facts of ``norm`` from ``path``.

    Args:
        path: xlsx, xls, ods, or csv (one rule only).
        norm: whose sheets are looked for.
        rule: read only the sheets this rule needs; a csv needs it, to know which rule its rows belong to.

    Raises:
        BadInput: the file cannot be read at all.
        BadRequest: a csv without ``rule``, or a rule whose facts a csv cannot bring.
    """
    suffix = path.suffix.lower()
    if suffix not in (*TEXT_TABLES, *WORKBOOKS):
        said = f"o tipo “{suffix or 'sem extensão'}” não é lido; use xlsx, xls, ods ou csv"
        raise BadInput([Problem(said, path.name)])
    reader = _Reader(norm)
    if suffix in TEXT_TABLES:
        layout = _layout_of(norm, rule)
        contents = read_contents(path)
        reader.read_only(layout, read_table(contents, likeness=lambda table: likeness(layout, table)))
    else:
        needed = _rules_behind(norm, rule)
        contents = read_contents(path)
        reader.read_all(read_sheets(contents), needed)
    return reader.result(contents)


def _layout_of(norm: Norm, rule: str | None) -> SheetLayout:
    layouts = {layout.rule.name: layout for layout in sheets_of(norm) if layout.relation is None}
    names = ", ".join(layouts)
    if rule is None:
        raise BadRequest(
            "Um arquivo csv traz as linhas de uma regra só.", what_to_do=f"Diga qual com --regra: {names}."
        )
    if norm.rule(rule).name not in layouts:
        raise BadRequest(
            f"A regra “{rule}” não tem planilha própria: lê o resultado de outras.",
            what_to_do=f"Use uma destas: {names}.",
        )
    beside = [layout for layout in sheets_of(norm) if layout.relation and layout.rule.name == rule]
    if beside:
        titles = ", ".join(f"“{layout.title}”" for layout in beside)
        raise BadRequest(
            f"A regra “{rule}” lê também {titles}, que um csv não traz.", what_to_do="Use xlsx ou ods."
        )
    return layouts[rule]


def _rules_behind(norm: Norm, rule: str | None) -> set[str]:
    if rule is None:
        return set(norm.rules)
    needed = {norm.rule(rule).name}
    for name in reversed(list(norm.rules)):
        if name in needed:
            needed |= {other for relation in norm.rules[name].relations for other in relation.rules}
    return needed


@dataclass(slots=True)
class _Reader:
    norm: Norm
    subjects: dict[str, list[RawRow]] = field(default_factory=dict)
    children: dict[tuple[str, str], list[RawRow]] = field(default_factory=dict)
    institution: Institution | None = None
    fictitious: bool = False
    problems: list[Problem] = field(default_factory=list)
    lacking: set[tuple[str, str]] = field(default_factory=set)

    def result(self, contents: FileContents) -> FactsRead:
        """Return everything read from ``contents``."""
        rows = sum(len(found) for found in self.subjects.values())
        source = Source(contents.name, contents.sha256, rows)
        raw = RawFacts(self.subjects, self.children, self.institution, self.fictitious, source)
        return FactsRead(raw, tuple(self.problems), frozenset(self.lacking))

    def read_all(self, sheets: Sequence[SheetCells], needed: set[str]) -> None:
        """Read the sheets of the rules ``needed``, and the institution's."""
        named = {fold(sheet.name): sheet for sheet in reversed(sheets)}
        if self._is_of_another_norm(named.get(fold(IDENTITY))):
            return
        self.fictitious = _says_fictitious(named.get(fold(INSTRUCTIONS)))
        layouts = [layout for layout in sheets_of(self.norm) if layout.rule.name in needed]
        self._refuse_twins([*(layout.title for layout in layouts), INSTITUTION], sheets)
        for layout in layouts:
            found = named.get(fold(layout.title))
            if found is None or not (found.rows or self._is_required(layout)):
                self._missing(layout, sheets)
            else:
                self.read_only(layout, found)
        if fold(INSTITUTION) in named:
            self._read_institution(named[fold(INSTITUTION)])
        else:
            self._refuse_lookalike(INSTITUTION, sheets)

    def read_only(self, layout: SheetLayout, sheet: SheetCells) -> None:
        """Read one table."""
        table = read_rows(layout, sheet)
        self.problems += table.problems
        self.lacking |= {(sheet.name, column.name) for column in table.lacking}
        if layout.relation is None:
            self.subjects[layout.rule.name] = table.rows
        else:
            self.children[(layout.rule.name, layout.relation.name)] = table.rows

    def _is_of_another_norm(self, identity: SheetCells | None) -> bool:
        said = _terms(identity).get("norma", self.norm.id)
        if said == self.norm.id:
            return False
        message = (
            f"este arquivo é da norma {said}, não da {self.norm.id}; peça a norma dele, ou use o modelo desta"
        )
        self.problems.append(Problem(message))
        return True

    def _refuse_twins(self, titles: Iterable[str], sheets: Sequence[SheetCells]) -> None:
        for title in titles:
            twins = [sheet.name for sheet in sheets if fold(sheet.name) == fold(title)]
            if len(twins) > 1:
                said = f"há mais de uma planilha com este nome ({', '.join(twins)}); deixe uma só"
                self.problems.append(Problem(said, title))

    def _is_required(self, layout: SheetLayout) -> bool:
        """Whether the sheet must be there: a rule's own, or the child rows of a rule that has rows."""
        if layout.relation is None:
            return not layout.rule.subject.optional
        return bool(self.subjects.get(layout.rule.name))

    def _missing(self, layout: SheetLayout, sheets: Sequence[SheetCells]) -> None:
        if self._refuse_lookalike(layout.title, sheets) or not self._is_required(layout):
            return
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets if sheet.name != IDENTITY)
        said = f"falta a planilha “{layout.title}”; o arquivo tem: {names or 'nenhuma'}"
        self.problems.append(Problem(said, layout.title))

    def _refuse_lookalike(self, title: str, sheets: Sequence[SheetCells]) -> bool:
        """Refuse a sheet whose name is almost ``title``, which would else be passed over in silence."""
        titles = (INSTITUTION, INSTRUCTIONS, IDENTITY, *(layout.title for layout in sheets_of(self.norm)))
        ours = {fold(known) for known in titles}
        strange = {
            fold(sheet.name): sheet.name for sheet in sheets if sheet.rows and fold(sheet.name) not in ours
        }
        close = difflib.get_close_matches(fold(title), strange, n=1, cutoff=0.75)
        if not close:
            return False
        said = f"não é uma planilha desta norma; talvez “{title}”: se for, mude o nome para esse"
        self.problems.append(Problem(said, strange[close[0]]))
        return True

    def _read_institution(self, sheet: SheetCells) -> None:
        decisions, problems = read_institution_sheet(sheet)
        self.problems += problems
        if decisions:
            self.institution = Institution(INSTITUTION_UNNAMED, self.fictitious, decisions)


def _says_fictitious(sheet: SheetCells | None) -> bool:
    said = {fold(term): fold(text) for term, text in _terms(sheet).items()}
    return said.get(fold(FICTITIOUS)) == "sim"


def _terms(sheet: SheetCells | None) -> Mapping[str, str]:
    """Read a sheet of terms in its first column, each explained in the second."""
    term, text = 1, 2
    rows = sheet.rows.values() if sheet else ()
    return {row[term].text: row[text].text for row in rows if term in row and text in row}
