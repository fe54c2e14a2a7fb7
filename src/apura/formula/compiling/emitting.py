"""Walks a formula and writes it as expressions over integers that never raise, each with the error it would have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any, Protocol

from apura.formula.checking.around import MAX_PLACES
from apura.formula.checking.operations import ends
from apura.formula.compiling.arithmetic import Arithmetic, Span
from apura.formula.compiling.bounds import Bound
from apura.formula.compiling.terms import SOUND, Failure, Term, either, failing, worst
from apura.formula.errors import NotCompilable
from apura.formula.numbers import finite_places
from apura.formula.tree import (
    Call,
    Code,
    Column,
    Comparison,
    ComparisonSign,
    Lookup,
    Name,
    Negative,
    Node,
    Number,
    Product,
    Sum,
)


class Reading(Protocol):
    """Where the values of a formula are."""

    def name(self, node: Name) -> Term:
        """Give the value of a name."""

    def column(self, node: Column) -> Term:
        """Give the value of a column, of the record being read or of a single one."""

    def code(self, text: str) -> int:
        """Give the number of a code."""

    def look_up(self, node: Lookup, keys: tuple[Term, ...]) -> Term:
        """Give what a table has for some keys."""

    def gather(self, node: Call) -> Term:
        """Give what an aggregate is worth."""


class Emitter:
    """One walk over one formula."""

    def __init__(self, arithmetic: Arithmetic, reading: Reading) -> None:
        self.arithmetic, self.reading = arithmetic, reading

    def visit(self, node: Node) -> Term:
        """Write a node.

        Raises:
            NotCompilable: something in it has no bound, no scale, or no integer division in the engine.
        """
        return _BY_TYPE[node.__class__](self, node)


def _number(run: Emitter, node: Number) -> Term:
    measure = run.arithmetic.measuring.visit(node)
    places = finite_places(node.value)
    if places is None:
        raise NotCompilable(
            "Um valor usado aqui é uma fração sem casas decimais conhecidas.",
            at=node.at,
            hint="Calcule este passo um a um, sem o lote.",
        )
    return Term(run.arithmetic.literal(int(node.value * 10**places)), measure)


def _code(run: Emitter, node: Code) -> Term:
    return Term(str(run.reading.code(node.value)))


def _sum(run: Emitter, node: Sum) -> Term:
    terms = (run.visit(term) if sign == "+" else _negated(run, term) for sign, term in node.terms)
    return reduce(run.arithmetic.add, terms)


def _negated(run: Emitter, node: Node) -> Term:
    return run.arithmetic.negated(run.visit(node))


def _product(run: Emitter, node: Product) -> Term:
    (_, first), *others = node.factors
    total = run.visit(first)
    for sign, factor in others:
        if sign == "*":
            total = run.arithmetic.multiply(total, run.visit(factor))
        elif isinstance(factor, Number) and ends(factor):
            total = run.arithmetic.multiply(total, _number(run, Number(1 / factor.value, factor.at)))
        else:
            total = run.arithmetic.divide(total, run.visit(factor))
    return total


def _negative(run: Emitter, node: Negative) -> Term:
    return _negated(run, node.operand)


def _comparison(run: Emitter, node: Comparison) -> Term:
    left, right = run.visit(node.left), run.visit(node.right)
    if left.measure is not None:
        run.arithmetic.measuring.cross(left.measure, right.size)
    sql = run.arithmetic.compare(left, node.operator, right)
    return Term(sql, None, max(left.depth, right.depth), worst(left.error, right.error))


def _lookup(run: Emitter, node: Lookup) -> Term:
    return _held(run, node, run.reading.look_up(node, tuple(run.visit(key) for key in node.keys)))


def _held(run: Emitter, node: Node, term: Term) -> Term:
    """Give what is read with how large it is, in the integers of the formula."""
    measure = run.arithmetic.measuring.visit(node)
    if measure is None or not run.arithmetic.wide:
        return replace(term, measure=measure)
    return replace(term, measure=measure, sql=run.arithmetic.widened(term.sql))


def _call(run: Emitter, node: Call) -> Term:
    if not node.aggregates:
        return _BY_FUNCTION[node.function](run, node)
    found = _held(run, node, run.reading.gather(node))
    return replace(found, under=run.arithmetic.widened(found.under)) if found.under else found


def _all(run: Emitter, node: Call) -> Term:
    return _connected(run, node, "AND", "{}")


def _any(run: Emitter, node: Call) -> Term:
    return _connected(run, node, "OR", "NOT {}")


def _connected(run: Emitter, node: Call, joint: str, goes_on: str) -> Term:
    """Join conditions; the error of each counts only when those before it did not decide."""
    terms = [run.visit(condition) for condition in node.arguments]
    error = terms[-1].error
    if any(each.error != SOUND for each in terms[1:]):
        terms = [run.arithmetic.condition(each) for each in terms]
    for term in reversed(terms[:-1]):
        error = worst(term.error, either(goes_on.format(term.sql), error, SOUND))
    sql = f"({f' {joint} '.join(each.sql for each in terms)})"
    return Term(sql, None, max(each.depth for each in terms), error)


def _not(run: Emitter, node: Call) -> Term:
    inner = run.visit(node.arguments[0])
    return replace(inner, sql=f"(NOT {inner.sql})")


def _if(run: Emitter, node: Call) -> Term:
    condition, then, otherwise = (run.visit(argument) for argument in node.arguments)
    return run.arithmetic.choose(condition, then, otherwise)


def _extreme(run: Emitter, node: Call) -> Term:
    return reduce(lambda one, other: _chosen(run, node, one, other), map(run.visit, node.arguments))


def _chosen(run: Emitter, node: Call, one: Term, other: Term) -> Term:
    arithmetic, mine, theirs = run.arithmetic, one.size, other.size
    arithmetic.measuring.cross(mine, theirs)
    error, depth = worst(one.error, other.error), max(one.depth, other.depth)
    if isinstance(mine, Bound) and isinstance(theirs, Bound):
        chosen = min if node.function == "min" else max
        places = max(mine.places, theirs.places)
        measure = Bound(chosen(mine.low, theirs.low), chosen(mine.high, theirs.high), places)
        arithmetic.measuring.keep(measure)
        first, second = arithmetic.crossed(one, other)
        function = "LEAST" if node.function == "min" else "GREATEST"
        return Term(f"{function}({first}, {second})", measure, depth, error)
    one, other = arithmetic.named(one), arithmetic.named(other)
    operator: ComparisonSign = "<=" if node.function == "min" else ">="
    asked = Term(arithmetic.compare(one, operator, other), None, max(one.depth, other.depth))
    return replace(arithmetic.choose(asked, one, other), error=worst(one.error, other.error))


def _rounded(run: Emitter, node: Call) -> Term:
    value, places = run.visit(node.arguments[0]), node.arguments[1]
    said = run.visit(places)
    low, high = said.over_bound.low, said.over_bound.high
    if low == high and low.denominator == 1 and 0 <= low <= MAX_PLACES:
        exact = low.numerator
        return run.arithmetic.round(value, exact, Span(exact, exact), node)
    return _rounded_to(run, node, run.arithmetic.named(value), said)


def _rounded_to(run: Emitter, node: Call, value: Term, places: Term) -> Term:
    """Round to places known only with the facts: every number of them there may be, and the one that is chosen."""
    bound = places.over_bound
    span = Span(*(max(0, min(MAX_PLACES, int(limit))) for limit in (bound.low, bound.high)))
    every = range(span.least, span.most + 1)
    places = run.arithmetic.named(places)
    made = [run.arithmetic.round(value, each, span, node) for each in every]
    held = [run.arithmetic.literal(each * 10**bound.places) for each in every]
    cases = " ".join(f"WHEN {at} THEN {each.sql}" for at, each in zip(held, made, strict=True))
    sql = f"(CASE {places.sql} {cases} ELSE {run.arithmetic.literal(0)} END)"
    out = failing(f"{places.sql} NOT IN ({', '.join(held)})", Failure.PLACES_OUT_OF_RANGE)
    depth = max(places.depth, *(each.depth for each in made))
    return Term(sql, made[-1].measure, depth, worst(value.error, places.error, out))


def _exactly(run: Emitter, node: Call) -> Term:
    run.arithmetic.measuring.visit(node)
    raise AssertionError  # measuring refuses it


def _band(run: Emitter, node: Call) -> Term:
    value, *pairs, rest = (run.visit(argument) for argument in node.arguments)
    value = run.arithmetic.named(value)
    floors = [run.arithmetic.named(floor) for floor in pairs[::2]]
    return replace(
        made := _banded(run, value, list(zip(floors, pairs[1::2], strict=True)), rest),
        error=worst(value.error, made.error),
    )


def _banded(run: Emitter, value: Term, bands: list[tuple[Term, Term]], rest: Term) -> Term:
    """Write the bands from the last up: each asks its floor, that it is below the one before, and the value."""
    made = rest
    for at in reversed(range(len(bands))):
        floor, result = bands[at]
        run.arithmetic.measuring.cross(value.size, floor.size)
        asked = Term(run.arithmetic.compare(value, ">=", floor), None, max(value.depth, floor.depth))
        made = run.arithmetic.choose(asked, result, made)
        out = _out_of_order(run, bands[at - 1][0], floor) if at else SOUND
        made = replace(made, error=worst(floor.error, out, made.error))
    return made


def _out_of_order(run: Emitter, above: Term, floor: Term) -> str:
    are_whole = not above.is_quotient and not floor.is_quotient
    if are_whole and floor.over_bound.high < above.over_bound.low:
        return SOUND
    return failing(run.arithmetic.compare(floor, ">=", above), Failure.BANDS_OUT_OF_ORDER)


_BY_TYPE: Mapping[type, Callable[[Emitter, Any], Term]] = {
    Number: _number,
    Code: _code,
    Name: lambda run, node: _held(run, node, run.reading.name(node)),
    Column: lambda run, node: _held(run, node, run.reading.column(node)),
    Lookup: _lookup,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Comparison: _comparison,
    Call: _call,
}

_BY_FUNCTION: Mapping[str, Callable[[Emitter, Call], Term]] = {
    "se": _if,
    "e": _all,
    "ou": _any,
    "nao": _not,
    "min": _extreme,
    "max": _extreme,
    "arred": _rounded,
    "exata": _exactly,
    "faixa": _band,
}
