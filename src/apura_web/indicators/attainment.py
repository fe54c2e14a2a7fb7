"""Whether a target was reached, by the polarity of the card; and the bands that a norm or the card itself gives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.db.models import TextChoices

from apura.formula import (
    Choice,
    EvaluationError,
    FormulaError,
    Node,
    Quantity,
    Scope,
    check,
    evaluate,
    parse,
)
from apura_web.foundation.presentation import Badge, state_badge
from apura_web.indicators.formulas import Given


class Polarity(TextChoices):
    """Which way is better."""

    HIGHER = "maior", "Quanto maior, melhor"
    LOWER = "menor", "Quanto menor, melhor"
    RANGE = "faixa", "Dentro de uma faixa"
    INFORMATIVE = "informativo", "Informativo (sem melhor nem pior)"


@dataclass(frozen=True, slots=True)
class Promise:
    """A target: a value, or a band of values when the polarity is a range; None where there is no target."""

    value: Fraction | None
    high: Fraction | None = None


REACHED, PARTLY, MISSED = "alcançada", "parcialmente", "não alcançada"
NOT_MEASURED, NOT_APPLICABLE, NO_TARGET = "não medida", "não se aplica", "sem meta"
UNDECIDED = "faixa sem resposta"
"""The bands of the card cannot be computed for this value and target, as when they divide by a target of zero."""
NOT_OVER = "ainda não encerrado"
"""Nothing was recorded, and nobody waits for it: the period did not end."""
ONGOING, INCOMPLETE, NO_RESULT = "em curso", "incompleta", "sem resultado"
"""What is not judged: the stretch is not over; a part that was expected is lacking; the formula gives no number."""
PLAIN_ICONS = {
    NO_TARGET: "minus",
    NO_RESULT: "ban",
    UNDECIDED: "question-circle",
    NOT_OVER: "hourglass-half",
    ONGOING: "hourglass-half",
    INCOMPLETE: "puzzle-piece",
}
BAND_CODES = {"alcancada": REACHED, "parcial": PARTLY, "nao_alcancada": MISSED}
"""What the bands of a card may answer, and the word people read for each."""


def standing(
    polarity: str,
    actual: Fraction | None,
    promise: Promise | None,
    *,
    bands: str = "",
    unit: str = "unidade",
) -> str:
    """Say how a target stands, in the words used everywhere.

    Args:
        polarity: one of :class:`Polarity`.
        actual: what was measured; None when it was not.
        promise: the target; None when there is none.
        bands: the card's own formula over ``valor`` and ``meta``; empty when a target is only reached or missed.
        unit: of the value and the target.
    """
    if promise is None or promise.value is None or polarity == Polarity.INFORMATIVE:
        return NO_TARGET
    if actual is None:
        return NOT_MEASURED
    if bands and polarity != Polarity.RANGE:
        try:
            code = evaluate(read_bands(bands, unit), Given({"valor": actual, "meta": promise.value}))
        except EvaluationError:
            return UNDECIDED
        return BAND_CODES[str(code)]
    return REACHED if _is_reached(polarity, actual, promise) else MISSED


def badge_of(word: str) -> Badge:
    """Give the badge of a standing."""
    icon = PLAIN_ICONS.get(word)
    return Badge(word, icon=icon) if icon else state_badge(word)


def bands_complaint(text: str, unit: str) -> str:
    """Say what is wrong with the bands of a card; empty when nothing is."""
    try:
        read_bands(text, unit)
    except FormulaError as error:
        return str(error)
    return ""


@lru_cache(maxsize=1024)
def read_bands(text: str, unit: str) -> Node:
    """Read the bands of a card: a formula over ``valor`` and ``meta`` that answers one of :data:`BAND_CODES`.

    Raises:
        FormulaError: it is wrong; it says where and what to do.
    """
    tree = parse(text)
    scope = Scope(names={"valor": Quantity(unit), "meta": Quantity(unit)})
    check(tree, scope, expected=Choice(tuple(BAND_CODES)))
    return tree


def _is_reached(polarity: str, actual: Fraction, promise: Promise) -> bool:
    low = promise.value if promise.value is not None else actual
    if polarity == Polarity.LOWER:
        return actual <= low
    if polarity == Polarity.RANGE:
        return low <= actual <= (promise.high if promise.high is not None else low)
    return actual >= low
