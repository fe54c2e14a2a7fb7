"""Facts about units, people and offices. Nothing here decides anything."""

from apura_web.orgs.models.imports import ImportBatch, ImportKind
from apura_web.orgs.models.people import Absence, AbsenceKind, Person
from apura_web.orgs.models.tenures import Capacity, Tenure, TenureEnd, TenureKind
from apura_web.orgs.models.units import Placement, PlacementEvent, Unit, UnitKind

__all__ = [
    "Absence",
    "AbsenceKind",
    "Capacity",
    "ImportBatch",
    "ImportKind",
    "Person",
    "Placement",
    "PlacementEvent",
    "Tenure",
    "TenureEnd",
    "TenureKind",
    "Unit",
    "UnitKind",
]
