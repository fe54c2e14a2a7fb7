"""What the ground floor lets search find: units, people and legal acts."""

from __future__ import annotations

from apura_web.desk.search.index import Searchable, register
from apura_web.documents.models import LegalAct
from apura_web.documents.selectors import legal_acts_visible_to
from apura_web.orgs.models import Person, Unit
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.structure import units_visible_to


def register_all() -> None:
    """Register them."""
    register(
        Searchable(
            kind="orgs.unit",
            label="Unidades",
            title=lambda unit: f"{unit.acronym} – {unit.name}",
            note=_unit_note,
            visible=lambda actor, _on: units_visible_to(actor),
            through={"orgs.placement": lambda placement: _fresh(placement.unit)},
        )
    )
    register(
        Searchable(
            kind="orgs.person",
            label="Pessoas",
            title=lambda person: person.name,
            note=lambda person: f"Matrícula {person.registration}" if person.registration else "",
            visible=people_visible_to,
            through={},
        )
    )
    register(
        Searchable(
            kind="documents.legalact",
            label="Atos",
            title=lambda act: str(act.current),
            note=_act_note,
            visible=lambda actor, _on: legal_acts_visible_to(actor),
            through={"documents.legalact": lambda act: act.corrects or act},
        )
    )


def records_of(institution_id: int) -> list[Unit | Person | LegalAct]:
    """Give every record the index should know of an institution."""
    return [
        *Unit.objects.filter(institution_id=institution_id),
        *Person.objects.filter(institution_id=institution_id),
        *LegalAct.objects.filter(institution_id=institution_id, corrects=None).prefetch_related(
            "corrections"
        ),
    ]


def _fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


def _unit_note(unit: Unit) -> str:
    return unit.get_kind_display() if unit.is_active else f"{unit.get_kind_display()} (extinta)"


def _act_note(act: LegalAct) -> str:
    current = act.current
    return f"{current.authority} {current.signed_on:%d/%m/%Y} {current.summary}".strip()
