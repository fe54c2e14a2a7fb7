"""Folders of facts for the bulk tests, written as people write them, and what the scalar calculation makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from apura.bulk import Asked, Limits, run_in_bulk
from apura.formula import plain
from apura.norms import apply_norm, calculate, load_norm, read_institution

NORM, ON = "cge-mt-81-2019", date(2021, 12, 31)
ROOT, RECORDS = "pontos_produtividade", "pontos_produtividade.entregas"
SMALL = Limits(memory="256MB", threads=1)
PRODUCTS = (
    ("Análise/Decisão da Defesa Prévia", "baixa"),
    ("T02", "Média"),
    ("Ata de Oitiva/Audiência", "ALTA"),
    ("Matriz de Apoio ao Julgamento", "alta"),
)
Row = dict[str, Any]


def subject(key: str, days: Any = 0, hours: Any = Fraction(0)) -> Row:
    return {"chave": key, "dias_de_substituicao": days, "horas_aula": hours}


def record(key: str, product: int = 0, quantity: Any = Fraction(1), **other: Any) -> Row:
    name, complexity = PRODUCTS[product]
    usual = {"chave": key, "produto": name, "complexidade": complexity, "quantidade": quantity}
    return {**usual, "sistema": "SCI", "data": date(2021, 5, 3), **other}


def people(count: int) -> tuple[list[Row], list[Row]]:
    """Facts of several people: nobody's sum is anybody else's, and the last has no record at all."""
    subjects = [subject(f"A{at:03}", at % 11, Fraction(at % 9 * 5, 2)) for at in range(count)]
    records = [
        record(f"A{at:03}", (at + line) % len(PRODUCTS), Fraction(1 + (at * 7 + line * 3) % 400, 100))
        for at in range(count - 1)
        for line in range(1 + at % 5)
    ]
    return subjects, records


def as_csv(folder: Path, name: str, rows: Sequence[Row]) -> Path:
    """Write rows as a CSV of Brazil."""
    folder.mkdir(exist_ok=True)
    names = list(rows[0])
    lines = [";".join(names), *(";".join(_typed(row[each]) for each in names) for row in rows)]
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _typed(value: Any) -> str:
    if isinstance(value, Fraction):
        return plain(value, 2).replace(".", ",")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def as_parquet(folder: Path, name: str, rows: Sequence[Row], **types: str) -> Path:
    """Write rows as a Parquet; ``types`` names those of columns that are not what one expects."""
    folder.mkdir(exist_ok=True)
    usual = {"dias_de_substituicao": "INTEGER", "horas_aula": "DECIMAL(6,2)", "data": "DATE"}
    usual |= {"quantidade": "DECIMAL(9,2)"}
    engine = duckdb.connect()
    columns = ", ".join(f"{each} {({**usual, **types}).get(each, 'VARCHAR')}" for each in rows[0])
    engine.execute(f"CREATE TABLE t ({columns})")
    holes = ", ".join("?" for _each in rows[0])
    given = [[_plain(value) for value in row.values()] for row in rows]
    engine.executemany(f"INSERT INTO t VALUES ({holes})", given)  # noqa: S608
    path = folder / f"{name}.parquet"
    engine.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def _plain(value: Any) -> Any:
    return plain(value, 5) if isinstance(value, Fraction) else value


def made(folder: Path, target: Path, institution: Path | None = None) -> dict[str, Any]:
    decided = read_institution(institution) if institution is not None else None
    applied = apply_norm(load_norm(NORM), on=ON, institution=decided)
    return run_in_bulk(applied, Asked(folder, target, SMALL))


def results(path: Path) -> dict[str, dict[str, Any]]:
    """Give the columns of each subject of a Parquet of results, numbers as fractions."""
    found = duckdb.connect().execute(f"SELECT * FROM read_parquet('{path}')")  # noqa: S608
    names = [each[0] for each in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {row["chave"]: {name: _exact(value) for name, value in row.items()} for row in rows}


def _exact(value: Any) -> Any:
    return Fraction(value) if type(value).__name__ == "Decimal" else value


def reference(rule: str, own: Row, records: Sequence[Row]) -> Mapping[str, Any]:
    """Give what the scalar calculation makes of the facts of one person."""
    inputs = {name: value for name, value in own.items() if name != "chave"}
    children = [
        {name: value for name, value in row.items() if name != "chave"}
        for row in records
        if row["chave"] == own["chave"]
    ]
    relations = {"entregas": children} if rule == ROOT else {}
    return calculate(NORM, rule, {"chave": own["chave"], **inputs, **relations}, on=ON).values
