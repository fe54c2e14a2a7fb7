"""Choosing an indicator by typing its number or its name, and what its card already says of an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apura.formula import fold
from apura_web.agreements.pact.scoring_checks import CARD_WORDS
from apura_web.agreements.pact.sections import BETTER_HIGH, BETTER_LOW, BETTER_WITHIN, INDICATOR_ITEM
from apura_web.audit.actors import Actor
from apura_web.foundation.choosing import Chooser
from apura_web.indicators.attainment import Polarity
from apura_web.indicators.models import Indicator
from apura_web.indicators.selectors.cards import indicators_visible_to, versions_by_indicator

SUGGESTED, MOST_FOUND = 300, 30
UNKNOWN = "Escreva o número do indicador, como está na ficha; ele precisa de ficha aprovada."
POLARITIES = {
    Polarity.HIGHER: BETTER_HIGH,
    Polarity.LOWER: BETTER_LOW,
    Polarity.RANGE: BETTER_WITHIN,
}


def indicators_for(actor: Actor) -> Chooser[Indicator]:
    """Offer the indicators with an approved card that the actor may see, by number or name."""
    finder = _Indicators(indicators_visible_to(actor).filter(versions__isnull=False).distinct())
    return Chooser(find=finder.find, label=str, suggest=finder.suggest, unknown=UNKNOWN)


def from_card(indicator: Indicator) -> dict[str, str]:
    """Give what the latest card of an indicator says of an item: name, polarity and accumulation."""
    versions = versions_by_indicator([indicator.pk]).get(indicator.pk, [])
    if not versions:
        return {}
    card = versions[-1]
    return {
        "especie": INDICATOR_ITEM,
        "nome": card.name,
        "polaridade": POLARITIES.get(Polarity(card.polarity), ""),
        "acumulacao": CARD_WORDS.get(str(card.accumulation), ""),
    }


@dataclass(frozen=True)
class _Indicators:
    indicators: QuerySet[Indicator]

    def suggest(self) -> Iterable[Indicator]:
        return self.indicators.order_by("number", "id")[:SUGGESTED]

    def find(self, text: str) -> Sequence[Indicator]:
        number = text.partition(" – ")[0].strip()
        found = list(self.indicators.filter(code=text)[:1])
        found = found or list(self.indicators.filter(number__iexact=number)[:MOST_FOUND])
        return found or self._by_name(text)

    def _by_name(self, text: str) -> list[Indicator]:
        wanted = fold(text)
        named = [(pk, fold(name)) for pk, name in self.indicators.values_list("id", "name")]
        numbers = [pk for pk, name in named if name == wanted] or [pk for pk, name in named if wanted in name]
        return list(self.indicators.filter(pk__in=numbers[:MOST_FOUND]))
