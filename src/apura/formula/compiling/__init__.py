"""Formulas turned into bounded integers, and into queries over them.

Every value is a whole number at a scale known beforehand. A quotient stays a pair p/q until `arred` makes it
`sign(p) * ((2*|p|*10**n + q) div (2*q))`, or a comparison multiplies it away.
"""

from __future__ import annotations

from dataclasses import dataclass

from apura.formula.checking import check
from apura.formula.compiling.dialects import DIALECTS, DUCKDB, SPARK, Dialect
from apura.formula.compiling.layout import LINE, SUBJECT, Layout, Stored, StoredRelation, StoredTable
from apura.formula.compiling.measuring import Measuring
from apura.formula.compiling.query import CompiledStep, Query, WrongRecords, compile_steps
from apura.formula.compiling.terms import Failure
from apura.formula.scope import Scope
from apura.formula.tree import Node

__all__ = [
    "DIALECTS",
    "DUCKDB",
    "LINE",
    "SPARK",
    "SUBJECT",
    "CompiledStep",
    "Dialect",
    "Failure",
    "Layout",
    "Magnitude",
    "Query",
    "Stored",
    "StoredRelation",
    "StoredTable",
    "WrongRecords",
    "compilable",
    "compile_steps",
]


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How a compiled formula is held: `scale` decimals in the result, no integer above `magnitude`."""

    scale: int
    magnitude: int


def compilable(tree: Node, scope: Scope) -> Magnitude:
    """Return how large the integers of a compiled formula grow.

    Args:
        tree: the formula.
        scope: what it reads; every quantity with `low`, `high`, `places`, every relation with `max_rows`.

    Returns:
        The result's decimals, and the largest absolute integer on the way, to compare with 2⁶³ or 10³⁸.

    Raises:
        FormulaCheckError: the formula is wrong in itself.
        NotCompilable: it is right, but something it needs has no declared bound or no finite scale.
    """
    check(tree, scope)
    measuring = Measuring(scope)
    result = measuring.finished(tree)
    return Magnitude(result.places if result else 0, measuring.magnitude)
