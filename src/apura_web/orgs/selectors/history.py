"""Which entries of the trail about units somebody may read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.models import TrailEntry
from apura_web.audit.trail import history_of
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.people import OVER_PEOPLE

ABOUT_PEOPLE = ("orgs.tenure.", "orgs.access.", "orgs.absence.", "orgs.person.", "orgs.import.")


def history_of_unit(unit: Unit, looker: Actor) -> QuerySet[TrailEntry]:
    """Give the history of a unit; what was done to the people in it, only to who has a role over them there."""
    entries = history_of(unit, unit.institution_id)
    if looker.has(*OVER_PEOPLE, path=unit.scope_path):
        return entries
    hidden = Q()
    for start in ABOUT_PEOPLE:
        hidden |= Q(act__startswith=start)
    return entries.exclude(hidden)
