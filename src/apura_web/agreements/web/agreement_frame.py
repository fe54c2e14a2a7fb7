"""What stands around every page of an agreement: where it is, the next step, whose turn it is, who answers for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from apura_web.agreements.guards import is_over
from apura_web.agreements.lifecycle import LABELS, STAGES, Side, State
from apura_web.agreements.models import Agreement, Pact, Proposal
from apura_web.agreements.selectors.agreements import (
    last_pact,
    last_proposal,
    negotiates,
    side_of,
    working_text,
)
from apura_web.agreements.selectors.endings import ending_of, has_final_score
from apura_web.agreements.selectors.signatories import Signatory, offices_on, signatories_of
from apura_web.agreements.web.agreement_tabs import crumbs_of, tabs_of
from apura_web.audit.actors import Role
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Badge, Crumb, Fact, Tone
from apura_web.foundation.templatetags.apura import day
from apura_web.orgs.models import TenureKind
from apura_web.orgs.selectors.tenures import OfficeOnADay

BADGES = {
    State.ALIGNMENT: Badge(LABELS[State.ALIGNMENT], Tone.NEUTRAL, "compass"),
    State.NEGOTIATION: Badge(LABELS[State.NEGOTIATION], Tone.NEUTRAL, "comments"),
    State.SIGNING: Badge(LABELS[State.SIGNING], Tone.ATTENTION, "signature"),
    State.IN_FORCE: Badge(LABELS[State.IN_FORCE], Tone.GOOD, "check-circle"),
    State.CLOSED: Badge(LABELS[State.CLOSED], Tone.NEUTRAL, "archive"),
    State.SHELVED: Badge(LABELS[State.SHELVED], Tone.NEUTRAL, "archive"),
}
WORDS = {
    State.ALIGNMENT: "alinhamento",
    State.NEGOTIATION: "negociação",
    State.SIGNING: "assinatura",
    State.IN_FORCE: "vigência",
    State.CLOSED: "encerramento",
}
CODE_LENGTH = 12


@dataclass(frozen=True)
class Turn:
    """What is expected of an agreement now, of whom, and whether it is of who looks."""

    next_step: str
    whose: str
    is_mine: bool = False


@dataclass(frozen=True)
class Frame:
    """What is known of an agreement on every one of its pages.

    Attributes:
        ending: whether it is over, and how; empty while it is not, and once it was closed.
    """

    pact: Pact | None
    last: Proposal | None
    signatories: Sequence[Signatory]
    can_accept: bool
    ending: str = ""


OVER, SCORED = "sem nota final", "com nota final"
"""What is known of an agreement in force that is over."""


def frame_of(request: ActorRequest, agreement: Agreement, current: str, *more: Crumb) -> dict[str, Any]:
    """Give what the base template of an agreement shows.

    Args:
        request: of somebody who sees it.
        agreement: which.
        current: the name of the address of the tab shown.
        *more: further steps of the way, after the agreement.
    """
    known = _known(request, agreement)
    return {
        "agreement": agreement,
        "state": BADGES[State(agreement.state)],
        "steps": steps_of(agreement),
        "turn": turn_of(request, agreement, known),
        "signatories": known.signatories,
        "signs": next((each for each in known.signatories if each.is_mine), None),
        "pact": known.pact,
        "integrity": known.pact.sha256[:CODE_LENGTH] if known.pact else "",
        "can_accept": known.can_accept,
        "ending": known.ending,
        "is_side": negotiates(request.actor, agreement),
        "charge": _in_charge(agreement, request.today),
        "facts": _facts(agreement, known),
        "tabs": tabs_of(agreement, current),
        "crumbs": crumbs_of(agreement, *more),
    }


def steps_of(agreement: Agreement) -> list[tuple[str, bool, bool]]:
    """Give the line of stages: each word, whether it was passed and whether the agreement is there."""
    if agreement.state == State.SHELVED.value:
        return []
    stages = [each for each in STAGES if each is not State.ALIGNMENT or agreement.had_alignment]
    here = stages.index(State(agreement.state))
    return [(WORDS[each], place < here, place == here) for place, each in enumerate(stages)]


def turn_of(request: ActorRequest, agreement: Agreement, known: Frame) -> Turn | None:
    """Say what comes next and whose turn it is; None when nothing is expected any more."""
    match State(agreement.state):
        case State.ALIGNMENT:
            is_mine = request.actor.has(Role.CENTRAL_ANALYST, path=agreement.scope_path)
            said = "escrever o resultado do alinhamento e concluí-lo"
            return Turn(said, "da unidade central (art. 8º, § 2º)", is_mine)
        case State.NEGOTIATION:
            return _negotiating(request, agreement, known)
        case State.SIGNING:
            waiting = [each for each in known.signatories if each.signature is None]
            names = ", ".join(str(each.party.unit) for each in waiting)
            mine = any(each.is_mine for each in waiting)
            return Turn("assinar o acordo", f"de quem responde por {names}", mine)
        case State.IN_FORCE:
            return _following(request, agreement, known)
        case _:
            return None


def whose(side: str, agreement: Agreement) -> str:
    """Say of whom the turn is, after “é a vez”."""
    return "da unidade central" if side == Side.CENTRAL.value else f"de {agreement.unit} (Acordada)"


def _negotiating(request: ActorRequest, agreement: Agreement, known: Frame) -> Turn:
    mine = negotiates(request.actor, agreement) and side_of(request.actor, agreement) == agreement.turn
    if known.last is None:
        said = "escrever o pacto e enviar a primeira proposta"
    else:
        said = f"examinar a rodada {known.last.number} e aceitá-la, ou mudar o texto e enviar outra"
    return Turn(said, whose(agreement.turn, agreement), mine)


def _following(request: ActorRequest, agreement: Agreement, known: Frame) -> Turn:
    if not known.ending:
        return Turn("acompanhar as metas e apurar as notas", f"de {agreement.unit} e da unidade central")
    said = "apurar a nota final ou, se não pode havê-la, encerrar o acordo com o motivo"
    is_mine = request.actor.has(Role.CENTRAL_ANALYST, path=agreement.scope_path)
    return Turn("encerrar o acordo" if known.ending == SCORED else said, "da unidade central", is_mine)


def _known(request: ActorRequest, agreement: Agreement) -> Frame:
    is_written = agreement.state in {State.ALIGNMENT.value, State.NEGOTIATION.value}
    last = last_proposal(agreement)
    pact = None if is_written else last_pact(agreement)
    signatories = signatories_of(pact, request.actor, request.today) if pact else []
    can_accept = (
        agreement.state == State.NEGOTIATION.value
        and last is not None
        and negotiates(request.actor, agreement)
        and last.side != side_of(request.actor, agreement)
        and last.sha256 == working_text(agreement).sha256
    )
    return Frame(pact, last, signatories, can_accept, _ending(agreement, request.today))


def _ending(agreement: Agreement, today: date) -> str:
    """Say whether an agreement in force is over, and whether it has its final score."""
    if agreement.state != State.IN_FORCE.value or not is_over(agreement, today):
        return ""
    return SCORED if has_final_score(agreement) else OVER


def _in_charge(agreement: Agreement, on: date) -> list[tuple[str, OfficeOnADay]]:
    """Say who heads and coordinates, on a day, the Acordada or the body that took its place."""
    last = agreement.successions.filter(from_on__lte=on).select_related("unit").last()
    unit, of = (last.unit, f" · {last.unit}, sucessora") if last else (agreement.unit, "")
    offices = offices_on([unit], on)
    return [
        (f"Titular{of}", offices[unit.pk, TenureKind.HEAD]),
        (f"Coordenador setorial{of}", offices[unit.pk, TenureKind.COORDINATOR]),
    ]


def _facts(agreement: Agreement, known: Frame) -> list[Fact]:
    facts = [
        Fact("Acordada", f"{agreement.unit} – {agreement.unit.name}", agreement.unit.get_absolute_url()),
        Fact("Exercício", str(agreement.year)),
        *_past(agreement, known),
    ]
    if agreement.term_from and agreement.term_until:
        facts.append(Fact("Vigência", f"{day(agreement.term_from)} a {day(agreement.term_until)}"))
    if agreement.period_from and agreement.period_until:
        period = f"{day(agreement.period_from)} a {day(agreement.period_until)}"
        facts.append(Fact("Período avaliatório", period))
    facts.extend(_closed(agreement))
    if known.last is not None:
        sent = f"rodada {known.last.number}, da {_side_name(known.last.side)}"
        facts.append(Fact("Última proposta", sent, note=f"em {day(known.last.recorded_at)}"))
    if known.pact is not None:
        facts.append(Fact("Código de integridade do texto", known.pact.sha256[:CODE_LENGTH]))
    return facts


def _closed(agreement: Agreement) -> list[Fact]:
    """Say when an agreement was closed and, when it has no final score, why."""
    ending = ending_of(agreement) if agreement.state == State.CLOSED.value else None
    if ending is None:
        return []
    url = reverse("agreement_history", args=[agreement.code])
    return [Fact("Encerramento", day(ending.at), url, note=ending.reason)]


def _past(agreement: Agreement, known: Frame) -> list[Fact]:
    """Say that an agreement came from paper, and who owes it now when that is another body."""
    facts = []
    if agreement.is_imported:
        has_document = known.pact is not None and known.pact.document_id is not None
        url = reverse("pact_document", args=[agreement.code]) if has_document else ""
        facts.append(Fact("Origem", "importado, sem memória", url, note="assinado em papel antes desta base"))
    for each in agreement.successions.select_related("unit", "legal_act"):
        note = f"desde {day(each.from_on)}, {each.legal_act.current}"
        facts.append(Fact("Sucessora da Acordada", str(each.unit), each.unit.get_absolute_url(), note=note))
    return facts


def _side_name(side: str) -> str:
    return "unidade central" if side == Side.CENTRAL.value else "Acordada"
