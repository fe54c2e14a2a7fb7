"""What came before this base: agreements signed on paper and the scores of past years, “sem memória”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from apura_web.agreements import guards, paper_guards
from apura_web.agreements.models import Agreement, Pact, Party, PastScore, Signature
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.agreements import last_pact, working_text
from apura_web.agreements.services.evidence import keep
from apura_web.agreements.services.holding import hold
from apura_web.agreements.services.negotiation import parties_of
from apura_web.agreements.services.signing import enter_into_force, in_charge_of
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Blob
from apura_web.foundation.refusals import Refused, refuse_if
from apura_web.orgs.models import Tenure, Unit


@dataclass(frozen=True)
class Paper:
    """An agreement signed before this base: the day on the paper, and the file when there is one."""

    signed_on: date
    document: Blob | None = None


@dataclass(frozen=True)
class Given:
    """A score given before this base.

    Attributes:
        kind: partial or final.
        until_on: the last day of the period.
        value: as the document says it.
        source: which document says it.
        document: the file, when there is one.
    """

    kind: str
    until_on: date
    value: Fraction
    source: str
    document: Blob | None = None


@act("agreements.pact.import")
def import_signed(agreement: Agreement, *, paper: Paper, actor: Actor, at: datetime) -> Pact:
    """Put in force an agreement that was signed on paper, with its text as it is written here, without negotiation.

    Norm: Decreto GO nº 8.170/2014, arts. 2º and 6º, I.

    Args:
        paper: the day of the signatures and the document.

    Raises:
        Refused: it is being signed here or is in force already; the text lacks what no agreement may lack; or the day
            is to come.
    """
    hold(agreement)
    refuse_if(guards.stage_refusal(agreement, "write"))
    text = working_text(agreement)
    refuse_if(paper_guards.text_refusal(text, agreement))
    refuse_if(paper_guards.day_refusal(paper.signed_on, local_date(at, agreement.institution)))
    pact = _pact(agreement, text, paper, actor=actor, at=at)
    for party in parties_of(pact, text):
        journal.create(party, about=(party.unit,))
        journal.create(_signature(party, paper.signed_on, at))
    journal.change(agreement, is_imported=True)
    enter_into_force(agreement)
    return pact


def _pact(agreement: Agreement, text: PactText, paper: Paper, *, actor: Actor, at: datetime) -> Pact:
    keep(paper.document)
    before = last_pact(agreement)
    row = Pact(
        institution_id=agreement.institution_id,
        agreement=agreement,
        number=before.number + 1 if before else 1,
        content=text.written,
        sha256=text.sha256,
        document=paper.document,
        accepted_by=actor.id,
        recorded_at=at,
    )
    return journal.create(row, about=(agreement,))


def _signature(party: Party, signed_on: date, at: datetime) -> Signature:
    return Signature(
        institution_id=party.institution_id,
        party=party,
        tenure=_known_head(party.unit, signed_on),
        signed_on=signed_on,
        on_paper=True,
        recorded_at=at,
    )


def _known_head(unit: Unit, on: date) -> Tenure | None:
    """Give who was in charge of a unit on a day; None when this base does not know."""
    try:
        return in_charge_of(unit, on)
    except Refused:
        return None


@act("agreements.score.import")
def import_score(agreement: Agreement, *, given: Given, actor: Actor, at: datetime) -> PastScore:
    """Record a score that was given before this base; it opens into its document and into no calculation.

    Norm: Decreto GO nº 8.170/2014, arts. 6º, IV, and 12.

    Raises:
        Refused: the agreement was not imported, the day is to come, or the value passes the scale of the pact.
    """
    refuse_if(paper_guards.score_refusal(agreement, last_pact(agreement), given.value))
    refuse_if(paper_guards.day_refusal(given.until_on, local_date(at, agreement.institution)))
    standing = PastScore.objects.filter(
        agreement=agreement, kind=given.kind, until_on=given.until_on, replaced_by=None
    )
    keep(given.document)
    row = PastScore(
        institution_id=agreement.institution_id,
        agreement=agreement,
        replaces=standing.first(),
        recorded_at=at,
        **vars(given),
    )
    return journal.create(row, about=(agreement,))
