"""What a run gives: a Parquet with a row for each subject and a column for each step, numbers exact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apura.bulk.engine import Engine, escaped, quoted_name
from apura.bulk.plan import Plan
from apura.formula.compiling import LINE, SUBJECT, CompiledStep, Failure, Query
from apura.norms import BadInput, Problem

MOST_TOLD, MOST_DIGITS = 20, 38
FAILED: Mapping[Failure, str] = {
    Failure.NOT_GIVEN: "falta um valor que a conta usa",
    Failure.DIVISION_BY_ZERO: "divisão por zero",
    Failure.EMPTY: "não há registros para a média, o menor ou o maior valor",
    Failure.NO_TABLE_ROW: "a tabela do anexo não tem esta linha",
    Failure.BANDS_OUT_OF_ORDER: "os pisos de faixa não descem",
    Failure.PLACES_OUT_OF_RANGE: "as casas do arredondamento não são um número inteiro de 0 a 10",
}


def refuse_wrong(engine: Engine, plan: Plan, query: Query) -> None:
    """Refuse a run in which some subject lacks a result, listing the records and the subjects.

    Raises:
        BadInput: one does.
    """
    if not any(_count_wrong(engine, step) for step in query.steps if step.name in plan.wanted):
        return
    raise BadInput([*_wrong_records(engine, plan, query), *_wrong_subjects(engine, plan, query)])


def _count_wrong(engine: Engine, step: CompiledStep) -> int:
    return int(engine.one(f"SELECT count(*) FROM made WHERE {step.error} > 0")) if step.error else 0


def _wrong_records(engine: Engine, plan: Plan, query: Query) -> list[Problem]:
    problems = []
    for wrong in query.wrong:
        file = plan.group.sources.records[wrong.relation].name
        found = engine.rows(
            f"SELECT {LINE}, {wrong.error} FROM ({wrong.text}) ORDER BY {LINE} LIMIT {MOST_TOLD}"
        )
        problems += [Problem(FAILED[Failure(error)], file, f"linha {line}") for line, error in found]
    return problems


def _wrong_subjects(engine: Engine, plan: Plan, query: Query) -> list[Problem]:
    problems = []
    for step in query.steps:
        if not step.error or step.name not in plan.wanted:
            continue
        declared = plan.declared[step.name]
        found = engine.rows(
            f"SELECT s.chave, made.{step.error} FROM made JOIN subjects AS s USING ({SUBJECT}) "
            f"WHERE made.{step.error} > 0 ORDER BY 1 LIMIT {MOST_TOLD}"
        )
        for key, error in found:
            said = f"“{declared.label}” não tem valor: {FAILED[Failure(error)]}"
            problems.append(Problem(said, plan.group.sources.subjects.name, str(key), declared.cites))
        if len(found) == MOST_TOLD:
            problems.append(
                Problem(f"“{declared.label}”: {_count_wrong(engine, step)} sujeitos sem valor ao todo")
            )
    return problems


def write_results(engine: Engine, plan: Plan, query: Query, path: Path) -> None:
    """Write every step of every subject, by key."""
    engine.fill("code_texts", "number INTEGER, text VARCHAR", sorted(plan.texts.items()))
    joins, columns = [], []
    for at, step in enumerate(query.steps):
        held = _shown(plan, step, f"k{at}")
        if held == f"k{at}.text":
            joins.append(f"LEFT JOIN code_texts AS k{at} ON k{at}.number = made.{step.value}")
        if step.error:
            held = f"CASE WHEN made.{step.error} > 0 THEN NULL ELSE {held} END"
        columns.append(f"{held} AS {quoted_name(step.name)}")
    selected = ", ".join(["s.chave", "s.nome", *columns])
    source = f"made JOIN subjects AS s USING ({SUBJECT}) {' '.join(joins)} ORDER BY {SUBJECT}"
    engine.run(
        f"COPY (SELECT {selected} FROM {source}) TO '{escaped(path)}' (FORMAT parquet, COMPRESSION zstd)"
    )


def described_columns(plan: Plan, query: Query) -> list[dict[str, Any]]:
    """Say what each column of the results is."""
    found = []
    for step in query.steps:
        declared = plan.declared[step.name]
        found.append(
            {
                "nome": step.name,
                "rotulo": declared.label,
                "unidade": declared.unit,
                "casas": step.bound.places if step.bound is not None else None,
                "fundamento": declared.cites,
                "resultado": step.name in plan.wanted,
            }
        )
    return found


def _shown(plan: Plan, step: CompiledStep, codes: str) -> str:
    """Write a stored value as people read it: an exact DECIMAL, a text, a truth value."""
    declared = plan.declared[step.name]
    if step.bound is None:
        return f"made.{step.value}" if declared.truth else f"{codes}.text"
    places, digits = step.bound.places, len(str(step.bound.peak))
    if not places:
        return f"CAST(made.{step.value} AS DECIMAL({min(digits, MOST_DIGITS)},0))"
    width = digits + places + 1
    if width > MOST_DIGITS:
        return _written(f"made.{step.value}", places)
    unit = f"CAST('0.{'1'.rjust(places, '0')}' AS DECIMAL({places + 1},{places}))"
    return f"CAST(made.{step.value} AS DECIMAL({digits},0)) * {unit}"


def _written(value: str, places: int) -> str:
    """Write an integer of as many digits as a DECIMAL has, with its point: no product would fit."""
    scale = f"CAST('{10**places}' AS HUGEINT)"
    whole, rest = f"abs({value}) // {scale}", f"lpad(CAST(abs({value}) % {scale} AS VARCHAR), {places}, '0')"
    sign = f"CASE WHEN {value} < 0 THEN '-' ELSE '' END"
    return f"CAST(concat({sign}, {whole}, '.', {rest}) AS DECIMAL({MOST_DIGITS},{places}))"
