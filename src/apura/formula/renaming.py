"""A formula said with other names, so that those of several rules may stand in one query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from apura.formula.tree import Call, Column, Comparison, Lookup, Name, Negative, Node, Product, Sum


def renamed(tree: Node, names: Mapping[str, str], columns: Mapping[tuple[str, str], str]) -> Node:
    """Return the formula with other names.

    Args:
        tree: the formula.
        names: what each name becomes; one that is not here stays.
        columns: the columns that become names, by relation and column.
    """
    if isinstance(tree, Name):
        return replace(tree, name=names.get(tree.name, tree.name))
    if isinstance(tree, Column):
        found = columns.get((tree.relation, tree.column))
        return tree if found is None else Name(found, tree.at)
    return _rebuilt(tree, lambda part: renamed(part, names, columns))


def _rebuilt(tree: Node, again: Callable[[Node], Node]) -> Node:
    match tree:
        case Lookup():
            made: Node = replace(tree, keys=tuple(map(again, tree.keys)))
        case Sum():
            made = replace(tree, terms=tuple((sign, again(term)) for sign, term in tree.terms))
        case Product():
            made = replace(tree, factors=tuple((sign, again(factor)) for sign, factor in tree.factors))
        case Negative():
            made = replace(tree, operand=again(tree.operand))
        case Comparison():
            made = replace(tree, left=again(tree.left), right=again(tree.right))
        case Call():
            counted = tree.arguments[:1] if tree.function == "conta" else ()
            made = replace(tree, arguments=(*counted, *map(again, tree.arguments[len(counted) :])))
        case _:
            made = tree
    return made
