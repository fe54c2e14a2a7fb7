"""What targets make together: over units and over periods, only where the card says how; else there is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from apura.formula import Call, Name, Negative, Node, Number, Product, Sum
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.attainment import Promise
from apura_web.indicators.formulas import CardFormula

Promises = Sequence[Promise | None]


def is_additive(formula: CardFormula) -> bool:
    """Say whether the result of several units is the sum of theirs, as in a count; a percentage is not."""
    return _adds(formula.tree)


def over_units(formula: CardFormula, promises: Promises) -> Promise | None:
    """Give the target of several units together.

    Counts are added, when every unit has a target. Of the others only a target that is the same everywhere holds for
    all: percentages are never added nor averaged.
    """
    return _added(promises) if is_additive(formula) else _the_same(promises)


def over_periods(rule: str, promises: Promises) -> Promise | None:
    """Give the target of several periods together, by the accumulation rule of the card.

    Args:
        rule: one of :class:`Accumulation`.
        promises: one of each period, in order.
    """
    how = Accumulation(rule)
    if how == Accumulation.SUM:
        return _added(promises)
    if how == Accumulation.LAST:
        return promises[-1] if promises else None
    if how == Accumulation.MEAN:
        added = _added(promises)
        return None if added is None else _divided(added, len(promises))
    return _the_same(promises)


def _added(promises: Promises) -> Promise | None:
    values = [each.value for each in promises if each is not None and each.value is not None]
    if not values or len(values) != len(promises):
        return None
    highs = [each.high for each in promises if each is not None and each.high is not None]
    high = sum(highs, Fraction(0)) if len(highs) == len(values) else None
    return Promise(sum(values, Fraction(0)), high)


def _divided(promise: Promise, count: int) -> Promise:
    value, high = promise.value, promise.high
    return Promise(None if value is None else value / count, None if high is None else high / count)


def _the_same(promises: Promises) -> Promise | None:
    different = set(promises)
    return different.pop() if len(different) == 1 else None


def _adds(node: Node) -> bool:
    match node:
        case Name():
            return True
        case Negative(operand=inner):
            return _adds(inner)
        case Sum(terms=terms):
            return all(_adds(term) for _, term in terms)
        case Product(factors=factors):
            adding = [(sign, each) for sign, each in factors if not isinstance(each, Number)]
            return len(adding) == 1 and adding[0][0] == "*" and _adds(adding[0][1])
        case Call(function="arred", arguments=arguments):
            return _adds(arguments[0])
        case _:
            return False
