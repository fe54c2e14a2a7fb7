"""The steps of a rule as one query: aggregates over records first, then step after step over the subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from apura.formula.checking import check
from apura.formula.compiling.arithmetic import Arithmetic
from apura.formula.compiling.bounds import Bound
from apura.formula.compiling.dialects import NARROW, WIDE, Dialect
from apura.formula.compiling.emitting import Emitter
from apura.formula.compiling.frames import Frame, Script
from apura.formula.compiling.gathering import Gathered, Gathering, aggregates, relation_of, subject_parts
from apura.formula.compiling.layout import SUBJECT, Layout
from apura.formula.compiling.measuring import Measuring
from apura.formula.compiling.reading import RowReading
from apura.formula.compiling.terms import SOUND, Term
from apura.formula.errors import NotCompilable
from apura.formula.scope import Quantity, Scope
from apura.formula.tree import Call, Column, Name, Node


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """A step in a query.

    Attributes:
        value: the column of its value: an integer at the places of ``bound``, the number of a code, a truth value.
        error: the column of its error, 0 where it has a value; empty when it cannot fail.
        bound: the least and greatest it may be; None of a code or a condition.
    """

    name: str
    value: str
    error: str
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class WrongRecords:
    """A query of the records of a relation that leave an aggregate without result, with their column of errors."""

    relation: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query that gives a row for each subject.

    Attributes:
        text: the query, over the tables of the layout; its first column is the number of the subject.
        steps: what else it gives.
        scope: what formulas may read after it, steps included, each with its bounds.
        wrong: queries of the records that may be wrong.
    """

    text: str
    steps: tuple[CompiledStep, ...]
    scope: Scope
    wrong: tuple[WrongRecords, ...]


def compile_steps(steps: Sequence[tuple[str, Node]], scope: Scope, layout: Layout, dialect: Dialect) -> Query:
    """Write steps as one query over integers, exact, that never raises.

    Args:
        steps: names and formulas, in order; each may read those before it.
        scope: what they read: quantities with ``low``, ``high`` and ``places``, relations with ``max_rows``; the
            kind of each step, by its name.
        layout: where it is stored.
        dialect: of the engine.

    Raises:
        FormulaCheckError: a formula is wrong in itself.
        NotCompilable: something has no declared bound or no finite scale, or passes 38 digits.
    """
    writing = _Writing(scope, layout, dialect)
    writing.gather_first([tree for _name, tree in steps])
    for name, tree in steps:
        writing.step(name, tree)
    return writing.query()


@dataclass
class _Writing:
    """A query being written."""

    scope: Scope
    layout: Layout
    dialect: Dialect
    script: Script = field(default_factory=Script)
    steps: dict[str, CompiledStep] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    gathered: dict[Call, Term] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.frame = Frame(self.script, self.layout.subjects)

    def query(self) -> Query:
        """Give what was written."""
        last = self.frame.flush()
        columns = dict.fromkeys(
            column for each in self.steps.values() for column in (each.value, each.error) if column
        )
        text = self.script.query(f"SELECT {', '.join([SUBJECT, *columns])} FROM {last}")
        wrong = (
            WrongRecords(relation, self.script.query(f"SELECT * FROM {source} WHERE {error} > 0"), error)
            for relation, source, error in self.wrong
        )
        return Query(text, tuple(self.steps.values()), self.scope, tuple(wrong))

    def gather_first(self, trees: Sequence[Node]) -> None:
        """Write in one pass over each relation the aggregates that read nothing of the subject."""
        by_relation: dict[str, dict[Call, None]] = {}
        for call in (each for tree in trees for each in aggregates(tree)):
            relation = relation_of(call, self.scope)
            if all(self._is_constant(part) for part in subject_parts(call, relation)):
                by_relation.setdefault(relation, {})[call] = None
        for relation, calls in by_relation.items():
            self._gather(relation, list(calls))

    def step(self, name: str, tree: Node) -> None:
        """Write a step."""
        check(tree, self.scope)
        for call in aggregates(tree):
            if call not in self.gathered:
                self._gather(relation_of(call, self.scope), [call])
        term = self._term(tree, self._reading())
        bound = term.measure
        assert bound is None or isinstance(bound, Bound)  # noqa: S101 - _term finishes it
        held = self._narrowed(term.sql, bound)
        value, _depth = self.frame.name(held, term.depth)
        error = "" if term.error == SOUND else self.frame.name(term.error, term.depth)[0]
        self.steps[name] = CompiledStep(name, value, error, bound)
        self.terms[name] = Term(value, error=error or SOUND)
        self._remember(name, bound)

    def _narrowed(self, sql: str, bound: Bound | None) -> str:
        """Keep a result in the narrow integers where it fits them."""
        if bound is None:
            return sql
        return f"CAST({sql} AS {self.dialect.integer(wide=bound.peak > NARROW)})"

    def _remember(self, name: str, bound: Bound | None) -> None:
        kind = self.scope.names[name]
        if isinstance(kind, Quantity) and bound is not None:
            kind = replace(kind, low=bound.low, high=bound.high, places=bound.places)
        self.scope = replace(self.scope, names={**self.scope.names, name: kind})

    def _reading(self, records: Frame | None = None, relation: str = "") -> RowReading:
        gathered = self.gathered if records is None else None
        frame = self.frame if records is None else records
        return RowReading(self.script, frame, self.layout, self.dialect, self.terms, gathered, relation)

    def _term(self, tree: Node, reading: RowReading) -> Term:
        """Write a formula, in the wide integers only when the narrow ones might not hold it."""
        measuring = Measuring(self.scope)
        measuring.finished(tree)
        arithmetic = Arithmetic(measuring, reading.frame, self.dialect, measuring.magnitude > NARROW)
        term = Emitter(arithmetic, reading).visit(tree)
        if measuring.magnitude > NARROW and not arithmetic.wide:
            term = Emitter(replace(arithmetic, wide=True), reading).visit(tree)
        if measuring.magnitude > WIDE:
            raise NotCompilable(
                "A conta pode precisar de inteiros de mais de 38 algarismos.",
                at=tree.at,
                hint="Declare limites menores (low, high, max_rows), ou arredonde os passos intermediários.",
            )
        return term

    def _gather(self, relation: str, calls: Sequence[Call]) -> None:
        """Write aggregates over the records of a relation, and join what they are worth to the subjects."""
        subjects = self.frame.flush()
        carried = {column for call in calls for column in self._carried(call, relation)}
        records = Frame(self.script, self._records(relation, subjects, sorted(carried)))
        made = [self._aggregate(relation, call, records) for call in calls]
        source = records.flush()
        pairs = [pair for each in made for pair in zip(each.columns, each.kept, strict=True)]
        columns = ", ".join(f"{sql} AS {kept}" for sql, kept in pairs)
        totals = self.script.select(f"SELECT {SUBJECT}, {columns} FROM {source} GROUP BY {SUBJECT}")
        joined = ", ".join(f"COALESCE(a.{kept}, 0) AS {kept}" for _sql, kept in pairs)
        met = f"{totals} AS a ON a.{SUBJECT} = p.{SUBJECT}"
        self.frame = Frame(
            self.script, self.script.select(f"SELECT p.*, {joined} FROM {subjects} AS p LEFT JOIN {met}")
        )
        for call, each in zip(calls, made, strict=True):
            self.gathered[call] = each.term
            if each.record_error:
                self.wrong.append((relation, source, each.record_error))

    def _is_constant(self, part: Name | Column) -> bool:
        return isinstance(part, Name) and part.name in self.layout.constants

    def _carried(self, call: Call, relation: str) -> list[str]:
        """Give the columns of the subject that an aggregate reads in each of its records."""
        found = []
        for part in subject_parts(call, relation):
            if not isinstance(part, Name):
                found.append(self.layout.singles[part.relation, part.column].column)
            elif self._is_constant(part):
                continue
            elif part.name in self.steps:
                step = self.steps[part.name]
                found += [step.value, *([step.error] if step.error else [])]
            else:
                found.append(self.layout.names[part.name].column)
        return found

    def _records(self, relation: str, subjects: str, carried: Sequence[str]) -> str:
        table = self.layout.relations[relation].table
        if not carried:
            return table
        columns = ", ".join(f"s.{name}" for name in carried)
        met = f"{subjects} AS s ON s.{SUBJECT} = r.{SUBJECT}"
        return self.script.select(f"SELECT r.*, {columns} FROM {table} AS r JOIN {met}")

    def _aggregate(self, relation: str, call: Call, records: Frame) -> Gathered:
        reading = self._reading(records, relation)
        counted = call.function == "conta"
        body = None if counted else _named(records, self._term(call.arguments[0], reading))
        asked = call.arguments[1] if len(call.arguments) > 1 else None
        condition = None if asked is None else _named(records, self._term(asked, reading))
        measuring = Measuring(self.scope)
        measuring.visit(call)
        gathering = Gathering(self.script, records, self.dialect, measuring.magnitude > NARROW)
        return gathering.gathered(call, body, condition)


def _named(frame: Frame, term: Term) -> Term:
    """Give a value a name, so that it may be written several times."""
    sql, depth = frame.name(term.sql, term.depth)
    return replace(term, sql=sql, depth=depth)
