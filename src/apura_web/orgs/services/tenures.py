"""Acts on offices: appointing, ending, giving and withdrawing access."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import refuse_if
from apura_web.orgs import tenure_guards as guards
from apura_web.orgs.models import Capacity, Person, Tenure, TenureEnd, Unit


@dataclass(frozen=True)
class Appointment:
    """Which office, in which capacity, when and by which act."""

    kind: str
    legal_act: LegalAct
    from_on: date
    until_on: date | None = None
    capacity: str = Capacity.HOLDER


@dataclass(frozen=True)
class Ending:
    """The last day of a tenure, by which act and why."""

    ended_on: date
    legal_act: LegalAct
    reason: str = ""


@act("orgs.tenure.appoint")
def appoint(
    place: Institution | Unit, *, person: Person, appointment: Appointment, actor: Actor, at: datetime
) -> Tenure:
    """Register that an act put a person in an office of a unit, or posted them there.

    Late gazettes and retroactive acts are recorded as they are: the day of effect and the day of record both stay.

    Raises:
        Refused: the office is one of access; or is taken in those days; or the posting overlaps another; or the unit
            does not operate then; or the person was purged.
    """
    refuse_if(guards.privileged_refusal(appointment.kind))
    return _write(place, person, appointment, at)


@act("orgs.access.grant")
def grant_access(
    place: Institution | Unit, *, person: Person, appointment: Appointment, actor: Actor, at: datetime
) -> Tenure:
    """Give somebody an office of access: administration, registry, norms, internal or external control.

    Raises:
        Refused: the office is not one of access; or external control comes without a letter (ofício).
    """
    refuse_if(guards.unprivileged_refusal(appointment.kind))
    refuse_if(guards.letter_refusal(appointment.kind, appointment.legal_act))
    return _write(place, person, appointment, at)


@act("orgs.tenure.end")
def end(tenure: Tenure, *, ending: Ending, actor: Actor, at: datetime) -> TenureEnd:
    """Register the last day of a tenure.

    Raises:
        Refused: the office is one of access, or the tenure ended before.
    """
    refuse_if(guards.privileged_refusal(tenure.kind))
    return _finish(tenure, ending, at)


@act("orgs.access.withdraw")
def withdraw_access(tenure: Tenure, *, ending: Ending, actor: Actor, at: datetime) -> TenureEnd:
    """Withdraw an access before its term.

    Raises:
        Refused: the office is not one of access; or it is the last administrator of the institution.
    """
    refuse_if(guards.unprivileged_refusal(tenure.kind))
    refuse_if(guards.last_administrator_refusal(tenure, ending.ended_on))
    return _finish(tenure, ending, at)


def _write(place: Institution | Unit, person: Person, appointment: Appointment, at: datetime) -> Tenure:
    unit = place if isinstance(place, Unit) else None
    tenure = Tenure(
        institution_id=place.institution_id, person=person, unit=unit, recorded_at=at, **vars(appointment)
    )
    tenure.full_clean()
    refuse_if(guards.appointment_refusal(tenure))
    about = (person, appointment.legal_act, *((unit,) if unit else ()))
    return journal.create(tenure, about=about)


def _finish(tenure: Tenure, ending: Ending, at: datetime) -> TenureEnd:
    refuse_if(guards.ending_refusal(tenure, ending.ended_on))
    journal.because(ending.reason)
    row = TenureEnd(institution_id=tenure.institution_id, tenure=tenure, recorded_at=at, **vars(ending))
    about = (tenure, tenure.person, ending.legal_act, *((tenure.unit,) if tenure.unit else ()))
    return journal.create(row, about=about)
