"""What holds on a date: a parameter's value, a reading, a formula, each with since when and by whose decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apura.formula import Node
from apura.norms.institution import Decision
from apura.norms.schema import Interpretation, Wording


@dataclass(frozen=True, slots=True)
class ParameterInForce:
    """A parameter's value on the date, since when, and why; ``act`` is set when an institution supplied it."""

    name: str
    label: str
    unit: str
    places: int
    value: Fraction
    since: date
    cites: str
    act: str | None


@dataclass(frozen=True, slots=True)
class ReadingInForce:
    """The reading of an interpretation that holds on the date; ``decision`` is set when an institution chose it."""

    name: str
    declared: Interpretation
    reading: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class FormulaInForce:
    """The formula of a step on the date, parsed, with the wording it belongs to and the provision it applies."""

    text: str
    tree: Node
    wording: Wording
    cites: str
