"""The end of an agreement: closed when its term is over, with its final score or the reason there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apura_web.agreements import guards
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement
from apura_web.agreements.selectors.endings import has_final_score
from apura_web.agreements.services.holding import hold
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import refuse_if


@dataclass(frozen=True)
class Unscored:
    """Why an agreement has no final score, and the act that shows it."""

    reason: str
    legal_act: LegalAct


@act("agreements.agreement.close")
def close(agreement: Agreement, *, unscored: Unscored | None = None, actor: Actor, at: datetime) -> Agreement:
    """Say that nothing more is expected of an agreement; what it says and its scores stay as they are.

    Norm: the decree has no act of closing; the term is that of the pact (art. 17) and the final score that of Decreto
    GO nº 8.170/2014, art. 12, § 2º.

    Args:
        agreement: in force, and over.
        unscored: why there is no final score; None when there is one.

    Raises:
        Refused: it is not in force or not over; or it has no final score and nobody says why.
    """
    hold(agreement)
    refuse_if(guards.ending_refusal(agreement, local_date(at, agreement.institution)))
    has_final = has_final_score(agreement)
    refuse_if(guards.final_refusal(agreement, has_final=has_final, is_explained=unscored is not None))
    journal.current().concerned.append(agreement.unit)
    if unscored is not None:
        journal.because(f"Sem nota final: {unscored.reason.strip()} ({unscored.legal_act.current})")
        journal.current().concerned.append(unscored.legal_act)
    return journal.change(agreement, state=State.CLOSED.value)
