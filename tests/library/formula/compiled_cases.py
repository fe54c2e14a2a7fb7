"""Formulas compiled to an engine and run there over a few cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import duckdb
from formula_cast import Values
from formula_trees import OPTIONS, SCOPE, TABLE

from apura.formula import Node, Quantity, Scope
from apura.formula.compiling import (
    DUCKDB,
    CompiledStep,
    Failure,
    Layout,
    Query,
    Stored,
    StoredRelation,
    StoredTable,
    compile_steps,
)

CODES = {code: number for number, code in enumerate(OPTIONS, start=1)}
NAMES = {name: Stored(f"n{at}") for at, name in enumerate(SCOPE.names, start=1)}
COLUMNS = {name: Stored(f"c{at}") for at, name in enumerate(SCOPE.relations["itens"].columns, start=1)}
LAYOUT = Layout(
    subjects="subjects",
    names=NAMES,
    relations={"itens": StoredRelation("r1", COLUMNS)},
    tables={
        "t": StoredTable(
            [(tuple(CODES[key] for key in keys), int(value * 10)) for keys, value in TABLE.items()]
        )
    },
    codes=CODES,
)
RESULT = Quantity("adimensional", places=10)


def compiled(tree: Node, scope: Scope = SCOPE) -> Query:
    named = Scope({**scope.names, "resultado": RESULT}, scope.relations, scope.tables)
    return compile_steps([("resultado", tree)], named, LAYOUT, DUCKDB)


def whole(value: Any, kind: Any) -> Any:
    """Write a value as it is stored: an integer at its places, the number of a code."""
    if isinstance(kind, Quantity):
        held = Fraction(value) * 10 ** (kind.places or 0)
        assert held.denominator == 1
        return int(held)
    return CODES[value] if isinstance(value, str) else value


def stored(cases: Sequence[Values]) -> duckdb.DuckDBPyConnection:
    """Put cases into tables, each a subject."""
    engine = duckdb.connect(config={"threads": 1})
    kinds = SCOPE.names.values()
    types = ", ".join(
        f"{NAMES[name].column} {'BOOLEAN' if name == 'sim' else 'BIGINT'}" for name in SCOPE.names
    )
    engine.execute(f"CREATE TABLE subjects (sid BIGINT, {types})")
    engine.execute("CREATE TABLE r1 (sid BIGINT, line BIGINT, c1 BIGINT, c2 BIGINT, c3 BIGINT)")
    columns = SCOPE.relations["itens"].columns
    subjects, rows = [], []
    for sid, case in enumerate(cases):
        named = zip(SCOPE.names, kinds, strict=True)
        subjects.append([sid, *(whole(case.names[name], kind) for name, kind in named)])
        for line, row in enumerate(case.relations["itens"]):
            rows.append([sid, line, *(whole(row.values[name], kind) for name, kind in columns.items())])
    holes = ", ".join("?" for _each in range(len(SCOPE.names) + 1))
    engine.executemany(f"INSERT INTO subjects VALUES ({holes})", subjects)  # noqa: S608
    if rows:
        engine.executemany("INSERT INTO r1 VALUES (?, ?, ?, ?, ?)", rows)
    return engine


def results(query: Query, engine: duckdb.DuckDBPyConnection) -> list[Fraction | Failure]:
    """Give what the only step of a query is worth for each subject, in order, or why it has no value."""
    (step,) = query.steps
    return [outcome(step, dict(row)) for row in _rows(query, engine)]


def _rows(query: Query, engine: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    found = engine.execute(query.text)
    names = [each[0] for each in found.description or ()]
    return sorted(
        (dict(zip(names, row, strict=True)) for row in found.fetchall()), key=lambda row: row["sid"]
    )


def outcome(step: CompiledStep, row: dict[str, Any]) -> Fraction | Failure:
    if step.error and row[step.error]:
        return Failure(row[step.error])
    value = row[step.value]
    assert value is not None
    assert step.bound is not None
    made = Fraction(value, 10**step.bound.places)
    assert step.bound.low <= made <= step.bound.high
    return made
