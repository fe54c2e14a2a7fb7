"""Whether each wrote what is exact: ``python -m benchmarks.bulk_check FOLDER`` prints the differences as JSON.

A thousand people are computed again here, in rationals, from the facts as made up, before anything took them in;
then everybody's values of each peer are compared with those of the run, which were right for the thousand.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.bulk_facts import GIVEN, PARAMETERS, read_told
from benchmarks.products import annex

AGAIN = 10_000
CENTS = 2
PLACES = {
    "pontos_produtividade.produtos": 5,
    "pontos_produtividade.substituicao": 1,
    "pontos_produtividade.instrutoria": 3,
    "pontos_produtividade.total": 5,
    "pontos_capacitacao.instrutoria": 3,
    "nota_final.nota": 2,
}
"""What the integers that a peer writes are units of."""
FILES = {
    "pontos_produtividade": [name for name in PLACES if name != "nota_final.nota"],
    "nota_final": ["nota_final.nota", "nivel.nivel"],
}
Values = dict[str, Any]


def main(folder: Path) -> None:
    """Compare, and print how many values differ of each peer that has results."""
    ours = dict(results(folder / "ours"))
    expected = dict(computed_again(folder))
    found: dict[str, Any] = {
        "people": len(ours),
        "again": len(expected),
        "ours": sum(differences(ours[key], values) for key, values in expected.items()),
    }
    for peer in ("sql", "polars"):
        if (folder / peer).is_dir():
            theirs = dict(results(folder / peer))
            assert theirs.keys() == ours.keys()
            found[peer] = sum(differences(values, theirs[key]) for key, values in ours.items())
    if (folder / "openfisca").is_dir():
        found["openfisca"] = wrong_cents(ours, dict(results(folder / "openfisca")))
    print(json.dumps(found))


def differences(one: Values, other: Values) -> int:
    """Count the steps in which two persons' values differ at all."""
    return sum(one[name] != other[name] for name in (*PLACES, "nivel.nivel"))


def wrong_cents(ours: Mapping[str, Values], theirs: Mapping[str, Values]) -> dict[str, int]:
    """Count, step by step, the values that are not the exact one when both have two places, half up."""
    assert theirs.keys() == ours.keys()
    wrong = {
        name: sum(
            in_cents(values[name]) != in_cents(Fraction(theirs[key][name])) for key, values in ours.items()
        )
        for name in PLACES
    }
    levels = ("S", "A", "P", "N")
    wrong["nivel.nivel"] = sum(
        values["nivel.nivel"] != levels[int(theirs[key]["nivel.nivel"])] for key, values in ours.items()
    )
    return wrong


def in_cents(value: Fraction) -> int:
    """Round half up, of a value that is not negative."""
    return floor(value * 10**CENTS + Fraction(1, 2))


def results(folder: Path) -> Iterator[tuple[str, Values]]:
    """Yield each person's values: exact decimals, integers at their places, or the numbers a peer computes in."""
    engine = duckdb.connect()
    files = [f"'{folder / name}.parquet'" for name in FILES]
    found = engine.execute(f"SELECT * FROM {files[0]} JOIN {files[1]} USING (chave)")  # noqa: S608
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(10_000):
        for row in rows:
            values = dict(zip(names, row, strict=True))
            yield values["chave"], {name: held(name, value) for name, value in values.items()}


def held(name: str, value: object) -> object:
    """Give a value as it is: of an integer, at the places of its column."""
    if isinstance(value, int) and name in PLACES:
        return Fraction(value, 10 ** PLACES[name])
    return Fraction(value) if isinstance(value, Decimal) else value


def computed_again(folder: Path) -> Iterator[tuple[str, Values]]:
    """Compute the first people again, in rationals, from the files as made up."""
    told = read_told(folder)
    worth = {name: Fraction(units, 10 ** PARAMETERS[name]) for name, units in told["values"].items()}
    floors = [Fraction(units, 100) for units in told["floors"]]
    teaching = sum(
        worth[name]
        for name in ("produtividade_por_hora_aula", "elaboracao_por_hora_aula", "preparacao_por_hora_aula")
    )
    products = summed(folder)
    for row in few(folder, "pontos_produtividade JOIN nota_final USING (chave)"):
        days, hours = Fraction(row["dias_de_substituicao"]), Fraction(row["horas_aula"])
        values = {
            "pontos_produtividade.produtos": products.get(row["chave"], Fraction(0)),
            "pontos_produtividade.substituicao": worth["pontos_por_dia_de_substituicao"] * days,
            "pontos_produtividade.instrutoria": teaching * hours,
            "pontos_capacitacao.instrutoria": worth["capacitacao_por_hora_aula"] * hours,
        }
        values["pontos_produtividade.total"] = sum(list(values.values())[:3])
        weighted = sum(
            worth[f"peso_da_{part}"] * Fraction(row[f"grau_de_{part}"])
            for part in ("produtividade", "qualidade", "capacitacao")
        )
        score = Fraction(in_cents(weighted), 100)
        level = next((name for name, least in zip("SAP", floors, strict=True) if score >= least), "N")
        yield row["chave"], {**values, "nota_final.nota": score, "nivel.nivel": level}


def summed(folder: Path) -> dict[str, Fraction]:
    """Add the points of the products of the first people, by the annex as printed."""
    points = {(product, level): Fraction(value) for product, level, value in annex()}
    total: dict[str, Fraction] = {}
    for row in few(folder, '"pontos_produtividade.entregas"'):
        worth = Fraction(row["quantidade"]) * points[row["produto"], row["complexidade"]]
        total[row["chave"]] = total.get(row["chave"], Fraction(0)) + worth
    return total


def few(folder: Path, source: str) -> Iterator[Values]:
    """Yield the rows of the first people."""
    engine = duckdb.connect()
    for name in ("pontos_produtividade", "pontos_produtividade.entregas", "nota_final"):
        path = folder / GIVEN / f"{name}.parquet"
        engine.execute(f"CREATE VIEW \"{name}\" AS SELECT * FROM '{path}'")  # noqa: S608
    found = engine.execute(f"SELECT * FROM {source} WHERE chave <= 'A{AGAIN:07}'")  # noqa: S608
    names = [column[0] for column in found.description or ()]
    while rows := found.fetchmany(10_000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
