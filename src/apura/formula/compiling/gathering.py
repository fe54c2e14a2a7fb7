"""Aggregates as columns of a selection grouped by subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apura.formula.compiling.dialects import Dialect
from apura.formula.compiling.frames import Frame, Script
from apura.formula.compiling.terms import SOUND, Failure, Term, failing, worst
from apura.formula.errors import NotCompilable
from apura.formula.scope import Scope
from apura.formula.tree import Call, Column, Name, Node, children, walk

FUNCTIONS = {"soma": "SUM", "media": "SUM", "min": "MIN", "max": "MAX"}


@dataclass(frozen=True)
class Gathered:
    """An aggregate.

    Attributes:
        columns: the expressions that make it, over the records of one subject.
        kept: what each is called once joined to the subjects.
        term: what it is worth.
        record_error: the column of the records that says which of them is wrong; empty when none can be.
    """

    columns: Sequence[str]
    kept: Sequence[str]
    term: Term
    record_error: str


def aggregates(tree: Node) -> Iterator[Call]:
    """Give the aggregates of a formula, without those inside another."""
    if isinstance(tree, Call) and tree.aggregates:
        yield tree
    else:
        for child in children(tree):
            yield from aggregates(child)


def relation_of(call: Call, scope: Scope) -> str:
    """Give the relation an aggregate runs over.

    Raises:
        NotCompilable: it runs over the only record of a relation.
    """
    candidates = call.relations[:1] if call.function == "conta" else call.relations
    for name in candidates:
        if not scope.relations[name].single:
            return name
    raise NotCompilable(
        "Um agregado sobre um registro só não se calcula em lote.",
        at=call.at,
        hint="Leia a coluna diretamente, sem soma, media, min nem max.",
    )


def subject_parts(call: Call, relation: str) -> Iterator[Name | Column]:
    """Give what an aggregate reads that is not of its records."""
    counted = call.arguments[0] if call.function == "conta" else None
    for node in walk(call):
        if (isinstance(node, Name) and node is not counted) or (
            isinstance(node, Column) and node.relation != relation
        ):
            yield node


@dataclass(frozen=True)
class Gathering:
    """Writes aggregates over the records of a frame.

    Attributes:
        wide: whether what is gathered may pass 63 bits.
    """

    script: Script
    records: Frame
    dialect: Dialect
    wide: bool

    def gathered(self, call: Call, body: Term | None, condition: Term | None) -> Gathered:
        """Write an aggregate: its total, its count where that matters, and the worst error of a record.

        Args:
            call: the aggregate.
            body: what is gathered; None of ``conta``.
            condition: of the records that count; None when all do.
        """
        columns = [*self._values(call, body, condition), *self._count(call, condition)]
        error, depth = _record_error(body, condition)
        if error != SOUND and not error.isidentifier():
            error, _depth = self.records.name(error, depth)
        record_error = error if error != SOUND else ""
        if record_error:
            columns.append(f"MAX({record_error})")
        kept = [self.script.fresh("g") for _each in columns]
        return Gathered(columns, kept, self._worth(call, kept, bool(record_error)), record_error)

    def _values(self, call: Call, body: Term | None, condition: Term | None) -> Iterator[str]:
        if body is None:
            return
        function, kind = FUNCTIONS[call.function], self.dialect.integer(wide=self.wide)
        nothing = self.dialect.literal(0, wide=self.wide) if function == "SUM" else "NULL"
        held = _when(condition, f"CAST({body.sql} AS {kind})", nothing)
        yield f"CAST({function}({held}) AS {kind})"

    def _count(self, call: Call, condition: Term | None) -> Iterator[str]:
        if call.function != "soma":
            yield f"CAST(SUM({_when(condition, '1', '0')}) AS {self.dialect.narrow})"

    def _worth(self, call: Call, kept: Sequence[str], has_error: bool) -> Term:  # noqa: FBT001 - read where it is called
        error = kept[-1] if has_error else SOUND
        if call.function in {"soma", "conta"}:
            return Term(kept[0], error=error)
        error = worst(error, failing(f"{kept[1]} = 0", Failure.EMPTY))
        least = f"GREATEST({kept[1]}, {self.dialect.literal(1, wide=False)})"
        return Term(kept[0], error=error, under=least if call.function == "media" else "")


def _record_error(body: Term | None, condition: Term | None) -> tuple[str, int]:
    """Give the error of a record: of its filter, and of what is gathered from it when it counts."""
    terms = [each for each in (body, condition) if each is not None]
    own = body.error if body is not None else SOUND
    if own != SOUND:
        own = _when(condition, own, SOUND)
    filtering = condition.error if condition is not None else SOUND
    return worst(filtering, own), max((each.depth for each in terms), default=0)


def _when(condition: Term | None, then: str, otherwise: str) -> str:
    return f"CASE WHEN {condition.sql} THEN {then} ELSE {otherwise} END" if condition is not None else then
