"""Writing one item of an import, inside the act that applies it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from apura.formula import fold
from apura_web.audit import journal
from apura_web.foundation.refusals import refuse_if
from apura_web.orgs import guards, tenure_guards
from apura_web.orgs.imports.plan import CREATE
from apura_web.orgs.models import (
    Capacity,
    ImportBatch,
    ImportKind,
    Person,
    Placement,
    PlacementEvent,
    Tenure,
    TenureEnd,
    TenureKind,
    Unit,
)


def write_item(batch: ImportBatch, item: dict[str, Any], at: datetime) -> None:
    """Write an item of an import.

    Raises:
        Refused: what exists changed since the sheet was compared with it.
        ValidationError: a value is no longer acceptable.
    """
    writers: dict[str, Callable[[ImportBatch, dict[str, Any], datetime], None]] = {
        ImportKind.PEOPLE: _person,
        ImportKind.UNITS: _unit,
    }
    writers[batch.kind](batch, item, at)


def _person(batch: ImportBatch, item: dict[str, Any], at: datetime) -> None:
    if item["what"] == CREATE:
        person = journal.create(Person(institution_id=batch.institution_id, created_at=at, **item["facts"]))
    else:
        person = journal.change(
            Person.objects.get(pk=item["person"], institution_id=batch.institution_id), **item["facts"]
        )
    if "posting" in item:
        _posting(batch, person, item["posting"], at)


def _posting(batch: ImportBatch, person: Person, posting: dict[str, Any], at: datetime) -> None:
    since = date.fromisoformat(posting["since"])
    common = {"institution_id": batch.institution_id, "legal_act": batch.legal_act, "recorded_at": at}
    if posting["ends"]:
        earlier = Tenure.objects.get(pk=posting["ends"], person=person)
        end = TenureEnd(tenure=earlier, ended_on=since - timedelta(days=1), reason="nova lotação", **common)
        journal.create(end, about=(person, earlier))
    tenure = Tenure(
        person=person,
        unit=Unit.objects.get(pk=posting["unit"], institution_id=batch.institution_id),
        kind=TenureKind.POSTING,
        capacity=Capacity.HOLDER,
        from_on=since,
        **common,
    )
    refuse_if(tenure_guards.appointment_refusal(tenure))
    journal.create(tenure, about=(person, tenure.unit) if tenure.unit else (person,))


def _unit(batch: ImportBatch, item: dict[str, Any], at: datetime) -> None:
    if item["what"] == CREATE:
        unit = journal.create(Unit(institution_id=batch.institution_id, created_at=at))
        item["made"] = made_by(batch)[fold(item["names"]["acronym"])] = unit.pk
        superior = _superior(batch, item["superior"])
        _place(batch, unit, PlacementEvent.CREATION, at, parent=superior, **item["names"])
        return
    unit = Unit.objects.get(pk=item["unit"], institution_id=batch.institution_id)
    guards.operating(unit, batch.from_on)
    if item["names"]:
        _place(batch, unit, PlacementEvent.RENAMING, at, **item["names"])
    if item["moves"]:
        superior = _superior(batch, item["superior"])
        _place(batch, unit, PlacementEvent.MOVE, at, parent=superior)


def _place(batch: ImportBatch, unit: Unit, event: PlacementEvent, at: datetime, **changes: Any) -> None:
    row = Placement(
        institution_id=batch.institution_id,
        unit=unit,
        event=event,
        from_on=batch.from_on,
        legal_act=batch.legal_act,
        recorded_at=at,
        **changes,
    )
    journal.create(row, about=(unit,))


def _superior(batch: ImportBatch, wanted: Any) -> Unit | None:
    if wanted is None:
        return None
    number = made_by(batch)[wanted] if isinstance(wanted, str) else wanted
    return Unit.objects.get(pk=number, institution_id=batch.institution_id)


def made_by(batch: ImportBatch) -> dict[str, int]:
    """Give the units that an import created so far, by acronym; kept with the batch while a chunk is written."""
    made: dict[str, int] | None = vars(batch).get("made")
    if made is None:
        made = {fold(item["names"]["acronym"]): item["made"] for item in batch.items if "made" in item}
        vars(batch)["made"] = made
    return made
