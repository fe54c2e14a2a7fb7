"""Random formulas that the check accepts, and an oracle that computes them another way: as Python text."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from formula_cast import Record, Values
from hypothesis import strategies as st

from apura.formula import (
    Call,
    Choice,
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
    Relation,
    Scope,
    Sum,
    Table,
    Truth,
)

NUMBERS = ("x", "y", "z")
OPTIONS = ("A", "B")


def _limited(low: int, high: int, places: int) -> Quantity:
    return Quantity("adimensional", Fraction(low), Fraction(high), places)


SCOPE = Scope(
    names={
        "x": _limited(-20, 20, 2),
        "y": _limited(0, 9, 0),
        "z": _limited(-3, 7, 1),
        "tipo": Choice(OPTIONS),
        "sim": Truth(),
    },
    relations={
        "itens": Relation(
            {"a": _limited(-5, 5, 1), "b": _limited(0, 4, 0), "tipo": Choice(OPTIONS)}, max_rows=4
        )
    },
    tables={"t": Table((Choice(OPTIONS),), _limited(0, 60, 1))},
)
TABLE = {("A",): Fraction(30), ("B",): Fraction(1, 2)}


@dataclass(frozen=True)
class Gardener:
    """Grows a formula from what Hypothesis draws; with `bulk`, only what can be compiled."""

    draw: st.DrawFn
    bulk: bool

    def one_of(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def several(self, grow: Callable[[], Node], least: int, most: int) -> tuple[Node, ...]:
        return tuple(grow() for _ in range(self.draw(st.integers(least, most))))

    def literal(self, most: int) -> Number:
        return Number(Fraction(self.draw(st.integers(0, most)), self.draw(st.sampled_from((1, 1, 10, 100)))))

    def number(self, depth: int, *, inside: bool = False) -> Node:
        if depth == 0 or self.draw(st.integers(0, 3)) == 0:
            return self.leaf(inside)
        shapes = [self.sum, self.product, self.rounded, self.negative, self.extreme, self.branch, self.band]
        if not inside:
            shapes += [self.gathered, self.gathered, self.counted, self.mean]
        if not self.bulk:
            shapes.append(self.exactly)
        return self.draw(st.sampled_from(shapes))(depth - 1, inside)

    def leaf(self, inside: bool) -> Node:
        shape = self.one_of("literal", "name", "name", "table", "column")
        if shape == "literal":
            return self.literal(999)
        if shape == "table":
            return Lookup("t", (Column("itens", "tipo") if inside else Code(self.one_of(*OPTIONS)),))
        if shape == "column" and inside:
            return Column("itens", self.one_of("a", "b"))
        return Name(self.one_of(*NUMBERS))

    def condition(self, depth: int, inside: bool) -> Node:
        shape = self.one_of("compare", "compare", "code", "e", "ou", "nao") if depth else "code"
        if shape == "compare":
            sign = self.one_of("=", "<>", "<", "<=", ">", ">=")
            return Comparison(
                sign, self.number(depth - 1, inside=inside), self.number(depth - 1, inside=inside)
            )
        if shape == "code":
            code = Column("itens", "tipo") if inside else Name("tipo")
            return Comparison(self.one_of("=", "<>"), code, Code(self.one_of(*OPTIONS)))
        most = 1 if shape == "nao" else 3
        return Call(shape, self.several(lambda: self.condition(depth - 1, inside), 1, most))

    def sum(self, depth: int, inside: bool) -> Node:
        parts = self.several(lambda: self.number(depth, inside=inside), 2, 4)
        return Sum((("+", parts[0]), *((self.one_of("+", "-"), part) for part in parts[1:])))

    def product(self, depth: int, inside: bool) -> Node:
        return Product(
            tuple(("*", part) for part in self.several(lambda: self.number(depth, inside=inside), 2, 3))
        )

    def quotient(self, depth: int, inside: bool) -> Node:
        first, *others = self.several(lambda: self.number(depth, inside=inside), 2, 3)
        signs = [self.one_of("*", "/") if part != Number(Fraction(0)) else "*" for part in others]
        return Product((("*", first), *zip(signs, others, strict=True)))

    def rounded(self, depth: int, inside: bool) -> Node:
        return Call("arred", (self.quotient(depth, inside), Number(Fraction(self.draw(st.integers(0, 4))))))

    def exactly(self, depth: int, inside: bool) -> Node:
        return Call("exata", (self.quotient(depth, inside),))

    def negative(self, depth: int, inside: bool) -> Node:
        return Negative(self.number(depth, inside=inside))

    def extreme(self, depth: int, inside: bool) -> Node:
        return Call(self.one_of("min", "max"), self.several(lambda: self.number(depth, inside=inside), 2, 3))

    def branch(self, depth: int, inside: bool) -> Node:
        condition = self.condition(depth, inside)
        return Call("se", (condition, self.number(depth, inside=inside), self.number(depth, inside=inside)))

    def band(self, depth: int, inside: bool) -> Node:
        value, *results = (self.number(depth, inside=inside) for _ in range(4))
        high, low = (Number(Fraction(self.draw(st.integers(*ends)))) for ends in ((5, 9), (0, 4)))
        return Call("faixa", (value, high, results[0], low, results[1], results[2]))

    def body(self, depth: int) -> Node:
        return Sum((("+", Column("itens", "a")), ("-", self.number(depth, inside=True))))

    def filter(self, depth: int) -> tuple[Node, ...]:
        return self.several(lambda: self.condition(depth, True), 0, 1)

    def gathered(self, depth: int, inside: bool) -> Node:  # noqa: ARG002 - grown like every shape
        return Call(self.one_of("soma", "min", "max"), (self.body(depth), *self.filter(1)))

    def mean(self, depth: int, inside: bool) -> Node:  # noqa: ARG002
        places = Number(Fraction(self.draw(st.integers(0, 4))))
        return Call("arred", (Call("media", (self.body(depth), *self.filter(1))), places))

    def counted(self, depth: int, inside: bool) -> Node:  # noqa: ARG002
        return Call("conta", (Name("itens"), *self.filter(depth)))


@st.composite
def numbers(draw: st.DrawFn, *, bulk: bool = False) -> Node:
    """Formulas worth a number; with `bulk`, of what can be compiled."""
    return Gardener(draw, bulk).number(3)


def environments() -> st.SearchStrategy[Values]:
    """Values within what the scope declares."""
    x, y, z = (
        st.integers(int(q.low * 10**q.places), int(q.high * 10**q.places)).map(
            lambda n, p=q.places: Fraction(n, 10**p)
        )
        for q in (SCOPE.names[name] for name in NUMBERS)
    )
    names = st.fixed_dictionaries(
        {"x": x, "y": y, "z": z, "tipo": st.sampled_from(OPTIONS), "sim": st.booleans()}
    )
    cells = st.fixed_dictionaries(
        {
            "a": st.integers(-50, 50).map(lambda n: Fraction(n, 10)),
            "b": st.integers(0, 4).map(Fraction),
            "tipo": st.sampled_from(OPTIONS),
        }
    )
    rows = st.lists(cells, max_size=4).map(
        lambda found: tuple(Record(f"linha {at}", row) for at, row in enumerate(found))
    )
    return st.builds(lambda named, found: Values(named, {"itens": found}, TABLE), names, rows)


def oracle(tree: Node, case: Values) -> object:
    """Compute a formula as Python would: its text translated, not its tree walked."""
    known = {
        "F": Fraction,
        "half_away": _half_away,
        "mean": lambda found: sum(found, Fraction(0)) / len(found),
        "N": case.names,
        "R": [row.values for row in case.relations["itens"]],
        "T": case.table,
    }
    return eval(_python(tree), known)  # noqa: S307 - the text is made here, from a generated tree


def _half_away(value: Fraction, places: Fraction) -> Fraction:
    unit = Fraction(10) ** int(places)
    size = math.floor(abs(value) * unit + Fraction(1, 2)) / unit
    return size if value >= 0 else -size


def _python(node: Node) -> str:  # noqa: PLR0911 - one line a type
    match node:
        case Number():
            return f"F({node.value.numerator}, {node.value.denominator})"
        case Code():
            return repr(node.value)
        case Name():
            return f"N[{node.name!r}]"
        case Column():
            return f"r[{node.column!r}]"
        case Lookup():
            return f"T[({_python(node.keys[0])},)]"
        case Negative():
            return f"(-{_python(node.operand)})"
        case Comparison():
            sign = {"=": "==", "<>": "!="}.get(node.operator, node.operator)
            return f"({_python(node.left)} {sign} {_python(node.right)})"
        case Sum(terms=pairs) | Product(factors=pairs):
            return "(" + " ".join(f"{sign} {_python(part)}" for sign, part in pairs).lstrip("*+ ") + ")"
        case Call():
            return _python_call(node)


def _python_call(node: Call) -> str:  # noqa: PLR0911 - one line a function
    if node.aggregates:
        body = "1" if node.function == "conta" else _python(node.arguments[0])
        kept = f" if {_python(node.arguments[1])}" if len(node.arguments) > 1 else ""
        rows = f"[{body} for r in R{kept}]"
        shapes = {
            "soma": "sum({}, F(0))",
            "conta": "F(len({}))",
            "media": "mean({})",
            "min": "min({})",
            "max": "max({})",
        }
        return shapes[node.function].format(rows)
    given = [_python(argument) for argument in node.arguments]
    match node.function:
        case "se":
            return f"({given[1]} if {given[0]} else {given[2]})"
        case "e" | "ou":
            return "(" + (" and " if node.function == "e" else " or ").join(given) + ")"
        case "nao":
            return f"(not {given[0]})"
        case "arred":
            return f"half_away({given[0]}, {given[1]})"
        case "exata":
            return given[0]
        case "faixa":
            value, high, first, low, second, rest = given
            return f"({first} if {value} >= {high} else {second} if {value} >= {low} else {rest})"
        case _:
            return f"{node.function}({', '.join(given)})"
