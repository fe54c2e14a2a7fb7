"""The static check: everything that can be refused is refused here, before any value is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apura.formula.checking.around import Around
from apura.formula.checking.calls import check_call
from apura.formula.checking.declarations import check_column, check_lookup, check_name
from apura.formula.checking.kinds import LITERAL, Amount, Known, declared, in_words, known
from apura.formula.checking.operations import check_comparison, check_negative, check_product, check_sum
from apura.formula.errors import FormulaCheckError
from apura.formula.scope import Choice, Kind, Quantity, Scope
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


def check(tree: Node, scope: Scope, *, expected: Kind | None = None) -> Kind:
    """Refuse a formula that cannot be computed with what is declared.

    Args:
        tree: the formula.
        scope: what its names, relations and tables are.
        expected: what its result must be; None for anything.

    Returns:
        What its result is; of a quantity, the unit.

    Raises:
        FormulaCheckError: a name is not declared, kinds or units do not agree, a division does not say how it
            rounds, a column stands outside an aggregate.
    """
    found = Around(scope, _BY_TYPE).kind_of(tree)
    if expected is not None:
        _fits(tree, found, expected)
    return declared(found, expected)


def _fits(tree: Node, found: Known, expected: Kind) -> None:
    target = known(expected, tree.at)
    agrees = type(found) is type(target)
    if isinstance(found, Amount) and isinstance(target, Amount):
        agrees = found.unit is None or found.unit == target.unit
    elif isinstance(found, Choice) and isinstance(target, Choice):
        agrees = set(found.options) <= set(target.options)
    if agrees:
        return
    read = f"um destes códigos: {', '.join(found.options)}" if isinstance(found, Choice) else in_words(found)
    wanted = f"um número em {expected.unit}" if isinstance(expected, Quantity) else in_words(target)
    if isinstance(target, Choice):
        wanted = f"um destes códigos: {', '.join(target.options)}"
    raise FormulaCheckError(
        "O resultado da fórmula não é o que foi declarado.", at=tree.at, read=read, expected=wanted
    )


def _literal(around: Around, node: Number) -> Known:  # noqa: ARG001 - every handler is called alike
    return LITERAL


def _code(around: Around, node: Code) -> Known:  # noqa: ARG001
    return Choice((node.value,))


_BY_TYPE: Mapping[type, Callable[[Around, Any], Known]] = {
    Number: _literal,
    Code: _code,
    Name: check_name,
    Column: check_column,
    Lookup: check_lookup,
    Sum: check_sum,
    Product: check_product,
    Negative: check_negative,
    Comparison: check_comparison,
    Call: check_call,
}
