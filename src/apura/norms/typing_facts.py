"""Turn rows as read into typed facts, listing every problem by column and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from apura.formula import FormulaError
from apura.norms.application import AppliedNorm
from apura.norms.composition import check_composition
from apura.norms.day_counting import UncountableDaysError, agreed, counted, dated_inputs
from apura.norms.errors import BadInput, Problem, UnknownWording
from apura.norms.facts import (
    KEY,
    NAME,
    DeadlineFact,
    FactSheet,
    FactValue,
    RawFacts,
    RawRow,
    RelatedRow,
    Subject,
)
from apura.norms.relation_typing import RelationTyper
from apura.norms.row_typing import CellValues, RowTyper
from apura.norms.rule_schema import Input, Rule
from apura.norms.spans import counted_span, end_of
from apura.norms.texts import fold, one_line, quoted, suggestion
from apura.norms.values import WrongValueError, in_range, read_text

NO_KEY = "—"
"""The key of a subject given from Python without one, where the rule does not need it."""


def type_facts(
    applied: AppliedNorm, raw: RawFacts, *, rules: Sequence[str]
) -> tuple[FactSheet, list[Problem]]:
    """Type every row of ``rules``; what is wrong comes back beside the facts, by sheet and cell."""
    problems: list[Problem] = []
    subjects: dict[str, tuple[Subject, ...]] = {}
    for name in rules:
        rule = applied.norm.rule(name)
        if rule.subject.sheet is not None:
            typer = _SubjectTyper(RowTyper(applied, rule, problems))
            subjects[name] = tuple(typer.subjects(raw))
    return FactSheet(subjects, raw.institution, raw.fictitious, raw.source), problems


def type_subject(applied: AppliedNorm, rule: Rule, facts: Mapping[str, object]) -> Subject:
    """Type the facts of one subject given from Python: inputs by name, and relations as lists of mappings.

    Args:
        applied: the norm on the date.
        rule: the rule the facts are for.
        facts: ``{"chave": …, input: value, relation: [{"chave": …, column: value}]}``; numbers as text, int or
            Fraction, never float; days counted from a date may be given directly. ``chave`` is needed where the rule
            has a closed list of subjects or reads their composition.

    Raises:
        BadInput: something is missing, unknown or wrong; every problem is listed.
        UnknownWording: the composition of the subject on the date is not at hand.
    """
    if not isinstance(facts, Mapping):
        raise BadInput([Problem(f"os fatos devem ter nomes e valores, e são {quoted(facts)}", rule.label)])
    relations = {relation.name: relation for relation in rule.relations}
    known = [KEY, NAME, *(column.name for column in rule.inputs), *relations]
    problems = [
        Problem(f"{quoted(name)} não é entrada desta regra{suggestion(name, known)}", rule.label)
        for name in facts
        if name not in known
    ]
    typer = RowTyper(applied, rule, problems)
    own = {name: value for name, value in facts.items() if name in known and name not in relations}
    subject = _SubjectTyper(typer).subject(RawRow({KEY: NO_KEY, **own}))
    rows: dict[str, tuple[RelatedRow, ...]] = {}
    for name, relation in relations.items():
        relating = RelationTyper(typer, relation)
        rows[name] = relating.given(facts.get(name, ()))
        if subject is not None and not problems:
            relating.check_count(rows[name], subject.key)
            rows[name] = check_composition(typer, relation, subject, rows[name])
    if subject is not None and not problems:
        typer.check(RawRow({}), rule.checks, CellValues(applied, subject.inputs, rows))
    if problems or subject is None:
        raise BadInput(problems)
    return replace(subject, relations=rows)


@dataclass(frozen=True, slots=True)
class _SubjectTyper:
    """The typing of one rule's subjects."""

    typer: RowTyper

    def subjects(self, raw: RawFacts) -> Iterator[Subject]:
        """Type every row of the rule's sheet, with its child rows."""
        rule = self.typer.rule
        relating = {
            relation.name: RelationTyper(self.typer, relation)
            for relation in rule.relations
            if relation.columns
        }
        children = {
            name: one.by_parent(raw.children.get((rule.name, name), ())) for name, one in relating.items()
        }
        seen: dict[str, str] = {}
        for row in raw.subjects.get(rule.name, ()):
            subject = self.subject(row)
            key = fold(subject.key if subject else quoted(row.values.get(KEY)).strip("“”"))
            if key in seen:
                message = (
                    f"{quoted(row.values.get(KEY))} já está na linha {seen[key]}; cada um aparece uma vez"
                )
                self.typer.problem(row, KEY, message)
                continue
            seen[key] = str(row.origin.row) if row.origin else "anterior"
            if subject is None:
                continue
            mine = {name: tuple(rows.get(key, ())) for name, rows in children.items()}
            for name, rows in mine.items():
                relating[name].check_count(rows, subject.key)
            self.typer.check(row, rule.checks, CellValues(self.typer.applied, subject.inputs, mine))
            yield replace(subject, relations=mine)
        for name in relating:
            for row in raw.children.get((rule.name, name), ()):
                parent = row.values.get(KEY)
                if parent is not None and fold(quoted(parent).strip("“”")) not in seen:
                    self.typer.problem(row, KEY, f"{quoted(parent)} não está em “{rule.subject.sheet}”")

    def subject(self, row: RawRow) -> Subject | None:
        """Type one row; None when it cannot be used (the problems say why)."""
        before = len(self.typer.problems)
        key, name = self._identity(row)
        inputs = self.typer.values(row, self.typer.rule.inputs)
        if inputs is None or len(self.typer.problems) > before:
            return None
        deadlines = tuple(self._deadlines(row, inputs))
        self._count_spans(row, inputs)
        self._check_formulas(row, inputs)
        if len(self.typer.problems) > before:
            return None
        return Subject(self.typer.rule.name, key, name, inputs, {}, deadlines, row.origin)

    def _count_spans(self, row: RawRow, inputs: dict[str, FactValue]) -> None:
        on = self.typer.applied.on
        for column in self.typer.rule.inputs:
            if column.span is None:
                continue
            first, last = (end_of(end, inputs, on=on) for end in (column.span.starts, column.span.until))
            if first is None or last is None:
                continue
            if last < first:
                message = f"o fim ({last:%d/%m/%Y}) vem antes do começo ({first:%d/%m/%Y})"
                self.typer.problem(row, column.span.until, message, column.cites)
                continue
            found = counted_span(column.span, first, last)
            if isinstance(found, Fraction):
                self._agree(row, column, inputs.get(column.name), found)
            inputs[column.name] = found

    def _check_formulas(self, row: RawRow, inputs: Mapping[str, FactValue]) -> None:
        rule = self.typer.rule
        for step in rule.steps:
            text = inputs.get(step.formula_from or "")
            if not isinstance(text, str):
                continue
            try:
                self.typer.applied.chosen_formula(rule, step, text)
            except FormulaError as error:
                message = _no_formula(text, error, self.typer.applied.method_labels(step))
                self.typer.problem(row, str(step.formula_from), message, step.cites)

    def _agree(self, row: RawRow, column: Input, given: FactValue | None, found: Fraction) -> None:
        try:
            in_range(column, found)
        except WrongValueError as error:
            self.typer.problem(row, column.name, f"“{column.label}”: {error}", column.cites)
        if given is not None and given != found:
            message = f"foi informado {quoted(given)}, mas as datas dão {found}; deixe só as datas"
            self.typer.problem(row, column.name, message, column.cites)

    def _identity(self, row: RawRow) -> tuple[str, str]:
        try:
            key, name = read_text(row.values.get(KEY) or ""), read_text(row.values.get(NAME) or "")
        except WrongValueError as error:
            self.typer.problem(row, KEY, str(error))
            return "", ""
        if not key:
            self.typer.problem(row, KEY, "falta a sigla ou código que identifica a linha")
            return "", name
        return self._known(row, key, name)

    def _known(self, row: RawRow, key: str, name: str) -> tuple[str, str]:
        """Return the key and name as the norm writes them, where the norm says who the subjects are."""
        subject = self.typer.rule.subject
        for listed, listed_name in subject.keys.items():
            if fold(key) == fold(listed):
                return listed, listed_name
        if subject.keys:
            said = f"informe “{KEY}”" if key == NO_KEY else f"{quoted(key)} não é {subject.name} desta regra"
            offered = ", ".join(subject.keys)
            self.typer.problem(row, KEY, f"{said}; são: {offered}", self.typer.rule.cites)
        if subject.keys or subject.members is None or key == NO_KEY:
            return key, name
        try:
            units = self.typer.applied.all_members(subject.members)
        except UnknownWording:
            return key, name  # the rules that read the composition refuse by themselves
        for unit in units:
            if unit.is_called(key):
                return unit.unit, name or unit.unit_name
        message = f"{quoted(key)} não é {subject.name} da composição nesta data"
        hint = suggestion(key, [unit.unit for unit in units])
        self.typer.problem(row, KEY, message + hint, units[0].cites)
        return key, name

    def _deadlines(self, row: RawRow, inputs: dict[str, FactValue]) -> Iterator[DeadlineFact]:
        for column, counts, done_on in dated_inputs(self.typer.rule, inputs):
            try:
                found = counted(self.typer.applied, column, counts, done_on)
                inputs[column.name] = agreed(column, inputs.get(column.name), found)
            except UncountableDaysError as error:
                self.typer.problem(row, error.column, str(error), error.cites)
                continue
            yield found


def _no_formula(text: str, error: FormulaError, methods: tuple[str, ...]) -> str:
    """Say why ``text`` is no formula to compute with: as a name, the methods there are; as a formula, what is wrong."""
    if methods and not any(mark in FORMULA_MARKS for mark in text):
        return f"{quoted(text)} não é um método que sirva aqui{suggestion(text, methods)}; são: {'; '.join(methods)}"
    return f"a fórmula não serve: {one_line(error)}"


FORMULA_MARKS = frozenset("+-*/()[]<>=;")
"""What a formula has and the name of a method does not."""
