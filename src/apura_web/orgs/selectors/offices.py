"""Reading the offices of a unit on a day: who holds each, who is in charge and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.orgs.models import Absence, Capacity, Person, Tenure, TenureKind, Unit
from apura_web.orgs.offices import OFFICES, PRIVILEGED
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.tenures import (
    OfficeOnADay,
    absences_on,
    last_day,
    office_on,
    open_tenures,
    standing_absences,
    tenures_on,
)

SEES_ACCESSES = frozenset({Role.ADMINISTRATOR, Role.INTERNAL_CONTROL})


@dataclass(frozen=True)
class SingleOffice:
    """An office with one seat: who holds it, who is in charge, and who else acts by delegation."""

    kind: str
    unit: Unit
    day: OfficeOnADay
    delegates: tuple[Tenure, ...] = ()

    @property
    def label(self) -> str:
        """What the office is called."""
        return TenureKind(self.kind).label


@dataclass(frozen=True)
class UnitOffices:
    """The offices of a unit on a day: those of one seat, and those of several."""

    single: list[SingleOffice]
    shared: dict[str, list[Tenure]]


def offices_of(unit: Unit, on: date) -> UnitOffices:
    """Give the public offices of a unit on a day; accesses and postings are not among them."""
    rows = [
        each
        for each in tenures_on(unit.institution_id, on).filter(unit=unit)
        if OFFICES[each.kind].is_public and each.kind not in PRIVILEGED
    ]
    away = absences_on(unit.institution_id, on)
    by_kind = {
        kind: [each for each in rows if each.kind == kind]
        for kind in dict.fromkeys(each.kind for each in rows)
    }
    single = [
        single_office(kind, unit, tenures, away)
        for kind, tenures in by_kind.items()
        if OFFICES[kind].is_single
    ]
    shared = {
        TenureKind(kind).label: tenures for kind, tenures in by_kind.items() if not OFFICES[kind].is_single
    }
    return UnitOffices(sorted(single, key=lambda each: OFFICES[each.kind].rank), shared)


def holders_of(offices: UnitOffices) -> list[Tenure]:
    """Give every tenure that telling the offices of a unit names."""
    named = [each for tenures in offices.shared.values() for each in tenures]
    for office in offices.single:
        named += [each for each in (office.day.holder, office.day.in_charge, *office.delegates) if each]
    return named


def single_office(kind: str, unit: Unit, tenures: list[Tenure], away: dict[int, Absence]) -> SingleOffice:
    """Say who is in charge of one office of one unit."""
    delegates = tuple(
        each for each in tenures if each.capacity == Capacity.DELEGATE and each.person_id not in away
    )
    return SingleOffice(kind, unit, office_on(tenures, away), delegates)


def in_charge_during(person: Person, since: date, until: date) -> list[tuple[SingleOffice, date]]:
    """Say who would be in charge of each office a person holds, if they were away, at each change in those days.

    Args:
        person: who would be away.
        since: the first day away.
        until: the last day away.
    """
    told: list[tuple[SingleOffice, date]] = []
    for tenure in _held(person, since, until):
        assert tenure.unit is not None  # noqa: S101 - offices of one seat are always of a unit
        before: object = None
        for day in _turning_days(tenure, since, until):
            office = _with(person, tenure, day)
            now = office.day.in_charge.person_id if office.day.in_charge else None
            if (
                not told
                or now != before
                or told[-1][0].unit != tenure.unit
                or told[-1][0].kind != tenure.kind
            ):
                told.append((office, day))
            before = now
    return told


def postings_visible_in(unit: Unit, actor: Actor, on: date) -> QuerySet[Tenure]:
    """Give the postings of a unit on a day, of the people the actor may see."""
    rows = tenures_on(unit.institution_id, on).filter(unit=unit, kind=TenureKind.POSTING)
    return rows.filter(person__in=people_visible_to(actor, on)).order_by("person__name", "id")


def accesses_visible_to(actor: Actor, since: date) -> QuerySet[Tenure]:
    """Give who has or will have access roles; only administration and internal control see them."""
    rows = open_tenures(actor.institution_id, since).filter(kind__in=PRIVILEGED)
    if not actor.has(*SEES_ACCESSES, path="/"):
        return rows.none()
    return rows.order_by("kind", "person__name", "id")


def _held(person: Person, since: date, until: date) -> Iterable[Tenure]:
    rows = open_tenures(person.institution_id, since).filter(person=person, from_on__lte=until)
    return [
        each
        for each in rows
        if OFFICES[each.kind].is_single and each.capacity not in {Capacity.SUBSTITUTE, Capacity.DELEGATE}
    ]


def _turning_days(tenure: Tenure, since: date, until: date) -> list[date]:
    ends = last_day(tenure)
    first, last = max(since, tenure.from_on), min(until, ends) if ends else until
    others = open_tenures(tenure.institution_id, first).filter(unit=tenure.unit, kind=tenure.kind)
    people = [each.person_id for each in others]
    absences = standing_absences(tenure.institution_id).filter(person_id__in=people)
    days = {first, *(each.from_on for each in others), *(each.from_on for each in absences)}
    days |= {date.fromordinal(each.until_on.toordinal() + 1) for each in absences}
    days |= {date.fromordinal(day.toordinal() + 1) for each in others if (day := last_day(each))}
    return sorted(day for day in days if first <= day <= last)


def _with(person: Person, tenure: Tenure, day: date) -> SingleOffice:
    rows = list(tenures_on(tenure.institution_id, day).filter(unit=tenure.unit, kind=tenure.kind))
    away = absences_on(tenure.institution_id, day)
    away.setdefault(person.pk, Absence(person=person, from_on=day, until_on=day))
    assert tenure.unit is not None  # noqa: S101 - offices of one seat are always of a unit
    return single_office(tenure.kind, tenure.unit, rows, away)
