"""A second evaluation in whole numbers only, as a compiled formula would do it; it remembers the largest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formula_cast import Values
from formula_trees import SCOPE, TABLE

from apura.formula import (
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
    Quantity,
    Row,
    Sum,
    finite_places,
)


@dataclass(frozen=True)
class Whole:
    """A number held as an integer, and how many decimals it has."""

    integer: int
    places: int

    def at(self, places: int) -> int:
        return self.integer * 10 ** (places - self.places)


@dataclass(frozen=True)
class Pair:
    """A quotient of two wholes, not divided yet."""

    over: Whole
    under: Whole


ONE = Whole(1, 0)


def pair(value: Whole | Pair) -> Pair:
    return value if isinstance(value, Pair) else Pair(value, ONE)


def turned(value: Whole | Pair) -> Whole | Pair:
    if isinstance(value, Pair):
        return Pair(turned(value.over), value.under)
    return Whole(-value.integer, value.places)


class Integers:
    """One evaluation; a value is a whole number with its places, or a pair p/q until it is rounded or compared."""

    def __init__(self, case: Values) -> None:
        self.case = case
        self.row: Row | None = None
        self.largest = 0

    def keep(self, integer: int) -> int:
        self.largest = max(self.largest, abs(integer))
        return integer

    def held(self, value: Fraction, places: int) -> Whole:
        scaled = value * 10**places
        assert scaled.denominator == 1
        return Whole(self.keep(scaled.numerator), places)

    def times(self, left: Whole, right: Whole) -> Whole:
        return Whole(self.keep(left.integer * right.integer), left.places + right.places)

    def level(self, left: Whole, right: Whole) -> tuple[int, int, int]:
        places = max(left.places, right.places)
        return self.keep(left.at(places)), self.keep(right.at(places)), places

    def number(self, node: Node) -> Whole | Pair:  # noqa: PLR0911 - one line a type
        match node:
            case Number():
                return self.held(node.value, finite_places(node.value) or 0)
            case Name() | Column() | Lookup():
                return self.read(node)
            case Negative():
                return turned(self.number(node.operand))
            case Sum():
                return self.total(node)
            case Product():
                return self.product(node)
            case Call(aggregates=True):
                return self.gathered(node)
            case Call():
                return self.called(node)
        raise AssertionError(node)

    def read(self, node: Name | Column | Lookup) -> Whole:
        if isinstance(node, Name):
            kind, value = SCOPE.names[node.name], self.case.names[node.name]
        elif isinstance(node, Column):
            kind, value = SCOPE.relations["itens"].columns[node.column], self.row.value(node.column)
        else:
            kind, value = SCOPE.tables["t"].result, TABLE[self.code(node.keys[0]),]
        assert isinstance(kind, Quantity)
        return self.held(value, kind.places)

    def code(self, node: Node) -> str:
        if isinstance(node, Code):
            return node.value
        return self.case.names[node.name] if isinstance(node, Name) else self.row.value(node.column)

    def add(self, left: Whole | Pair, right: Whole | Pair) -> Whole | Pair:
        if isinstance(left, Whole) and isinstance(right, Whole):
            first, second, places = self.level(left, right)
            return Whole(self.keep(first + second), places)
        mine, theirs = pair(left), pair(right)
        over = self.add(self.times(mine.over, theirs.under), self.times(theirs.over, mine.under))
        return Pair(over, self.times(mine.under, theirs.under))

    def total(self, node: Sum) -> Whole | Pair:
        values = [(sign, self.number(term)) for sign, term in node.terms]
        result = values[0][1]
        for sign, value in values[1:]:
            result = self.add(result, value if sign == "+" else turned(value))
        return result

    def product(self, node: Product) -> Whole | Pair:
        result = self.number(node.factors[0][1])
        for written, factor in node.factors[1:]:
            sign, value = self.factor(written, factor)
            if sign == "*" and isinstance(result, Whole) and isinstance(value, Whole):
                result = self.times(result, value)
                continue
            mine, theirs = pair(result), pair(value)
            if sign == "/":
                theirs = Pair(theirs.under, theirs.over)
                if not theirs.under.integer:
                    raise ZeroDivisionError
            result = Pair(self.times(mine.over, theirs.over), self.times(mine.under, theirs.under))
        return result

    def factor(self, sign: str, node: Node) -> tuple[str, Whole | Pair]:
        """Dividing by a literal of twos and fives is multiplying by its inverse."""
        if sign == "/" and isinstance(node, Number) and finite_places(1 / node.value) is not None:
            return "*", self.number(Number(1 / node.value))
        return sign, self.number(node)

    def rounded(self, value: Whole | Pair, places: int) -> Whole:
        if isinstance(value, Whole) and value.places <= places:
            return Whole(self.keep(value.at(places)), places)
        if isinstance(value, Whole):
            p, q = value.integer, 10**value.places
        else:
            p, q, _ = self.level(value.over, value.under)
        sign = -1 if (p < 0) != (q < 0) else 1
        top, bottom = self.keep(2 * abs(p) * 10**places + abs(q)), self.keep(2 * abs(q))
        return Whole(self.keep(sign * (top // bottom)), places)

    def compare(self, left: Whole | Pair, right: Whole | Pair) -> int:
        mine, theirs = pair(left), pair(right)
        first, second, _ = self.level(
            self.times(mine.over, theirs.under), self.times(theirs.over, mine.under)
        )
        if (mine.under.integer < 0) != (theirs.under.integer < 0):
            first, second = second, first
        return (first > second) - (first < second)

    def truth(self, node: Node) -> bool:
        if isinstance(node, Comparison):
            if isinstance(node.right, Code):
                return (self.code(node.left) == node.right.value) == (node.operator == "=")
            order = self.compare(self.number(node.left), self.number(node.right))
            return (
                order
                in {"=": (0,), "<>": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[
                    node.operator
                ]
            )
        assert isinstance(node, Call)
        found = map(self.truth, node.arguments)
        return {"e": all, "ou": any, "nao": lambda given: not next(given)}[node.function](found)

    def called(self, node: Call) -> Whole | Pair:
        match node.function, node.arguments:
            case "se", (condition, then, otherwise):
                return self.number(then if self.truth(condition) else otherwise)
            case "arred", (value, Number(value=places)):
                return self.rounded(self.number(value), int(places))
            case "faixa", (value, high, first, low, second, rest):
                given = self.number(value)
                if self.compare(given, self.number(high)) >= 0:
                    return self.number(first)
                return self.number(second if self.compare(given, self.number(low)) >= 0 else rest)
            case "min" | "max", arguments:
                return self.extreme(node.function, [self.number(argument) for argument in arguments])
        raise AssertionError(node)

    def extreme(self, function: str, values: list[Whole | Pair]) -> Whole | Pair:
        best = values[0]
        for value in values[1:]:
            if self.compare(value, best) == (-1 if function == "min" else 1):
                best = value
        return best

    def gathered(self, node: Call) -> Whole | Pair:
        found = []
        for row in self.case.relations["itens"]:
            self.row = row
            if all(map(self.truth, node.arguments[1:])):
                found.append(ONE if node.function == "conta" else self.number(node.arguments[0]))
        self.row = None
        if node.function in {"min", "max"} and found:
            return self.extreme(node.function, found)
        if not found and node.function not in {"soma", "conta"}:
            raise ZeroDivisionError
        total: Whole | Pair = Whole(0, 0)
        for value in found:
            total = self.add(total, value)
        return Pair(total, Whole(len(found), 0)) if node.function == "media" else total
