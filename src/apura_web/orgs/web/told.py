"""Units and offices told to people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.templatetags.apura import day
from apura_web.orgs.models import Absence, Capacity, Placement, PlacementEvent, Tenure, Unit
from apura_web.orgs.selectors.offices import SingleOffice
from apura_web.orgs.selectors.tenures import last_day


@dataclass(frozen=True)
class Moment:
    """Something that happened to a unit, by an act."""

    on: date
    sentence: str
    legal_act: LegalAct
    is_void: bool
    recorded_at: datetime
    is_late: bool
    url: str = ""


def moments_of(unit: Unit, rows: Iterable[Placement]) -> list[Moment]:
    """Tell the acts on a unit, the newest first."""
    told = [
        Moment(
            row.from_on,
            _sentence(unit, row),
            row.legal_act,
            bool(getattr(row, "is_void", False)),
            row.recorded_at,
            local_date(row.recorded_at, unit.institution) > row.from_on,
            row.unit.get_absolute_url() if row.unit_id != unit.pk else "",
        )
        for row in rows
    ]
    return told[::-1]


def _sentence(unit: Unit, row: Placement) -> str:
    if row.unit_id != unit.pk:
        verb = "Incorporou" if row.event == PlacementEvent.MERGER else "Sucedeu"
        return f"{verb} {row.unit}"
    where = f"sob {row.parent}" if row.parent else "no topo do organograma"
    named = f"{row.acronym} – {row.name} ({row.get_kind_display().lower()})"
    match row.event:
        case PlacementEvent.CREATION:
            return f"Criada como {named}, {where}"
        case PlacementEvent.RENAMING:
            return f"Passou a ser {named}"
        case PlacementEvent.MOVE:
            return f"Passou a ficar {where}"
        case PlacementEvent.MERGER:
            return f"Incorporada a {row.successor}"
        case _:
            return f"Extinta; sucede-lhe {row.successor}" if row.successor else "Extinta, sem sucessora"


@dataclass(frozen=True)
class OfficeLine:
    """One office of a unit, told: who holds it, who is in charge and why."""

    label: str
    holder: Tenure | None
    away: str
    in_charge: Tenure | None
    why: str
    delegates: tuple[Tenure, ...]

    @property
    def is_covered(self) -> bool:
        """Whether somebody other than the holder acts."""
        return self.in_charge is not None and self.in_charge != self.holder


def office_line(office: SingleOffice, *, shows_reasons: bool) -> OfficeLine:
    """Tell an office; the reason of an absence only to who may know it."""
    acting = office.day.in_charge
    return OfficeLine(
        office.label,
        office.day.holder,
        away_told(office.day.absence, shows_reasons=shows_reasons) if office.day.absence else "",
        acting,
        Capacity(acting.capacity).label.lower() if acting else "",
        office.delegates,
    )


def away_told(absence: Absence, *, shows_reasons: bool) -> str:
    """Tell an absence: “em férias até 30/06/2026”, or only until when."""
    words = {"ferias": "em férias", "licenca": "em licença", "viagem": "em viagem a serviço"}
    how = words.get(absence.kind, "em afastamento") if shows_reasons else "em afastamento"
    return f"{how} até {day(absence.until_on)}"


def tenure_state(tenure: Tenure, today: date, *, is_void: bool = False) -> Badge:
    """Say in which state a tenure is on a day."""
    until = last_day(tenure)
    if is_void:
        return Badge("tornada sem efeito", Tone.NEUTRAL, "minus")
    if until and until < tenure.from_on:
        return Badge("não chegou a valer", Tone.NEUTRAL, "minus")
    if tenure.from_on > today:
        return Badge("a iniciar", Tone.INFO, "clock")
    if until and until < today:
        return Badge("encerrada", Tone.NEUTRAL, "archive")
    return Badge("vigente", Tone.GOOD, "check-circle")
