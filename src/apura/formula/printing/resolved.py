"""A formula with its values: a tree of what was computed, the branch taken only, ready for any printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apura.formula.evaluate import Value
from apura.formula.numbers import brazilian
from apura.formula.tracing import SHOWN_ROWS, RowsCounted, Trace
from apura.formula.tree import (
    Call,
    Code,
    Column,
    Comparison,
    Lookup,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
)
from apura.formula.units import DIMENSIONLESS, in_plural

_COUNTED = {"soma": "soma", "media": "média", "min": "menor", "max": "maior"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen: the trace, the units to show, and the values of one record inside an aggregate."""

    trace: Trace
    units: Mapping[str, str]
    values: Mapping[int, Value]

    def resolve(self, node: Node) -> Node:
        return _BY_TYPE[node.__class__](self, node)

    def leaf(self, node: Node, name: str) -> Node:
        value = self.values[id(node)]
        if isinstance(value, bool):
            return Name("sim" if value else "não")
        if isinstance(value, str):
            return Code(value)
        unit = self.units.get(name, "")
        return Name(with_unit(value, unit)) if unit and unit != "adimensional" else Number(value)


def resolved(tree: Node, trace: Trace, units: Mapping[str, str] | None = None) -> Node:
    """Return the tree with values for names, and only the branch taken.

    Args:
        tree: the formula that was traced.
        trace: what happened.
        units: the unit to write after each name's value, by name or by `relation.column`.
    """
    return _Seen(trace, units or {}, trace.values).resolve(tree)


def with_unit(value: Fraction, unit: str) -> str:
    """Return a value and its unit as people write them: “R$ 10”, “80%”, “0,2 ponto/dia”, “2 dias”."""
    text = typographic(value)
    if unit.startswith("R$"):
        shown = f"R$ {text}{unit.removeprefix('R$')}"
    elif unit in DIMENSIONLESS:
        shown = text + unit
    else:
        shown = f"{text} {in_plural(unit) if abs(value) >= 2 else unit}"  # noqa: PLR2004 - 1,5 ponto, 2 pontos
    return f"({shown})" if value < 0 else shown


def typographic(value: Fraction) -> str:
    """Return all of the value's decimals, or “25/3”, with the true minus sign."""
    return brazilian(value, None).replace("-", "−")


def _itself(seen: _Seen, node: Node) -> Node:  # noqa: ARG001 - every handler is called alike
    return node


def _name(seen: _Seen, node: Name) -> Node:
    return seen.leaf(node, node.name)


def _column(seen: _Seen, node: Column) -> Node:
    return seen.leaf(node, f"{node.relation}.{node.column}")


def _lookup(seen: _Seen, node: Lookup) -> Node:
    return seen.leaf(node, node.table)


def _sum(seen: _Seen, node: Sum) -> Node:
    return Sum(tuple((sign, seen.resolve(term)) for sign, term in node.terms))


def _product(seen: _Seen, node: Product) -> Node:
    return Product(tuple((sign, seen.resolve(factor)) for sign, factor in node.factors))


def _negative(seen: _Seen, node: Negative) -> Node:
    return Negative(seen.resolve(node.operand))


def _comparison(seen: _Seen, node: Comparison) -> Node:
    return Comparison(node.operator, seen.resolve(node.left), seen.resolve(node.right))


def _call(seen: _Seen, node: Call) -> Node:
    if node.aggregates:
        return _aggregate(seen, node)
    reached = [argument for argument in node.arguments if id(argument) in seen.values]
    match node.function:
        case "se":
            shown = seen.resolve(reached[-1])
        case "faixa":
            shown = seen.resolve(next(result for result in _results(node) if id(result) in seen.values))
        case "e" | "ou" | "exata" if len(reached) == 1:
            shown = seen.resolve(reached[0])
        case "arred":
            shown = Call("arred", (seen.resolve(reached[0]), _places(seen, reached[1])))
        case _:
            shown = Call(node.function, tuple(map(seen.resolve, reached)))
    return shown


def _results(band: Call) -> tuple[Node, ...]:
    return (*band.arguments[2:-1:2], band.arguments[-1])


def _places(seen: _Seen, node: Node) -> Node:
    value = seen.values[id(node)]
    return Number(value) if isinstance(value, Fraction) else node


def _aggregate(seen: _Seen, node: Call) -> Node:
    rows = seen.trace.rows_of(node)
    if node.function == "conta":
        return Name(_count(rows, filtered=len(node.arguments) > 1))
    if not 0 < rows.kept <= SHOWN_ROWS:
        return Name(f"{_value(seen, node)} [{_COUNTED[node.function]} de {_records(rows)}]")
    each = [_Seen(seen.trace, seen.units, row.values).resolve(node.arguments[0]) for row in rows.first]
    if node.function != "soma":
        return Call(node.function, tuple(each))
    return Sum(tuple(("+", term) for term in each)) if len(each) > 1 else each[0]


def _value(seen: _Seen, node: Node) -> str:
    value = seen.values[id(node)]
    assert isinstance(value, Fraction)  # noqa: S101 - the check leaves no other kind
    text = typographic(value)
    return f"({text})" if value < 0 else text


def _records(rows: RowsCounted) -> str:
    if not rows.kept:
        return "nenhum registro"
    return f"{rows.kept} registros" if rows.kept == rows.seen else f"{rows.kept} de {rows.seen} registros"


def _count(rows: RowsCounted, *, filtered: bool) -> str:
    return f"{rows.kept} [de {rows.seen} registros]" if filtered else f"{rows.kept} [registros]"


_BY_TYPE: Mapping[type, Callable[[_Seen, Any], Node]] = {
    Number: _itself,
    Code: _itself,
    Name: _name,
    Column: _column,
    Lookup: _lookup,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Comparison: _comparison,
    Call: _call,
}
