"""The grid of a unit in a collection: where numbers are typed."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb, state_badge
from apura_web.foundation.refusals import Refusal
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED
from apura_web.indicators.grid import Grid, grid_of
from apura_web.indicators.models import Certainty, Submission
from apura_web.indicators.selectors.rounds import lines_of, lock_of, may_type, submissions_visible_to
from apura_web.indicators.selectors.targets import promises
from apura_web.indicators.web.grid_page import GridPage
from apura_web.indicators.web.grid_saving import MOST_BOXES, Outcome, read, save_typed, typed_in_form
from apura_web.indicators.web.round_views import LIST

CONFLICT, BAD_REQUEST = 409, 400
UNREADABLE = Refusal("indicators.unreadable", "Não se entende o que foi enviado.", "Recarregue a página.")


def find_submission(request: ActorRequest, code: str, unit_code: str) -> Submission:
    """Give the answer of a unit to a collection, if the person may see it.

    Raises:
        Http404: there is none.
    """
    rows = submissions_visible_to(request.actor).select_related("institution")
    return get_object_or_404(rows, round__code=code, unit__code=unit_code)


@signed_in
@require_http_methods(["GET", "POST"])
def grid(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Show the grid; posted to by a page without scripts, keep everything that changed."""
    found = find_submission(request, code, unit_code)
    outcomes: list[Outcome] = []
    if request.method == "POST":
        _stop_who_may_not(request, found)
        outcomes = save_typed(request, found, typed_in_form(_grid(found), request.POST))
        if not any(each.refusal for each in outcomes):
            return redirect(found.get_absolute_url())
    page = _page(found)
    lock = lock_of(found, request.today)
    can_type = may_type(request.actor, found)
    context = {
        "submission": found,
        "round": found.round,
        "state": state_badge(found.get_state_display()),
        "lock": lock,
        "can_type": can_type,
        "is_open": lock.is_open and can_type,
        "page": page,
        "filled": page.grid.filled,
        "total": len(page.grid.needed),
        "certainties": Certainty.choices,
        "refused": [each for each in outcomes if each.refusal],
        "crumbs": (LIST, Crumb(found.round.name, found.round.get_absolute_url()), Crumb(found.unit.acronym)),
    }
    return render(request, "indicators/grid.html", context, status=REFUSED if outcomes else 200)


@signed_in
@require_POST
def cells(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Keep some boxes and say what became of each; asked by the page's own script, at each change."""
    found = find_submission(request, code, unit_code)
    _stop_who_may_not(request, found)
    sent = _sent(request)
    if sent is None:
        return JsonResponse({"erro": str(UNREADABLE)}, status=BAD_REQUEST)
    boxes = {box.key: box for box in _grid(found).boxes}
    typed = [(boxes[each["key"]], read(each)) for each in sent if each.get("key") in boxes]
    outcomes = save_typed(request, found, typed)
    page = _page(found)
    status = CONFLICT if any(each.is_conflict for each in outcomes) else 200
    return JsonResponse(_told(page, outcomes), status=status)


def _told(page: GridPage, outcomes: list[Outcome]) -> dict[str, Any]:
    now = {box.key: box for box in page.grid.boxes}
    touched = {(each.box.indicator.pk, each.box.period) for each in outcomes}
    mates = [box for box in page.grid.boxes if (box.indicator.pk, box.period) in touched]
    refusals = {each.box.key: each for each in outcomes if each.refusal}
    return {
        "celulas": [
            {
                "key": box.key,
                "seen": now[box.key].edition,
                "nota": refusals[box.key].refusal if box.key in refusals else page.shown(box).note,
                "situacao": _state(page, box.key, refusals),
            }
            for box in mates
        ],
        "resultados": [_result(page, number, period) for number, period in touched],
        "preenchidas": page.grid.filled,
        "total": len(page.grid.needed),
    }


def _state(page: GridPage, key: str, refusals: dict[str, Outcome]) -> str:
    if key in refusals:
        return "conflito" if refusals[key].is_conflict else "recusada"
    box = next(box for box in page.grid.boxes if box.key == key)
    if box.problem:
        return "erro"
    if page.shown(box).note:
        return "duvida"
    return "vazia" if box.is_blank else "gravada"


def _result(page: GridPage, number: int, period: Any) -> dict[str, str]:
    result = page.result(number, period)
    badge = result.badge
    return {
        "key": result.key,
        "texto": result.text,
        "porque": result.why_not,
        "situacao": badge.word if badge else "",
        "tom": str(badge.tone) if badge else "",
        "icone": badge.icon if badge else "",
    }


def _grid(found: Submission) -> Grid:
    return grid_of(found, lines_of(found), list(found.cells.select_related("indicator").order_by("id")))


def _page(found: Submission) -> GridPage:
    grid = _grid(found)
    numbers = {box.indicator.pk for box in grid.boxes}
    known = promises(found.institution_id, found.round.period, indicators=numbers) if numbers else {}
    return GridPage(grid, known)


def _sent(request: ActorRequest) -> list[dict[str, Any]] | None:
    try:
        sent = json.loads(request.body)
    except (ValueError, UnicodeDecodeError):
        return None
    rows = sent.get("celulas") if isinstance(sent, dict) else None
    if (
        not isinstance(rows, list)
        or len(rows) > MOST_BOXES
        or not all(isinstance(each, dict) for each in rows)
    ):
        return None
    return rows


def _stop_who_may_not(request: ActorRequest, found: Submission) -> None:
    if not may_type(request.actor, found):
        raise PermissionDenied(f"Só quem trabalha em {found.unit} ou responde por ela preenche esta grade.")
