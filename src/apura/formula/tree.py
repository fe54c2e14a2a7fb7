"""The tree of a formula: frozen nodes, equal when they say the same, each knowing where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from apura.formula.errors import Place
from apura.formula.functions import AGGREGATES, CONNECTIVES, EXTREMES

NOWHERE = Place(0, 0)

SumSign: TypeAlias = Literal["+", "-"]
ProductSign: TypeAlias = Literal["*", "/"]
ComparisonSign: TypeAlias = Literal["=", "<>", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula, zero or more."""

    value: Fraction
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A text between quotes: one of the declared options of what it is compared with."""

    value: str
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A value by its folded name; as the first argument of `conta`, a relation."""

    name: str
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation: `itens.nota`."""

    relation: str
    column: str
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value of an annex by its keys: `pontos_do_produto[entregas.produto; entregas.complexidade]`."""

    table: str
    keys: tuple[Node, ...]
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """A chain `a + b - c`; each term with its sign, the first always `+`."""

    terms: tuple[tuple[SumSign, Node], ...]
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Product:
    """A chain `a * b / c`, read from the left; each factor with its sign, the first always `*`."""

    factors: tuple[tuple[ProductSign, Node], ...]
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """A value with its sign changed."""

    operand: Node
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    operator: ComparisonSign
    left: Node
    right: Node
    at: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments.

    `relations` are those whose columns the arguments read outside any aggregate of their own; `aggregates`
    tells whether the call runs over the records of a relation. Both follow from what is written and are kept
    here so that evaluating never looks twice.
    """

    function: str
    arguments: tuple[Node, ...]
    at: Place = field(default=NOWHERE, compare=False, repr=False)
    relations: tuple[str, ...] = field(init=False, compare=False, repr=False)
    aggregates: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = _relations_read(self)
        object.__setattr__(self, "relations", found)
        object.__setattr__(self, "aggregates", _runs_over_records(self, found))


Node: TypeAlias = Number | Code | Name | Column | Lookup | Sum | Product | Negative | Comparison | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return what a node is directly made of, in the order it was written."""
    match node:
        case Sum(terms=pairs) | Product(factors=pairs):
            return tuple(child for _, child in pairs)
        case Call(arguments=inner) | Lookup(keys=inner):
            return inner
        case Comparison():
            return (node.left, node.right)
        case Negative():
            return (node.operand,)
        case _:
            return ()


def walk(tree: Node) -> Iterator[Node]:
    """Yield every node, each before its parts, in the order they were written."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def is_condition(node: Node) -> bool:
    """Tell whether a node is written as a condition: a comparison, or `e`, `ou`, `nao`."""
    return isinstance(node, Comparison) or (isinstance(node, Call) and node.function in CONNECTIVES)


def _relations_read(call: Call) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = list(reversed(call.arguments))
    if call.function == "conta" and waiting and isinstance(waiting[-1], Name):
        found[waiting.pop().name] = None  # type: ignore[union-attr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Column):
            found[node.relation] = None
        elif not (isinstance(node, Call) and node.aggregates):
            waiting.extend(reversed(children(node)))
    return tuple(found)


def _runs_over_records(call: Call, relations: tuple[str, ...]) -> bool:
    if call.function in AGGREGATES:
        return True
    if call.function not in EXTREMES or not relations:
        return False
    match call.arguments:
        case (_,):
            return True
        case (_, condition):
            return is_condition(condition)
        case _:
            return False
