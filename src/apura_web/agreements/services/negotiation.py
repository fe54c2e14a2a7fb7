"""The negotiation: rounds sent from one side to the other, comments, and the text both accept."""

from __future__ import annotations

from datetime import datetime

from apura_web.agreements import guards
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, Pact, PartComment, Party, Proposal
from apura_web.agreements.pact.checklist import conference
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.agreements import (
    last_pact,
    last_proposal,
    side_of,
    surroundings_of,
    working_text,
)
from apura_web.agreements.services.holding import hold
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import refuse_if
from apura_web.orgs.models import Unit


@act("agreements.proposal.send")
def propose(agreement: Agreement, *, note: str, actor: Actor, at: datetime) -> Proposal:
    """Send the text as it is to the other side; it is frozen as a round, and now it is their turn.

    Args:
        note: what is proposed, in a sentence.

    Raises:
        Refused: it is not being negotiated, or says the same as the last round.
    """
    hold(agreement)
    refuse_if(guards.side_refusal(actor, agreement))
    text, last, side = working_text(agreement), last_proposal(agreement), side_of(actor, agreement)
    refuse_if(guards.proposing_refusal(agreement, text, last))
    row = Proposal(
        institution_id=agreement.institution_id,
        agreement=agreement,
        number=last.number + 1 if last else 1,
        side=side.value,
        content=text.written,
        sha256=text.sha256,
        note=note,
        sent_by=actor.id,
        recorded_at=at,
    )
    journal.create(row, about=(agreement, agreement.unit))
    journal.change(agreement, turn=side.other.value)
    return row


@act("agreements.part.comment")
def comment(agreement: Agreement, *, part_key: str, text: str, actor: Actor, at: datetime) -> PartComment:
    """Say something about a clause or a target; both sides read it.

    Raises:
        Refused: the agreement is no longer being negotiated.
    """
    refuse_if(guards.side_refusal(actor, agreement))
    refuse_if(guards.stage_refusal(agreement, "comment"))
    row = PartComment(
        institution_id=agreement.institution_id,
        agreement=agreement,
        part_key=part_key,
        side=side_of(actor, agreement).value,
        text=text,
        author=actor.id,
        recorded_at=at,
    )
    return journal.create(row, about=(agreement,))


def acceptable(agreement: Agreement, *, actor: Actor, at: datetime) -> tuple[PactText, Proposal]:
    """Give the text that somebody would accept now, and the round it is of.

    Raises:
        Refused: nothing was proposed by the other side, the text changed since, or the conference blocks it.
    """
    refuse_if(guards.side_refusal(actor, agreement))
    text, last, side = working_text(agreement), last_proposal(agreement), side_of(actor, agreement)
    refuse_if(guards.accepting_refusal(agreement, text, last, side))
    assert last is not None  # noqa: S101 - without one, the guard refused
    on = local_date(at, agreement.institution)
    refuse_if(guards.conference_refusal(conference(text, surroundings_of(agreement, text, on))))
    return text, last


@act("agreements.proposal.accept")
def accept(agreement: Agreement, *, actor: Actor, at: datetime) -> Pact:
    """Accept the last round of the other side; the text is closed and waits for the signature of all parties.

    Norm: Decreto GO nº 8.170/2014, arts. 2º, 10, 12, 16, § 1º, 29, parágrafo único, and 32.

    Raises:
        Refused: nothing was proposed by the other side, the text changed since, or the conference blocks it.
    """
    hold(agreement)
    text, last = acceptable(agreement, actor=actor, at=at)
    before = last_pact(agreement)
    pact = Pact(
        institution_id=agreement.institution_id,
        agreement=agreement,
        number=before.number + 1 if before else 1,
        proposal=last,
        content=text.written,
        sha256=text.sha256,
        accepted_by=actor.id,
        recorded_at=at,
    )
    journal.create(pact, about=(agreement, agreement.unit))
    for party in parties_of(pact, text):
        journal.create(party, about=(party.unit,))
    journal.change(agreement, state=State.SIGNING.value)
    return pact


def parties_of(pact: Pact, text: PactText) -> list[Party]:
    """Make the parties of a pact from its text, unsaved; every part of them names its unit."""
    parts = text.of("parte")
    found = Unit.objects.filter(
        institution_id=pact.institution_id, code__in=[each.get("unidade") for each in parts]
    )
    units = {each.code: each for each in found}
    return [
        Party(
            institution_id=pact.institution_id,
            pact=pact,
            key=each.key,
            role=each.get("papel"),
            name=each.get("nome"),
            unit=units[each.get("unidade")],
        )
        for each in parts
    ]


@act("agreements.negotiation.reopen")
def reopen(agreement: Agreement, *, reason: str, actor: Actor, at: datetime) -> Agreement:
    """Go back to negotiation before all have signed; signatures of the text left behind stay on record with it.

    Raises:
        Refused: it is not waiting for signatures.
    """
    hold(agreement)
    refuse_if(guards.stage_refusal(agreement, "reopen"))
    journal.because(reason)
    journal.current().concerned.append(agreement.unit)
    return journal.change(agreement, state=State.NEGOTIATION.value)
