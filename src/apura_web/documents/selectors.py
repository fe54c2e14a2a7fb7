"""What may be seen of legal acts, and which of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from apura_web.audit.actors import Actor
from apura_web.documents.models import Attachment, LegalAct, Publication, VoidAct


def legal_acts_visible_to(actor: Actor) -> QuerySet[LegalAct]:
    """Give the acts of the actor's institution, with their corrections: they are public documents inside the house."""
    return LegalAct.objects.filter(institution_id=actor.institution_id, corrects=None).prefetch_related(
        "corrections"
    )


def records_visible_to(actor: Actor) -> QuerySet[Any]:
    """Give each act of the institution as last corrected, with ``root_code``, the code of its page."""
    rows = current_records(LegalAct.objects.filter(institution_id=actor.institution_id))
    named: QuerySet[Any] = rows.annotate(root_code=Coalesce("corrects__code", "code"))
    return named.order_by("-signed_on", "-id")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Give the files of the institution's acts that were not purged."""
    rows = Attachment.objects.filter(institution_id=actor.institution_id, blob__purged_at=None)
    return rows.select_related("blob", "legal_act").order_by("id")


def publications_of(legal_act: LegalAct) -> QuerySet[Publication]:
    """Give where an act came out, in order of day."""
    return Publication.objects.filter(legal_act=legal_act)


def affecting(legal_act: LegalAct) -> QuerySet[Any]:
    """Give the acts that do something to another, as last corrected, with ``root_code``."""
    rows = current_records(LegalAct.objects.filter(target=legal_act))
    named: QuerySet[Any] = rows.annotate(root_code=Coalesce("corrects__code", "code"))
    return named.order_by("signed_on", "id")


def current_records(rows: QuerySet[LegalAct]) -> QuerySet[Any]:
    """Keep, of each act, only the record as last corrected, with ``root_id``, the number of its first row."""
    later = LegalAct.objects.filter(corrects=OuterRef("root_id"), pk__gt=OuterRef("pk"))
    return rows.annotate(root_id=Coalesce(F("corrects_id"), F("id"))).filter(~Exists(later))


def versions_of(legal_act: LegalAct) -> Sequence[LegalAct]:
    """Give the record of an act as it was first typed and after each correction."""
    return [legal_act, *legal_act.corrections.select_related("target").order_by("id")]


def has_no_effect(legal_act: LegalAct) -> bool:
    """Say whether an act was made without effect, by an act that stands itself."""
    return VoidAct.objects.filter(legal_act=legal_act).exists()


def nullified(column: str = "legal_act") -> Exists:
    """Say, of rows that point at the first row of an act, whether that act has no effect."""
    return Exists(VoidAct.objects.filter(legal_act=OuterRef(column)))


def standing() -> Q:
    """Keep the rows whose act stands."""
    return ~Q(nullified())
