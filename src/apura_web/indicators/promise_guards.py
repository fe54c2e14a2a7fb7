"""What the card forbids of targets: pure questions that answer a refusal or None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apura_web.foundation.refusals import Refusal
from apura_web.indicators.models import Assignment, Indicator
from apura_web.indicators.periods import Period, is_period_of
from apura_web.indicators.selectors.cards import version_for, versions_of
from apura_web.orgs.models import Unit


def values_refusal(indicator: Indicator, values: Sequence[Any]) -> Refusal | None:
    """Refuse targets of periods that the card does not have, or of units that do not measure the indicator."""
    versions = versions_of(indicator)
    for each in values:
        card = version_for(versions, each.period)
        if card is None:
            return Refusal(
                "indicators.no_card_then",
                f"Em {each.period.label} nenhuma versão da ficha está em vigor.",
                "Confira o período, ou registre antes a aprovação da ficha.",
            )
        if not _fits(card.frequency, each.period, card.periods):
            return Refusal(
                "indicators.not_a_period",
                f"{each.period.label} não é um período de apuração: a ficha é {card.get_frequency_display().lower()}.",
                "Use os períodos da ficha, ou o ano inteiro.",
            )
        refusal = unit_refusal(indicator, each.unit)
        if refusal is not None:
            return refusal
    return None


def unit_refusal(indicator: Indicator, unit: Unit) -> Refusal | None:
    """Refuse a value of a unit that never measures the indicator."""
    if Assignment.objects.filter(indicator=indicator, unit=unit).exists():
        return None
    return Refusal(
        "indicators.unit_does_not_measure",
        f"{unit} não apura {indicator.number}.",
        "Designe antes a unidade que apura, na página do indicador.",
    )


def nothing_refusal(written: Sequence[object]) -> Refusal | None:
    """Refuse an act that would change nothing."""
    if written:
        return None
    return Refusal(
        "indicators.nothing_changes",
        "Nada muda: os valores já são esses.",
        "Altere ao menos um valor.",
        status=409,
    )


def _fits(frequency: str, period: Period, custom: Sequence[Period]) -> bool:
    """Accept the card's own periods, and the whole year they add up to."""
    return is_period_of(frequency, period, custom) or is_period_of("anual", period)
