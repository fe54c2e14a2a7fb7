"""What the state of things forbids: pure questions that answer a refusal or None."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apura_web.foundation.refusals import Refusal
from apura_web.indicators.attainment import bands_complaint
from apura_web.indicators.formulas import complaint
from apura_web.indicators.models import (
    CardFacts,
    CardProposal,
    CardVersion,
    Indicator,
    ProposalState,
    Submission,
    SubmissionState,
)
from apura_web.indicators.periods import Frequency
from apura_web.indicators.selectors.cards import open_proposal_of, versions_by_indicator
from apura_web.indicators.selectors.rounds import lock_of


def card_refusal(card: CardProposal) -> Refusal | None:
    """Refuse a card whose formula, bands or periods cannot be used, or that goes round in a circle."""
    said = complaint(card.formula, card.read_variables, card.measure)
    if said:
        return Refusal(
            "indicators.wrong_formula", f"A fórmula não serve. {said}", "Corrija a fórmula ou as variáveis."
        )
    said = bands_complaint(card.bands, card.measure) if card.bands else ""
    if said:
        what = 'Escreva, por exemplo: se(valor >= meta; "alcancada"; "nao_alcancada").'
        return Refusal("indicators.wrong_bands", f"As faixas do farol não servem. {said}", what)
    if card.frequency == Frequency.CUSTOM and not card.custom_periods:
        return Refusal(
            "indicators.no_periods",
            "A frequência personalizada pede os períodos.",
            "Informe o primeiro e o último dia de cada período.",
        )
    low, high = card.plausible_low, card.plausible_high
    if low is not None and high is not None and low > high:
        return Refusal(
            "indicators.limits_in_disorder", "O menor valor plausível passa do maior.", "Corrija os limites."
        )
    return circle_refusal(card)


def circle_refusal(card: CardProposal) -> Refusal | None:
    """Refuse a card that would be computed from itself, through others."""
    unknown, line = _line_back(card)
    if unknown:
        return Refusal(
            "indicators.unknown_indicator",
            f"Não há na instituição o indicador “{unknown}”, de que uma variável vem.",
            "Confira a sigla ou o número, ou registre antes esse indicador.",
        )
    if line:
        return Refusal(
            "indicators.circle",
            f"O indicador seria calculado a partir de si mesmo: {' › '.join(line)}.",
            "Retire da fórmula um dos indicadores do círculo.",
        )
    return None


def proposal_refusal(indicator: Indicator, versions: Sequence[CardVersion]) -> Refusal | None:
    """Refuse a second proposal, or a revision of a card that does not exist."""
    if open_proposal_of(indicator) is not None:
        return Refusal(
            "indicators.proposal_open",
            f"Já há uma proposta de ficha em andamento para {indicator.number}.",
            "Continue essa proposta, ou retire-a antes de começar outra.",
            status=409,
        )
    if not versions:
        return Refusal(
            "indicators.no_card", "Este indicador ainda não tem ficha aprovada.", "Registre outro indicador."
        )
    return None


def state_refusal(proposal: CardProposal, *allowed: ProposalState) -> Refusal | None:
    """Refuse what does not fit where a proposal is."""
    if proposal.state in allowed:
        return None
    wanted = " ou ".join(state.label for state in allowed)
    return Refusal(
        "indicators.proposal_elsewhere",
        f"A proposta está “{proposal.get_state_display()}”; isto se faz quando está “{wanted}”.",
        "Abra a proposta de novo para ver o que cabe agora.",
        status=409,
    )


def open_refusal(proposal: CardProposal) -> Refusal | None:
    """Refuse to give up what is over."""
    open_states = [
        each for each in ProposalState if each not in {ProposalState.APPROVED, ProposalState.DROPPED}
    ]
    return state_refusal(proposal, *open_states)


def order_refusal(versions: Sequence[CardVersion], from_on: date) -> Refusal | None:
    """Refuse a version that would be in force before, or from the same day as, one approved later in time."""
    if not versions or from_on > versions[-1].from_on:
        return None
    last = versions[-1]
    return Refusal(
        "indicators.version_in_the_past",
        f"A versão {last.number} vale desde {last.from_on:%d/%m/%Y}; a próxima só pode valer depois desse dia.",
        "Confira o dia em que o ato produz efeitos.",
    )


def sending_refusal(submission: Submission, on: date) -> Refusal | None:
    """Refuse that a unit send outside its window."""
    lock = lock_of(submission, on)
    return None if lock.is_open else Refusal("indicators.closed", lock.sentence, status=409)


def review_refusal(submission: Submission) -> Refusal | None:
    """Refuse to judge what was not sent."""
    if submission.state == SubmissionState.SENT:
        return None
    return Refusal(
        "indicators.not_sent",
        f"As apurações de {submission.unit} estão “{submission.get_state_display()}”; só se confere o que foi enviado.",
        "Atualize a página para ver a situação de agora.",
        status=409,
    )


def _line_back(card: CardProposal) -> tuple[str, list[str]]:
    """Follow the indicators a card is computed from: the first that does not exist, or the line back to itself."""
    me = card.indicator.number
    known = {each.number: each.pk for each in Indicator.objects.filter(institution_id=card.institution_id)}
    versions = versions_by_indicator(known.values()) if _sources(card) else {}
    ahead = [[me, each] for each in _sources(card)]
    seen: set[str] = set()
    while ahead:
        line = ahead.pop()
        last = line[-1]
        if last == me:
            return "", line
        if last not in known:
            return last, []
        if last not in seen:
            seen.add(last)
            cards = versions.get(known[last], [])
            ahead += [[*line, each] for each in (_sources(cards[-1]) if cards else [])]
    return "", []


def _sources(card: CardFacts) -> list[str]:
    return [each.indicator for each in card.read_variables if each.indicator]
