"""Where the formulas of a query read their values: the subject's row, or a record of it with what it carries along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

from apura.formula.compiling.dialects import Dialect
from apura.formula.compiling.frames import Frame, Script
from apura.formula.compiling.layout import Layout
from apura.formula.compiling.terms import Failure, Term, failing, worst
from apura.formula.errors import NotCompilable
from apura.formula.tree import Call, Column, Lookup, Name


@dataclass(frozen=True)
class RowReading:
    """Reads in the rows of a frame.

    Attributes:
        steps: the values of earlier steps.
        gathered: what aggregates are worth; None inside an aggregate.
        relation: whose records the rows are; empty when they are the subjects.
    """

    script: Script
    frame: Frame
    layout: Layout
    dialect: Dialect
    steps: Mapping[str, Term]
    gathered: Mapping[Call, Term] | None
    relation: str = ""

    def name(self, node: Name) -> Term:
        """Give an earlier step, a constant, or a value that is stored."""
        if node.name in self.layout.constants:
            return Term(self.dialect.literal(self.layout.constants[node.name], wide=False))
        step = self.steps.get(node.name)
        return self._placed(step) if step is not None else self.layout.names[node.name].term

    def column(self, node: Column) -> Term:
        """Give a column of the record, or of the only record of a relation."""
        if node.relation == self.relation:
            return self.layout.relations[node.relation].columns[node.column].term
        return self.layout.singles[node.relation, node.column].term

    def code(self, text: str) -> int:
        """Give the number of a code."""
        return self.layout.codes[text]

    def look_up(self, node: Lookup, keys: tuple[Term, ...]) -> Term:
        """Give what a table has for some keys, joined once for each way of writing them."""
        depth, error = max(key.depth for key in keys), worst(*(key.error for key in keys))
        join, held = self._joined(node.table), tuple(key.sql for key in keys)
        found = self.frame.joined.get((join, held))
        if found is None:
            alias = self.script.fresh("j")
            met = f"{alias}.k = {self._one_key(held)}"
            layer = self.frame.join(f"LEFT JOIN {join} AS {alias} ON {met}", depth)
            value, reached = self.frame.name(f"COALESCE({alias}.v, 0)", layer)
            missing, _reached = self.frame.name(failing(f"{alias}.v IS NULL", Failure.NO_TABLE_ROW), layer)
            found = self.frame.joined[join, held] = Term(value, depth=reached, error=missing)
        return replace(found, error=worst(error, found.error))

    def gather(self, node: Call) -> Term:
        """Give what an aggregate is worth.

        Raises:
            NotCompilable: it is inside another one.
        """
        if self.gathered is None:
            raise NotCompilable(
                "Um agregado dentro de outro não se calcula em lote.",
                at=node.at,
                hint="Faça do agregado de dentro um passo, e use o nome do passo.",
            )
        return self._placed(self.gathered[node])

    def _placed(self, term: Term) -> Term:
        """Say from which layer of this frame a value that has names can be written."""
        return replace(term, depth=max(map(self.frame.depth_of, (term.sql, term.error, term.under))))

    def _joined(self, table: str) -> str:
        """Write an annex as a selection, once for the whole query."""
        name = self.script.tables.get(table)
        if name is None:
            rows = ", ".join(
                f"(CAST({self._number_of(keys)} AS BIGINT), CAST({value} AS BIGINT))"
                for keys, value in self.layout.tables[table].rows
            )
            name = self.script.select(f"SELECT k, v FROM (VALUES {rows}) AS t(k, v)")
            self.script.tables[table] = name
        return name

    @property
    def _radix(self) -> int:
        return max(self.layout.codes.values(), default=0) + 1

    def _number_of(self, keys: tuple[int, ...]) -> int:
        """Make one number of several codes: engines join on one integer far faster than on two."""
        return reduce(lambda total, key: total * self._radix + key, keys)

    def _one_key(self, keys: tuple[str, ...]) -> str:
        """Write the number that codes make together."""
        radix = self.dialect.literal(self._radix, wide=False)
        return reduce(lambda total, key: f"({total} * {radix} + {key})", keys)
