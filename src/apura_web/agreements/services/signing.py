"""Signatures: each party by who was in charge of its unit on the day; the last one puts the agreement in force."""

from __future__ import annotations

from datetime import date, datetime

from apura_web.agreements import guards
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, Party, Signature
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services.holding import hold
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.orgs.models import Tenure, TenureKind, Unit
from apura_web.orgs.selectors.tenures import absences_on, office_on, tenures_on

ALREADY = Refusal("agreements.signed_already", "Esta parte já assinou.", status=409)
OLD_TEXT = Refusal(
    "agreements.old_text",
    "Este texto foi deixado para trás: a negociação foi reaberta.",
    "Abra o acordo e assine o texto mais recente.",
    status=409,
)


@act("agreements.pact.sign")
def sign(party: Party, *, actor: Actor, at: datetime) -> Signature:
    """Sign for a party, today; who signs is in charge of its unit.

    Raises:
        Refused: it is not waiting for signatures, the party signed already, or somebody else is in charge.
    """
    on = local_date(at, party.pact.agreement.institution)
    tenure = in_charge_of(party.unit, on)
    if tenure.person.code != actor.id:
        raise Refused(guards.not_in_charge(party.unit, on))
    return _signed(party, tenure, signed_on=on, on_paper=False, at=at)


@act("agreements.pact.record")
def record_on_paper(
    agreement: Agreement, *, party: Party, signed_on: date, actor: Actor, at: datetime
) -> Signature:
    """Record that a party signed on paper; it counts as signed by who was in charge of its unit on that day.

    Args:
        party: which.
        signed_on: the day written on the paper.

    Raises:
        Refused: nobody was in charge of its unit on that day, or the day is out of order.
    """
    return _signed(party, in_charge_of(party.unit, signed_on), signed_on=signed_on, on_paper=True, at=at)


def in_charge_of(unit: Unit, on: date) -> Tenure:
    """Give the tenure by which somebody was in charge of a unit on a day.

    Raises:
        Refused: nobody was.
    """
    rows = list(tenures_on(unit.institution_id, on).filter(unit=unit, kind=TenureKind.HEAD))
    found = office_on(rows, absences_on(unit.institution_id, on)).in_charge
    if found is None:
        raise Refused(guards.nobody_in_charge(unit, on))
    return found


def _signed(party: Party, tenure: Tenure, *, signed_on: date, on_paper: bool, at: datetime) -> Signature:
    pact, agreement = party.pact, party.pact.agreement
    hold(agreement)
    today = local_date(at, agreement.institution)
    accepted_on = local_date(pact.recorded_at, agreement.institution)
    refuse_if(guards.signing_refusal(agreement, signed_on, accepted_on, today))
    if pact != last_pact(agreement):
        raise Refused(OLD_TEXT)
    if Signature.objects.filter(party=party).exists():
        raise Refused(ALREADY)
    row = Signature(
        institution_id=pact.institution_id,
        party=party,
        tenure=tenure,
        signed_on=signed_on,
        on_paper=on_paper,
        recorded_at=at,
    )
    journal.create(row, about=(agreement, party.unit))
    if not pact.parties.filter(signature=None).exists():
        enter_into_force(agreement)
    return row


def enter_into_force(agreement: Agreement) -> None:
    """Put an agreement in force, inside an act, with the days its pact says."""
    pact = last_pact(agreement)
    assert pact is not None  # noqa: S101 - somebody has just signed it
    general = pact.text.one("geral")
    journal.change(
        agreement,
        state=State.IN_FORCE.value,
        term_from=general.day("vigencia_inicio"),
        term_until=general.day("vigencia_fim"),
        period_from=general.day("periodo_inicio"),
        period_until=general.day("periodo_fim"),
    )
