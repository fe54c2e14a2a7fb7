"""Keeping in each unit what its placements say of today: name, place and whether it operates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection

from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Unit
from apura_web.orgs.organogram import Organogram
from apura_web.orgs.selectors.structure import organogram_on

COLUMNS = ("path", "name", "acronym", "kind", "is_active")
WRITE = "UPDATE orgs_unit SET path = %s, name = %s, acronym = %s, kind = %s, is_active = %s WHERE id = %s"


def refresh(institution_id: int, at: datetime) -> None:
    """Write the state of the day an instant falls on into the units whose cache differs from it."""
    institution = Institution.objects.get(pk=institution_id)
    today = local_date(at, institution)
    organogram = organogram_on(institution_id, today)
    stale = [unit for unit in Unit.objects.filter(institution_id=institution_id) if _bring(unit, organogram)]
    _write(stale)
    Institution.objects.filter(pk=institution_id).update(structure_as_of=today)


def _write(units: list[Unit]) -> None:
    # One prepared statement for all: composing the query of a bulk update takes a millisecond a unit.
    if units:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE, [(*_state_of(unit), unit.pk) for unit in units])


def _state_of(unit: Unit) -> tuple[Any, ...]:
    return tuple(getattr(unit, column) for column in COLUMNS)


def is_stale(institution: Institution, today: date) -> bool:
    """Say whether the cache is of another day."""
    return institution.structure_as_of != today


def _bring(unit: Unit, organogram: Organogram) -> bool:
    box = organogram.boxes.get(unit.pk)
    state = (
        (organogram.path_of(unit.pk), box.name, box.acronym, box.kind, box.is_active)
        if box
        else (unit.path, unit.name, unit.acronym, unit.kind, False)
    )
    if state == _state_of(unit):
        return False
    for column, value in zip(COLUMNS, state, strict=True):
        setattr(unit, column, value)
    return True
