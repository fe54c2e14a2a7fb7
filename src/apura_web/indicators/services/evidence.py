"""Files that show where a measurement came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.models import Blob
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import promise_guards
from apura_web.indicators.models import Evidence
from apura_web.indicators.services.measurements import Place
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class NewFile:
    """A file as ``foundation.blobs.prepare`` gave it, before the act, and what it is."""

    blob: Blob
    title: str


@act("indicators.evidence.attach")
def attach(unit: Unit, *, place: Place, file: NewFile, actor: Actor, at: datetime) -> Evidence:
    """Attach a file, whose bytes are in storage already, to what a unit measures in a period.

    Args:
        unit: whose measurement it shows.
        place: of which indicator and period.
        file: its bytes and its title.

    Raises:
        ValidationError: a column is wrong.
        Refused: the unit does not measure the indicator.
    """
    refuse_if(promise_guards.unit_refusal(place.indicator, unit))
    if file.blob.pk is None:
        journal.create(file.blob)
    row = Evidence(
        institution_id=unit.institution_id,
        indicator=place.indicator,
        unit=unit,
        period_start=place.period.start,
        period_end=place.period.end,
        blob=file.blob,
        title=file.title,
        added_by=actor.id,
        recorded_at=at,
    )
    return journal.create(row, about=(place.indicator, unit))
