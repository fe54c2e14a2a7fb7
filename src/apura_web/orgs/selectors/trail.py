"""Which records of units and people somebody sees, for who reads the trail of a branch only."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.visibility import register_finder, register_leading_finder
from apura_web.orgs.models import Person, Placement, Tenure, TenureEnd, Unit
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.structure import units_visible_to


def register() -> None:
    """Tell the trail how to find them."""
    register_leading_finder(Unit, _units)
    register_leading_finder(Person, people_visible_to)
    register_finder(Placement, _placements)
    register_finder(Tenure, _tenures)
    register_finder(TenureEnd, _ends)


def _units(actor: Actor, on: date) -> QuerySet[Unit]:  # noqa: ARG001 - units are seen by the branch of today
    return units_visible_to(actor)


def _placements(actor: Actor, on: date) -> QuerySet[Placement]:
    return Placement.objects.filter(unit__in=_units(actor, on))


def _tenures(actor: Actor, on: date) -> QuerySet[Tenure]:
    return Tenure.objects.filter(unit__in=_units(actor, on))


def _ends(actor: Actor, on: date) -> QuerySet[TenureEnd]:
    return TenureEnd.objects.filter(tenure__in=_tenures(actor, on))
