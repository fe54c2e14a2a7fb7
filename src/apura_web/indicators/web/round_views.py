"""Collections: the list, and one with whose turn it is in each unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.tables import Table
from apura_web.foundation.templatetags.apura import day, weekday_day
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.models import Round
from apura_web.indicators.selectors.rounds import progress_in, rounds_visible_to
from apura_web.indicators.web.round_tables import answers_layout, rates_of, rounds_layout, window_badge

LIST = Crumb("Coletas", "/coletas/")


def find_round(request: ActorRequest, code: str) -> Round:
    """Give a collection the person may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(rounds_visible_to(request.actor), code=code)


@signed_in
@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    """List the collections."""
    table = Table(rounds_layout(request.today), rounds_visible_to(request.actor), request)
    can_open = refusal_to(request.actor, "indicators.round.open", request.institution) is None
    can_load = request.actor.has(*REGISTRY["indicators.ledger.load"].roles)
    context = {"crumbs": (Crumb("Coletas"),), "can_open": can_open, "can_load": can_load}
    return table.answer("indicators/rounds.html", context)


@signed_in
@require_GET
def round_page(request: ActorRequest, code: str) -> HttpResponse:
    """Show a collection: its days, and how far each unit is."""
    found = find_round(request, code)
    can_chase = request.actor.has(*REGISTRY["indicators.submission.chase"].roles)
    rows = progress_in(found, request.actor)
    chase_url = reverse("round_chase", args=[found.code]) if can_chase else ""
    table = Table(answers_layout(found, request.today, chase_url), rows, request)
    context = {
        "round": found,
        "facts": _facts(found),
        "state": window_badge(found, request.today),
        "rates": rates_of(rows, found, request.today),
        "crumbs": (LIST, Crumb(found.name)),
    }
    return table.answer("indicators/round.html", context)


def _facts(found: Round) -> list[Fact]:
    where = str(found.under) if found.under else "toda a instituição"
    act = found.legal_act
    return [
        Fact("Período apurado", f"{day(found.period_start)} a {day(found.period_end)}"),
        Fact("Quem responde", where),
        Fact("Abre", weekday_day(found.opens_on)),
        Fact("Vence", weekday_day(found.due_on), note=found.due_reason),
        Fact("Fecha", weekday_day(found.closes_on)),
        *([Fact("Ato", act.current, act.get_absolute_url())] if act else []),
    ]
