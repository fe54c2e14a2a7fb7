"""Turning offices into powers: who a person is today, for ``audit``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apura_web.audit.actors import WHOLE_INSTITUTION, Actor, Grant, Role
from apura_web.orgs.models import Capacity, Person, Tenure, TenureKind
from apura_web.orgs.offices import OFFICES
from apura_web.orgs.selectors.tenures import acting_tenures


@dataclass(frozen=True)
class Hat:
    """One of the capacities in which a person may act today."""

    tenure: Tenure

    @property
    def value(self) -> str:
        """What the form “Atuar como” sends."""
        return str(self.tenure.code)

    @property
    def label(self) -> str:
        """What the person reads, as “Titular · SES”, with the capacity when it is not their own office."""
        where = self.tenure.unit.acronym if self.tenure.unit else self.tenure.institution.acronym
        how = (
            ""
            if self.tenure.capacity == Capacity.HOLDER
            else f" ({self.tenure.get_capacity_display().lower()})"
        )
        return f"{self.tenure.get_kind_display()}{how} · {where}"

    @property
    def grant(self) -> Grant:
        """The power it gives."""
        office = OFFICES[self.tenure.kind]
        unit = None if office.is_over_the_house else self.tenure.unit
        return Grant(
            office.role,
            unit.scope_path if unit else WHOLE_INSTITUTION,
            label=self.label,
            office=self.tenure.code,
        )


def hats_of(person: Person, on: date) -> list[Hat]:
    """Give the hats a person may wear on a day, the one to wear first in front."""
    tenures = acting_tenures(person.pk, person.institution_id, on)
    usable = [each for each in tenures if each.unit is None or each.unit.is_active]
    return [Hat(each) for each in sorted(usable, key=_rank)]


def actor_for(person: Person, hats: list[Hat], worn: str = "") -> Actor:
    """Give the actor of a person wearing one hat; the posting is always worn under it.

    Args:
        person: who.
        hats: those of the day.
        worn: code of the hat chosen; when it is not theirs today, the first is worn.
    """
    chosen = next((hat for hat in hats if hat.value == worn), hats[0] if hats else None)
    grants = tuple(hat.grant for hat in hats if hat is chosen or hat.tenure.kind == TenureKind.POSTING)
    return Actor(
        id=person.code,
        institution_id=person.institution_id,
        grants=grants,
        acting_as=chosen.label if chosen else "Sem função vigente",
    )


def role_of(kind: str) -> Role:
    """Give the role an office gives."""
    return OFFICES[kind].role


def _rank(tenure: Tenure) -> tuple[int, str]:
    return (OFFICES[tenure.kind].rank, tenure.code)
