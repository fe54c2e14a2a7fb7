"""Acts on units: creating, renaming, moving, merging, extinguishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import refuse_if
from apura_web.orgs import guards
from apura_web.orgs.models import Placement, PlacementEvent, Tenure, TenureEnd, TenureKind, Unit
from apura_web.orgs.selectors.tenures import last_day, open_tenures
from apura_web.orgs.services.structure_cache import refresh


@dataclass(frozen=True)
class Basis:
    """By which act, and from which day."""

    legal_act: LegalAct
    from_on: date


@dataclass(frozen=True)
class UnitNames:
    """What a unit is called, and what it is."""

    name: str
    acronym: str
    kind: str


@act("orgs.unit.create")
def create(under: Institution | Unit, *, names: UnitNames, basis: Basis, actor: Actor, at: datetime) -> Unit:
    """Create a unit under another, or at the top when given the institution.

    Raises:
        Refused: the superior does not operate on that day, or a sibling has the same acronym.
    """
    unit = Unit(institution_id=under.institution_id, created_at=at)
    parent = under if isinstance(under, Unit) else None
    refuse_if(guards.superior_refusal(parent, basis.from_on))
    refuse_if(
        guards.acronym_refusal(under.institution_id, names.acronym, parent, itself=None, on=basis.from_on)
    )
    journal.create(unit, about=(parent,) if parent else ())
    _place(unit, PlacementEvent.CREATION, basis, at, parent=parent, **vars(names))
    refresh(unit.institution_id, at)
    unit.refresh_from_db()
    return unit


@act("orgs.unit.rename")
def rename(unit: Unit, *, names: UnitNames, basis: Basis, actor: Actor, at: datetime) -> Placement:
    """Give a unit another name, acronym or kind from a day on.

    Raises:
        Refused: the unit does not operate on that day, or a sibling has the same acronym.
    """
    box = guards.operating(unit, basis.from_on)
    parent = Unit.objects.filter(pk=box.parent_id or 0).first()
    refuse_if(
        guards.acronym_refusal(unit.institution_id, names.acronym, parent, itself=unit, on=basis.from_on)
    )
    placement = _place(unit, PlacementEvent.RENAMING, basis, at, **vars(names))
    refresh(unit.institution_id, at)
    return placement


@act("orgs.unit.move")
def move(unit: Unit, *, under: Institution | Unit, basis: Basis, actor: Actor, at: datetime) -> Placement:
    """Put a unit under another from a day on; given the institution, at the top.

    Raises:
        Refused: either does not operate on that day, or the change would close a circle then or later.
    """
    parent = under if isinstance(under, Unit) else None
    guards.operating(unit, basis.from_on)
    refuse_if(guards.superior_refusal(parent, basis.from_on))
    refuse_if(guards.circle_refusal(unit, parent, basis.from_on))
    placement = _place(unit, PlacementEvent.MOVE, basis, at, parent=parent)
    if parent:
        journal.current().concerned.append(parent)
    refresh(unit.institution_id, at)
    return placement


@act("orgs.unit.merge")
def merge(into: Unit, *, absorbed: list[Unit], basis: Basis, actor: Actor, at: datetime) -> list[Placement]:
    """Have a unit take in others: these cease, their subordinates and postings pass to it, their mandates end.

    Raises:
        Refused: one of them does not operate on that day, or takes in itself, or a superior of its own.
    """
    guards.operating(into, basis.from_on)
    refuse_if(guards.merger_refusal(into, absorbed, basis.from_on))
    placements = []
    for unit in absorbed:
        guards.operating(unit, basis.from_on)
        for child in guards.subordinates(unit, basis.from_on):
            if child.pk != into.pk:
                _place(child, PlacementEvent.MOVE, basis, at, parent=into)
        placements.append(_place(unit, PlacementEvent.MERGER, basis, at, successor=into))
        _end_tenures(unit, basis, at, successor=into)
    journal.current().concerned.append(into)
    refresh(into.institution_id, at)
    return placements


@act("orgs.unit.extinguish")
def extinguish(unit: Unit, *, successor: Unit | None, basis: Basis, actor: Actor, at: datetime) -> Placement:
    """End a unit. Its mandates and postings end the day before; a successor answers for what it owed.

    Raises:
        Refused: it does not operate on that day, or still has subordinates.
    """
    guards.operating(unit, basis.from_on)
    refuse_if(guards.extinction_refusal(unit, successor, basis.from_on))
    placement = _place(unit, PlacementEvent.EXTINCTION, basis, at, successor=successor)
    _end_tenures(unit, basis, at, successor=None)
    refresh(unit.institution_id, at)
    return placement


def _place(unit: Unit, event: PlacementEvent, basis: Basis, at: datetime, **changes: object) -> Placement:
    row = Placement(
        institution_id=unit.institution_id,
        unit=unit,
        event=event,
        from_on=basis.from_on,
        legal_act=basis.legal_act,
        recorded_at=at,
        **changes,
    )
    return journal.create(row, about=(unit, basis.legal_act))


def _end_tenures(unit: Unit, basis: Basis, at: datetime, *, successor: Unit | None) -> None:
    last = basis.from_on - timedelta(days=1)
    reason = f"{unit} incorporada a {successor}" if successor else f"{unit} extinta"
    for tenure in open_tenures(unit.institution_id, basis.from_on).filter(unit=unit):
        common = {"institution_id": unit.institution_id, "legal_act": basis.legal_act, "recorded_at": at}
        journal.create(
            TenureEnd(tenure=tenure, ended_on=last, reason=reason, **common), about=(tenure, tenure.person)
        )
        if successor and tenure.kind == TenureKind.POSTING:
            row = Tenure(
                person=tenure.person,
                unit=successor,
                kind=tenure.kind,
                capacity=tenure.capacity,
                from_on=max(basis.from_on, tenure.from_on),
                until_on=last_day(tenure),
                **common,
            )
            journal.create(row, about=(tenure.person, successor))
