"""Acting later in the name of who confirmed something: with the office they wore, and the powers they still have."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from apura_web.audit.actors import SYSTEM, Actor, Role, system_actor
from apura_web.orgs.models import Person, TenureKind
from apura_web.orgs.powers import actor_for, hats_of


def office_of(actor: Actor, roles: Collection[Role]) -> str:
    """Name the office that gives an actor one of the roles; empty when none does."""
    return next((grant.office for grant in actor.grants if grant.role in roles), "")


def actor_again(institution_id: int, person_code: str, office: str, on: date) -> Actor:
    """Build somebody again, in the office they wore, as they are on a day.

    Args:
        institution_id: whose.
        person_code: who; the platform itself is itself again.
        office: what :func:`office_of` named.
        on: the day whose powers count.
    """
    if person_code == SYSTEM:
        return system_actor(institution_id)
    people = Person.objects.select_related("institution")
    person = people.filter(institution_id=institution_id, code=person_code).first()
    if person is None:
        return Actor(id=person_code, institution_id=institution_id)
    hats = hats_of(person, on)
    kept = [hat for hat in hats if hat.value == office or hat.tenure.kind == TenureKind.POSTING]
    return actor_for(person, kept, office)
