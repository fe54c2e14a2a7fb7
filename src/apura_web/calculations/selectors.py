"""Which calculations somebody sees: those about records that the room of the records lets them see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from apura_web.audit import visibility
from apura_web.audit.actors import Actor
from apura_web.audit.models import TrailEntry
from apura_web.calculations.models import Calculation, FactSheet, NamedScenario
from apura_web.calculations.topics import of_visible_topics


def calculations_visible_to(actor: Actor) -> QuerySet[Calculation]:
    """Give the calculations of the actor's institution that they may see, the latest first, without the big texts."""
    if not actor.grants:
        return Calculation.objects.none()
    rows = Calculation.objects.filter(of_visible_topics(actor), institution_id=actor.institution_id)
    return rows.select_related("fact_sheet").defer("document", "fact_sheet__content")


def fact_sheets_visible_to(actor: Actor) -> QuerySet[FactSheet]:
    """Give the fact sheets of the calculations somebody may see, without their texts."""
    seen = calculations_visible_to(actor).order_by().values("fact_sheet")
    return FactSheet.objects.filter(institution_id=actor.institution_id, pk__in=seen).defer("content")


def scenarios_visible_to(actor: Actor) -> QuerySet[NamedScenario]:
    """Give the scenarios somebody kept over calculations they may still see."""
    seen = calculations_visible_to(actor).order_by().values("pk")
    return NamedScenario.objects.filter(
        institution_id=actor.institution_id, kept_by=actor.id, calculation__in=seen
    )


def known_at(sheet: FactSheet) -> datetime | None:
    """Give the instant of the last entry of the trail that was known; None when nobody looked."""
    entries = TrailEntry.objects.filter(institution_id=sheet.institution_id, seq=sheet.at_seq)
    return entries.values_list("recorded_at", flat=True).first() if sheet.at_seq else None


def register_with_the_trail() -> None:
    """Tell the trail how to find the records of this room, for who reads it in a branch only."""
    visibility.register_finder(Calculation, lambda actor, _on: calculations_visible_to(actor))
    visibility.register_finder(FactSheet, lambda actor, _on: fact_sheets_visible_to(actor))
