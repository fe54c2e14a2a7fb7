"""A fixed cast for the formula tests: one scope, one set of values, short ways to ask."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from apura.formula import (
    Choice,
    Kind,
    MissingTableRow,
    Quantity,
    Relation,
    Row,
    Scope,
    Table,
    Trace,
    Truth,
    Value,
    check,
    evaluate,
    parse,
    trace,
)

YES_NO = Choice(("S", "N"))


def quantity(unit: str, low: int, high: int, places: int) -> Quantity:
    return Quantity(unit, Fraction(low), Fraction(high), places)


SCOPE = Scope(
    names={
        "nota": quantity("ponto", 0, 10, 2),
        "perda_maxima": quantity("ponto", 0, 1, 2),
        "perda_por_dia": quantity("ponto/dia", 0, 1, 2),
        "dias_de_atraso": quantity("dia", 0, 366, 0),
        "entregues": quantity("unidade", 0, 1000, 0),
        "total": quantity("unidade", 0, 1000, 0),
        "indice": quantity("%", 0, 100, 1),
        "fator": quantity("adimensional", -5, 5, 1),
        "casas_da_nota": quantity("casas", 0, 2, 0),
        "sem_limites": Quantity("ponto"),
        "entregou": YES_NO,
        "ativo": Truth(),
    },
    relations={
        "itens": Relation(
            {
                "nota": quantity("ponto", 0, 10, 2),
                "peso": quantity("adimensional", 0, 100, 0),
                "estado": Choice(("apurado", "pendente")),
                "conta": Truth(),
            },
            max_rows=100,
        ),
        "entregas": Relation({"produto": Choice(("A", "B")), "nivel": YES_NO, "valor": Quantity("ponto")}),
        "orgao": Relation(
            {"fator": quantity("adimensional", 0, 2, 1), "meta": quantity("unidade", 1, 9, 0)}, single=True
        ),
    },
    tables={"pontos_do_produto": Table((Choice(("A", "B")), YES_NO), quantity("ponto", 0, 60, 1))},
)


@dataclass(frozen=True)
class Record:
    identity: str
    values: Mapping[str, Value]

    def value(self, column: str) -> Value:
        return self.values[column]


def exactly(value: str | int | Fraction) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value)


def record(identity: str, **values: str | int | bool) -> Record:
    """A record; numbers are given as whole numbers or as text with a point, codes as text without digits."""
    return Record(identity, {name: _value(value) for name, value in values.items()})


def _value(value: str | int | bool | Fraction) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and not any(char.isdigit() for char in value):
        return value
    return Fraction(value)


ITEMS = (
    record("linha 2", nota="9.5", peso=3, estado="apurado", conta=True),
    record("linha 3", nota="8", peso=2, estado="apurado", conta=False),
    record("linha 4", nota="1.25", peso=5, estado="pendente", conta=True),
)


@dataclass(frozen=True)
class Values:
    """An environment that also remembers which names were read."""

    names: Mapping[str, Value] = field(default_factory=dict)
    relations: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    table: Mapping[tuple[str, ...], Value] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def value(self, name: str) -> Value:
        self.read.append(name)
        return self.names[name]

    def rows(self, relation: str) -> Sequence[Row]:
        return self.relations[relation]

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        if keys not in self.table:
            raise MissingTableRow(table, keys)
        return self.table[keys]


def values(**names: str | int | bool | Fraction) -> Values:
    relations = {"itens": ITEMS, "orgao": (record("GPL", fator="1.5", meta=4),)}
    table: dict[tuple[str, ...], Value] = {("A", "S"): Fraction(30), ("B", "N"): Fraction(1, 2)}
    return Values({name: _value(value) for name, value in names.items()}, relations, table)


def compute(text: str, environment: Values | None = None) -> Value:
    return evaluate(parse(text), environment or values())


def traced(text: str, environment: Values | None = None) -> Trace:
    return trace(parse(text), environment or values())


def kind(text: str, expected: Kind | None = None) -> Kind:
    return check(parse(text), SCOPE, expected=expected)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
