"""What rows must satisfy besides each cell by itself: the conditions of the rule, its annexes, how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from apura.bulk.columns import IDENTITY
from apura.bulk.engine import Engine
from apura.bulk.plan import RECORD, Plan
from apura.formula import Column, Lookup, Node, Truth, walk
from apura.formula.compiling import DUCKDB, LINE, SUBJECT, CompiledStep, Layout, Query, compile_steps
from apura.formula.renaming import renamed
from apura.formula.scope import Kind, Scope
from apura.norms import Problem
from apura.norms.rule_schema import Check, Relation

MOST_TOLD, AT_ONCE = 20, 2_000_000


def check_records(engine: Engine, plan: Plan, name: str, problems: list[Problem]) -> None:
    """Note the records of a relation that break a condition, that no annex admits, or that are too many."""
    relation = plan.group.root.relation(name)
    assert relation is not None  # noqa: S101 - it was found in the rule
    _check_counts(engine, plan, relation, problems)
    asked = list(_asked_of_records(plan, relation))
    if not asked:
        return
    table, columns = plan.layout.relations[name].table, plan.layout.relations[name].columns
    engine.run(
        f"CREATE OR REPLACE TEMP VIEW one_record AS SELECT * EXCLUDE ({SUBJECT}), {LINE} AS {SUBJECT} FROM {table}"
    )
    layout = replace(plan.layout, subjects="one_record", names=columns, relations={})
    constants = {each: plan.scope.names[each] for each in plan.layout.constants}
    kinds: dict[str, Kind] = {**constants, **plan.scope.relations[name].columns}
    query = _compiled([(f"c{at}", tree) for at, (tree, _check) in enumerate(asked)], kinds, plan, layout)
    _note(
        engine,
        query,
        [check for _tree, check in asked],
        _File(plan.group.sources.records[name].name, problems),
    )


def check_repeated(
    engine: Engine, plan: Plan, name: str, problems: list[Problem], *, is_identified: bool
) -> None:
    """Note the records of somebody that come twice: of the same name, or, without names, alike in everything.

    Facts are sorted by subject: so many subjects are looked at as hold some two million records.
    """
    table = plan.layout.relations[name].table
    records, subjects = engine.rows(f"SELECT count(*), max({SUBJECT}) FROM {table}")[0]
    alike = [RECORD] if is_identified else _columns_of(engine, table)
    at_once = max(1, (subjects or 0) * AT_ONCE // max(records, 1))
    file = plan.group.sources.records[name].name
    for first in range(1, (subjects or 0) + 1, at_once):
        found = engine.rows(
            f"SELECT min({LINE}), max({LINE}), any_value({RECORD}) FROM {table} "
            f"WHERE {SUBJECT} BETWEEN {first} AND {first + at_once - 1} "
            f"GROUP BY {SUBJECT}, {', '.join(alike)} HAVING count(*) > 1 ORDER BY 2 LIMIT {MOST_TOLD}"
        )
        for one, other, record in found:
            said = f"o registro “{record}” já apareceu na linha {one}"
            if not is_identified:
                said = f"é igual à linha {one}: se são registros diferentes, dê um número a cada um em “{IDENTITY}”"
            problems.append(Problem(said, file, f"linha {other}"))
        if len(found) == MOST_TOLD:
            return


def _columns_of(engine: Engine, table: str) -> list[str]:
    apart = {SUBJECT, LINE, RECORD}
    return [name for name, *_rest in engine.rows(f"DESCRIBE {table}") if name not in apart]


def check_subjects(engine: Engine, plan: Plan, problems: list[Problem]) -> None:
    """Note the subjects that break a condition of the rule."""
    checks = plan.group.root.checks
    if not checks:
        return
    trees = [(f"c{at}", plan.applied.norm.trees[check.must]) for at, check in enumerate(checks)]
    kinds = {name: kind for name, kind in plan.scope.names.items() if "." not in name}
    query = _compiled(trees, kinds, plan, plan.layout)
    _note(engine, query, checks, _File(plan.group.sources.subjects.name, problems, is_keyed=True))


class _File:
    """The file that problems are of, and how its rows are told."""

    def __init__(self, name: str, problems: list[Problem], *, is_keyed: bool = False) -> None:
        self.name, self.problems, self.is_keyed = name, problems, is_keyed

    def note(self, said: str, row: str, cites: str) -> None:
        self.problems.append(Problem(said, self.name, row, cites))


def _compiled(steps: Sequence[tuple[str, Node]], kinds: dict[str, Kind], plan: Plan, layout: Layout) -> Query:
    names: dict[str, Kind] = {**kinds, **{name: Truth() for name, _tree in steps}}
    return compile_steps(steps, Scope(names, plan.scope.relations, plan.scope.tables), layout, DUCKDB)


def _asked_of_records(plan: Plan, relation: Relation) -> Iterator[tuple[Node, Check]]:
    for check in relation.checks:
        yield plan.applied.norm.trees[check.must], check
    for lookup, check in _lookups(plan, relation):
        yield lookup, check


def _lookups(plan: Plan, relation: Relation) -> Iterator[tuple[Node, Check]]:
    """Give, as conditions that fail where an annex has no line, the look-ups by the columns of the records alone."""
    found: dict[Lookup, None] = {}
    for _name, tree in plan.steps:
        for node in walk(tree):
            if isinstance(node, Lookup) and all(
                isinstance(key, Column) and key.relation == relation.name for key in node.keys
            ):
                found[node] = None
    columns = {(relation.name, column.name): column.name for column in relation.columns}
    for node in found:
        view = plan.applied.norm.annexes[node.table].view
        last = node.keys[-1]
        assert isinstance(last, Column)  # noqa: S101 - they are all columns
        message = f"“{view.label}” não tem valor para esta combinação"
        yield (
            renamed(node, {}, columns),
            Check(column=last.column, must="", message=message, cites=view.cites),
        )


def _note(engine: Engine, query: Query, checks: Sequence[Check], file: _File) -> None:
    for step, check in zip(query.steps, checks, strict=True):
        wrong = _wrong(step, is_condition=bool(check.must))
        if not wrong:
            continue
        source = f"({query.text}) AS made WHERE {wrong}"
        if file.is_keyed:
            source = f"({query.text}) AS made JOIN subjects AS s USING ({SUBJECT}) WHERE {wrong}"
        shown = "s.chave" if file.is_keyed else f"made.{SUBJECT}"
        found = engine.rows(f"SELECT {shown} FROM {source} ORDER BY 1 LIMIT {MOST_TOLD}")
        for (row,) in found:
            file.note(check.message, str(row) if file.is_keyed else f"linha {row}", check.cites)
        if len(found) == MOST_TOLD:
            count = engine.one(f"SELECT count(*) FROM {source}")
            file.note(f"{check.message}: {count} ao todo", "", check.cites)


def _wrong(step: CompiledStep, *, is_condition: bool) -> str:
    """Say when a row is wrong: a condition that does not hold, where it has a value; an annex without the line."""
    if not is_condition:
        return f"made.{step.error} > 0" if step.error else ""
    sound = f" AND made.{step.error} = 0" if step.error else ""
    return f"NOT made.{step.value}{sound}"


def _check_counts(engine: Engine, plan: Plan, relation: Relation, problems: list[Problem]) -> None:
    most = relation.max_rows
    if most is None:
        return
    table = plan.layout.relations[relation.name].table
    found = engine.rows(
        f"SELECT s.chave, c.n FROM (SELECT {SUBJECT}, count(*) AS n FROM {table} GROUP BY {SUBJECT} "
        f"HAVING count(*) > {most}) AS c JOIN subjects AS s USING ({SUBJECT}) ORDER BY 1 LIMIT {MOST_TOLD}"
    )
    for key, count in found:
        said = f"tem {count} registros em “{relation.label}”, que admite no máximo {most} por sujeito"
        problems.append(Problem(said, plan.group.sources.records[relation.name].name, key, relation.cites))
