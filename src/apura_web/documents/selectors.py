"""What may be seen of legal acts."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.documents.models import LegalAct, Relation


def legal_acts_visible_to(actor: Actor) -> QuerySet[LegalAct]:
    """Give the acts of the actor's institution, with their corrections: they are public documents inside the house."""
    return LegalAct.objects.filter(institution_id=actor.institution_id, corrects=None).prefetch_related(
        "corrections"
    )


def nullified() -> Exists:
    """Say, of rows that have a ``legal_act``, whether that act was made without effect."""
    return Exists(
        LegalAct.objects.filter(relation=Relation.NULLIFICATION, target=OuterRef("legal_act"), corrects=None)
    )


def standing() -> Q:
    """Keep the rows whose act stands."""
    return ~Q(nullified())
