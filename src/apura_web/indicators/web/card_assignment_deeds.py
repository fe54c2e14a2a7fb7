"""Saying which unit measures an indicator, and until when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.presentation import Confirmation, Crumb, Tone
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.indicators.models import Assignment
from apura_web.indicators.selectors.card_pages import assignments_visible_to
from apura_web.indicators.services import rounds
from apura_web.indicators.web.card_deed_forms import AssignmentForm, EndingForm
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of


@signed_in
@require_http_methods(["GET", "POST"])
def assign(request: ActorRequest, code: str) -> HttpResponse:
    """Say that a unit measures an indicator."""
    indicator = find_indicator(request, code)
    act = REGISTRY["indicators.assignment.make"]
    check_power(request, act.name, indicator)
    seen = last_seen(indicator, request.institution.pk)
    form = AssignmentForm(
        request.POST or None, actor=request.actor, initial={**typed_before(request), "seen": seen}
    )
    url = reverse("indicator_card", args=[code])
    deed = Deed(
        form=form,
        do=lambda: rounds.assign(
            indicator,
            unit=form.cleaned_data["unit"],
            from_on=form.cleaned_data["from_on"],
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Unidade designada: ela recebe o indicador nas coletas que se abrirem.",
        goes_to=lambda _row: f"{url}#apuram",
        page={
            "title": f"{act.title} que apura {indicator.number}",
            "lead": indicator.name,
            "crumbs": crumbs_of(indicator, Crumb(act.title)),
            "verb": act.title,
            "cancel_url": url,
        },
        latest=lambda: last_seen(indicator, request.institution.pk),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, code: str, assignment_code: str) -> HttpResponse:
    """Say until when a unit measures an indicator."""
    rows = assignments_visible_to(request.actor).filter(indicator__code=code)
    found = get_object_or_404(rows, code=assignment_code)
    act = REGISTRY["indicators.assignment.end"]
    check_power(request, act.name, found)
    seen = last_seen(found, request.institution.pk)
    form = EndingForm(request.POST or None, initial={"seen": seen})
    url = reverse("indicator_card", args=[code])
    deed = Deed(
        form=form,
        do=lambda: rounds.end_assignment(
            found,
            until_on=form.cleaned_data["until_on"],
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done=f"{found.unit} deixa de apurar {found.indicator.number}.",
        goes_to=lambda _row: f"{url}#apuram",
        page={
            "title": f"{act.title}: {found}",
            "lead": f"{found.unit} apura {found.indicator.number} desde {day(found.from_on)}.",
            "crumbs": crumbs_of(found.indicator, Crumb(act.title)),
            "verb": act.title,
            "cancel_url": url,
        },
        tell=lambda: _ending(found, form),
        latest=lambda: last_seen(found, request.institution.pk),
    )
    return answer(request, deed)


def _ending(found: Assignment, form: EndingForm) -> Confirmation:
    until = day(form.cleaned_data["until_on"])
    return Confirmation(
        question=f"Encerrar a apuração de {found.indicator.number} em {found.unit}?",
        what=f"{found.unit} apura até {until}, inclusive.",
        whom=f"{found.unit} – {found.unit.name}",
        verb=REGISTRY["indicators.assignment.end"].title,
        cancel_url=reverse("indicator_card", args=[found.indicator.code]),
        consequences=(
            "O que ela já apurou e as metas dela continuam registrados.",
            f"Períodos que começam depois de {until} não lhe são mais pedidos.",
        ),
        undoing="Designando a unidade de novo.",
        tone=Tone.BAD,
    )
