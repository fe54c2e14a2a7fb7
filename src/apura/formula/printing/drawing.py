"""The formula as a JSON-able drawing, for Typst and MathML to draw recursively.

Each piece is `{"kind": …}`: `number`, `name`, `code`, `sign` (text); `row` (items); `fraction` (over, under);
`group` (body); `call` (name, arguments); `lookup` (table, keys); `cases` (rows of value and when, otherwise).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from apura.formula.functions import FUNCTIONS
from apura.formula.numbers import finite_places
from apura.formula.printing.canonical import TIGHTEST, tightness
from apura.formula.printing.portuguese import SIGNS, Labels, later
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

Drawing: TypeAlias = dict[str, Any]


def drawing(tree: Node, labels: Mapping[str, str] | None = None, trace: Trace | None = None) -> Drawing:
    """Return the formula as nested dictionaries.

    Args:
        tree: the formula.
        labels: what to show for names, columns and tables.
        trace: what happened; with it, values stand for names and only the branch taken is drawn.
    """
    shown = tree if trace is None else resolved(tree, trace)
    return _draw(shown, Labels(labels or {}))


def _draw(node: Node, labels: Labels) -> Drawing:
    return _BY_TYPE[node.__class__](node, labels)


def _inside(node: Node, least: int, labels: Labels) -> Drawing:
    drawn = _draw(node, labels)
    if drawn["kind"] == "fraction" or (tightness(node) >= least and drawn["kind"] != "cases"):
        return drawn
    return {"kind": "group", "body": drawn}


def _word(kind: str, text: str) -> Drawing:
    return {"kind": kind, "text": text}


def _row(items: list[Drawing]) -> Drawing:
    return items[0] if len(items) == 1 else {"kind": "row", "items": items}


def _number(node: Number, labels: Labels) -> Drawing:  # noqa: ARG001 - every handler is called alike
    if finite_places(node.value) is not None:
        return _word("number", typographic(node.value))
    over, under = (Fraction(part) for part in (abs(node.value.numerator), node.value.denominator))
    drawn = _fraction(_word("number", typographic(over)), _word("number", typographic(under)))
    return _row([_word("sign", "−"), drawn]) if node.value < 0 else drawn


def _fraction(over: Drawing, under: Drawing) -> Drawing:
    return {"kind": "fraction", "over": over, "under": under}


def _sum(node: Sum, labels: Labels) -> Drawing:
    (_, first), *rest = node.terms
    items = [_inside(first, 3, labels)]
    for sign, term in rest:
        items += [_word("sign", SIGNS[sign]), _inside(term, later(term, 3), labels)]
    return _row(items)


def _product(node: Product, labels: Labels) -> Drawing:
    (_, first), *rest = node.factors
    items = [(first, _inside(first, 4, labels))]
    for sign, factor in rest:
        if sign == "*":
            items.append((factor, _inside(factor, TIGHTEST, labels)))
        else:
            alone = len(items) == 1
            over = _draw(items[0][0], labels) if alone and items[0][0] is first else _times(items)
            items = [(node, _fraction(over, _draw(factor, labels)))]
    return _times(items)


def _times(items: list[tuple[Node, Drawing]]) -> Drawing:
    drawn = [items[0][1]]
    for _, item in items[1:]:
        drawn += [_word("sign", "×"), item]
    return _row(drawn)


def _comparison(node: Comparison, labels: Labels) -> Drawing:
    sign = _word("sign", SIGNS[node.operator])
    return _row([_inside(node.left, 2, labels), sign, _inside(node.right, 2, labels)])


def _negative(node: Negative, labels: Labels) -> Drawing:
    return _row([_word("sign", "−"), _inside(node.operand, TIGHTEST, labels)])


def _call(node: Call, labels: Labels) -> Drawing:
    if node.function == "se":
        return _branches(node, labels)
    if node.function == "faixa":
        return _bands(node, labels)
    return {
        "kind": "call",
        "name": FUNCTIONS[node.function].shown,
        "arguments": [_draw(argument, labels) for argument in node.arguments],
    }


def _branches(node: Call, labels: Labels) -> Drawing:
    rows = []
    rest: Node = node
    while isinstance(rest, Call) and rest.function == "se":
        condition, then, rest = rest.arguments
        rows.append({"value": _draw(then, labels), "when": _draw(condition, labels)})
    return {"kind": "cases", "rows": rows, "otherwise": _draw(rest, labels)}


def _bands(node: Call, labels: Labels) -> Drawing:
    value, *pairs, rest = node.arguments
    rows = [
        {"value": _draw(result, labels), "when": _draw(Comparison(">=", value, floor), labels)}
        for floor, result in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return {"kind": "cases", "rows": rows, "otherwise": _draw(rest, labels)}


def _lookup(node: Lookup, labels: Labels) -> Drawing:
    keys = [_draw(key, labels) for key in node.keys]
    return {"kind": "lookup", "table": labels.of(node), "keys": keys}


_BY_TYPE: Mapping[type, Callable[[Any, Labels], Drawing]] = {
    Number: _number,
    Code: lambda node, _: _word("code", node.value),
    Name: lambda node, labels: _word("name", labels.of(node)),
    Column: lambda node, labels: _word("name", labels.of(node)),
    Lookup: _lookup,
    Call: _call,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Comparison: _comparison,
}
