"""The scores of an agreement, and how its items go from one closing to the next."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.agreements.lifecycle import may
from apura_web.agreements.models import Agreement, Pact
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.agreements.selectors.actuals import reached_by
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.selectors.closings import standings_of
from apura_web.agreements.selectors.scores import adoptions_of, item_readings_of, past_scores_of, scores_of
from apura_web.agreements.web.agreement_frame import frame_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.agreements.web.score_basis import readings_told, recorded_told
from apura_web.agreements.web.score_items import items_told
from apura_web.agreements.web.score_panel import lines_of
from apura_web.agreements.web.score_told import chart_of, closings_told, superseded
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.web.access import signed_in


@signed_in
@require_GET
def scores(request: ActorRequest, code: str) -> HttpResponse:
    """Show the scores of an agreement: those made, those that may be made, and what they rest on."""
    agreement = find_agreement(request, code)
    pact = signed_pact(agreement)
    rows = list(scores_of(agreement))
    context = frame_of(request, agreement, "agreement_scores", Crumb("Notas"))
    if pact is not None:
        is_open = may("score", agreement.state)
        told = closings_told(pact.text, rows, request.today, is_open=is_open)
        context |= {
            "is_open": is_open,
            "closings": told,
            "chart": chart_of(agreement, told, pact.text),
            "readings": readings_told(agreement, pact.text, list(adoptions_of(agreement))),
            "recorded": recorded_told(pact.text, list(item_readings_of(agreement))),
            "superseded": superseded(rows),
            "past": list(past_scores_of(agreement)),
            "years": [
                each
                for each in lines_of(standings_of(request.actor, agreement.unit))
                if each.agreement != agreement
            ],
        }
    return render(request, "agreements/scores.html", {**context, "is_scored": pact is not None})


@signed_in
@require_GET
def monitoring(request: ActorRequest, code: str) -> HttpResponse:
    """Show each item of an agreement through its closings: what was reached, how it stands, where it came from."""
    agreement = find_agreement(request, code)
    pact = signed_pact(agreement)
    context = frame_of(request, agreement, "agreement_monitoring", Crumb("Acompanhamento"))
    if pact is not None:
        text = pact.text
        made = scores_of(agreement).select_related("calculation__fact_sheet", "pact")
        rows = list(made.prefetch_related("calculation__outcomes"))
        told = closings_told(text, rows, request.today)
        reached = reached_by(agreement, text, request.today)
        begun = [each.closing for each in told if each.closing.from_on <= request.today]
        actuals = {each.key: reached.by(each) for each in begun}
        context |= {"closings": told, "objects": items_told(text, told, actuals, request.actor)}
    return render(request, "agreements/monitoring.html", {**context, "is_scored": pact is not None})


def signed_pact(agreement: Agreement) -> Pact | None:
    """Give the pact of an agreement in force or closed; None while it is not signed by all."""
    return last_pact(agreement) if may("scored", agreement.state) else None


def find_closing(agreement: Agreement, key: str) -> Closing:
    """Find the closing of an address.

    Raises:
        Http404: the pact in force has none, or there is no pact in force.
    """
    pact = signed_pact(agreement)
    for each in closings_of(pact.text) if pact else ():
        if each.key == key:
            return each
    raise Http404
