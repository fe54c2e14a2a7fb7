"""Writing a card: a new indicator or a proposal, the rows of its variables and the live check of its formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.indicators.models import CardProposal
from apura_web.indicators.selectors.card_pages import first_unit_of
from apura_web.indicators.services import cards
from apura_web.indicators.web.card_check import TRIAL, check_of
from apura_web.indicators.web.card_deeds import find_proposal
from apura_web.indicators.web.card_forms import CardForm, Writing, initial_of, initial_rows
from apura_web.indicators.web.card_variables import MOST_ROWS, typed_rows
from apura_web.indicators.web.indicator_tabs import LIST, crumbs_of

REARRANGE, MORE, FEWER = "acao", "acrescentar", "retirar-"
CREATE = "indicators.indicator.register"


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Register an indicator with the first proposal of its card."""
    roles = REGISTRY[CREATE].roles
    if not request.actor.has(*roles):
        check_power(request, CREATE, request.institution)
    own = first_unit_of(request.actor, *roles)
    given = {name: value for name, value in typed_before(request).items() if isinstance(value, str)}
    form = _form(request, None, {"unit": own.code if own else "", **given})

    deed = Deed(
        form=form,
        do=lambda: cards.register(
            form.cleaned_data["unit"],
            number=form.cleaned_data["number"],
            actor=request.actor,
            at=request.at,
            **{name: value for name, value in form.facts.items() if name != "unit"},
        ),
        done="Indicador criado, com a primeira proposta de ficha. Confira e envie para análise.",
        goes_to=lambda proposal: proposal.get_absolute_url(),
        page={
            "title": REGISTRY[CREATE].title,
            "lead": "A ficha diz o que se mede, como e por quê. Ela só vale depois de analisada e aprovada por ato.",
            "crumbs": (LIST, Crumb(REGISTRY[CREATE].title)),
            "verb": "Gravar proposta",
            "cancel_url": reverse("indicators"),
        },
    )
    return _answer(request, deed, form)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change what a proposal says."""
    proposal = find_proposal(request, code)
    check_power(request, "indicators.card.draft", proposal)
    seen = last_seen(proposal, request.institution.pk)
    form = _form(request, proposal, {**initial_of(proposal), "seen": seen}, initial_rows(proposal))
    deed = Deed(
        form=form,
        do=lambda: cards.draft(
            proposal, actor=request.actor, at=request.at, seen=form.cleaned_data["seen"], **form.facts
        ),
        done="Proposta gravada. Ninguém a analisa antes de você enviar.",
        goes_to=lambda result: result.get_absolute_url(),
        page={
            "title": f"Redigir a ficha de {proposal.indicator.number}",
            "lead": proposal.name,
            "crumbs": crumbs_of(
                proposal.indicator, Crumb("Proposta", proposal.get_absolute_url()), Crumb("Redigir")
            ),
            "verb": REGISTRY["indicators.card.draft"].title,
            "cancel_url": proposal.get_absolute_url(),
        },
        latest=lambda: last_seen(proposal, request.institution.pk),
    )
    return _answer(request, deed, form)


@signed_in
@require_POST
def formula_try(request: ActorRequest) -> HttpResponse:
    """Check the formula being written, and compute it with the values tried."""
    if not request.actor.has(*REGISTRY[CREATE].roles):
        check_power(request, CREATE, request.institution)
    return render(request, "indicators/_card_check.html", {"check": check_of(_flat(request))})


def _answer(request: ActorRequest, deed: Deed, form: CardForm) -> HttpResponse:
    if request.method != "POST" or REARRANGE in request.POST:
        context = {**deed.page, "form": form, "submit": deed.page["verb"]}
        return render(request, "foundation/deed_form.html", context)
    return answer(request, deed)


def _form(
    request: ActorRequest,
    card: CardProposal | None,
    initial: Mapping[str, Any],
    rows: list[dict[str, Any]] | None = None,
) -> CardForm:
    """Make the form: as it starts, as it was posted, or as it was being typed when its rows were rearranged."""
    writing = Writing(request.actor, request.today, card)
    data = _flat(request)
    if request.method == "POST" and REARRANGE not in data:
        form = CardForm(request.POST, writing=writing)
    elif request.method == "POST":
        form = CardForm(initial=data, rows=_rearranged(data), writing=writing)
    else:
        form = CardForm(initial=dict(initial), rows=rows or typed_rows(initial), writing=writing)
    form.address = request.path
    tried = {name: value for name, value in data.items() if name.startswith(TRIAL)}
    form.check = check_of({**_as_posted(form), **tried})
    return form


def _rearranged(data: Mapping[str, str]) -> list[dict[str, str]]:
    rows, asked = typed_rows(data), data[REARRANGE]
    if asked == MORE:
        return [*rows, {}][:MOST_ROWS]
    place = asked.removeprefix(FEWER)
    if asked.startswith(FEWER) and place.isascii() and place.isdigit() and len(place) < len("100"):
        return [row for number, row in enumerate(rows) if number != int(place)] or [{}]
    return rows


def _as_posted(form: CardForm) -> dict[str, str]:
    """Give what a form shows as it would be posted."""
    shown = {field.html_name: field.value() for field in form}
    return {"linhas": str(len(form.rows)), **{name: str(value or "") for name, value in shown.items()}}


def _flat(request: ActorRequest) -> dict[str, str]:
    return {name: str(value).replace("\x00", "") for name, value in request.POST.items()}
