"""Reading offices: who holds them on a day, and who is in charge when the holder is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery

from apura_web.documents.selectors import nullified, standing
from apura_web.orgs.models import Absence, Capacity, Person, Tenure, TenureEnd, TenureKind
from apura_web.orgs.offices import OFFICES


def standing_tenures(institution_id: int) -> QuerySet[Tenure]:
    """Give the tenures whose act stands, each with ``ended_on``, the last day set by a later act, or None."""
    end = TenureEnd.objects.filter(standing(), tenure=OuterRef("pk")).order_by("-id").values("ended_on")[:1]
    return (
        Tenure.objects.filter(standing(), institution_id=institution_id)
        .annotate(ended_on=Subquery(end, output_field=DateField()))
        .select_related("person", "unit", "legal_act")
        .prefetch_related("legal_act__corrections")
    )


def all_tenures_of(person: Person) -> QuerySet[Any]:
    """Give every tenure a person had, has or will have, also by acts without effect, which have ``is_void``."""
    end = TenureEnd.objects.filter(standing(), tenure=OuterRef("pk")).order_by("-id").values("ended_on")[:1]
    rows: QuerySet[Any] = Tenure.objects.filter(person=person).annotate(
        is_void=nullified(), ended_on=Subquery(end, output_field=DateField())
    )
    related = rows.select_related("person", "unit", "legal_act", "institution")
    return related.prefetch_related("legal_act__corrections").order_by("from_on", "id")


def tenures_on(institution_id: int, on: date) -> QuerySet[Tenure]:
    """Give the tenures in force on a day, absences apart."""
    return standing_tenures(institution_id).filter(
        Q(until_on=None) | Q(until_on__gte=on), Q(ended_on=None) | Q(ended_on__gte=on), from_on__lte=on
    )


def tenures_of_people(people: Iterable[Person], institution_id: int, on: date) -> dict[int, list[Tenure]]:
    """Give the tenures in force on a day of each of some people, by person, in one query."""
    found: dict[int, list[Tenure]] = {}
    for tenure in tenures_on(institution_id, on).filter(person__in=list(people)).order_by("from_on", "id"):
        found.setdefault(tenure.person_id, []).append(tenure)
    return found


def open_tenures(institution_id: int, since: date) -> QuerySet[Tenure]:
    """Give the tenures in force on a day or later."""
    return standing_tenures(institution_id).filter(
        Q(until_on=None) | Q(until_on__gte=since), Q(ended_on=None) | Q(ended_on__gte=since)
    )


def last_day(tenure: Tenure) -> date | None:
    """Give the last day of a tenure read by these selectors; None when it is open."""
    days = [day for day in (tenure.until_on, getattr(tenure, "ended_on", None)) if day]
    return min(days) if days else None


def standing_absences(institution_id: int) -> QuerySet[Absence]:
    """Give the absences as last recorded, cancelled ones left out."""
    return Absence.objects.filter(institution_id=institution_id, replaced_by=None, is_cancelled=False)


def absences_on(institution_id: int, on: date) -> dict[int, Absence]:
    """Give who is away on a day, by person."""
    rows = standing_absences(institution_id).filter(from_on__lte=on, until_on__gte=on)
    return {row.person_id: row for row in rows}


@dataclass(frozen=True)
class OfficeOnADay:
    """An office on a day.

    Attributes:
        holder: who holds it, present or not; None when it is vacant.
        absence: why the holder is not acting, when so.
        in_charge: who acts; None when nobody does.
    """

    holder: Tenure | None
    absence: Absence | None
    in_charge: Tenure | None

    @property
    def is_covered(self) -> bool:
        """Whether somebody other than the holder acts."""
        return self.in_charge is not None and self.in_charge != self.holder

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds it."""
        return self.holder is None


def office_on(tenures: list[Tenure], away: dict[int, Absence]) -> OfficeOnADay:
    """Say who is in charge of one office with a single seat.

    Who responds for a time goes before the holder who is away, an interim before the legal substitute; the substitute
    acts only while no other is there.

    Args:
        tenures: those of the office in force on the day.
        away: the absences of the day, by person.
    """
    by_capacity = {capacity: [each for each in tenures if each.capacity == capacity] for capacity in Capacity}
    holders = by_capacity[Capacity.HOLDER]
    holder = holders[0] if holders else None
    absence = away.get(holder.person_id) if holder else None
    order = (Capacity.ACTING, Capacity.INTERIM, Capacity.HOLDER, Capacity.SUBSTITUTE)
    present = [each for capacity in order for each in by_capacity[capacity] if each.person_id not in away]
    return OfficeOnADay(holder, absence, present[0] if present else None)


def acting_tenures(person_id: int, institution_id: int, on: date) -> list[Tenure]:
    """Give the tenures by which a person acts on a day: their own while present, others' while substituting.

    A person who is away keeps only the posting.
    """
    mine = list(tenures_on(institution_id, on).filter(person_id=person_id))
    away = absences_on(institution_id, on)
    if person_id in away:
        return [each for each in mine if each.kind == TenureKind.POSTING]
    shared = [each for each in mine if each.capacity in CONTINUITY and OFFICES[each.kind].is_single]
    if not shared:
        return mine
    offices = _offices_of(shared, institution_id, on)
    return [
        each
        for each in mine
        if each not in shared or office_on(offices[each.unit_id, each.kind], away).in_charge == each
    ]


CONTINUITY = frozenset({Capacity.SUBSTITUTE, Capacity.INTERIM, Capacity.ACTING})


def _offices_of(
    tenures: list[Tenure], institution_id: int, on: date
) -> dict[tuple[int | None, str], list[Tenure]]:
    wanted = Q(pk__in=[])
    for each in tenures:
        wanted |= Q(unit_id=each.unit_id, kind=each.kind)
    found: dict[tuple[int | None, str], list[Tenure]] = {}
    for row in tenures_on(institution_id, on).filter(wanted):
        found.setdefault((row.unit_id, row.kind), []).append(row)
    return found
