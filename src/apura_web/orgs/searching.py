"""What search finds of units and people."""

from __future__ import annotations

from apura_web.orgs.models import Person, Unit
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.structure import units_visible_to
from apura_web.search.index import Searchable

UNITS = Searchable(
    kind="orgs.unit",
    label="Unidades",
    title=lambda unit: f"{unit.acronym} – {unit.name}",
    note=lambda unit: unit.get_kind_display() if unit.is_active else f"{unit.get_kind_display()} (extinta)",
    visible=lambda actor, _on: units_visible_to(actor),
    every=lambda institution_id: Unit.objects.filter(institution_id=institution_id),
    through={"orgs.placement": lambda placement: Unit.objects.get(pk=placement.unit_id)},
)
PEOPLE = Searchable(
    kind="orgs.person",
    label="Pessoas",
    title=lambda person: person.name,
    note=lambda _person: "",
    visible=people_visible_to,
    every=lambda institution_id: Person.objects.filter(institution_id=institution_id),
)
