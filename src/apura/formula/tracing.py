"""The same evaluation, remembering what happened: what was reached, rounded, looked up and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from apura.formula.evaluate import Environment, Evaluation, Row, Value
from apura.formula.tree import Call, Node

SHOWN_ROWS = 6
"""How many records of an aggregate keep their values; with more, only their number is kept."""

Lookup: TypeAlias = tuple[str, tuple[str, ...], Value]


@dataclass(frozen=True, slots=True)
class Rounding:
    """One `arred`: what came in, what came out, and the record it was in, if any."""

    before: Fraction
    after: Fraction
    places: int
    record: str = ""


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One record an aggregate kept: what names it, and the values of the nodes reached in it."""

    identity: str
    values: Mapping[int, Value]


@dataclass(frozen=True, slots=True)
class RowsCounted:
    """What an aggregate ran over: how many records it saw and its filter kept, and the first few kept."""

    function: str
    relation: str
    seen: int
    kept: int
    first: tuple[RowSeen, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The value of a formula and what happened on the way; nodes go by identity, outside aggregates."""

    tree: Node
    value: Value
    values: Mapping[int, Value]
    aggregates: Mapping[int, RowsCounted]
    roundings: tuple[Rounding, ...]
    lookups: tuple[Lookup, ...]

    def reached(self, node: Node) -> bool:
        """Tell whether the node was evaluated, outside any aggregate."""
        return id(node) in self.values

    def value_of(self, node: Node) -> Value:
        """Return the value of a node.

        Raises:
            KeyError: the node was not reached, or stands inside an aggregate.
        """
        return self.values[id(node)]

    @property
    def rows_counted(self) -> tuple[RowsCounted, ...]:
        """What each aggregate ran over, in the order they were evaluated."""
        return tuple(self.aggregates.values())

    def rows_of(self, node: Node) -> RowsCounted:
        """Return what an aggregate ran over.

        Raises:
            KeyError: the node was not reached, or is not an aggregate.
        """
        return self.aggregates[id(node)]


def trace(tree: Node, environment: Environment) -> Trace:
    """Return the same value as `evaluate`, with what happened on the way.

    Args:
        tree: a checked formula, as `parse` made it (no node twice in it).
        environment: the values.

    Raises:
        EvaluationError: as `evaluate`.
    """
    run = _Tracing(environment)
    value = run.visit(tree)
    return Trace(tree, value, run.values, run.aggregates, tuple(run.roundings), tuple(run.lookups))


class _Tracing(Evaluation):
    __slots__ = ("aggregates", "lookups", "roundings", "sample", "values")

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.values: dict[int, Value] = {}
        self.aggregates: dict[int, RowsCounted] = {}
        self.roundings: list[Rounding] = []
        self.lookups: list[Lookup] = []
        self.sample: dict[int, Value] | None = None

    def visit(self, node: Node) -> Value:
        value = super().visit(node)
        if self.row is None:
            self.values[id(node)] = value
        elif self.sample is not None:
            self.sample[id(node)] = value
        return value

    def results(self, call: Call) -> Iterator[Value]:
        self.relation, rows = self.rows_of(call)
        first: list[RowSeen] = []
        kept = 0
        for row in rows:
            self.sample = {} if kept < SHOWN_ROWS else None
            value = self._result(call, row)
            if value is None:
                continue
            kept += 1
            if self.sample is not None:
                first.append(RowSeen(row.identity, self.sample))
            yield value
        self.row = self.sample = None
        counted = RowsCounted(call.function, self.relation, len(rows), kept, tuple(first))
        self.aggregates[id(call)] = counted

    def _result(self, call: Call, row: Row) -> Value | None:
        self.row = row
        body, *conditions = call.arguments
        if not all(self.visit(condition) for condition in conditions):
            return None
        return True if call.function == "conta" else self.visit(body)

    def rounded(self, before: Fraction, places: int) -> Fraction:
        after = super().rounded(before, places)
        self.roundings.append(Rounding(before, after, places, self.record))
        return after

    def looked_up(self, table: str, keys: tuple[str, ...]) -> Value:
        value = super().looked_up(table, keys)
        self.lookups.append((table, keys, value))
        return value
