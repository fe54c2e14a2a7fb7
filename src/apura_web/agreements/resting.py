"""What rests on a legal act among agreements, for the room of legal acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from apura_web.agreements.models import Adoption, ItemReading, Succession
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor
from apura_web.documents.dependents import Dependent
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import Refusal
from apura_web.foundation.templatetags.apura import day

GROUP = "Acordos"


def told(legal_act: LegalAct, looker: Actor) -> Sequence[Dependent]:
    """Tell which successions, readings and registers of items rest on an act, of the agreements the looker sees."""
    seen = agreements_visible_to(looker)
    successions = Succession.objects.filter(legal_act=legal_act, agreement__in=seen)
    readings = ItemReading.objects.filter(legal_act=legal_act, agreement__in=seen)
    of_the_house = Q(agreement=None, institution_id=looker.institution_id)
    adoptions = Adoption.objects.filter(Q(agreement__in=seen) | of_the_house, legal_act=legal_act)
    return [
        *(
            Dependent(
                GROUP,
                f"fez de {each.unit} a sucessora da Acordada no {each.agreement}, desde {day(each.from_on)}",
                each.agreement.get_absolute_url(),
            )
            for each in successions.select_related("agreement", "unit")
        ),
        *(
            Dependent(
                GROUP,
                f"adotou uma interpretação {_where(each)}: {each.reading}, desde {day(each.from_on)}",
                each.agreement.get_absolute_url() if each.agreement else "",
                "As notas já apuradas não mudam; as próximas não contam com esta leitura.",
            )
            for each in adoptions.select_related("agreement")
        ),
        *(
            Dependent(
                GROUP,
                f"registrou um item do {each.agreement} em {day(each.until_on)}: {each.get_state_display()}",
                each.agreement.get_absolute_url(),
            )
            for each in readings.select_related("agreement")
        ),
    ]


def _where(adoption: Adoption) -> str:
    return f"no {adoption.agreement}" if adoption.agreement else "para todos os acordos"


def refusal_to_fall(legal_act: LegalAct) -> Refusal | None:  # noqa: ARG001 - what was scored stays as it was
    """Refuse nothing: a score keeps what was known when it was computed, and may be computed again."""
    return None


def settle(institution_id: int, at: datetime) -> None:
    """Keep nothing for speed."""
