"""Methods of attainment an agreement may choose or write: checked, tried, and told at the values that decide.

Norm: Decreto GO nº 8.170/2014, art. 12, §§ 1º and 2º; the families come from the pack ``metodos-de-apuracao``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from apura.formula import EvaluationError, FormulaError, evaluate, fold, references
from apura.norms import AppliedNorm, apply_norm, load_norm
from apura.norms.in_force import FormulaInForce
from apura.norms.rule_schema import Rule, Step
from apura_web.indicators.formulas import Given

NORM = "go-8170-2014"
ITEM_RULE, GRADE_STEP = "nota_item", "grau"
TARGET, ACTUAL, BASELINE = "meta", "realizado", "linha_de_base"
HUNDRED = 100
SHARES = (0, 50, 80, 100, 120)
"""The percentages of the target at which a method is shown."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the list: what the agreement writes, what it does in hard cases, and where it comes from."""

    label: str
    about: str
    cites: str


@dataclass(frozen=True, slots=True)
class Graded:
    """The degree of attainment a method gives; None with the reason when it gives none."""

    value: Fraction | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A method tried at a share of the target.

    Attributes:
        share: the percentage of the target reached.
        actual: the value that is.
        graded: what the method gives.
    """

    share: int
    actual: Fraction
    graded: Graded


@lru_cache(maxsize=1)
def _step() -> tuple[AppliedNorm, Rule, Step]:
    norm = load_norm(NORM)
    rule = norm.rule(ITEM_RULE)
    step = rule.step(GRADE_STEP)
    if step is None:
        raise LookupError(GRADE_STEP)
    return apply_norm(norm, on=norm.identity.last_day or date.max), rule, step


@lru_cache(maxsize=1)
def methods() -> tuple[Method, ...]:
    """Give the methods an item may use by name."""
    applied, _, step = _step()
    known = {each.label: each for each in load_norm(str(step.methods)).rules.values()}
    return tuple(
        Method(label, known[label].about or "", known[label].cites) for label in applied.method_labels(step)
    )


def method_called(text: str) -> Method | None:
    """Give the method of the list that a text names, however it is capitalised; None for a formula."""
    return next((each for each in methods() if fold(each.label) == fold(text.strip())), None)


def read_method(text: str) -> FormulaInForce:
    """Read the name of a method or a formula over ``meta``, ``realizado`` and ``linha_de_base``.

    Raises:
        FormulaError: it is neither; the message says what is wrong and where.
    """
    applied, rule, step = _step()
    return applied.chosen_formula(rule, step, text)


def needs_baseline(text: str) -> bool:
    """Say whether a method reads the baseline.

    Raises:
        FormulaError: the text is no method.
    """
    return BASELINE in references(read_method(text).tree).names


def grade(text: str, *, target: Fraction, actual: Fraction, baseline: Fraction | None = None) -> Graded:
    """Compute the degree of attainment, exactly.

    Args:
        text: the name of a method or a formula.
        target: the target of the period.
        actual: what was reached.
        baseline: the baseline; None when there is none.
    """
    given = {TARGET: target, ACTUAL: actual} | ({} if baseline is None else {BASELINE: baseline})
    try:
        tree = read_method(text).tree
        if baseline is None and BASELINE in references(tree).names:
            return Graded(None, "falta a linha de base, que o método usa")
        value = evaluate(tree, Given(given))
    except EvaluationError as error:
        return Graded(None, error.sentence)
    except FormulaError as error:
        return Graded(None, str(error))
    return Graded(value) if isinstance(value, Fraction) else Graded(None, "o método não dá um número")


def trials(text: str, *, target: Fraction, baseline: Fraction | None = None) -> list[Trial]:
    """Try a method at 0, 50, 80, 100 and 120 % of a target.

    Args:
        text: the name of a method or a formula.
        target: the target.
        baseline: the baseline; None when there is none.
    """
    found = []
    for share in SHARES:
        actual = target * Fraction(share, HUNDRED)
        found.append(Trial(share, actual, grade(text, target=target, actual=actual, baseline=baseline)))
    return found
