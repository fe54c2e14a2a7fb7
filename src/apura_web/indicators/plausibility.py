"""What is strange in a result and may be right: outside the card's limits, or far from the last period."""

from __future__ import annotations

from fractions import Fraction

from apura.formula import brazilian
from apura_web.indicators.models import CardFacts

HUNDRED = 100


def doubts_about(card: CardFacts, result: Fraction, before: Fraction | None) -> list[str]:
    """Say what has to be justified about a result before it is sent.

    Args:
        card: with its limits of plausibility and variation.
        result: computed from what was typed.
        before: the result of the period before; None when there is none.
    """
    found = []
    low, high = card.plausible_low, card.plausible_high
    if low is not None and result < low:
        found.append(
            f"{_shown(card, result)} está abaixo do menor valor plausível da ficha, {_shown(card, low)}."
        )
    if high is not None and result > high:
        found.append(
            f"{_shown(card, result)} está acima do maior valor plausível da ficha, {_shown(card, high)}."
        )
    limit = card.variation_limit
    if limit is not None and before is not None and abs(result - before) * HUNDRED > limit * abs(before):
        was, most = _shown(card, before), brazilian(limit, None)
        found.append(f"{_shown(card, result)} varia mais de {most} % em relação ao período anterior ({was}).")
    return found


def _shown(card: CardFacts, value: Fraction) -> str:
    return f"{brazilian(value, card.places)} {card.measured_in}".strip()
