"""What a formula reads, in order of appearance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from apura.formula.tree import Call, Code, Column, Lookup, Name, Node, Number, walk


@dataclass(frozen=True, slots=True)
class References:
    """Each thing a formula reads, once, in order of appearance.

    `relations` are those of `columns` and of `conta`; `literals` are the numbers written in the formula,
    without the places of `arred`; `codes` are the texts between quotes.
    """

    names: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    relations: tuple[str, ...]
    tables: tuple[str, ...]
    functions: tuple[str, ...]
    literals: tuple[Fraction, ...]
    codes: tuple[str, ...]


def references(tree: Node) -> References:
    """Return what the formula reads."""
    apart: set[int] = set()
    names: dict[str, None] = {}
    columns: dict[tuple[str, str], None] = {}
    relations: dict[str, None] = {}
    tables: dict[str, None] = {}
    functions: dict[str, None] = {}
    literals: dict[Fraction, None] = {}
    codes: dict[str, None] = {}
    for node in walk(tree):
        match node:
            case Call():
                functions[node.function] = None
                apart.update(map(id, _not_values(node)))
                if node.function == "conta" and isinstance(node.arguments[0], Name):
                    relations[node.arguments[0].name] = None
            case Name() if id(node) not in apart:
                names[node.name] = None
            case Column():
                columns[node.relation, node.column] = None
                relations[node.relation] = None
            case Lookup():
                tables[node.table] = None
            case Number() if id(node) not in apart:
                literals[node.value] = None
            case Code():
                codes[node.value] = None
            case _:
                pass
    return References(
        *map(tuple, (names, columns, relations, tables, functions, literals, codes))  # type: ignore[arg-type]
    )


def _not_values(call: Call) -> tuple[Node, ...]:
    """Return the arguments that name no value: the relation of `conta`, the literal places of `arred`."""
    if call.function == "conta":
        return tuple(node for node in call.arguments[:1] if isinstance(node, Name))
    if call.function == "arred":
        return tuple(node for node in call.arguments[1:] if isinstance(node, Number))
    return ()
