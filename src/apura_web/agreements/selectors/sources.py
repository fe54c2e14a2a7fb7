"""What calculations of scores are about, and where each of their facts is seen."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from apura_web.agreements.facts import ITEM_SOURCE, MEASURED_SOURCE, PACT_SOURCE, TOPIC
from apura_web.agreements.models import Agreement, ItemReading
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor
from apura_web.calculations.topics import TopicTold, register_source, register_topic
from apura_web.indicators.models import Indicator
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
    found: Indicator | None = indicators_visible_to(actor).filter(code=parts["indicador"]).first()
    if found is None:
        return None
    args = [found.code, parts.get("unidade", ALL_UNITS), parts["periodo"]]
    query = {"valor": parts["valor"]} if parts.get("valor") else {}
    return reverse("indicator_value", args=args) + (f"?{urlencode(query)}" if query else "")


def _recorded(actor: Actor, parts: Mapping[str, str]) -> str | None:
    found = agreements_visible_to(actor).filter(code=parts["acordo"]).first()
    known = found is not None and ItemReading.objects.filter(agreement=found, code=parts["registro"]).exists()
    return f"{reverse('agreement_scores', args=[parts['acordo']])}#registros" if known else None
