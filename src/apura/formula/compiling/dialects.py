"""What differs between the engines that compiled formulas run on: the names of integers, and their division."""

from __future__ import annotations

from dataclasses import dataclass

NARROW, WIDE = 2**63 - 1, 10**38 - 1
"""The largest absolute integer that 63 bits hold, and the largest of 38 digits."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes integers.

    Attributes:
        narrow: its integer of 63 bits and a sign.
        wide: its integer of 38 digits.
        divide: the quotient of two narrow integers, cut towards zero, with ``{p}`` and ``{q}``.
        divide_wide: the same of two wide ones.
        wide_quotient: the largest quotient that ``divide_wide`` gives.
    """

    name: str
    narrow: str
    wide: str
    divide: str
    divide_wide: str
    wide_quotient: int

    def integer(self, *, wide: bool) -> str:
        """Name the type of an integer."""
        return self.wide if wide else self.narrow

    def literal(self, value: int, *, wide: bool) -> str:
        """Write an integer with its type, so that no engine takes it for a smaller one."""
        return f"CAST({value} AS {self.integer(wide=wide)})"

    def quotient(self, over: str, under: str, *, wide: bool) -> str:
        """Divide two integers that are not negative, the divisor not zero."""
        form = self.divide_wide if wide else self.divide
        return form.format(p=over, q=under)


DUCKDB = Dialect("duckdb", "BIGINT", "HUGEINT", "({p} // {q})", "({p} // {q})", WIDE)
SPARK = Dialect(
    "spark", "BIGINT", "DECIMAL(38,0)", "({p} div {q})", "CAST({p} div {q} AS DECIMAL(38,0))", NARROW
)
"""Spark's ``div`` gives 63 bits whatever it divides."""
DIALECTS = {each.name: each for each in (DUCKDB, SPARK)}
