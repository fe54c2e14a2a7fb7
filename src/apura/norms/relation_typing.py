"""Rows a rule reads besides its own, typed: child rows of a sheet, and outcomes of other rules given from Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from apura.formula import Column as ColumnNode
from apura.formula import Lookup, Value, walk
from apura.norms.errors import Problem
from apura.norms.facts import KEY, NAME, ROW, FactValue, RawRow, RelatedRow
from apura.norms.row_typing import CellValues, RowTyper
from apura.norms.rule_schema import Column, Relation, Step
from apura.norms.texts import fold, quoted, suggestion
from apura.norms.values import WrongValueError, read_step_value, read_text, read_value


def usable(values: Mapping[str, FactValue]) -> dict[str, Value]:
    """Keep the values formulas can read: numbers and codes."""
    return {name: value for name, value in values.items() if isinstance(value, Value)}


@dataclass(slots=True)
class RelationTyper:
    """The typing of one relation of one rule."""

    typer: RowTyper
    relation: Relation
    parts: dict[str, Column | Step] = field(default_factory=dict)
    lookups: tuple[Lookup, ...] = ()

    def __post_init__(self) -> None:
        self.parts = {column.name: column for column in self.relation.columns}
        for other in self.relation.rules:
            declared = self.typer.applied.norm.rule(other)
            offered: list[Column | Step] = [*declared.inputs, *declared.steps]
            for part in offered:
                self.parts.setdefault(part.name, part)
        self.lookups = tuple(self._lookups())

    def _lookups(self) -> Iterator[Lookup]:
        """Yield the look-ups by this relation's columns alone that the rule's formulas in force make."""
        applied, rule = self.typer.applied, self.typer.rule
        texts = [text for step in rule.steps if self.relation.columns for _place, text in step.formulas()]
        for text in texts:
            for node in walk(applied.norm.trees[text]):
                if isinstance(node, Lookup) and all(
                    isinstance(key, ColumnNode) and key.relation == self.relation.name for key in node.keys
                ):
                    yield node

    def by_parent(self, rows: Sequence[RawRow]) -> dict[str, list[RelatedRow]]:
        """Type child rows read from a sheet, by the folded key of the subject each belongs to."""
        grouped: dict[str, list[RelatedRow]] = {}
        for row in rows:
            try:
                parent = read_text(row.values.get(KEY) or "")
            except WrongValueError as error:
                self.typer.problem(row, KEY, str(error))
                continue
            if not parent:
                self.typer.problem(row, KEY, "falta a sigla ou código do sujeito a que a linha pertence")
                continue
            found = self._child(row, f"linha {row.origin.row}" if row.origin else "linha")
            if found is not None:
                grouped.setdefault(fold(parent), []).append(found)
        return grouped

    def given(self, rows: object) -> tuple[RelatedRow, ...]:
        """Type rows given from Python: a list of mappings, with ``chave`` where the row is another's outcome."""
        if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
            self._complain(f"“{self.relation.name}” deve ser uma lista de linhas")
            return ()
        return tuple(self._given(rows))

    def _given(self, rows: Sequence[object]) -> Iterator[RelatedRow]:
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, Mapping):
                self._complain(f"a linha {number} deve ter nomes e valores, e é {quoted(row)}")
                continue
            raw = RawRow(dict(row))
            if self.relation.columns:
                found = self._child(raw, quoted(row.get(ROW) or f"linha {number}").strip("“”"))
            else:
                found = self._outcome(raw, number)
            if found is not None:
                yield found

    def check_count(self, rows: Sequence[RelatedRow], key: str) -> None:
        """Refuse more rows than the relation admits, or other than one where it has exactly one."""
        relation, most = self.relation, self.relation.max_rows
        if relation.single and len(rows) != 1:
            self._complain(f"“{key}” tem {len(rows)} linhas em “{relation.label}”, que tem exatamente uma")
        elif most is not None and len(rows) > most:
            self._complain(f"“{key}” tem {len(rows)} linhas em “{relation.label}”, que tem no máximo {most}")

    def _child(self, row: RawRow, identity: str) -> RelatedRow | None:
        self._refuse_strangers(row, identity)
        values = self.typer.values(row, self.relation.columns)
        if values is None:
            return None
        self.typer.check(row, self.relation.checks, CellValues(self.typer.applied, values))
        self._check_annexes(row, values)
        return RelatedRow(identity, "", usable(values), values)

    def _check_annexes(self, row: RawRow, values: Mapping[str, FactValue]) -> None:
        """Refuse a row whose cells look up a line that an annex does not have, or has without a value."""
        norm = self.typer.applied.norm
        for lookup in self.lookups:
            columns = [key.column for key in lookup.keys if isinstance(key, ColumnNode)]
            keys = tuple(str(values.get(column)) for column in columns)
            if all(column in values for column in columns) and keys not in norm.lookups[lookup.table]:
                view = norm.annexes[lookup.table].view
                message = f"“{view.label}” não tem valor para {', '.join(map(quoted, keys))}"
                self.typer.problem(row, columns[-1], message, view.cites)

    def _outcome(self, row: RawRow, number: int) -> RelatedRow | None:
        given = row.values.get(ROW) or row.values.get(KEY)
        if given is None:
            self._complain(f"a linha {number} não diz de quem é; informe “{KEY}”")
            return None
        self._refuse_strangers(row, quoted(given))
        values: dict[str, Value] = {}
        for name, part in self.parts.items():
            try:
                value = self._part(part, row.values.get(name))
            except WrongValueError as error:
                self._complain(f"{quoted(given)}, {name}: {error}")
                continue
            if value is not None:
                values[name] = value
        try:
            return RelatedRow(read_text(given), read_text(row.values.get(NAME) or ""), values)
        except WrongValueError as error:
            self._complain(f"a linha {number}: {error}")
            return None

    @staticmethod
    def _part(part: Column | Step, given: object) -> Value | None:
        if isinstance(part, Step):
            return read_step_value(part, given)
        value = read_value(part, given)
        return None if isinstance(value, date) or not isinstance(value, Value) else value

    def _refuse_strangers(self, row: RawRow, identity: str) -> None:
        for name in row.values:
            if name not in (ROW, KEY, NAME) and name not in self.parts:
                self._complain(f"{identity}: {quoted(name)} não é coluna{suggestion(name, self.parts)}")

    def _complain(self, message: str) -> None:
        sheet = self.relation.sheet or self.typer.rule.label
        self.typer.problems.append(Problem(message, sheet, self.relation.name, self.relation.cites))
