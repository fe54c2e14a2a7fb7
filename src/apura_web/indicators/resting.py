"""What rests on a legal act among indicators, for the room of legal acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apura_web.audit.actors import Actor
from apura_web.documents.dependents import Dependent
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import Refusal
from apura_web.foundation.templatetags.apura import day
from apura_web.indicators.models import CardVersion, Indicator, Target
from apura_web.indicators.selectors.cards import indicators_visible_to
from apura_web.indicators.services.card_cache import bring_to_date

GROUP = "Indicadores"


def told(legal_act: LegalAct, looker: Actor) -> Sequence[Dependent]:
    """Tell which cards an act approved and which targets it fixed, of the indicators the looker sees."""
    seen = indicators_visible_to(looker)
    versions = CardVersion.objects.filter(legal_act=legal_act, indicator__in=seen).select_related("indicator")
    targets = Target.objects.filter(legal_act=legal_act, indicator__in=seen).select_related(
        "indicator", "unit"
    )
    return [
        *(
            Dependent(
                GROUP,
                f"aprovou a {each} da ficha de {each.indicator}, desde {day(each.from_on)}",
                each.get_absolute_url(),
                f"A ficha de {each.indicator.number} volta ao que dizia antes da {each}.",
            )
            for each in versions
        ),
        *(
            Dependent(GROUP, f"fixou a meta de {each.told()}", each.get_absolute_url())
            for each in targets.order_by("indicator__number", "period_start")
        ),
    ]


def refusal_to_fall(legal_act: LegalAct) -> Refusal | None:  # noqa: ARG001 - any card may fall
    """Refuse nothing: what was measured by a card that falls stays in the ledger, with the version it was read by."""
    return None


def settle(institution_id: int, at: datetime) -> None:
    """Bring to date what is kept of today's cards."""
    rows = Indicator.objects.filter(institution_id=institution_id).select_related("institution", "unit")
    for indicator in rows:
        bring_to_date(indicator, at)
