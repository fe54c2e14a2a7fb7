"""One row as read, turned into typed values: each cell by its column, then what is missing or must stay blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from apura.formula import Environment, EvaluationError, MissingTableRow, Value, evaluate, references
from apura.norms.application import AppliedNorm
from apura.norms.errors import Problem
from apura.norms.facts import Absent, FactValue, RawRow, RelatedRow
from apura.norms.labels import condition
from apura.norms.rule_schema import Check, Column, Input, Rule
from apura.norms.values import WrongValueError, read_value


@dataclass(slots=True)
class RowTyper:
    """The typing of rows of one rule, gathering problems by sheet and cell as it goes."""

    applied: AppliedNorm
    rule: Rule
    problems: list[Problem]

    def values(self, row: RawRow, columns: Sequence[Column]) -> dict[str, FactValue] | None:
        """Type the cells of a row, and say what is missing; None when it cannot be used (the problems say why)."""
        before = len(self.problems)
        values: dict[str, FactValue] = {}
        wrong: set[str] = set()
        for column in columns:
            try:
                value = read_value(column, row.values.get(column.name))
            except WrongValueError as error:
                self.problem(row, column.name, str(error), column.cites)
                wrong.add(column.name)
                continue
            if column.within == "year" and isinstance(value, date) and value.year != self.applied.on.year:
                message = f"{value:%d/%m/%Y} está fora do período avaliado ({self.applied.on.year})"
                self.problem(row, column.name, message, column.cites)
            if value is not None:
                values[column.name] = value
        self._check_required(row, [column for column in columns if column.name not in wrong], values)
        return values if len(self.problems) == before else None

    def _check_required(
        self, row: RawRow, columns: Sequence[Column], values: Mapping[str, FactValue]
    ) -> None:
        """Say what is missing, and what should have stayed blank."""
        days = {
            column.days_after.date: column.name
            for column in columns
            if isinstance(column, Input) and column.days_after is not None
        }
        for column in columns:
            if isinstance(column, Input) and column.is_counted:
                continue
            needed = self._is_needed(row, column, values)
            given = [name for name in (column.name, days.get(column.name, "")) if name in values]
            if needed is True and not given:
                when = self._when(column, " (obrigatório quando {})")
                self.problem(
                    row, column.name, f"está em branco; preencha “{column.label}”{when}", column.cites
                )
            if needed is False and column.blank_otherwise:
                for name in given:
                    when = self._when(column, ", salvo quando {}")
                    self.problem(row, name, f"deve ficar em branco{when}", column.cites)

    def _is_needed(self, row: RawRow, column: Column, values: Mapping[str, FactValue]) -> bool | None:
        """Whether the column must be filled; None when it may, or when what decides it is itself blank."""
        if isinstance(column.required, bool):
            return True if column.required else None
        tree = self.applied.norm.trees[column.required]
        if any(isinstance(values.get(name), Absent | None) for name in references(tree).names):
            return None
        try:
            return bool(evaluate(tree, CellValues(self.applied, values)))
        except EvaluationError as error:
            self.problem(row, column.name, error.sentence, column.cites)
            return None

    def check(self, row: RawRow, checks: Sequence[Check], subject: Environment) -> None:
        """Say what the row, with everything it reads, does not satisfy."""
        for condition_made in checks:
            tree = self.applied.norm.trees[condition_made.must]
            try:
                holds = bool(evaluate(tree, subject))
            except (EvaluationError, KeyError):
                continue  # what it reads is blank or wrong, and has been told
            if not holds:
                self.problem(row, condition_made.column, condition_made.message, condition_made.cites)

    def _when(self, column: Column, sentence: str) -> str:
        said = condition(self.applied.norm, self.rule, column)
        return sentence.format(said) if said else ""

    def problem(self, row: RawRow, column: str, message: str, cites: str | None = None) -> None:
        """Note a problem at a cell of a row."""
        sheet = row.origin.sheet if row.origin else self.rule.label
        self.problems.append(Problem(message, sheet, row.cells.get(column, column), cites))


@dataclass(frozen=True, slots=True)
class CellValues:
    """The cells of a row, seen by the conditions on it, with the annexes of its norm and its child rows."""

    applied: AppliedNorm
    values: Mapping[str, FactValue]
    relations: Mapping[str, Sequence[RelatedRow]] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """Return the value of a cell, or of a parameter."""
        if name in self.applied.norm.parameters:
            return self.applied.parameter(name).value
        value = self.values[name]
        if isinstance(value, Absent | date):
            raise KeyError(name)  # the static check lets a condition read only numbers and codes
        return value

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        """Return the child rows of the subject."""
        return self.relations.get(relation, ())

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        """Return what an annex gives for ``keys``."""
        found = self.applied.norm.lookups[table].get(keys)
        if found is None:
            raise MissingTableRow(table, keys)
        return found
