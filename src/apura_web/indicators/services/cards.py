"""The card of an indicator: proposed, examined by the central unit, approved by an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import guards
from apura_web.indicators.models import (
    CardProposal,
    CardVersion,
    Indicator,
    ProposalState,
    card_facts,
)
from apura_web.indicators.selectors.cards import versions_of
from apura_web.indicators.services.card_cache import bring_to_date
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class Approval:
    """By which act a card is approved, and from which day it is in force.

    Attributes:
        is_last: the act ends the measurement instead of changing the card.
    """

    legal_act: LegalAct
    from_on: date
    is_last: bool = False


@act("indicators.indicator.register")
def register(unit: Unit, *, number: str, actor: Actor, at: datetime, **facts: Any) -> CardProposal:
    """Register an indicator with the first proposal of its card; it is not measured before an act approves it.

    Args:
        unit: that answers for it.
        number: what people call it, once in the institution.
        facts: the columns of the card.

    Raises:
        ValidationError: a column is wrong, or the number is taken.
        Refused: the formula cannot be computed with the variables.
    """
    indicator = Indicator(
        institution_id=unit.institution_id, number=number, unit=unit, name=facts["name"], created_at=at
    )
    journal.create(indicator, about=(unit,))
    proposal = CardProposal(
        institution_id=unit.institution_id, indicator=indicator, started_at=at, **{**facts, "unit": unit}
    )
    refuse_if(guards.card_refusal(proposal))
    return journal.create(proposal, about=(indicator,))


@act("indicators.card.propose")
def propose(indicator: Indicator, *, change_note: str, actor: Actor, at: datetime) -> CardProposal:
    """Start the proposal of the next version from what the card says today.

    Raises:
        Refused: a proposal is under way, or the indicator has no card.
    """
    versions = versions_of(indicator)
    refuse_if(guards.proposal_refusal(indicator, versions))
    proposal = CardProposal(
        institution_id=indicator.institution_id,
        indicator=indicator,
        started_at=at,
        change_note=change_note,
        **card_facts(versions[-1]),
    )
    return journal.create(proposal, about=(indicator,))


@act("indicators.card.draft")
def draft(proposal: CardProposal, *, actor: Actor, at: datetime, **facts: Any) -> CardProposal:
    """Change what a proposal says.

    Raises:
        ValidationError: a column is wrong.
        Refused: it is being examined already, or the formula cannot be computed.
    """
    refuse_if(guards.state_refusal(proposal, ProposalState.DRAFT, ProposalState.RETURNED))
    journal.change(proposal, **facts)
    refuse_if(guards.card_refusal(proposal))
    journal.current().concerned.append(proposal.indicator)
    return proposal


@act("indicators.card.send")
def send(proposal: CardProposal, *, actor: Actor, at: datetime) -> CardProposal:
    """Send a proposal to the central unit.

    Raises:
        Refused: it is being examined already, or the formula cannot be computed.
    """
    refuse_if(guards.state_refusal(proposal, ProposalState.DRAFT, ProposalState.RETURNED))
    refuse_if(guards.card_refusal(proposal))
    return _moved(proposal, state=ProposalState.SENT, comment="")


@act("indicators.card.return")
def give_back(proposal: CardProposal, *, comment: str, actor: Actor, at: datetime) -> CardProposal:
    """Return a proposal to who wrote it, saying what is missing.

    Raises:
        Refused: it was not sent.
    """
    refuse_if(guards.state_refusal(proposal, ProposalState.SENT, ProposalState.EXAMINED))
    journal.because(comment)
    return _moved(proposal, state=ProposalState.RETURNED, comment=comment)


@act("indicators.card.examine")
def examine(proposal: CardProposal, *, opinion: str, actor: Actor, at: datetime) -> CardProposal:
    """Record what the central unit says of a proposal; the ALMG asks it of every change (OS nº 4/2014).

    Raises:
        Refused: it was not sent.
    """
    refuse_if(guards.state_refusal(proposal, ProposalState.SENT))
    return _moved(proposal, state=ProposalState.EXAMINED, opinion=opinion, opinion_by=actor.id)


@act("indicators.card.approve")
def approve(proposal: CardProposal, *, approval: Approval, actor: Actor, at: datetime) -> CardVersion:
    """Record the act that approves a card: the proposal becomes a version, in force from a day on.

    Raises:
        Refused: the central unit has not spoken of it, the day is not after the last version's,
            or the formula goes round in a circle with other indicators.
    """
    indicator = proposal.indicator
    versions = versions_of(indicator)
    refuse_if(guards.state_refusal(proposal, ProposalState.EXAMINED))
    refuse_if(guards.card_refusal(proposal))
    refuse_if(guards.order_refusal(versions, approval.from_on))
    version = CardVersion(
        institution_id=proposal.institution_id,
        indicator=indicator,
        number=indicator.versions.count() + 1,
        from_on=approval.from_on,
        legal_act=approval.legal_act,
        opinion=proposal.opinion,
        opinion_by=proposal.opinion_by,
        change_note=proposal.change_note,
        is_last=approval.is_last,
        recorded_at=at,
        **card_facts(proposal),
    )
    journal.create(version, about=(indicator, approval.legal_act))
    journal.change(proposal, state=ProposalState.APPROVED)
    bring_to_date(indicator, at)
    return version


@act("indicators.card.drop")
def drop(proposal: CardProposal, *, reason: str, actor: Actor, at: datetime) -> CardProposal:
    """Give up a proposal.

    Raises:
        Refused: it was approved already.
    """
    refuse_if(guards.open_refusal(proposal))
    journal.because(reason)
    return _moved(proposal, state=ProposalState.DROPPED)


def _moved(proposal: CardProposal, **values: Any) -> CardProposal:
    journal.change(proposal, **values)
    journal.current().concerned.append(proposal.indicator)
    return proposal
