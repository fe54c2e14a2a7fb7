"""Walks a formula with intervals for values, keeping the largest integer it would need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NoReturn

from apura.formula.checking.around import MAX_PLACES
from apura.formula.checking.operations import ends
from apura.formula.compiling.bounds import Bound, Measure, Quotient, as_quotient
from apura.formula.errors import NotCompilable
from apura.formula.numbers import finite_places
from apura.formula.printing.canonical import canonical
from apura.formula.scope import Kind, Quantity, Scope
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


class Measuring:
    """One walk; `magnitude` is the largest absolute integer met so far."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.magnitude = 0

    def finished(self, node: Node) -> Bound | None:
        """Return the bound of a value that must be one integer; None of a code or a condition."""
        found = self.visit(node)
        if isinstance(found, Quotient):
            raise NotCompilable(
                f"O quociente “{_short(node)}” precisa de um arredondamento próprio no cálculo em massa.",
                at=node.at,
                hint=f"Escreva arred({_short(node)}; casas).",
            )
        return found

    def visit(self, node: Node) -> Measure | None:
        """Return the measure of a number; None of a code or a condition."""
        return _BY_TYPE[node.__class__](self, node)

    def measure(self, node: Node) -> Measure:
        """Return the measure of a node the check knows to be a number."""
        found = self.visit(node)
        assert found is not None  # noqa: S101 - the check came first
        return found

    def need(self, integer: int) -> None:
        """Count an integer that would be computed."""
        self.magnitude = max(self.magnitude, integer)

    def keep(self, measure: Measure) -> Measure:
        """Count the integers that hold a measure, and return it."""
        parts = (measure.over, measure.under) if isinstance(measure, Quotient) else (measure,)
        for bound in parts:
            self.need(bound.peak_at(measure.places))
        return measure

    def add(self, left: Measure, right: Measure) -> Measure:
        """Add two measures, brought to one scale or one denominator."""
        if isinstance(left, Bound) and isinstance(right, Bound):
            total = left.plus(right)
            self.need(left.peak_at(total.places))
            self.need(right.peak_at(total.places))
            return self.keep(total)
        first, second = self.cross(left, right)
        return self.keep(
            Quotient(first.plus(second), as_quotient(left).under.times(as_quotient(right).under))
        )

    def cross(self, left: Measure, right: Measure) -> tuple[Bound, Bound]:
        """Return both numerators over a common denominator, at one scale."""
        mine, theirs = as_quotient(left), as_quotient(right)
        first, second = mine.over.times(theirs.under), theirs.over.times(mine.under)
        places = max(first.places, second.places)
        self.need(first.peak_at(places))
        self.need(second.peak_at(places))
        return first, second

    def multiply(self, left: Measure, right: Measure) -> Measure:
        """Multiply two measures."""
        if isinstance(left, Bound) and isinstance(right, Bound):
            return self.keep(left.times(right))
        mine, theirs = as_quotient(left), as_quotient(right)
        return self.keep(Quotient(mine.over.times(theirs.over), mine.under.times(theirs.under)))

    def divide(self, left: Measure, right: Measure) -> Measure:
        """Divide two measures, into a quotient."""
        mine, theirs = as_quotient(left), as_quotient(right)
        return self.keep(Quotient(mine.over.times(theirs.under), mine.under.times(theirs.over)))

    def either(self, left: Measure, right: Measure) -> Measure:
        """Return the measure of one or the other."""
        if isinstance(left, Bound) and isinstance(right, Bound):
            return self.keep(left.hull(right))
        mine, theirs = as_quotient(left), as_quotient(right)
        return self.keep(Quotient(mine.over.hull(theirs.over), mine.under.hull(theirs.under)))

    def round(self, measure: Measure, least: int, most: int) -> Bound:
        """Round a measure to some places from `least` to `most`, counting 2·|p|·10ⁿ + q and 2·q."""
        if isinstance(measure, Quotient):
            over, under = measure.over.peak_at(measure.places), measure.under.peak_at(measure.places)
            rounded = measure.whole.rounded(least, most)
        elif measure.places <= least:
            over, under = 0, 0
            rounded = Bound(measure.low, measure.high, most)
        else:
            over, under = measure.peak, 10**measure.places
            rounded = measure.rounded(least, most)
        self.need(2 * over * 10**most + under)
        self.need(2 * under)
        self.keep(rounded)
        return rounded


def _short(node: Node) -> str:
    text = canonical(node)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - what still fits a message


def _quantity(kind: Kind, node: Node) -> Bound | None:
    if not isinstance(kind, Quantity):
        return None
    named = {"o menor valor": kind.low, "o maior valor": kind.high, "o número de casas": kind.places}
    missing = [what for what, value in named.items() if value is None]
    if kind.low is None or kind.high is None or kind.places is None:
        raise NotCompilable(
            f"“{_short(node)}” não declara {' nem '.join(missing)}.",
            at=node.at,
            hint="Declare o menor e o maior valor e as casas (low, high, places).",
        )
    return Bound(kind.low, kind.high, kind.places)


def _number(run: Measuring, node: Number) -> Measure:
    return run.keep(Bound(node.value, node.value, finite_places(node.value) or 0))


def _code(run: Measuring, node: Code) -> None:  # noqa: ARG001 - every handler is called alike
    return None


def _kept(run: Measuring, bound: Bound | None) -> Measure | None:
    return run.keep(bound) if bound else None


def _name(run: Measuring, node: Name) -> Measure | None:
    return _kept(run, _quantity(run.scope.names[node.name], node))


def _column(run: Measuring, node: Column) -> Measure | None:
    return _kept(run, _quantity(run.scope.relations[node.relation].columns[node.column], node))


def _lookup(run: Measuring, node: Lookup) -> Measure | None:
    for key in node.keys:
        run.visit(key)
    return _kept(run, _quantity(run.scope.tables[node.table].result, node))


def _sum(run: Measuring, node: Sum) -> Measure:
    total: Measure | None = None
    for sign, term in node.terms:
        measure = run.measure(term)
        if sign == "-":
            measure = _turned(measure)
        total = measure if total is None else run.add(total, measure)
    assert total is not None  # noqa: S101 - a sum has terms
    return total


def _turned(measure: Measure) -> Measure:
    if isinstance(measure, Quotient):
        return Quotient(measure.over.negated(), measure.under)
    return measure.negated()


def _product(run: Measuring, node: Product) -> Measure:
    total: Measure | None = None
    for sign, factor in node.factors:
        measure = run.measure(factor)
        if total is None:
            total = measure
        elif sign == "*":
            total = run.multiply(total, measure)
        elif isinstance(factor, Number) and ends(factor):
            inverse = 1 / factor.value
            total = run.multiply(total, run.keep(Bound(inverse, inverse, finite_places(inverse) or 0)))
        else:
            total = run.divide(total, measure)
    assert total is not None  # noqa: S101 - a product has factors
    return total


def _negative(run: Measuring, node: Negative) -> Measure:
    return _turned(run.measure(node.operand))


def _comparison(run: Measuring, node: Comparison) -> None:
    left, right = run.visit(node.left), run.visit(node.right)
    if left is not None and right is not None:
        run.cross(left, right)


def _call(run: Measuring, node: Call) -> Measure | None:
    return _aggregate(run, node) if node.aggregates else _BY_FUNCTION[node.function](run, node)


def _aggregate(run: Measuring, node: Call) -> Measure:
    rows = _most_rows(run, node)
    for condition in node.arguments[1:]:
        run.visit(condition)
    count = Bound(Fraction(0), Fraction(rows), 0)
    if node.function == "conta":
        return run.keep(count)
    body = run.finished(node.arguments[0])
    assert body is not None  # noqa: S101 - the check came first
    if node.function in {"min", "max"}:
        return body
    total = Bound(min(body.low * rows, Fraction(0)), max(body.high * rows, Fraction(0)), body.places)
    run.keep(total)
    if node.function == "soma":
        return total
    return run.keep(Quotient(total, Bound(Fraction(1), Fraction(max(rows, 1)), 0), limits=body))


def _most_rows(run: Measuring, node: Call) -> int:
    candidates = node.relations[:1] if node.function == "conta" else node.relations
    many = [name for name in candidates if not run.scope.relations[name].single]
    if not many:
        return 1
    rows = run.scope.relations[many[0]].max_rows
    if rows is None:
        raise NotCompilable(
            f"A relação “{many[0]}” não declara quantos registros pode ter.",
            at=node.at,
            hint="Declare o número máximo de registros (max_rows).",
        )
    return rows


def _visited(run: Measuring, node: Call) -> None:
    for argument in node.arguments:
        run.visit(argument)


def _alternatives(run: Measuring, nodes: tuple[Node, ...]) -> Measure | None:
    total: Measure | None = None
    for node in nodes:
        measure = run.visit(node)
        if measure is not None:
            total = measure if total is None else run.either(total, measure)
    return total


def _if(run: Measuring, node: Call) -> Measure | None:
    run.visit(node.arguments[0])
    return _alternatives(run, node.arguments[1:])


def _extreme(run: Measuring, node: Call) -> Measure:
    total, *others = (run.measure(argument) for argument in node.arguments)
    for measure in others:
        run.cross(total, measure)
        if isinstance(total, Bound) and isinstance(measure, Bound):
            chosen = min if node.function == "min" else max
            places = max(total.places, measure.places)
            total = Bound(chosen(total.low, measure.low), chosen(total.high, measure.high), places)
            run.keep(total)
        else:
            total = run.either(total, measure)
    return total


def _rounded(run: Measuring, node: Call) -> Measure:
    value, places = node.arguments
    if isinstance(places, Number):
        least = most = places.value.numerator
    else:
        declared = run.measure(places)
        assert isinstance(declared, Bound)  # noqa: S101 - a name or a column
        least, most = (max(0, min(MAX_PLACES, int(limit))) for limit in (declared.low, declared.high))
    return run.round(run.measure(value), least, most)


def _exactly(run: Measuring, node: Call) -> NoReturn:  # noqa: ARG001
    raise NotCompilable(
        f"“{_short(node)}” guarda a fração inteira, que não tem casas decimais conhecidas.",
        at=node.at,
        hint="Troque exata(…) por arred(…; casas), ou calcule este passo um a um.",
    )


def _band(run: Measuring, node: Call) -> Measure | None:
    value, *pairs, rest = node.arguments
    measured = run.measure(value)
    for floor in pairs[::2]:
        run.cross(measured, run.measure(floor))
    return _alternatives(run, (*pairs[1::2], rest))


_BY_TYPE: Mapping[type, Callable[[Measuring, Any], Measure | None]] = {
    Number: _number,
    Code: _code,
    Name: _name,
    Column: _column,
    Lookup: _lookup,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Comparison: _comparison,
    Call: _call,
}

_BY_FUNCTION: Mapping[str, Callable[[Measuring, Call], Measure | None]] = {
    "se": _if,
    "e": _visited,
    "ou": _visited,
    "nao": _visited,
    "min": _extreme,
    "max": _extreme,
    "arred": _rounded,
    "exata": _exactly,
    "faixa": _band,
}
