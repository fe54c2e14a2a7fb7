"""Several indicators put into an object of the pact at once: each an item of its own, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from apura_web.agreements.models import Agreement, PartDraft
from apura_web.agreements.pact.sections import ITEM
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.agreements import working_text
from apura_web.agreements.services import drafting
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.agreements.services.holding import hold
from apura_web.audit.actors import Actor
from apura_web.foundation.refusals import Refusal, refuse_if

ALREADY_THERE, OBJECT_GONE = "agreements.already_in_the_pact", "agreements.object_gone"


def include(
    agreement: Agreement, items: Sequence[Mapping[str, str]], *, actor: Actor, at: datetime
) -> list[PartDraft]:
    """Write some items of the text, each with its object and its indicator.

    Who includes at the same moment waits; nobody puts an indicator twice into the pact this way.

    Raises:
        Refused: they do not negotiate it; the text is closed; or meanwhile an object was taken out of it, or an
            indicator put into it.
    """
    with transaction.atomic():
        hold(agreement)
        refuse_if(_meanwhile(working_text(agreement), items))
        place = Place(agreement, ITEM.name)
        return [drafting.write(place, Writing(each), actor=actor, at=at) for each in items]


def _meanwhile(text: PactText, items: Sequence[Mapping[str, str]]) -> Refusal | None:
    if any(text.part(each["objeto"]) is None for each in items):
        return Refusal(
            OBJECT_GONE,
            "Enquanto você escolhia, alguém retirou do texto o objeto de pactuação.",
            "Escolha outro objeto e grave de novo.",
            status=409,
        )
    there = {each.get("indicador") for each in text.of(ITEM.name)}
    twice = [each["nome"] for each in items if each["indicador"] in there]
    if not twice:
        return None
    return Refusal(
        ALREADY_THERE,
        f"Enquanto você escolhia, alguém incluiu no pacto: {'; '.join(twice)}.",
        "O que já está no pacto deixou de estar marcado; confira os demais e grave de novo.",
        status=409,
    )
