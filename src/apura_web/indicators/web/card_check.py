"""The live check of a formula: what is wrong, the formula drawn, and a try with values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe

from apura.formula import FormulaError, brazilian, finite_places, mathml
from apura_web.indicators.formulas import (
    MOST_PLACES,
    UNITS,
    CardFormula,
    Computed,
    Variable,
    VariableError,
    read_formula,
)
from apura_web.indicators.typing_cells import LONGEST, Typed, read_typed
from apura_web.indicators.web.card_told import Drawn, drawn
from apura_web.indicators.web.card_variables import VariableRows

TRIAL = "exemplo-"
LONGEST_FORMULA = 2000


@dataclass(frozen=True)
class Trial:
    """A box where a value of a variable is tried."""

    variable: Variable
    text: str
    read: Typed

    @property
    def name(self) -> str:
        """What the form calls it."""
        return f"{TRIAL}{self.variable.name}"


@dataclass(frozen=True)
class Check:
    """What is said of a formula while it is written.

    Attributes:
        problem: what is wrong, line by line; empty when nothing is.
        result: what the values tried give, exactly.
        shown: the same with the decimals of the card, when they differ.
        why_not: why the values tried give nothing; empty before any is tried.
        with_values: the formula drawn with the values in it.
    """

    problem: str = ""
    drawn: Drawn | None = None
    trials: tuple[Trial, ...] = ()
    result: str = ""
    shown: str = ""
    why_not: str = ""
    with_values: SafeString | None = None


def check_of(data: Mapping[str, str]) -> Check:
    """Check what a form of card holds, as it was posted.

    Args:
        data: the fields of the form and the values tried, by their names.
    """
    text = data.get("formula", "")[:LONGEST_FORMULA]
    if not text.strip():
        return Check()
    rows = VariableRows(data)
    if not rows.is_valid():
        wrong = [f"{field.label}: {error}" for field in rows.fields() for error in field.errors]
        return Check("\n".join(["Confira antes as variáveis:", *wrong]))
    unit = data.get("measure", "")
    try:
        formula = read_formula(text, rows.variables, unit if unit in UNITS else UNITS[0])
    except (VariableError, FormulaError) as error:
        return Check(str(error))
    return _tried(formula, data)


def _tried(formula: CardFormula, data: Mapping[str, str]) -> Check:
    typed = {each.name: data.get(f"{TRIAL}{each.name}", "")[:LONGEST] for each in formula.variables}
    trials = tuple(
        Trial(each, typed[each.name], read_typed(typed[each.name], each)) for each in formula.variables
    )
    picture = drawn(formula)
    if not any(each.text.strip() for each in trials):
        return Check(drawn=picture, trials=trials)
    computed = formula.compute({each.variable.name: each.read.value for each in trials})
    if computed.value is None:
        return Check(drawn=picture, trials=trials, why_not=computed.why_not)
    result, shown = _written(computed.value, data)
    return Check("", picture, trials, result, shown, with_values=_with_values(formula, computed))


def _with_values(formula: CardFormula, computed: Computed) -> SafeString | None:
    if computed.trace is None:
        return None
    labels = {each.name: each.label for each in formula.variables}
    return mark_safe(mathml(formula.tree, labels, computed.trace))  # noqa: S308 - the printer escapes every text


def _written(value: Fraction, data: Mapping[str, str]) -> tuple[str, str]:
    measure = data.get("measure_name") or data.get("measure", "")
    typed = data.get("places", "")
    places = int(typed) if typed in {str(each) for each in range(MOST_PLACES + 1)} else MOST_PLACES
    exactly = f"{brazilian(value, None)} {measure}".strip()
    needed = finite_places(value)
    if needed is not None and needed <= places:
        return exactly, ""
    return exactly, f"{brazilian(value, places)} {measure}".strip()
