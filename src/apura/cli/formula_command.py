"""``apura formula``: read a formula, say what it means, compute it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apura.formula import (
    Choice,
    Kind,
    MissingTableRow,
    Quantity,
    Relation,
    Scope,
    Value,
    brazilian,
    canonical,
    check,
    fold,
    in_words,
    is_name,
    parse,
    portuguese,
    read_number,
    references,
    trace,
    with_values,
)
from apura.norms import BadRequest


def explain_formula(options: argparse.Namespace) -> int:
    """Print a formula in its forms and, with values, its result."""
    tree = parse(options.texto)
    given = _given(options.valores)
    read = references(tree)
    lacking = [
        name for name in (*read.names, *(f"{r}.{c}" for r, c in read.columns)) if name not in given.known
    ]
    print(f"Fórmula:   {portuguese(tree)}")
    print(f"Canônica:  {canonical(tree)}")
    print(f"Por extenso: {in_words(tree)}")
    if read.tables:
        raise BadRequest(
            f"A fórmula consulta a tabela “{read.tables[0]}”.",
            what_to_do="Tabelas só existem dentro de uma norma.",
        )
    if lacking and not options.valores:
        print(f"Para calcular, informe: {' '.join(f'{name}=…' for name in lacking)}")
        return 0
    if lacking:
        raise BadRequest(f"Falta o valor de: {', '.join(lacking)}.", what_to_do="Informe como nome=valor.")
    check(tree, given.scope(read.codes))
    happened = trace(tree, given)
    print(f"Com valores: {with_values(tree, happened)}")
    for rounding in happened.roundings:
        print(
            f"Arredondamento: {brazilian(rounding.before, None)} → {brazilian(rounding.after, rounding.places)}"
        )
    print(f"Resultado: {_shown(happened.value)}")
    return 0


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "verdadeiro" if value else "falso"
    return value if isinstance(value, str) else brazilian(value, None)


def _given(pairs: Sequence[str]) -> _Given:
    given = _Given()
    for pair in pairs:
        name, equals, text = pair.partition("=")
        key = fold(name.strip())
        if not equals or not all(is_name(part) for part in key.split(".")) or key.count(".") > 1:
            raise BadRequest(
                f"“{pair}” não é nome=valor.", what_to_do="Escreva, por exemplo, total=9 ou itens.nota=8;9."
            )
        if key in given.known:
            raise BadRequest(f"“{name}” foi informado duas vezes.", what_to_do="Deixe um só.")
        relation, _, column = key.partition(".")
        if column:
            given.columns.setdefault(relation, {})[column] = [_value(part) for part in text.split(";")]
        else:
            given.values[key] = _value(text)
    for relation, columns in given.columns.items():
        if len({len(values) for values in columns.values()}) > 1:
            raise BadRequest(
                f"As colunas de “{relation}” têm números diferentes de valores.",
                what_to_do="Iguale as listas.",
            )
    return given


def _value(text: str) -> Value:
    stripped = text.strip()
    if stripped[:1] in '"“':
        return stripped.strip('"“”')
    return read_number(stripped)


@dataclass(frozen=True, slots=True)
class _Row:
    identity: str
    values: Mapping[str, Value]

    def value(self, column: str) -> Value:
        return self.values[column]


@dataclass(slots=True)
class _Given:
    """The values typed on the command line."""

    values: dict[str, Value] = field(default_factory=dict)
    columns: dict[str, dict[str, list[Value]]] = field(default_factory=dict)

    @property
    def known(self) -> set[str]:
        """Every name that has a value."""
        return {
            *self.values,
            *(f"{relation}.{column}" for relation, columns in self.columns.items() for column in columns),
        }

    def scope(self, codes: Sequence[str]) -> Scope:
        """Say what the names are: numbers without unit, or codes among all those seen."""
        texts = [value for value in self.values.values() if isinstance(value, str)]
        texts += [
            v
            for columns in self.columns.values()
            for values in columns.values()
            for v in values
            if isinstance(v, str)
        ]
        options = tuple(dict.fromkeys([*codes, *texts]))

        def kind(value: Value) -> Kind:
            return Choice(options) if isinstance(value, str) else Quantity("adimensional")

        relations = {
            relation: Relation({column: kind(values[0]) for column, values in columns.items()})
            for relation, columns in self.columns.items()
        }
        return Scope({name: kind(value) for name, value in self.values.items()}, relations)

    def value(self, name: str) -> Value:
        return self.values[name]

    def rows(self, relation: str) -> Sequence[_Row]:
        columns = self.columns[relation]
        count = len(next(iter(columns.values())))
        return [
            _Row(f"item {n + 1}", {column: values[n] for column, values in columns.items()})
            for n in range(count)
        ]

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        raise MissingTableRow(table, keys)
