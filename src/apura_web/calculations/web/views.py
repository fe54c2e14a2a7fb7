"""The pages of a calculation, and of each of its results."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.calculations.rechecking import check
from apura_web.calculations.sheet_text import asked_of
from apura_web.calculations.supposing import edition_of
from apura_web.calculations.web.calculation_told import (
    choices_told,
    facts_of,
    main_shown,
    proofs_of,
    rule_tables,
    shown,
    verdict_told,
)
from apura_web.calculations.web.finding import find
from apura_web.calculations.web.outcome_told import outcome_told
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.web.access import signed_in

CHECKED_AT_ONCE = 50
"""With more results than this, the page asks before it calculates all of it again."""


@signed_in
@require_GET
def calculation(request: ActorRequest, code: str) -> HttpResponse:
    """Show a calculation."""
    found = find(request, code)
    kept, memory = found.calculation, found.memory
    is_checked = kept.row_count <= CHECKED_AT_ONCE or "conferir" in request.GET
    checked = check(kept) if is_checked else None
    context = {
        "calculation": kept,
        "topic": found.topic,
        "memory": memory,
        "main": main_shown(kept.code, memory),
        "tables": rule_tables(kept.code, memory),
        "facts": facts_of(kept, memory, request.actor),
        "choices": choices_told(memory),
        "proofs": list(proofs_of(kept)),
        "checked": checked,
        "verdict": verdict_told(checked) if checked else None,
        "newer": getattr(kept, "superseded_by", None),
        "can_simulate": edition_of(kept.norm, kept.norm_digest) is not None,
        "crumbs": found.crumbs(),
    }
    return render(request, "calculations/calculation.html", context)


@signed_in
@require_GET
def outcome(request: ActorRequest, code: str, rule: str, key: str) -> HttpResponse:
    """Explain a result."""
    found = find(request, code)
    kept, memory = found.calculation, found.memory
    result = memory.result(rule, key)
    if result is None:
        raise Http404
    asked = asked_of(kept.fact_sheet.content)
    declared = memory.rules[rule]
    context = {
        "calculation": kept,
        "memory": memory,
        "rule": declared,
        "result": result,
        "shown": shown(kept.code, memory, result),
        "told": outcome_told(kept.code, memory, result, asked=asked, looker=request.actor),
        "newer": getattr(kept, "superseded_by", None),
        "crumbs": found.crumbs(Crumb(f"{declared['rotulo']}: {result['chave']}")),
    }
    return render(request, "calculations/outcome.html", context)
