"""Pages of cards: the list of indicators, the card in force with its versions, and the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.audit.acts import REGISTRY
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Badge, Crumb
from apura_web.foundation.tables import Table
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.models import CardFacts, CardProposal, CardVersion, ProposalState
from apura_web.indicators.selectors.card_pages import (
    APPROVED,
    ENDED,
    IN_FORCE,
    PREPARED,
    assignments_of,
    indicators_listed,
    proposal_seen,
    versions_told,
)
from apura_web.indicators.selectors.cards import version_on, versions_of
from apura_web.indicators.web.card_deeds import find_indicator, find_proposal
from apura_web.indicators.web.card_tables import indicators_layout
from apura_web.indicators.web.card_told import (
    STATE_BADGES,
    bounds_of,
    changes_between,
    drawn_of,
    groups_of,
    measure_facts,
    opinions_of,
    over_time_of,
    proposal_badge,
)
from apura_web.indicators.web.indicator_tabs import crumbs_of, tabs_of

STEPS = (ProposalState.DRAFT, ProposalState.SENT, ProposalState.EXAMINED, ProposalState.APPROVED)
WRITERS = "de quem redige a ficha em {unit}"
CENTRAL = "da unidade central"


@dataclass(frozen=True)
class Turn:
    """What is expected of a proposal now, and of whom."""

    next_step: str
    whose: str


@signed_in
@require_GET
def indicators(request: ActorRequest) -> HttpResponse:
    """List the indicators the person may see."""
    rows = indicators_listed(request.actor, request.today)
    table = Table(indicators_layout(rows), rows, request)
    can_create = request.actor.has(*REGISTRY["indicators.indicator.register"].roles)
    context = {"crumbs": (Crumb("Indicadores"),), "can_create": can_create}
    return table.answer("indicators/indicators.html", context)


@signed_in
@require_GET
def card(request: ActorRequest, code: str) -> HttpResponse:
    """Show the card in force, every version, and two of them compared."""
    indicator = find_indicator(request, code)
    versions = versions_told(indicator)
    today = version_on(versions, request.today)
    shown = today or (versions[-1] if versions else None)
    proposal = proposal_seen(indicator, request.actor)
    context = {
        "indicator": indicator,
        "state": _state(versions, today, request),
        "version": shown,
        "is_today": today is not None,
        "versions": _told(versions, request),
        "proposal": proposal if proposal is not None and proposal.is_open else None,
        "assignments": assignments_of(indicator),
        "tabs": tabs_of(indicator, "indicator_card"),
        "crumbs": crumbs_of(indicator, Crumb("Ficha")),
        **(_sheet(shown, request) if shown else {}),
        **_comparison(versions, request),
    }
    return render(request, "indicators/card_page.html", context)


@signed_in
@require_GET
def proposal(request: ActorRequest, code: str) -> HttpResponse:
    """Show a proposal: where it is, whose turn it is, and what it changes."""
    found = find_proposal(request, code)
    versions = versions_of(found.indicator)
    before = versions[-1] if versions else None
    context = {
        "indicator": found.indicator,
        "proposal": found,
        "state": proposal_badge(found),
        "steps": _steps(found),
        "turn": turn_of(found),
        "before": before,
        "changes": changes_between(before, found) if before and found.is_open else [],
        "opinion_by": opinions_of([found], request.actor).get(found.opinion_by, ""),
        "crumbs": crumbs_of(found.indicator, Crumb("Proposta")),
        **_sheet(found, request),
    }
    return render(request, "indicators/proposal_page.html", context)


def turn_of(proposal: CardProposal) -> Turn | None:
    """Say what comes next and whose turn it is; None when the proposal is over."""
    writers = WRITERS.format(unit=proposal.unit)
    turns = {
        ProposalState.DRAFT: Turn("conferir a proposta e enviar para análise", writers),
        ProposalState.RETURNED: Turn("completar a proposta e enviar de novo", writers),
        ProposalState.SENT: Turn("analisar a proposta: emitir manifestação ou devolver", CENTRAL),
        ProposalState.EXAMINED: Turn("registrar o ato que aprova a ficha", CENTRAL),
    }
    return turns.get(ProposalState(proposal.state))


def _steps(proposal: CardProposal) -> list[tuple[str, bool, bool]]:
    """Give the line of states: each word, whether it was passed and whether the proposal is there."""
    if proposal.state == ProposalState.DROPPED:
        return []
    at = ProposalState.DRAFT if proposal.state == ProposalState.RETURNED else ProposalState(proposal.state)
    place = STEPS.index(at)
    words = [str(step.label) for step in STEPS]
    if proposal.state == ProposalState.RETURNED:
        words[0] = "devolvido"
    return [(word, number < place, number == place) for number, word in enumerate(words)]


def _state(versions: Sequence[CardVersion], today: CardVersion | None, request: ActorRequest) -> Badge:
    if today is not None:
        return STATE_BADGES[IN_FORCE]
    if not versions:
        return STATE_BADGES[PREPARED]
    return STATE_BADGES[APPROVED if versions[0].from_on > request.today else ENDED]


def _sheet(card: CardFacts, request: ActorRequest) -> dict[str, Any]:
    variables = [(each, bounds_of(each), over_time_of(each)) for each in card.read_variables]
    return {
        "groups": groups_of(card, request.actor),
        "measure_facts": measure_facts(card),
        "drawn": drawn_of(card),
        "formula_text": card.formula,
        "variables": variables,
    }


def _told(versions: Sequence[CardVersion], request: ActorRequest) -> list[tuple[CardVersion, str]]:
    names = opinions_of(versions, request.actor)
    return [(each, names.get(each.opinion_by, "")) for each in reversed(versions)]


def _comparison(versions: Sequence[CardVersion], request: ActorRequest) -> dict[str, Any]:
    """Compare two versions: those asked for, else the last two."""
    if len(versions) == 1 or not versions:
        return {}
    known = {str(each.number): each for each in versions}
    before = known.get(request.GET.get("de", ""), versions[-2])
    after = known.get(request.GET.get("ate", ""), versions[-1])
    return {
        "compared": (before, after),
        "changes": changes_between(before, after),
        "choices": [
            (number, f"versão {number}, desde {day(each.from_on)}") for number, each in known.items()
        ],
    }
