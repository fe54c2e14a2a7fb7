"""Acts beside the ledger: attaching what shows where a measurement came from, and commenting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation import blobs
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.refusals import refusals_as_errors
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import REFUSED, Deed, answer
from apura_web.indicators.services import comments, evidence
from apura_web.indicators.services.evidence import NewFile
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of
from apura_web.indicators.web.seeing_deeds import page_of, place_asked
from apura_web.indicators.web.seeing_forms import CommentForm, EvidenceForm

ATTACH, COMMENT = "indicators.evidence.attach", "indicators.comment.add"


@signed_in
@require_http_methods(["GET", "POST"])
def attach(request: ActorRequest, code: str, unit_code: str, period_key: str) -> HttpResponse:
    """Attach a file to what a unit measures; the bytes are kept before the act, which only writes rows."""
    asked = place_asked(request, code, unit_code, period_key)
    check_power(request, ATTACH, asked.unit)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_as_errors(form):
            blob = blobs.prepare(form.cleaned_data["file"], request.institution)
            file = NewFile(blob, form.cleaned_data["title"])
            evidence.attach(asked.unit, place=asked.place, file=file, actor=request.actor, at=request.at)
            messages.success(request, "Comprovação anexada.")
            return redirect(asked.url)
    lead = "Vê o arquivo quem responde pela unidade, examina ou controla."
    page = page_of(asked, "Anexar comprovação", lead, ATTACH)
    context = {**page, "form": form, "submit": page["verb"]}
    return render(request, "foundation/deed_form.html", context, status=REFUSED if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def comment(request: ActorRequest, code: str) -> HttpResponse:
    """Say something about an indicator."""
    found = find_indicator(request, code)
    check_power(request, COMMENT, found)
    form = CommentForm(request.POST or None)
    deed = Deed(
        form=form,
        do=lambda: comments.add(found, text=form.cleaned_data["text"], actor=request.actor, at=request.at),
        done="Comentário registrado.",
        goes_to=lambda _comment: f"{found.get_absolute_url()}#comentarios",
        page={
            "title": "Comentar",
            "lead": str(found),
            "crumbs": crumbs_of(found, Crumb("Comentar")),
            "verb": REGISTRY[COMMENT].title,
            "cancel_url": found.get_absolute_url(),
        },
    )
    return answer(request, deed)
