"""What calculations of scores are about, and where each of their facts is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from apura_web.agreements.facts import ITEM_SOURCE, MEASURED_SOURCE, PACT_SOURCE, TOPIC, Actual
from apura_web.agreements.models import Agreement, ItemReading
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor
from apura_web.calculations.topics import TopicTold, register_source, register_topic
from apura_web.indicators.selectors.cards import indicators_visible_to

ALL_UNITS = "todas"
"""How addresses of indicators call every unit together."""


def register() -> None:
    """Tell calculations of agreements, and of where their facts come from."""
    register_topic(TOPIC, visible=agreements_visible_to, told=_told)
    register_source(PACT_SOURCE, _pact)
    register_source(MEASURED_SOURCE, _measured)
    register_source(ITEM_SOURCE, _recorded)


def _told(code: str) -> TopicTold:
    found = Agreement.objects.filter(code=code).select_related("unit").first()
    return TopicTold(f"{found}, {found.unit}", found.get_absolute_url()) if found else TopicTold("Acordo")


def _pact(actor: Actor, parts: Mapping[str, str]) -> str | None:
    found = agreements_visible_to(actor).filter(code=parts["acordo"]).first()
    return f"{found.get_absolute_url()}#parte-{parts['parte']}" if found else None


def _measured(actor: Actor, parts: Mapping[str, str]) -> str | None:
    found = indicators_visible_to(actor).filter(code=parts["indicador"]).exists()
    return _measured_at(parts) if found else None


def _measured_at(parts: Mapping[str, str]) -> str:
    """Give where a number of an indicator is explained, to who sees the indicator."""
    return reverse(
        "indicator_value", args=[parts["indicador"], parts.get("unidade", ALL_UNITS), parts["periodo"]]
    )


def measured_links(looker: Actor, actuals: Iterable[Actual]) -> dict[str, str]:
    """Give where each of some numbers is explained, by the label of its source, in one query.

    Args:
        looker: who reads; what they may not see has no address.
        actuals: what items reached, in any closing.
    """
    sources = [
        each.source for each in actuals if each.source is not None and each.source.kind == MEASURED_SOURCE
    ]
    codes = {each.parts["indicador"] for each in sources}
    seen = set(indicators_visible_to(looker).filter(code__in=codes).values_list("code", flat=True))
    return {each.label: _measured_at(each.parts) for each in sources if each.parts["indicador"] in seen}


def _recorded(actor: Actor, parts: Mapping[str, str]) -> str | None:
    found = agreements_visible_to(actor).filter(code=parts["acordo"]).first()
    known = found is not None and ItemReading.objects.filter(agreement=found, code=parts["registro"]).exists()
    return f"{reverse('agreement_scores', args=[parts['acordo']])}#registros" if known else None
