"""The same definition on Spark: the digits of the reference, and row by row those of the other engine."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bulk_facts import NORM, ON, RECORDS, ROOT, as_parquet, made, people, record, subject
from compiled_cases import LAYOUT, outcome, stored
from formula_cast import Values
from formula_trees import SCOPE, environments, numbers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apura.bulk import Asked, RunFailed, run_in_bulk
from apura.formula import EvaluationError, Node, NotCompilable, Quantity, Scope, canonical, evaluate
from apura.formula.compiling import SPARK, Failure, Query, compile_steps
from apura.norms import BadInput, apply_norm

NUMBER = Quantity("adimensional", places=10)


def query_of(tree: Node) -> Query:
    named = Scope({**SCOPE.names, "resultado": NUMBER}, SCOPE.relations, SCOPE.tables)
    return compile_steps([("resultado", tree)], named, LAYOUT, SPARK)


def given_to(session: Any, cases: list[Values], folder: Path) -> None:
    engine = stored(cases)
    for table in ("subjects", "r1"):
        path = folder / f"{table}.parquet"
        engine.execute(f"COPY {table} TO '{path}' (FORMAT parquet)")
        session.read.parquet(str(path)).createOrReplaceTempView(table)


@given(st.data())
@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_formulas_give_the_digits_of_the_reference(
    session: Any, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    cases = data.draw(st.lists(environments(), min_size=3, max_size=6))
    tree = data.draw(numbers(bulk=True))
    given_to(session, cases, tmp_path_factory.mktemp("casos"))
    try:
        query = query_of(tree)
    except NotCompilable:
        return
    (step,) = query.steps
    rows = sorted((row.asDict() for row in session.sql(query.text).collect()), key=lambda row: row["sid"])
    for row, case in zip(rows, cases, strict=True):
        found = outcome(step, {name: int(value) for name, value in row.items()})
        try:
            expected = evaluate(tree, case)
        except EvaluationError:
            assert isinstance(found, Failure), canonical(tree)
        else:
            assert found == expected, canonical(tree)


@pytest.mark.usefixtures("session")
def test_every_row_is_the_one_of_the_other_engine(tmp_path: Path) -> None:
    subjects, records = people(200)
    folder = tmp_path / "dados"
    as_parquet(folder, ROOT, subjects)
    as_parquet(folder, RECORDS, records)
    made(folder, tmp_path / "duckdb")
    run = run_in_bulk(apply_norm(NORM, on=ON), Asked(folder, tmp_path / "spark", dialect=SPARK))
    assert run["motor"] == "spark"
    engine = duckdb.connect()
    one, other = (
        f"SELECT * FROM read_parquet('{tmp_path}/{name}/{ROOT}.parquet')" for name in ("duckdb", "spark")
    )
    for left, right in ((one, other), (other, one)):
        assert engine.execute(f"SELECT count(*) FROM ({left} EXCEPT {right})").fetchall() == [(0,)]
    assert engine.execute(f"SELECT count(*) FROM ({other})").fetchall() == [(200,)]


@pytest.mark.usefixtures("session")
def test_wrong_facts_are_told_before_spark_is_asked(tmp_path: Path) -> None:
    as_parquet(tmp_path / "dados", ROOT, [subject("A1")])
    as_parquet(tmp_path / "dados", RECORDS, [record("A1", quantity=Fraction(-1))])
    with pytest.raises(BadInput, match="menor que o limite"):
        run_in_bulk(apply_norm(NORM, on=ON), Asked(tmp_path / "dados", tmp_path / "out", dialect=SPARK))
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("session")
def test_what_spark_refuses_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_parquet(tmp_path / "dados", ROOT, [subject("A1")])
    as_parquet(tmp_path / "dados", RECORDS, [record("A1")])
    monkeypatch.setattr("apura.bulk.spark._views", lambda *_given: {"subjects": tmp_path / "nada"})
    with pytest.raises(RunFailed, match="O Spark não terminou") as refused:
        run_in_bulk(apply_norm(NORM, on=ON), Asked(tmp_path / "dados", tmp_path / "out", dialect=SPARK))
    assert "--motor duckdb" in refused.value.what_to_do
    assert not (tmp_path / "out").exists()
