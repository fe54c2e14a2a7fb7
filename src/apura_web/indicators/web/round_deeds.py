"""Acts on collections: opening, changing the days, chasing who has not answered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.models import Institution
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.indicators.models import Submission
from apura_web.indicators.selectors.rounds import submissions_visible_to
from apura_web.indicators.services import rounds
from apura_web.indicators.web.round_forms import ChangeForm, ChaseForm, OpenForm, initial_of
from apura_web.indicators.web.round_views import LIST, find_round
from apura_web.orgs.models import Unit

CHASE = "indicators.submission.chase"


@signed_in
@require_http_methods(["GET", "POST"])
def open_round(request: ActorRequest) -> HttpResponse:
    """Open a collection."""
    check_power(request, "indicators.round.open", request.institution)
    form = OpenForm(request.POST or None, actor=request.actor, initial=typed_before(request))

    def place() -> Institution | Unit:
        return form.cleaned_data["under"] or request.institution

    def tell() -> Confirmation:
        opening = form.opening
        days = opening.window
        return Confirmation(
            question=f"Abrir a coleta “{opening.name}”?",
            what=f"As unidades preenchem o que apuraram de {day(opening.period.start)} a {day(opening.period.end)}.",
            whom=f"Quem apura indicador em {place()}",
            verb="Abrir coleta",
            cancel_url=LIST.url,
            bases=(Basis(days.due_reason),),
            consequences=(
                f"Abre em {day(days.opens_on)}, vence em {day(days.due_on)} e fecha em {day(days.closes_on)}.",
                "Cada unidade encontra a grade na primeira tela.",
            ),
            undoing="Os prazos podem ser alterados, com motivo; a coleta não se apaga.",
        )

    deed = Deed(
        form=form,
        do=lambda: rounds.open_round(place(), opening=form.opening, actor=request.actor, at=request.at),
        done="Coleta aberta.",
        goes_to=lambda opened: opened.get_absolute_url(),
        page=_page("Abrir coleta", "indicators.round.open", LIST.url),
        tell=tell,
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, code: str) -> HttpResponse:
    """Change the days of a collection."""
    found = find_round(request, code)
    check_power(request, "indicators.round.change", found)
    seen = last_seen(found, request.institution.pk)
    form = ChangeForm(request.POST or None, actor=request.actor, initial={**initial_of(found), "seen": seen})

    def do() -> object:
        data = form.cleaned_data
        return rounds.change_window(
            find_round(request, code),
            window=form.window,
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        )

    deed = Deed(
        form=form,
        do=do,
        done="Prazos alterados.",
        goes_to=lambda changed: changed.get_absolute_url(),
        page=_page("Alterar prazos", "indicators.round.change", found.get_absolute_url(), Crumb(found.name)),
        latest=lambda: last_seen(found, request.institution.pk),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def chase(request: ActorRequest, code: str) -> HttpResponse:
    """Tell the units chosen that their answer is awaited: one act for each."""
    found = find_round(request, code)
    if not request.actor.has(*REGISTRY[CHASE].roles):
        check_power(request, CHASE, found)
    if request.method == "POST" and "message" not in request.POST:  # from the list, with the units chosen
        chosen = urlencode({"linha": request.POST.getlist("linha")}, doseq=True)
        return redirect(f"{request.path}?{chosen}")
    rows = list(submissions_visible_to(request.actor).filter(round=found).order_by("unit__acronym"))
    codes = {*request.POST.getlist("linha"), *request.GET.getlist("linha")}
    chosen_rows = [
        each for each in rows if each.code in codes and refusal_to(request.actor, CHASE, each) is None
    ]
    form = ChaseForm(
        request.POST or None,
        codes=[(each.code, str(each.unit)) for each in rows],
        initial={"message": _message(found), "linha": [each.code for each in chosen_rows]},
    )

    def do() -> None:
        for each in chosen_rows:
            rounds.chase(each, message=form.cleaned_data["message"], actor=request.actor, at=request.at)

    back = found.get_absolute_url()
    deed = Deed(
        form=form,
        do=do,
        done="Cobrança feita: as pessoas das unidades a encontram entre os avisos.",
        goes_to=lambda _none: back,
        page={**_page("Cobrar", CHASE, back, Crumb(found.name)), "lead": _whom(chosen_rows)},
    )
    return answer(request, deed)


def _message(found: Any) -> str:
    return f"As apurações de “{found.name}” vencem em {day(found.due_on)}: {found.due_reason}"


def _whom(chosen: list[Submission]) -> str:
    if not chosen:
        return "Nenhuma unidade do seu alcance foi escolhida: volte à lista e marque as que devem."
    return f"Unidades escolhidas: {', '.join(str(each.unit) for each in chosen)}."


def _page(title: str, act_name: str, cancel_url: str, *crumbs: Crumb) -> dict[str, Any]:
    between = tuple(Crumb(each.label, cancel_url) for each in crumbs)
    return {
        "title": title,
        "crumbs": (LIST, *between, Crumb(title)),
        "verb": REGISTRY[act_name].title,
        "cancel_url": cancel_url,
    }
