"""What may be seen of legal acts, and which of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Exists, F, Manager, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from apura_web.audit.actors import Actor, Role
from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import history_of
from apura_web.documents.models import Attachment, LegalAct, Publication, VoidAct

M = TypeVar("M", bound=Model)

SEES_ALL = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL)


def legal_acts_visible_to(actor: Actor) -> QuerySet[LegalAct]:
    """Give the acts of the actor's institution, with their corrections: public documents inside the house.

    Whoever holds no office today is not inside it.
    """
    return _of_the_house(LegalAct.objects, actor).filter(corrects=None).prefetch_related("corrections")


def records_visible_to(actor: Actor) -> QuerySet[Any]:
    """Give each act of the institution as last corrected, with ``root_code``, the code of its page."""
    rows = current_records(_of_the_house(LegalAct.objects, actor))
    named: QuerySet[Any] = rows.annotate(root_code=Coalesce("corrects__code", "code"))
    return named.order_by("-signed_on", "-id")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Give the files of the institution's acts that were not purged."""
    rows = _of_the_house(Attachment.objects, actor).filter(blob__purged_at=None)
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


def history_of_act(legal_act: LegalAct, looker: Actor) -> QuerySet[TrailEntry]:
    """Give what happened to the record of an act, and what rests on it to who sees the whole house."""
    entries = history_of(legal_act, legal_act.institution_id)
    return entries if looker.has(*SEES_ALL, path="/") else entries.filter(act__startswith="documents.")


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


def _of_the_house(rows: Manager[M], actor: Actor) -> QuerySet[M]:
    return rows.filter(institution_id=actor.institution_id) if actor.grants else rows.none()
