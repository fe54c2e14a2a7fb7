"""Notices: what others did that concerns a person or the units where they hold an office, read from the trail."""

from __future__ import annotations

from django.db.models import QuerySet

from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import entries_about
from apura_web.desk.models import LastSeen
from apura_web.orgs.models import Person
from apura_web.orgs.powers import Hat


def notices_for(person: Person, hats: list[Hat]) -> QuerySet[TrailEntry]:
    """Give the entries by others about a person or their units, the newest first."""
    units = [hat.tenure.unit for hat in hats if hat.tenure.unit is not None]
    return entries_about([person, *units], person.institution_id).exclude(actor=person.code)


def unread_count(person: Person, hats: list[Hat]) -> int:
    """Count the notices that came after the last one shown, up to 99."""
    seen = LastSeen.objects.filter(institution_id=person.institution_id, person=person.code).values_list(
        "seq", flat=True
    )
    return notices_for(person, hats).filter(seq__gt=seen.first() or 0)[:99].count()


def mark_seen(person: Person, seq: int) -> None:
    """Remember that everything up to an entry was shown."""
    LastSeen.objects.update_or_create(
        institution_id=person.institution_id, person=person.code, defaults={"seq": seq}
    )
