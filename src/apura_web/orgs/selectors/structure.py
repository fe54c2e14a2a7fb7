"""Reading units: those a person may see, and the organogram of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.documents.selectors import nullified, standing
from apura_web.orgs.models import Placement, Unit
from apura_web.orgs.organogram import Change, Organogram, fold


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Give the units of the actor's institution; external control sees only the branch its letter names."""
    units = Unit.objects.filter(institution_id=actor.institution_id)
    return units if _sees_the_house(actor) else units.filter(in_branches(actor.branches(*Role), "path"))


def placements_of(institution_id: int) -> QuerySet[Placement]:
    """Give the placements whose act stands, in the order in which they take effect."""
    return (
        Placement.objects.filter(standing(), institution_id=institution_id)
        .select_related("unit")
        .order_by("from_on", "id")
    )


def organogram_on(institution_id: int, on: date) -> Organogram:
    """Give the organogram of an institution on a day, in one query."""
    return fold(changes_of(institution_id), on)


def changes_of(institution_id: int, placements: QuerySet[Placement] | None = None) -> Iterator[Change]:
    """Give every change of every unit, in the order in which they take effect, in one query.

    Args:
        institution_id: whose units.
        placements: only these; None is all whose act stands.
    """
    columns = (
        "unit_id",
        "unit__code",
        "event",
        "from_on",
        "parent_id",
        "name",
        "acronym",
        "kind",
        "successor_id",
    )
    rows = placements_of(institution_id) if placements is None else placements
    for row in rows.values_list(*columns):
        yield Change(*row)


def organogram_visible_to(actor: Actor, on: date) -> Organogram:
    """Give the organogram of a day with the units the actor may see."""
    whole = organogram_on(actor.institution_id, on)
    if _sees_the_house(actor):
        return whole
    seen = set(units_visible_to(actor).values_list("id", flat=True))
    return Organogram(on, {number: box for number, box in whole.boxes.items() if number in seen})


def superiors_of(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """Give the superiors of today of each unit, from the root down, itself last, in one query."""
    lines = {unit.pk: [int(number) for number in unit.path.strip("/").split("/") if number] for unit in units}
    wanted = {number for line in lines.values() for number in line}
    found = Unit.objects.in_bulk(wanted)
    return {pk: [found[number] for number in line if number in found] for pk, line in lines.items()}


def line_label(line: Iterable[Unit]) -> str:
    """Write a line of units as people read it: “GAB › SAU › ATE”."""
    return " › ".join(str(unit) for unit in line)


def subordinates_of(unit: Unit, actor: Actor) -> QuerySet[Unit]:
    """Give the units that stand right under another today, those the actor may see."""
    below = units_visible_to(actor).filter(is_active=True, path__startswith=unit.path)
    return below.filter(path__regex=rf"^{unit.path}\d+/$").order_by("acronym", "id")


def placements_about(unit: Unit) -> QuerySet[Placement]:
    """Give what acts did to a unit, and to those it took in, also by acts without effect, which have ``is_void``."""
    rows = Placement.objects.filter(Q(unit=unit) | Q(successor=unit)).annotate(is_void=nullified())
    related = ("unit", "parent", "successor", "legal_act")
    return rows.select_related(*related).prefetch_related("legal_act__corrections").order_by("from_on", "id")


def in_branches(branches: tuple[str, ...], column: str) -> Q:
    """Keep the rows whose path starts with one of the branches; with none, no row."""
    condition = Q(pk__in=[])
    for branch in branches:
        condition |= Q(**{f"{column}__startswith": branch})
    return condition


def _sees_the_house(actor: Actor) -> bool:
    return any(grant.role != Role.EXTERNAL_CONTROL or grant.path == "/" for grant in actor.grants)
