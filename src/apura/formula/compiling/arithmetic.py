"""Arithmetic on compiled values: the text of each operation beside how large its result is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from apura.formula.compiling.bounds import Bound, Measure, Quotient, as_quotient
from apura.formula.compiling.dialects import Dialect
from apura.formula.compiling.frames import Frame
from apura.formula.compiling.measuring import Measuring
from apura.formula.compiling.terms import SOUND, Failure, Term, either, failing, worst
from apura.formula.errors import NotCompilable
from apura.formula.tree import ComparisonSign, Node

ATOM = re.compile(r"[a-z][a-z0-9]*|CAST\(-?[0-9]+ AS [A-Z0-9(),]+\)")
"""What costs nothing to write again: a column, a number."""


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most places a rounding may be to."""

    least: int
    most: int


@dataclass(frozen=True)
class Arithmetic:
    """The operations of one formula.

    Attributes:
        measuring: knows how large results are.
        frame: where values get names.
        wide: whether integers have 38 digits.
    """

    measuring: Measuring
    frame: Frame
    dialect: Dialect
    wide: bool

    def literal(self, value: int) -> str:
        """Write an integer."""
        return self.dialect.literal(value, wide=self.wide)

    def widened(self, sql: str) -> str:
        """Take a stored integer into the integers of the formula."""
        return f"CAST({sql} AS {self.dialect.wide})" if self.wide else sql

    def at_places(self, sql: str, had: int, places: int) -> str:
        """Bring an integer to a finer scale."""
        return sql if places == had else f"({sql} * {self.literal(10 ** (places - had))})"

    def named(self, term: Term) -> Term:
        """Give names to what a value is made of, so that it may be written several times."""
        sql, depth = self._name(term.sql, term.depth)
        under, under_depth = self._name(term.under, term.depth) if term.under else ("", 0)
        error, error_depth = self._name(term.error, term.depth) if term.error != SOUND else (SOUND, 0)
        return replace(term, sql=sql, under=under, error=error, depth=max(depth, under_depth, error_depth))

    def condition(self, term: Term) -> Term:
        """Give a condition a name, so that it may be written beside its value and in its error."""
        sql, depth = self._name(term.sql, term.depth)
        return replace(term, sql=sql, depth=depth)

    def _name(self, sql: str, depth: int) -> tuple[str, int]:
        return (sql, depth) if ATOM.fullmatch(sql) else self.frame.name(sql, depth)

    def add(self, left: Term, right: Term) -> Term:
        """Add two numbers."""
        measure = self.measuring.add(left.size, right.size)
        depth, error = max(left.depth, right.depth), worst(left.error, right.error)
        if isinstance(measure, Bound):
            parts = [
                self.at_places(each.sql, each.over_bound.places, measure.places) for each in (left, right)
            ]
            return Term(f"({parts[0]} + {parts[1]})", measure, depth, error)
        left, right = self.named(self.as_quotient(left)), self.named(self.as_quotient(right))
        first, second = self.crossed(left, right)
        under = f"({left.under} * {right.under})"
        depth, error = max(left.depth, right.depth), worst(left.error, right.error)
        return Term(f"({first} + {second})", measure, depth, error, under)

    def crossed(self, left: Term, right: Term) -> tuple[str, str]:
        """Write two numbers as integers that compare as they do: dividends over one divisor, at one scale."""
        if not left.is_quotient and not right.is_quotient:
            places = max(left.over_bound.places, right.over_bound.places)
            first, second = (
                self.at_places(each.sql, each.over_bound.places, places) for each in (left, right)
            )
            return first, second
        left, right = self.as_quotient(left), self.as_quotient(right)
        had = [
            left.over_bound.places + right.under_bound.places,
            right.over_bound.places + left.under_bound.places,
        ]
        products = (f"({left.sql} * {right.under})", f"({right.sql} * {left.under})")
        first, second = (
            self.at_places(sql, places, max(had)) for sql, places in zip(products, had, strict=True)
        )
        return first, second

    def as_quotient(self, term: Term) -> Term:
        """Write any number as a quotient."""
        if term.is_quotient:
            return term
        return replace(term, measure=as_quotient(term.size), under=self.literal(1))

    def multiply(self, left: Term, right: Term) -> Term:
        """Multiply two numbers."""
        measure = self.measuring.multiply(left.size, right.size)
        depth, error = max(left.depth, right.depth), worst(left.error, right.error)
        unders = [each.under for each in (left, right) if each.under]
        under = f"({' * '.join(unders)})" if unders else ""
        return Term(f"({left.sql} * {right.sql})", measure, depth, error, under)

    def divide(self, left: Term, right: Term) -> Term:
        """Divide two numbers; by zero, the error says so and the divisor is one."""
        measure = self.measuring.divide(left.size, right.size)
        divisor = self._divisor(right)
        over = f"({left.sql} * {divisor.under})" if divisor.under else left.sql
        depth = max(left.depth, divisor.depth)
        if divisor.over_bound.low < 0:
            over, depth = self._name(over, depth)
            over = f"(CASE WHEN {divisor.sql} < 0 THEN -{over} ELSE {over} END)"
            measure = _either_sign(as_quotient(measure))
        whole = self._positive(divisor)
        under = f"({left.under} * {whole})" if left.under else whole
        return Term(over, measure, depth, worst(left.error, divisor.error), under)

    def _divisor(self, term: Term) -> Term:
        """Make a divisor that may be zero ready to be written twice, with the error it would be."""
        if term.over_bound.low > 0:
            return term
        term = self.named(term)
        error = worst(term.error, failing(f"{term.sql} = 0", Failure.DIVISION_BY_ZERO))
        return replace(term, error=error)

    def _positive(self, divisor: Term) -> str:
        if divisor.over_bound.low > 0:
            return divisor.sql
        return f"(CASE WHEN {divisor.sql} = 0 THEN {self.literal(1)} ELSE ABS({divisor.sql}) END)"

    def negated(self, term: Term) -> Term:
        """Change the sign of a number."""
        measure = term.size
        turned: Measure = (
            measure.negated()
            if isinstance(measure, Bound)
            else replace(measure, over=measure.over.negated(), limits=None)
        )
        return replace(term, sql=f"(-{term.sql})", measure=turned)

    def compare(self, left: Term, sign: ComparisonSign, right: Term) -> str:
        """Write the comparison of two numbers or of two codes."""
        first, second = (left.sql, right.sql) if left.measure is None else self.crossed(left, right)
        return f"({first} {sign} {second})"

    def choose(self, asked: Term, then: Term, otherwise: Term) -> Term:
        """Give one of two values, at one scale, with the error of the one that is given."""
        if then.error != otherwise.error or then.is_quotient or otherwise.is_quotient:
            asked = self.condition(asked)
        condition, depth = asked.sql, max(asked.depth, then.depth, otherwise.depth)
        error = worst(asked.error, either(condition, then.error, otherwise.error))
        if then.measure is None or otherwise.measure is None:
            return Term(either(condition, then.sql, otherwise.sql), None, depth, error)
        measure = self.measuring.either(then.measure, otherwise.measure)
        if isinstance(measure, Bound):
            sql = either(condition, *self._aligned(then, otherwise, measure))
            return Term(sql, measure, depth, error)
        then, otherwise = self.as_quotient(then), self.as_quotient(otherwise)
        over = either(condition, *self._aligned(then, otherwise, measure.over))
        unders = (
            self.at_places(each.under, each.under_bound.places, measure.under.places)
            for each in (then, otherwise)
        )
        return Term(over, measure, depth, error, either(condition, *unders))

    def _aligned(self, left: Term, right: Term, bound: Bound) -> tuple[str, str]:
        first, second = (
            self.at_places(each.sql, each.over_bound.places, bound.places) for each in (left, right)
        )
        return first, second

    def round(self, term: Term, places: int, span: Span, node: Node) -> Term:
        """Round to some places, half away from zero, and give the result at the scale of the most it may have."""
        measure = self.measuring.round(term.size, span.least, span.most)
        if not term.is_quotient and term.over_bound.places <= places:
            sql = self.at_places(term.sql, term.over_bound.places, span.most)
            return Term(sql, measure, term.depth, term.error)
        over, under, depth = self._fraction(term, places)
        if self.wide and measure.peak > self.dialect.wide_quotient:
            raise NotCompilable(
                f"O resultado de arred passa do que {self.dialect.name} divide em inteiros.",
                at=node.at,
                hint="Declare limites menores, ou calcule este passo um a um.",
            )
        sql = self._half_away(over, under, is_signed=term.over_bound.low < 0)
        return Term(self.at_places(sql, places, span.most), measure, depth, term.error)

    def _fraction(self, term: Term, places: int) -> tuple[str, str, int]:
        """Write a number times ten to the places as a dividend, named when it may be below zero, and a divisor."""
        if not term.is_quotient:
            under, depth = self.literal(10 ** (term.over_bound.places - places)), term.depth
            over = term.sql
        else:
            term = self.named(term)
            finest = max(term.over_bound.places, term.under_bound.places)
            over = self.at_places(term.sql, term.over_bound.places, finest + places)
            under = self.at_places(term.under, term.under_bound.places, finest)
            depth = term.depth
        if term.over_bound.low < 0:
            over, over_depth = self._name(over, depth)
            depth = max(depth, over_depth)
        return over, under, depth

    def _half_away(self, over: str, under: str, *, is_signed: bool) -> str:
        two = self.literal(2)

        def rounded(dividend: str) -> str:
            doubled = f"({two} * {dividend} + {under})"
            return self.dialect.quotient(doubled, f"({two} * {under})", wide=self.wide)

        if not is_signed:
            return rounded(over)
        return f"(CASE WHEN {over} < 0 THEN -{rounded(f'(-{over})')} ELSE {rounded(over)} END)"


def _either_sign(measure: Quotient) -> Quotient:
    """Bound a quotient whose divisor gave its sign to the dividend."""
    unit = Fraction(1, 10**measure.under.places)
    reach = max(abs(measure.under.low), abs(measure.under.high), unit)
    under = Bound(unit, reach, measure.under.places)
    return Quotient(measure.over.hull(measure.over.negated()), under, limits=measure.whole)
