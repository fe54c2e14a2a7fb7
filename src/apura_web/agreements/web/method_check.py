"""The live check of a method: what is wrong, the formula drawn, and what it gives at the values that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe

from apura.formula import FormulaError, brazilian, in_words, mathml, read_cell_number
from apura_web.agreements.pact.methods import (
    Graded,
    grade,
    method_called,
    needs_baseline,
    read_method,
    trials,
)
from apura_web.agreements.web.pact_told import LABELS

PERCENT = 100
EXAMPLE = Fraction(PERCENT)
PLACES = 4


@dataclass(frozen=True)
class Line:
    """A line of the table: what was reached and the degree the method gives."""

    reached: str
    actual: str
    grade: str
    why_not: str


@dataclass(frozen=True)
class MethodCheck:
    """What is said of a method while it is chosen or written.

    Attributes:
        problem: what is wrong, line by line; empty when nothing is.
        about: of a method of the list, what it does in hard cases.
        note: which target and baseline the table supposes, when the form has none.
    """

    problem: str = ""
    drawn: SafeString | None = None
    words: str = ""
    about: str = ""
    cites: str = ""
    lines: Sequence[Line] = ()
    note: str = ""


def check_method(data: Mapping[str, str]) -> MethodCheck:
    """Check the method a form holds, as it is posted: the one chosen or the formula written.

    Args:
        data: the fields of the form, by name.
    """
    text = method_in(data)
    if not text:
        return MethodCheck()
    try:
        tree = read_method(text).tree
    except FormulaError as error:
        return MethodCheck(str(error))
    known = method_called(text)
    target, target_note = _number(data.get("meta_final", ""), EXAMPLE, "meta 100")
    lines, note = _tried(text, target, data)
    return MethodCheck(
        drawn=mark_safe(mathml(tree, LABELS)),  # noqa: S308 - the printer escapes every text in it
        words=in_words(tree, LABELS),
        about=known.about if known else "",
        cites=known.cites if known else "",
        lines=lines,
        note=" e ".join(each for each in (target_note, note) if each),
    )


def method_in(data: Mapping[str, str]) -> str:
    """Give the method a form holds: what was written goes before what was chosen."""
    return (data.get("metodo_formula") or data.get("metodo") or "").strip()


def _tried(text: str, target: Fraction, data: Mapping[str, str]) -> tuple[list[Line], str]:
    baseline, note = None, ""
    if needs_baseline(text):
        baseline, note = _number(data.get("linha_de_base", ""), Fraction(0), "linha de base 0")
    lines = [
        _line(f"{each.share} % da meta", each.actual, each.graded)
        for each in trials(text, target=target, baseline=baseline)
    ]
    for actual in (Fraction(0), Fraction(1)):
        graded = grade(text, target=Fraction(0), actual=actual, baseline=baseline)
        lines.append(_line("Se a meta fosse zero", actual, graded))
    return lines, note


def _line(reached: str, actual: Fraction, graded: Graded) -> Line:
    value = "" if graded.value is None else f"{_shown(graded.value * PERCENT)} %"
    return Line(reached, _shown(actual), value, graded.why_not)


def _shown(value: Fraction) -> str:
    return brazilian(value, None) if len(brazilian(value, None)) <= PLACES * 4 else brazilian(value, PLACES)


def _number(text: str, otherwise: Fraction, said: str) -> tuple[Fraction, str]:
    try:
        return (read_cell_number(text), "") if text.strip() else (otherwise, said)
    except FormulaError:
        return otherwise, said
