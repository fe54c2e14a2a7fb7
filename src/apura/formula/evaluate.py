"""Exact evaluation of a checked formula, over rationals; this is the reference of what a formula means."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn, Protocol, TypeAlias, cast

from apura.formula.errors import (
    BandsOutOfOrder,
    DivisionByZero,
    EmptyAggregate,
    MissingTableRow,
    NotOneRow,
    NumberTooLong,
    PlacesOutOfRange,
)
from apura.formula.numbers import exact, round_half_away
from apura.formula.printing.canonical import canonical
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

MAX_BITS = 4000
MAX_PLACES = 10
Value: TypeAlias = Fraction | str | bool
_ZERO = Fraction(0)


class Row(Protocol):
    """One record of a relation."""

    @property
    def identity(self) -> str:
        """What names the record to people, such as “linha 7” or “GPL”."""

    def value(self, column: str) -> Value:
        """Return the value of a column."""


class Environment(Protocol):
    """Where values come from; what it raises passes through untouched (MissingTableRow: with its place)."""

    def value(self, name: str) -> Value:
        """Return the value of a name."""

    def rows(self, relation: str) -> Sequence[Row]:
        """Return the records of a relation; exactly one where the scope declares it single."""

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        """Return the value of a table for the keys, or raise MissingTableRow."""


def evaluate(tree: Node, environment: Environment) -> Value:
    """Return the exact value of a formula that `check` accepted.

    Args:
        tree: the formula.
        environment: the values, of the kinds declared in the scope it was checked with.

    Returns:
        A rational, a code or a truth value.

    Raises:
        EvaluationError: these values have no result: division by zero, mean of nothing, missing table row.
    """
    return Evaluation(environment).visit(tree)


class Evaluation:
    """One run over one tree; inside an aggregate, `row` is the record of `relation` being read."""

    __slots__ = ("environment", "relation", "row")

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.relation = ""
        self.row: Row | None = None

    def visit(self, node: Node) -> Value:
        """Return the value of a node."""
        return _BY_TYPE[node.__class__](self, node)

    def number(self, node: Node) -> Fraction:
        """Return the value of a node that the check knows to be a number."""
        return cast("Fraction", self.visit(node))

    @property
    def record(self) -> str:
        """What names the record being read, or nothing."""
        return self.row.identity if self.row is not None else ""

    def results(self, call: Call) -> Iterator[Value]:
        """Yield the aggregate's first argument for each record that its filter keeps."""
        self.relation, rows = self.rows_of(call)
        body = call.arguments[0]
        counted = call.function == "conta"
        condition = call.arguments[1] if len(call.arguments) > 1 else None
        for row in rows:
            self.row = row
            if condition is None or self.visit(condition):
                yield True if counted else self.visit(body)
        self.row = None

    def rows_of(self, call: Call) -> tuple[str, Sequence[Row]]:
        """Return the relation an aggregate runs over, and its records; others it reads have exactly one."""
        chosen = call.relations[0]
        rows = self.environment.rows(chosen)
        for relation in call.relations[1:] if call.function != "conta" else ():
            others = self.environment.rows(relation)
            if len(others) != 1:
                if len(rows) != 1:
                    self.not_one(relation, len(others), call)
                chosen, rows = relation, others
        return chosen, rows

    def rounded(self, before: Fraction, places: int) -> Fraction:
        """Round as `arred` does."""
        return round_half_away(before, places)

    def looked_up(self, table: str, keys: tuple[str, ...]) -> Value:
        """Look up a table."""
        return self.environment.look_up(table, keys)

    def not_one(self, relation: str, count: int, node: Node) -> NoReturn:
        """Refuse to read a single record where there is none or more than one."""
        raise NotOneRow(
            f"A relação “{relation}” tem {count} registros, e aqui é lida como se tivesse um só.",
            at=node.at,
            record=self.record,
            hint="Confira os registros informados, ou use soma, media, min ou max.",
        )


def _code(run: Evaluation, node: Code) -> Value:  # noqa: ARG001 - every handler is called alike
    return node.value


def _literal(run: Evaluation, node: Number) -> Value:  # noqa: ARG001
    return node.value


def _name(run: Evaluation, node: Name) -> Value:
    return run.environment.value(node.name)


def _column(run: Evaluation, node: Column) -> Value:
    if run.row is not None and node.relation == run.relation:
        return run.row.value(node.column)
    rows = run.environment.rows(node.relation)
    if len(rows) != 1:
        run.not_one(node.relation, len(rows), node)
    return rows[0].value(node.column)


def _lookup(run: Evaluation, node: Lookup) -> Value:
    keys = tuple(unicodedata.normalize("NFC", cast("str", run.visit(key))) for key in node.keys)
    try:
        return run.looked_up(node.table, keys)
    except MissingTableRow as missing:
        raise MissingTableRow(
            missing.table, missing.keys, at=node.at, record=run.record, reason=missing.reason
        ) from missing


def _negative(run: Evaluation, node: Negative) -> Value:
    return -run.number(node.operand)


def _sum(run: Evaluation, node: Sum) -> Value:
    total = _ZERO
    for sign, term in node.terms:
        value = cast("Fraction", run.visit(term))
        if sign == "-":
            total -= value
        else:
            total = total + value if total else value
    return _bounded(run, node, total)


def _product(run: Evaluation, node: Product) -> Value:
    total: Fraction | None = None
    for sign, factor in node.factors:
        value = cast("Fraction", run.visit(factor))
        if total is None:
            total = value
        elif sign == "*":
            total = _bounded(run, node, total * value)
        elif value:
            total = _bounded(run, node, total / value)
        else:
            raise DivisionByZero(
                f"Divisão por zero: “{canonical(factor)}” vale 0.",
                at=node.at,
                record=run.record,
                hint="Confira o valor informado, ou trate o caso com se(divisor = 0; …; …).",
            )
    return cast("Fraction", total)


def _bounded(run: Evaluation, node: Node, value: Fraction) -> Fraction:
    if value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise NumberTooLong(
            "O resultado desta conta tem algarismos demais.",
            at=node.at,
            record=run.record,
            hint="Arredonde os passos intermediários com arred.",
        )
    return value


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _comparison(run: Evaluation, node: Comparison) -> Value:
    left, right = run.visit(node.left), run.visit(node.right)
    if left.__class__ is str:
        left, right = unicodedata.normalize("NFC", left), unicodedata.normalize("NFC", cast("str", right))
    return _COMPARE[node.operator](left, right)


def _call(run: Evaluation, node: Call) -> Value:
    return _BY_FUNCTION[node.function](run, node)


def _if(run: Evaluation, node: Call) -> Value:
    condition, then, otherwise = node.arguments
    return run.visit(then if run.visit(condition) else otherwise)


def _and(run: Evaluation, node: Call) -> Value:
    return all(run.visit(condition) for condition in node.arguments)


def _or(run: Evaluation, node: Call) -> Value:
    return any(run.visit(condition) for condition in node.arguments)


def _not(run: Evaluation, node: Call) -> Value:
    return not run.visit(node.arguments[0])


def _least(run: Evaluation, node: Call) -> Value:
    return min(_compared(run, node))


def _greatest(run: Evaluation, node: Call) -> Value:
    return max(_compared(run, node))


def _compared(run: Evaluation, node: Call) -> list[Fraction]:
    if not node.aggregates:
        return [run.number(argument) for argument in node.arguments]
    return cast("list[Fraction]", list(run.results(node))) or _nothing(run, node)


def _nothing(run: Evaluation, node: Call) -> NoReturn:
    raise EmptyAggregate(
        f"Não há registros para calcular “{canonical(node)}”.",
        at=node.at,
        record=run.record,
        hint="Informe os registros, ou trate o caso com se(conta(relação) = 0; …; …).",
    )


def _total(run: Evaluation, node: Call) -> Value:
    total = _ZERO
    for value in run.results(node):
        total = _bounded(run, node, total + cast("Fraction", value))
    return total


def _mean(run: Evaluation, node: Call) -> Value:
    total, count = _ZERO, 0
    for value in run.results(node):
        total = _bounded(run, node, total + cast("Fraction", value))
        count += 1
    return total / count if count else _nothing(run, node)


def _count(run: Evaluation, node: Call) -> Value:
    return Fraction(sum(1 for _ in run.results(node)))


def _rounded(run: Evaluation, node: Call) -> Value:
    before, places = run.number(node.arguments[0]), run.number(node.arguments[1])
    if places.denominator != 1 or not 0 <= places.numerator <= MAX_PLACES:
        raise PlacesOutOfRange(
            f"As casas de arred valem {exact(places)}; precisam ser um número inteiro de 0 a {MAX_PLACES}.",
            at=node.at,
            record=run.record,
        )
    return run.rounded(before, places.numerator)


def _exactly(run: Evaluation, node: Call) -> Value:
    return run.visit(node.arguments[0])


def _band(run: Evaluation, node: Call) -> Value:
    value = run.number(node.arguments[0])
    above: Fraction | None = None
    for position in range(1, len(node.arguments) - 1, 2):
        floor = run.number(node.arguments[position])
        if above is not None and floor >= above:
            raise BandsOutOfOrder(
                f"Os pisos de faixa precisam descer: depois de {exact(above)} vem {exact(floor)}.",
                at=node.arguments[position].at,
                record=run.record,
                hint="Ponha os pisos do maior para o menor.",
            )
        if value >= floor:
            return run.visit(node.arguments[position + 1])
        above = floor
    return run.visit(node.arguments[-1])


_BY_TYPE: Mapping[type, Callable[[Evaluation, Any], Value]] = {
    Number: _literal,
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

_BY_FUNCTION: Mapping[str, Callable[[Evaluation, Call], Value]] = {
    "se": _if,
    "e": _and,
    "ou": _or,
    "nao": _not,
    "min": _least,
    "max": _greatest,
    "soma": _total,
    "media": _mean,
    "conta": _count,
    "arred": _rounded,
    "exata": _exactly,
    "faixa": _band,
}
