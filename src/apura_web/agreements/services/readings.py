"""What is recorded besides measurements: how far an item went, that it was cancelled, and the readings adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from apura.norms import load_norm
from apura_web.agreements import guards, reading_guards
from apura_web.agreements.facts import NORM
from apura_web.agreements.models import Adoption, Agreement, ItemReading, ItemState
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.selectors.scores import item_readings_of
from apura_web.agreements.services.evidence import keep
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Blob, Institution
from apura_web.foundation.refusals import refuse_if


@dataclass(frozen=True)
class Situation:
    """How an item of the pact stood on a day.

    Attributes:
        item_key: which item.
        until_on: the day.
        state: measured, not measured or cancelled.
        value: what was reached; None unless measured.
        done_on: when the milestone was delivered; None when it was not.
        reason: what happened.
        legal_act: the act that cancelled it.
        document: what shows it.
    """

    item_key: str
    until_on: date
    state: str
    value: Fraction | None = None
    done_on: date | None = None
    reason: str = ""
    legal_act: LegalAct | None = None
    document: Blob | None = None


@dataclass(frozen=True)
class Reading:
    """A reading to be adopted: of which doubt, which, since when, and by which minutes or act."""

    interpretation: str
    reading: str
    from_on: date
    legal_act: LegalAct
    reason: str = ""


@act("agreements.item.read")
def read_item(agreement: Agreement, *, situation: Situation, actor: Actor, at: datetime) -> ItemReading:
    """Record how far a milestone or commitment went by a day, or that an item was cancelled by an act.

    Norm: Decreto GO nº 8.170/2014, arts. 3º, I, 7º, III, and 13.

    Raises:
        ValidationError: a value without being measured, or no reason where one is asked.
        Refused: the item is not of the pact, the day is out of order, or an indicator is told without the ledger.
    """
    refuse_if(guards.stage_refusal(agreement, "read"))
    pact = last_pact(agreement)
    item = pact.text.part(situation.item_key) if pact else None
    has_act = situation.legal_act is not None
    refuse_if(reading_guards.item_refusal(item, situation.state, has_act=has_act))
    today = local_date(at, agreement.institution)
    refuse_if(reading_guards.day_refusal(agreement, situation.until_on, today))
    keep(situation.document)
    standing = item_readings_of(agreement).filter(item_key=situation.item_key, until_on=situation.until_on)
    row = ItemReading(
        institution_id=agreement.institution_id,
        agreement=agreement,
        replaces=standing.first(),
        recorded_by=actor.id,
        recorded_at=at,
        **vars(situation),
    )
    return journal.create(row, about=(agreement,))


@act("agreements.reading.adopt")
def adopt(place: Agreement | Institution, *, reading: Reading, actor: Actor, at: datetime) -> Adoption:
    """Record the reading that the commission adopted for an agreement, or the house for all of them.

    Norm: Decreto GO nº 8.170/2014, art. 37.

    Args:
        place: the agreement, or the institution when it is for all.

    Raises:
        Refused: the norm has no such doubt, or offers no such reading.
    """
    refuse_if(reading_guards.reading_refusal(load_norm(NORM), reading.interpretation, reading.reading))
    if isinstance(place, Agreement):
        refuse_if(guards.stage_refusal(place, "score"))
    is_one = isinstance(place, Agreement)
    row = Adoption(
        institution_id=place.institution_id if isinstance(place, Agreement) else place.pk,
        agreement=place if isinstance(place, Agreement) else None,
        recorded_at=at,
        **vars(reading),
    )
    return journal.create(row, about=(place,) if is_one else ())


def states_of(especie: str) -> list[tuple[str, str]]:
    """Give the situations one may record of an item: of an indicator only that it was cancelled."""
    if especie == "indicador":
        return [(ItemState.CANCELLED.value, str(ItemState.CANCELLED.label))]
    return [(each.value, str(each.label)) for each in ItemState]
