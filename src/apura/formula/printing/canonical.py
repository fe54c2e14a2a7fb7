"""The formula in the normal form of its own language: what is stored, compared and hashed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apura.formula.numbers import finite_places, plain
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

_TIGHTNESS: dict[type, int] = {Comparison: 1, Sum: 2, Product: 3, Negative: 4}
TIGHTEST = 5


def tightness(node: Node) -> int:
    """Return how tightly a node's text holds, from a comparison (1) to what needs no parentheses (5)."""
    if isinstance(node, Number) and node.value < 0:
        return _TIGHTNESS[Negative]
    return _TIGHTNESS.get(node.__class__, TIGHTEST)


def canonical(tree: Node) -> str:
    """Return the formula in normal form: `parse(canonical(tree)) == tree`."""
    return _BY_TYPE[tree.__class__](tree)


def _chain(parts: tuple[tuple[str, Node], ...], least: int) -> str:
    shown = [f"{sign} {_inside(part, least)}" for sign, part in parts]
    return " ".join(shown)[2:]


def _inside(node: Node, least: int) -> str:
    text = canonical(node)
    return text if tightness(node) >= least else f"({text})"


def _number(node: Number) -> str:
    places = finite_places(node.value)
    if places is None:
        raise ValueError(
            f"no decimal of the language is {node.value}; only parsed formulas have a canonical text"
        )
    return plain(node.value, places).replace(".", ",")


def _arguments(nodes: tuple[Node, ...]) -> str:
    return "; ".join(map(canonical, nodes))


_BY_TYPE: Mapping[type, Callable[[Any], str]] = {
    Number: _number,
    Code: lambda node: f'"{node.value}"',
    Name: lambda node: node.name,
    Column: lambda node: f"{node.relation}.{node.column}",
    Lookup: lambda node: f"{node.table}[{_arguments(node.keys)}]",
    Call: lambda node: f"{node.function}({_arguments(node.arguments)})",
    Sum: lambda node: _chain(node.terms, 3),
    Product: lambda node: _chain(node.factors, 4),
    Negative: lambda node: f"-{_inside(node.operand, 4)}",
    Comparison: lambda node: f"{_inside(node.left, 2)} {node.operator} {_inside(node.right, 2)}",
}
