"""The difference of two calculations of the same record, step by step: what changed first, and why."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura.norms import BadInput
from apura_web.audit.requests import ActorRequest
from apura_web.calculations.differing import compared
from apura_web.calculations.web.changes_told import changes_of, finding_of, first_of
from apura_web.calculations.web.finding import Found, find
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.templatetags.apura import day, instant
from apura_web.foundation.web.access import signed_in

SIDES = "na anterior", "na atual"


@signed_in
@require_GET
def compare(request: ActorRequest, code: str, other: str) -> HttpResponse:
    """Compare a calculation with another of the same record: ``other`` is what was before."""
    after, before = find(request, code), find(request, other)
    pair = [(each.calculation.topic_kind, each.calculation.topic_code) for each in (after, before)]
    if pair[0] != pair[1]:
        raise Http404
    try:
        made = compared(before.memory.made, after.memory.made)
    except BadInput as error:  # of different norms
        raise Http404 from error
    context = {
        "calculation": after.calculation,
        "memory": after.memory,
        "finding": finding_of(made, SIDES),
        "first": first_of(made),
        "rules": changes_of(after.calculation.code, made, SIDES),
        "sides": [_side("Antes", before), _side("Depois", after)],
        "crumbs": after.crumbs(Crumb("Comparação")),
    }
    return render(request, "calculations/comparison.html", context)


def _side(label: str, found: Found) -> Fact:
    kept, made = found.calculation, found.memory.made
    note = f"aplicada em {day(kept.on)}, {made['norma']}, edição {made['edicao']}"
    text = f"{kept.title}, calculado em {instant(kept.recorded_at)}"
    return Fact(label, text, kept.get_absolute_url(), note)
