"""What a group of rules becomes: where its facts are stored, and its steps as formulas over them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apura.bulk.groups import Group, parameters_of
from apura.formula import (
    Choice,
    Code,
    Kind,
    Node,
    Quantity,
    Relation,
    Scope,
    Table,
    finite_places,
    references,
    walk,
)
from apura.formula.compiling import (
    Dialect,
    Layout,
    Query,
    Stored,
    StoredRelation,
    StoredTable,
    compile_steps,
)
from apura.formula.renaming import renamed
from apura.norms import AppliedNorm
from apura.norms.checking.scopes import declared, tables
from apura.norms.in_force import ParameterInForce
from apura.norms.rule_schema import Column, Rule, Step

SUBJECTS, RECORD = "subjects", "rid"
"""The table of the subjects, and the column that names a record where its file does."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A column of the facts and where it is stored."""

    column: Column
    stored: Stored


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns that formulas read: of the subjects, and of the records of each relation."""

    inputs: tuple[Kept, ...]
    records: Mapping[str, tuple[Kept, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A group ready to be written as a query.

    Attributes:
        steps: by “rule.step”, each after those it reads.
        declared: the step each of them is.
    """

    applied: AppliedNorm
    group: Group
    facts: Facts
    layout: Layout
    scope: Scope
    steps: tuple[tuple[str, Node], ...]
    declared: Mapping[str, Step]

    @property
    def wanted(self) -> frozenset[str]:
        """The steps that every subject must have: the results of the rules, and those that also count."""
        return frozenset(qualified(rule, name) for rule in self.group.rules for name in rule.wanted)

    @property
    def texts(self) -> Mapping[int, str]:
        """Each code by its number."""
        return {number: text for text, number in self.layout.codes.items()}

    @property
    def stored(self) -> dict[str, Any]:
        """Where each column of the facts is stored, at how many places, and the number of each code."""
        facts = self.facts
        every = (facts.inputs, *facts.records.values())
        return {
            "entradas": {each.column.name: each.stored.column for each in facts.inputs},
            "relacoes": {
                name: {each.column.name: each.stored.column for each in kept}
                for name, kept in facts.records.items()
            },
            "dias": {
                name: {column.name: stored for stored, column in days_of(columns).items()}
                for name, columns in self._columns()
            },
            "casas": {
                each.column.name: each.column.places for kept in every for each in kept if each.column.unit
            },
            "codigos": dict(self.layout.codes),
        }

    def _columns(self) -> Iterator[tuple[str, tuple[Column, ...]]]:
        root = self.group.root
        yield "", root.inputs
        yield from ((each.name, each.columns) for each in root.relations if each.kind == "sheet")

    def query(self, dialect: Dialect) -> Query:
        """Write the steps as one query.

        Raises:
            NotCompilable: something has no declared bound or no finite scale, or passes 38 digits.
        """
        return compile_steps(self.steps, self.scope, self.layout, dialect)


def days_of(columns: Sequence[Column]) -> dict[str, Column]:
    """Give the columns that are days, by where each is kept."""
    days = [column for column in columns if column.kind == "date"]
    return {f"d{at}": column for at, column in enumerate(days, start=1)}


def qualified(rule: Rule, step: str) -> str:
    """Name a step beside those of other rules."""
    return f"{rule.name}.{step}"


def plan_of(applied: AppliedNorm, group: Group, codes: Iterable[str] = ()) -> Plan:
    """Plan a group.

    Args:
        applied: the norm on the date.
        group: what to plan.
        codes: those already numbered in facts that were kept, in order.

    Raises:
        Refusal: a reading or a parameter has no decision.
    """
    root = group.root
    inputs = tuple(_kept(column, "n", at) for at, column in enumerate(_read(root.inputs), start=1))
    records = {
        relation.name: tuple(
            _kept(column, "c", at) for at, column in enumerate(_read(relation.columns), start=1)
        )
        for relation in root.relations
        if relation.kind == "sheet"
    }
    facts, steps = Facts(inputs, records), tuple(_steps(applied, group))
    scope = Scope(
        names={**_constants(applied, group), **_kinds(inputs), **_declared_kinds(group)},
        relations={
            name: Relation(_kinds(kept), max_rows=_most(root, name)) for name, kept in records.items()
        },
        tables=_bounded_tables(applied),
    )
    texts = dict.fromkeys([*codes, *_codes(applied, scope, [tree for _name, tree in steps])])
    layout = _layout(applied, scope, facts, texts)
    by_name = {qualified(rule, step.name): step for rule in group.rules for step in rule.steps}
    return Plan(applied, group, facts, layout, scope, steps, by_name)


def _read(columns: tuple[Column, ...]) -> list[Column]:
    """Give the columns that formulas may read: numbers and options."""
    return [column for column in columns if column.kind is None]


def _kept(column: Column, kind: str, at: int) -> Kept:
    return Kept(column, Stored(f"{kind}{at}", is_nullable=column.required is not True))


def _kinds(kept: tuple[Kept, ...]) -> dict[str, Kind]:
    return {each.column.name: declared(each.column) for each in kept}


def _most(rule: Rule, relation: str) -> int | None:
    found = rule.relation(relation)
    return found.max_rows if found is not None else None


def _declared_kinds(group: Group) -> dict[str, Kind]:
    return {qualified(rule, step.name): declared(step) for rule in group.rules for step in rule.steps}


def _constants(applied: AppliedNorm, group: Group) -> dict[str, Kind]:
    """Give the parameters in force as quantities that are only one value."""
    names = {
        name
        for rule in group.rules
        for step in rule.steps
        for name in parameters_of(applied, rule, step.name)
    }
    checks = [*group.root.checks, *(check for each in group.root.relations for check in each.checks)]
    for check in checks if group.rules else ():
        names |= set(references(applied.norm.trees[check.must]).names) & set(applied.norm.parameters)
    return {name: _only(applied.parameter(name)) for name in sorted(names)}


def _only(held: ParameterInForce) -> Quantity:
    places = max(held.places, finite_places(held.value) or 0)
    return Quantity(held.unit, held.value, held.value, places)


def _steps(applied: AppliedNorm, group: Group) -> Iterator[tuple[str, Node]]:
    for rule in group.rules:
        names = {step.name: qualified(rule, step.name) for step in rule.steps}
        columns = dict(_singles(group, rule))
        for step in rule.steps:
            yield names[step.name], renamed(applied.formula(rule, step).tree, names, columns)


def _singles(group: Group, rule: Rule) -> Iterator[tuple[tuple[str, str], str]]:
    """Say what a column of the subject's own outcome of another rule is called."""
    for relation in rule.relations:
        for other in (each for each in group.rules if each.name in relation.rules):
            for step in other.steps:
                yield (relation.name, step.name), qualified(other, step.name)
            for column in other.inputs:
                yield (relation.name, column.name), column.name


def _bounded_tables(applied: AppliedNorm) -> dict[str, Table]:
    """Give the annexes with the least and the greatest value each has."""
    found = {}
    for name, table in tables(applied.norm).items():  # type: ignore[arg-type]
        values = [value for value in applied.norm.lookups[name].values() if isinstance(value, Fraction)]
        result = table.result
        if isinstance(result, Quantity) and values:
            result = Quantity(result.unit, min(values), max(values), result.places)
        found[name] = Table(table.keys, result)
    return found


def _layout(applied: AppliedNorm, scope: Scope, facts: Facts, texts: Iterable[str]) -> Layout:
    codes = {text: number for number, text in enumerate(texts, start=1)}
    return Layout(
        SUBJECTS,
        {each.column.name: each.stored for each in facts.inputs},
        relations={
            name: StoredRelation(f"records{at}", {each.column.name: each.stored for each in kept})
            for at, (name, kept) in enumerate(facts.records.items(), start=1)
        },
        tables={name: _stored_table(applied, name, table, codes) for name, table in scope.tables.items()},
        codes=codes,
        constants={
            name: int(kind.low * 10**kind.places)
            for name, kind in scope.names.items()
            if isinstance(kind, Quantity)
            and name in applied.norm.parameters
            and kind.low is not None
            and kind.places is not None
        },
    )


def _stored_table(applied: AppliedNorm, name: str, table: Table, codes: Mapping[str, int]) -> StoredTable:
    places = table.result.places or 0 if isinstance(table.result, Quantity) else 0
    return StoredTable(
        [
            (
                tuple(codes[plain(key)] for key in keys),
                codes[plain(value)] if isinstance(value, str) else int(Fraction(value) * 10**places),
            )
            for keys, value in applied.norm.lookups[name].items()
        ]
    )


def _codes(applied: AppliedNorm, scope: Scope, trees: list[Node]) -> dict[str, None]:
    """Give every code that facts, formulas and annexes may hold, once."""
    kinds = [*scope.names.values()]
    for relation in scope.relations.values():
        kinds += relation.columns.values()
    for table in scope.tables.values():
        kinds += [*table.keys, table.result]
    found = {plain(option): None for kind in kinds if isinstance(kind, Choice) for option in kind.options}
    found |= {plain(node.value): None for tree in trees for node in walk(tree) if isinstance(node, Code)}
    for rows in applied.norm.lookups.values():
        found |= {plain(key): None for keys in rows for key in keys}
        found |= {plain(value): None for value in rows.values() if isinstance(value, str)}
    return found


def plain(text: str) -> str:
    """Write a code as it is compared."""
    return unicodedata.normalize("NFC", text)
