"""The formula in one line as people read it: × ÷ ≤ ≥ ≠ −, labels for names, or values for names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apura.formula.functions import FUNCTIONS
from apura.formula.numbers import finite_places
from apura.formula.printing.canonical import TIGHTEST, tightness
from apura.formula.printing.resolved import resolved, typographic
from apura.formula.tracing import Trace
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

SIGNS: Mapping[str, str] = {
    "+": "+",
    "-": "−",
    "*": "×",
    "/": "÷",
    "=": "=",
    "<>": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
}
_CHAINED = 3


@dataclass(frozen=True, slots=True)
class Labels:
    """What people read instead of names; a name without label prints as it is."""

    labels: Mapping[str, str]

    def of(self, node: Name | Column | Lookup) -> str:
        """Return the label of a name, a column or a table."""
        if isinstance(node, Column):
            key = f"{node.relation}.{node.column}"
        else:
            key = node.name if isinstance(node, Name) else node.table
        return self.labels.get(key, key)


def portuguese(tree: Node, labels: Mapping[str, str] | None = None) -> str:
    """Return the formula as people read it.

    Args:
        tree: the formula.
        labels: what to show for a name, for `relation.column` and for a table; others print as they are.
    """
    return _text(tree, Labels(labels or {}))


def with_values(tree: Node, trace: Trace, units: Mapping[str, str] | None = None) -> str:
    """Return the formula with values for names, only the branch taken: “mín(1; 0,2 × 2)”.

    Args:
        tree: the formula that was traced.
        trace: what happened.
        units: the unit to write after each name's value, by name or by `relation.column`.
    """
    return portuguese(resolved(tree, trace, units))


def grip(node: Node) -> int:
    """Return how tightly a node's text holds: as in the normal form, but “25/3” holds like a division."""
    if isinstance(node, Number) and finite_places(node.value) is None:
        return _CHAINED
    return tightness(node)


def later(node: Node, least: int) -> int:
    """Return how tightly a part after the first must hold: two signs never stand side by side."""
    first = node
    while isinstance(first, Product):
        first = first.factors[0][1]
    opens_with_sign = isinstance(first, Negative) or (isinstance(first, Number) and first.value < 0)
    return TIGHTEST if opens_with_sign or isinstance(node, Number) else least


def _text(node: Node, labels: Labels) -> str:
    return _BY_TYPE[node.__class__](node, labels)


def _inside(node: Node, least: int, labels: Labels) -> str:
    text = _text(node, labels)
    return text if grip(node) >= least else f"({text})"


def _chain(parts: tuple[tuple[str, Node], ...], least: int, labels: Labels) -> str:
    (_, first), *rest = parts
    shown = [_inside(first, least, labels)]
    for sign, part in rest:
        shown += [SIGNS[sign], _inside(part, later(part, least), labels)]
    return " ".join(shown)


def _call(node: Call, labels: Labels) -> str:
    return f"{FUNCTIONS[node.function].shown}({_list(node.arguments, labels)})"


def _list(nodes: tuple[Node, ...], labels: Labels) -> str:
    return "; ".join(_text(node, labels) for node in nodes)


def _comparison(node: Comparison, labels: Labels) -> str:
    return f"{_inside(node.left, 2, labels)} {SIGNS[node.operator]} {_inside(node.right, 2, labels)}"


_BY_TYPE: Mapping[type, Callable[[Any, Labels], str]] = {
    Number: lambda node, _: typographic(node.value),
    Code: lambda node, _: f"“{node.value}”",
    Name: lambda node, labels: labels.of(node),
    Column: lambda node, labels: labels.of(node),
    Lookup: lambda node, labels: f"{labels.of(node)}[{_list(node.keys, labels)}]",
    Call: _call,
    Sum: lambda node, labels: _chain(node.terms, 3, labels),
    Product: lambda node, labels: _chain(node.factors, 4, labels),
    Negative: lambda node, labels: f"−{_inside(node.operand, TIGHTEST, labels)}",
    Comparison: _comparison,
}
