"""The formula in Portuguese words, for who listens to it: every grouping is said, nothing rests on layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apura.formula.printing.portuguese import Labels, grip
from apura.formula.printing.resolved import typographic
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

_SIGNS: Mapping[str, str] = {
    "+": "mais",
    "-": "menos",
    "*": "vezes",
    "/": "dividido por",
    "=": "é igual a",
    "<>": "é diferente de",
    "<": "é menor que",
    "<=": "é menor ou igual a",
    ">": "é maior que",
    ">=": "é maior ou igual a",
}
_CALL = 0


def in_words(tree: Node, labels: Mapping[str, str] | None = None) -> str:
    """Return the formula in words: “o menor valor entre perda máxima e perda por dia vezes dias de atraso”.

    Args:
        tree: the formula.
        labels: what to say for names, columns, tables and relations.
    """
    return _say(tree, Labels(labels or {}))


def _say(node: Node, labels: Labels) -> str:
    return _BY_TYPE[node.__class__](node, labels)


def _holds(node: Node) -> int:
    return _CALL if isinstance(node, Call) else grip(node)


def _inside(node: Node, least: int, labels: Labels) -> str:
    said = _say(node, labels)
    return said if _holds(node) >= least else f"abre parênteses, {said}, fecha parênteses"


def _chain(parts: tuple[tuple[str, Node], ...], least: int, labels: Labels) -> str:
    said = [f"{_SIGNS[sign]} {_inside(part, least, labels)}" for sign, part in parts]
    return " ".join(said).split(" ", 1)[1]


def _number(node: Number, labels: Labels) -> str:  # noqa: ARG001 - every handler is called alike
    return typographic(node.value).replace("−", "menos ").replace("/", " sobre ")


def _comparison(node: Comparison, labels: Labels) -> str:
    return f"{_inside(node.left, 2, labels)} {_SIGNS[node.operator]} {_inside(node.right, 2, labels)}"


def _lookup(node: Lookup, labels: Labels) -> str:
    return f"{labels.of(node)} para {_list(node.keys, 'e', labels)}"


def _list(nodes: tuple[Node, ...], last: str, labels: Labels) -> str:
    said = [_inside(node, 1, labels) for node in nodes]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {last} {said[-1]}"


def _call(node: Call, labels: Labels) -> str:
    if node.aggregates and node.relations:
        return _AGGREGATES[node.function](node, labels) + _filter(node, labels)
    return _FUNCTIONS[node.function](node.arguments, labels)


def _filter(node: Call, labels: Labels) -> str:
    return f", só dos registros em que {_say(node.arguments[1], labels)}" if len(node.arguments) > 1 else ""


def _each(what: str) -> Callable[[Call, Labels], str]:
    def say(node: Call, labels: Labels) -> str:
        relation = labels.labels.get(node.relations[0], node.relations[0])
        return f"{what} de {_inside(node.arguments[0], 1, labels)} em cada registro de {relation}"

    return say


def _count(node: Call, labels: Labels) -> str:
    return f"a quantidade de registros de {_say(node.arguments[0], labels)}"


def _if(arguments: tuple[Node, ...], labels: Labels) -> str:
    condition, then, otherwise = (_say(argument, labels) for argument in arguments)
    return f"se {condition}, então {then}; senão, {otherwise}"


def _rounded(arguments: tuple[Node, ...], labels: Labels) -> str:
    value, places = arguments
    said = _say(places, labels)
    word = "casa decimal" if said == "1" else "casas decimais"
    whole = isinstance(value, Call) and value.aggregates and len(value.arguments) == 1
    return f"{_say(value, labels) if whole else _inside(value, 1, labels)}, arredondado para {said} {word}"


def _band(arguments: tuple[Node, ...], labels: Labels) -> str:
    value, *pairs, rest = arguments
    bands = [
        f"a partir de {_inside(floor, 1, labels)}, {_inside(result, 1, labels)}"
        for floor, result in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    otherwise = f"nos demais casos, {_inside(rest, 1, labels)}"
    return f"conforme a faixa de {_inside(value, 1, labels)}: {'; '.join([*bands, otherwise])}"


_BY_TYPE: Mapping[type, Callable[[Any, Labels], str]] = {
    Number: _number,
    Code: lambda node, _: f"“{node.value}”",
    Name: lambda node, labels: labels.of(node),
    Column: lambda node, labels: labels.of(node),
    Lookup: _lookup,
    Call: _call,
    Sum: lambda node, labels: _chain(node.terms, 3, labels),
    Product: lambda node, labels: _chain(node.factors, 4, labels),
    Negative: lambda node, labels: f"menos {_inside(node.operand, 5, labels)}",
    Comparison: _comparison,
}

_AGGREGATES: Mapping[str, Callable[[Call, Labels], str]] = {
    "soma": _each("a soma"),
    "media": _each("a média"),
    "min": _each("o menor valor"),
    "max": _each("o maior valor"),
    "conta": _count,
}

_FUNCTIONS: Mapping[str, Callable[[tuple[Node, ...], Labels], str]] = {
    "se": _if,
    "e": lambda arguments, labels: _list(arguments, "e", labels),
    "ou": lambda arguments, labels: _list(arguments, "ou", labels),
    "nao": lambda arguments, labels: f"não é verdade que {_inside(arguments[0], 1, labels)}",
    "min": lambda arguments, labels: f"o menor valor entre {_list(arguments, 'e', labels)}",
    "max": lambda arguments, labels: f"o maior valor entre {_list(arguments, 'e', labels)}",
    "media": lambda arguments, labels: f"a média de {_list(arguments, 'e', labels)}",
    "arred": _rounded,
    "exata": lambda arguments, labels: f"o valor exato de {_inside(arguments[0], 1, labels)}",
    "faixa": _band,
}
