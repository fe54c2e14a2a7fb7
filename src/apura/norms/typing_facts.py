"""Turn rows as read into typed facts, listing every problem by column and cell."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from apura.calendars import CalendarError, day_in_words, days_late
from apura.formula import Value, brazilian, evaluate, parse_exact, read_number
from apura.norms.application import AppliedNorm, as_counting
from apura.norms.errors import BadInput, Problem, UnknownWording
from apura.norms.facts import (
    KEY,
    NAME,
    ROW,
    Absent,
    DeadlineFact,
    FactSheet,
    FactValue,
    RawFacts,
    RawRow,
    RelatedRow,
    Subject,
)
from apura.norms.labels import condition
from apura.norms.rule_schema import Column, Input, Relation, Rule, Step

MISSING_KEY = "falta a sigla ou código que identifica a linha"


class _WrongValue(ValueError):
    """A cell whose value its column does not take; the message is for the person."""


def fold(text: str) -> str:
    """Text without accents, case or repeated spaces, for comparing what people type."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
    return " ".join(plain.casefold().split())


def type_facts(
    applied: AppliedNorm, raw: RawFacts, *, rules: Sequence[str]
) -> tuple[FactSheet, list[Problem]]:
    """Type every row of ``rules``; what is wrong comes back beside the facts, by sheet and cell."""
    problems: list[Problem] = []
    subjects: dict[str, tuple[Subject, ...]] = {}
    for name in rules:
        rule = applied.norm.rule(name)
        if rule.subject.sheet is None:
            continue
        typer = _Typer(applied, rule, raw, problems)
        subjects[name] = tuple(typer.subjects(raw.subjects.get(name, ())))
    return FactSheet(subjects, raw.institution, raw.fictitious, raw.source), problems


def type_subject(applied: AppliedNorm, rule: Rule, facts: Mapping[str, object]) -> Subject:
    """Type the facts of one subject given from Python: inputs by name, and relations as lists of mappings.

    Args:
        applied: the norm on the date.
        rule: the rule the facts are for.
        facts: ``{"chave": …, input: value, relation: [{column: value}]}``; numbers as text, int or Fraction, never
            float; an input counted from a date may be given directly.

    Raises:
        BadInput: something is missing, unknown or wrong; every problem is listed.
    """
    relations = {relation.name: relation for relation in rule.relations}
    own = {name: value for name, value in facts.items() if name not in relations}
    known = {KEY, NAME, *(column.name for column in rule.inputs)}
    problems = [
        Problem(f"“{name}” não é entrada desta regra{_suggestion(name, [*known, *relations])}", rule.label)
        for name in own
        if name not in known
    ]
    typer = _Typer(applied, rule, RawFacts({}), problems)
    subject = typer.subject(RawRow({KEY: "—", NAME: "", **own}))
    rows: dict[str, tuple[RelatedRow, ...]] = {}
    for name, relation in relations.items():
        given = facts.get(name, ())
        if isinstance(given, Sequence) and not isinstance(given, str):
            rows[name] = tuple(typer.related(relation, [RawRow(dict(row)) for row in given]))
        else:
            problems.append(Problem(f"“{name}” deve ser uma lista de linhas", rule.label))
    if problems or subject is None:
        raise BadInput(problems)
    return Subject(rule.name, subject.key, subject.name, subject.inputs, rows, subject.deadlines)


@dataclass(slots=True)
class _Typer:
    """The typing of one rule's rows, gathering problems as it goes."""

    applied: AppliedNorm
    rule: Rule
    raw: RawFacts
    problems: list[Problem]

    def subjects(self, rows: Sequence[RawRow]) -> Iterator[Subject]:
        seen: dict[str, str] = {}
        children = {
            relation.name: self._children(relation) for relation in self.rule.relations if relation.columns
        }
        for row in rows:
            subject = self.subject(row)
            if subject is None:
                continue
            if subject.key in seen:
                self._problem(
                    row, KEY, f"“{subject.key}” já está na linha {seen[subject.key]}; cada um aparece uma vez"
                )
                continue
            seen[subject.key] = str(row.origin.row) if row.origin else "anterior"
            mine = {name: tuple(rows.get(fold(subject.key), ())) for name, rows in children.items()}
            yield Subject(
                subject.rule,
                subject.key,
                subject.name,
                subject.inputs,
                mine,
                subject.deadlines,
                subject.origin,
            )
        for name, orphans in children.items():
            for parent in orphans:
                if parent not in {fold(key) for key in seen}:
                    self.problems.append(
                        Problem(f"“{parent}” não está em {self.rule.subject.sheet}", self._sheet(name))
                    )

    def subject(self, row: RawRow) -> Subject | None:
        """Type one row; None when it cannot be used (the problems say why)."""
        before = len(self.problems)
        key, name = self._identity(row)
        inputs: dict[str, FactValue] = {}
        for column in self.rule.inputs:
            value = self._value(row, column)
            if value is not None:
                inputs[column.name] = value
        if len(self.problems) > before:
            return None
        self._check_required(row, self.rule.inputs, inputs)
        deadlines = tuple(self._deadlines(row, inputs))
        if len(self.problems) > before:
            return None
        return Subject(self.rule.name, key, name, inputs, {}, deadlines, row.origin)

    def related(self, relation: Relation, rows: Sequence[RawRow]) -> Iterator[RelatedRow]:
        """Type rows of a relation given from Python."""
        columns: dict[str, Column | Step] = {column.name: column for column in relation.columns}
        for other in relation.rules:
            declared = self.applied.norm.rule(other)
            columns |= {column.name: column for column in declared.inputs}
            columns |= {step.name: step for step in declared.steps}
        for number, row in enumerate(rows, start=1):
            identity = str(row.values.get(ROW) or row.values.get(KEY) or f"linha {number}")
            values: dict[str, Value] = {}
            for name, given in row.values.items():
                if name not in (ROW, KEY, NAME):
                    value = self._related_value(row, columns, name, given)
                    values |= {} if value is None else {name: value}
            yield RelatedRow(identity, str(row.values.get(NAME, "")), values)

    def _related_value(
        self, row: RawRow, columns: Mapping[str, Column | Step], name: str, given: object
    ) -> Value | None:
        part = columns.get(name)
        if part is None:
            self._problem(row, name, f"“{name}” não é coluna desta relação{_suggestion(name, list(columns))}")
            return None
        if isinstance(part, Step):
            return self._step_value(row, part, given)
        value = self._value(row, part)
        return value if isinstance(value, Fraction | str) else None

    def _step_value(self, row: RawRow, step: Step, given: object) -> Value | None:
        if step.unit is None:
            return str(given)
        try:
            return parse_exact(given) if isinstance(given, str) else _whole(given)
        except ValueError as error:
            self._problem(row, step.name, f"“{given}” não é um número: {one_line(error)}", step.cites)
            return None

    def _children(self, relation: Relation) -> dict[str, list[RelatedRow]]:
        grouped: dict[str, list[RelatedRow]] = {}
        for row in self.raw.children.get((self.rule.name, relation.name), ()):
            parent = row.values.get(KEY)
            if parent is None:
                self._problem(row, KEY, MISSING_KEY)
                continue
            values: dict[str, FactValue] = {}
            for column in relation.columns:
                value = self._value(row, column)
                if value is not None:
                    values[column.name] = value
            self._check_required(row, relation.columns, values)
            number = f"linha {row.origin.row}" if row.origin else "linha"
            usable = {name: value for name, value in values.items() if isinstance(value, Fraction | str)}
            grouped.setdefault(fold(str(parent)), []).append(RelatedRow(number, "", usable))
        return grouped

    def _identity(self, row: RawRow) -> tuple[str, str]:
        given = row.values.get(KEY)
        key = "" if given is None else str(given).strip()
        name = str(row.values.get(NAME) or "").strip()
        if not key:
            self._problem(row, KEY, MISSING_KEY)
            return "", name
        if self.rule.subject.members is None or key == "—":
            return key, name
        try:
            units = self.applied.all_members(self.rule.subject.members)
        except UnknownWording:
            return key, name
        for unit in units:
            if fold(key) in {fold(unit.unit), *(fold(alias) for alias in unit.aliases)}:
                return unit.unit, name or unit.unit_name
        hint = _suggestion(key, [unit.unit for unit in units])
        self._problem(
            row, KEY, f"“{key}” não é {self.rule.subject.name} da composição nesta data{hint}", units[0].cites
        )
        return key, name

    def _value(self, row: RawRow, column: Column) -> FactValue | None:
        given = row.values.get(column.name)
        try:
            return read_value(column, given)
        except _WrongValue as error:
            self._problem(row, column.name, str(error), column.cites)
            return None

    def _check_required(
        self, row: RawRow, columns: Sequence[Column], values: Mapping[str, FactValue]
    ) -> None:
        counts = [(column.name, column.days_after) for column in self.rule.inputs if column.days_after]
        counted = {rule.date for name, rule in counts if name in values}
        for column in columns:
            if isinstance(column, Input) and column.days_after is not None:
                continue
            needed = self._needed(column, values) if column.name not in counted else None
            if needed is True and column.name not in values:
                said = condition(self.applied.norm, self.rule, column)
                when = f" (obrigatório quando {said})" if said else ""
                self._problem(
                    row, column.name, f"está em branco; preencha “{column.label}”{when}", column.cites
                )
            if needed is False and column.blank_otherwise and column.name in values:
                said = condition(self.applied.norm, self.rule, column)
                self._problem(row, column.name, f"deve ficar em branco, salvo quando {said}", column.cites)

    def _needed(self, column: Column, values: Mapping[str, FactValue]) -> bool | None:
        if isinstance(column.required, bool):
            return True if column.required else None
        answer = evaluate(self.applied.norm.trees[column.required], _Values(values))
        return bool(answer)

    def _deadlines(self, row: RawRow, inputs: dict[str, FactValue]) -> Iterator[DeadlineFact]:
        for column in self.rule.inputs:
            rule = column.days_after
            done_on = inputs.get(rule.date) if rule else None
            if rule is None or not isinstance(done_on, date):
                continue
            if done_on.year < self.applied.on.year:
                message = (
                    f"{done_on:%d/%m/%Y} é anterior ao ano apurado ({self.applied.on.year}); confira a data"
                )
                self._problem(row, rule.date, message, column.cites)
                continue
            deadline = self.applied.norm.deadline(rule.deadline)
            counting = as_counting(self.applied.reading(rule.counting).reading)
            try:
                calendar = self.applied.calendar(deadline)
                due = self.applied.due_in_year(rule.deadline, self.applied.on.year)
                days = days_late(due.date, done_on, calendar, counting=counting)
            except CalendarError as error:
                self._problem(row, rule.date, str(error), column.cites)
                continue
            given = inputs.get(column.name)
            if given is not None and given != days:
                said = f"foram informados {given} dias, mas a data de entrega dá {days}"
                message = f"{said} (vencia {day_in_words(due.date)})"
                self._problem(row, column.name, message, column.cites)
            inputs[column.name] = Fraction(days)
            yield DeadlineFact(
                column.name,
                rule.deadline,
                deadline.label,
                due,
                done_on,
                days,
                counting,
                calendar.code,
            )

    def _problem(self, row: RawRow, column: str, message: str, cites: str | None = None) -> None:
        sheet = row.origin.sheet if row.origin else self.rule.label
        self.problems.append(Problem(message, sheet, row.cells.get(column, column), cites))

    def _sheet(self, relation: str) -> str | None:
        return next((known.sheet for known in self.rule.relations if known.name == relation), None)


@dataclass(frozen=True, slots=True)
class _Values:
    """The inputs of a row, seen by the condition that says whether another input is required."""

    values: Mapping[str, FactValue]

    def value(self, name: str) -> Value:
        value = self.values.get(name, "")
        return "" if isinstance(value, Absent | date) else value

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        raise KeyError(relation)

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        raise KeyError(table, keys)


def read_value(column: Column, given: object) -> FactValue | None:
    """Return the value of a cell for its column; None when blank.

    Raises:
        ValueError: the column does not take this value; the message says what it takes.
    """
    if given is None or given == "":
        return None
    if isinstance(given, str):
        absent = _absent(column, given)
        if absent is not None:
            return absent
    if column.options:
        return _option(column, given)
    if column.kind == "date":
        return _date(given)
    if column.kind is not None:
        return str(given).strip()
    return _number(column, given)


def _absent(column: Column, text: str) -> Absent | None:
    said = fold(text)
    for state in ("não se aplica", "não informado"):
        if not said.startswith(fold(state)):
            continue
        if state not in column.states:
            raise _WrongValue(f"“{state}” não é aceito em “{column.label}”")
        reason = text.partition(":")[2].strip()
        if state == "não informado" and not reason:
            raise _WrongValue("diga o motivo: “não informado: motivo”")
        return Absent(state, reason)
    return None


def _option(column: Column, given: object) -> str:
    for option in column.options:
        if fold(str(given)) == fold(option):
            return option
    offered = "; ".join(column.options)
    raise _WrongValue(f"“{given}” não é uma opção; use: {offered}{_suggestion(str(given), column.options)}")


def _date(given: object) -> date:
    if type(given) is date:
        return given
    text = str(given).strip()
    try:
        if "/" in text:
            day, month, year = text.split("/")
            if len(year) == len("2015"):
                return date(int(year), int(month), int(day))
        return date.fromisoformat(text)
    except ValueError:
        pass
    raise _WrongValue(f"“{text}” não é uma data; use dd/mm/aaaa")


def _whole(given: object) -> Fraction:
    if isinstance(given, int | Fraction | Decimal) and not isinstance(given, bool):
        return Fraction(given)
    raise _WrongValue("passe texto, inteiro ou fração, nunca número binário")


def _number(column: Column, given: object) -> Fraction:
    try:
        number = read_number(given) if isinstance(given, str) else _whole(given)
    except ValueError as error:
        raise _WrongValue(f"“{given}” não é um número: {one_line(error)}") from error
    unit = "" if column.unit == "adimensional" else f" {column.unit}"
    low = None if column.low is None else brazilian(column.low, None)
    high = None if column.high is None else brazilian(column.high, None)
    if (column.low is not None and number < column.low) or (column.high is not None and number > column.high):
        range_said = (
            f"entre {low} e {high}" if low and high else f"a partir de {low}" if low else f"até {high}"
        )
        raise _WrongValue(
            f"{brazilian(number, None)}{unit} está fora da faixa: use um valor {range_said}{unit}"
        )
    if column.places is not None and (number * 10**column.places).denominator != 1:
        places = "casa decimal" if column.places == 1 else "casas decimais"
        kind = "um número inteiro" if column.places == 0 else f"no máximo {column.places} {places}"
        raise _WrongValue(f"{brazilian(number, None)} tem casas demais; use {kind}")
    return number


def one_line(error: Exception) -> str:
    """Return an error's message without line breaks, as a cell's note."""
    return " ".join(str(error).split())


def _suggestion(given: str, known: Sequence[str]) -> str:
    folded = {fold(name): name for name in known}
    close = difflib.get_close_matches(fold(given), folded, n=1, cutoff=0.6)
    return f"; talvez “{folded[close[0]]}”" if close else ""
