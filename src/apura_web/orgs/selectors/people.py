"""Reading people: who may see whom, and how much of them."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.orgs.models import Person, TenureKind
from apura_web.orgs.offices import OFFICES
from apura_web.orgs.selectors.structure import in_branches
from apura_web.orgs.selectors.tenures import tenures_on

OVER_PEOPLE = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.REGISTRAR,
        Role.HEAD,
        Role.MANAGER,
        Role.COORDINATOR,
        Role.INTERNAL_CONTROL,
        Role.EXTERNAL_CONTROL,
    }
)
PUBLIC_KINDS = [kind for kind in TenureKind if OFFICES[kind].is_public]


def people_visible_to(actor: Actor, on: date) -> QuerySet[Person]:
    """Give the people whose page the actor may open.

    Oneself; everybody, for who has a role over people in the whole institution; those who hold an office or a posting
    in the branch, for who has it over a branch.

    Args:
        actor: who looks.
        on: the day whose offices count.
    """
    people = Person.objects.filter(institution_id=actor.institution_id)
    branches = actor.branches(*OVER_PEOPLE)
    if "/" in branches:
        return people
    mine = tenures_on(actor.institution_id, on).filter(
        in_branches(branches, "unit__path"), person=OuterRef("pk")
    )
    return people.filter(Q(code=actor.id) | Q(Exists(mine)))


def sees_registration_of(actor: Actor, person: Person) -> bool:
    """Say whether the actor sees the masked CPF, the registration number and the reason of absences.

    Only the person, who keeps the registry, and control.
    """
    return actor.id == person.code or actor.has(
        Role.ADMINISTRATOR,
        Role.REGISTRAR,
        Role.INTERNAL_CONTROL,
        Role.EXTERNAL_CONTROL,
        path=person.scope_path,
    )


def person_of_login(login_id: int, institution_id: int) -> Person | None:
    """Give the person behind a login in an institution."""
    return Person.objects.filter(login_id=login_id, institution_id=institution_id).first()


def people_elsewhere(person: Person) -> list[Person]:
    """Give the people of other institutions who come in by the same login."""
    if person.login_id is None:
        return []
    same = Person.objects.filter(login_id=person.login_id).exclude(pk=person.pk)
    return list(same.select_related("institution").order_by("institution__name"))


def person_of(actor: Actor) -> Person:
    """Give the person who acts."""
    return Person.objects.get(code=actor.id, institution_id=actor.institution_id)


def names_for(looker: Actor, codes: set[str]) -> dict[str, str]:
    """Name the people behind opaque codes, inside the looker's institution only."""
    people = Person.objects.filter(institution_id=looker.institution_id, code__in=codes)
    return dict(people.values_list("code", "name"))
