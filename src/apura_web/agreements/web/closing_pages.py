"""Closing a period for all agreements: the periods that may be closed, each closing, how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.agreements.models import ClosingRun, LineFate, ScoreKind
from apura_web.agreements.selectors.closings import (
    Due,
    RunState,
    counts_of,
    dues_of,
    lines_of,
    may_see_closings,
    runs_visible_to,
    state_of,
)
from apura_web.agreements.services import closing_runs
from apura_web.agreements.web.agreement_tabs import LIST
from apura_web.agreements.web.closing_tables import CLOSING_LINES, CLOSING_RUNS, DUES
from apura_web.audit.acts import refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.foundation import jobs
from apura_web.foundation.presentation import Basis, Confirmation, Crumb, Fact, Progress
from apura_web.foundation.refusals import Refused
from apura_web.foundation.tables import Table
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, SeenForm, answer_at_once

CLOSINGS = Crumb("Fechamentos", "/acordos/fechamentos/")
REFUSAL = "Os fechamentos são da unidade central, de quem administra e do controle interno."


@signed_in
@require_GET
def closings(request: ActorRequest) -> HttpResponse:
    """List the periods that may be closed for all agreements, and the closings made."""
    if not may_see_closings(request.actor):
        raise PermissionDenied(REFUSAL)
    dues = Table(DUES, dues_of(request.institution.pk, request.today), request)
    runs = Table(CLOSING_RUNS, runs_visible_to(request.actor), request)
    can_close = refusal_to(request.actor, closing_runs.ACT, request.institution) is None
    context = {"dues": dues, "can_close": can_close, "crumbs": (LIST, Crumb("Fechamentos"))}
    return runs.answer("agreements/closings.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, closing_key: str) -> HttpResponse:
    """Have the scores of a period made for all agreements that have it."""
    check_power(request, closing_runs.ACT, request.institution)
    due = _find_due(request, closing_key)
    form = SeenForm(request.POST or None)
    deed = Deed(
        form=form,
        do=lambda: _asked(request, due),
        done="Fechamento pedido. O andamento aparece aqui; pode sair desta página.",
        goes_to=lambda run: run.get_absolute_url() if run is not None else CLOSINGS.url,
        page={
            "title": f"Fechar: {due.label}, até {day(due.until_on)}",
            "lead": f"Acordos vigentes que têm este período: {due.total}. Já com nota: {due.made}.",
            "crumbs": (LIST, CLOSINGS, Crumb("Fechar período")),
            "verb": "Fechar período",
            "cancel_url": CLOSINGS.url,
        },
        tell=lambda: _told(due),
    )
    return answer_at_once(request, deed)


def _asked(request: ActorRequest, due: Due) -> ClosingRun | None:
    """Start the closing once it was confirmed; before that there is nothing to rehearse."""
    if "confirmado" not in request.POST:
        return None
    return closing_runs.start(
        request.institution, kind=due.kind.value, until_on=due.until_on, actor=request.actor, at=request.at
    )


def _told(due: Due) -> Confirmation:
    return Confirmation(
        question=f"Apurar {due.left} nota{pluralize(due.left)} de uma vez?",
        what=f"{due.label}, com o que se sabe das medições até {day(due.until_on)} no momento de cada cálculo.",
        whom=f"{due.total} acordo{pluralize(due.total)} vigente{pluralize(due.total)}",
        verb="Fechar período",
        cancel_url=CLOSINGS.url,
        bases=(Basis("Decreto GO nº 8.170/2014, art. 12"),),
        consequences=(
            "Cada acordo é um ato próprio, em seu nome, com a sua memória de cálculo.",
            "O acordo sem nenhum item apurado fica sem nota, com o motivo: não recebe zero.",
            "As notas já apuradas não mudam.",
        ),
        undoing="As notas não se apagam; cada uma pode ser apurada de novo, com o motivo.",
    )


def _find_due(request: ActorRequest, key: str) -> Due:
    for each in dues_of(request.institution.pk, request.today):
        if each.key == key:
            return each
    raise Http404


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def run(request: ActorRequest, code: str) -> HttpResponse:
    """Show a closing; posted to, have it go on."""
    found = _found(request, code)
    if request.method == "POST":
        try:
            closing_runs.resume(found, actor=request.actor, at=request.at)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(request.path)
    context = {
        "run": found,
        "state": state_of(found).name,
        "facts": _facts(found),
        "progress": progress_of(found),
        "has_worker": jobs.is_worker_alive(request.at),
        "crumbs": (LIST, CLOSINGS, Crumb(str(found))),
    }
    return Table(CLOSING_LINES, lines_of(found), request).answer("agreements/closing_run.html", context)


@never_cache
@signed_in
@require_GET
def progress(request: ActorRequest, code: str) -> HttpResponse:
    """Answer how far a closing is; when it ends or stops, the page shows it."""
    found = _found(request, code)
    shown = render(request, "foundation/components/_progress.html", {"progress": progress_of(found)})
    if state_of(found).name != request.GET.get("estado"):
        shown["HX-Refresh"] = "true"
    return shown


def progress_of(found: ClosingRun) -> Progress:
    """Give how far a closing is, as the page shows it."""
    counts = counts_of(found)
    total, waiting = sum(counts.values()), counts[LineFate.WAITING]
    state = state_of(found)
    url = f"{reverse('closing_progress', args=[found.code])}?estado={state.name}"
    return Progress(
        "fechamento",
        "Apurando as notas",
        total - waiting,
        total,
        url,
        is_finished=state == RunState.DONE,
        leave_note="Pode sair desta página: o trabalho continua",
    )


def _facts(found: ClosingRun) -> list[Fact]:
    counts = counts_of(found)
    labels = {each.value: each.label for each in LineFate}
    return [
        Fact("Período apurado até", day(found.until_on)),
        Fact("Nota", ScoreKind(found.kind).label),
        *(Fact(str(labels[name]).capitalize(), str(count)) for name, count in counts.items() if count),
    ]


def _found(request: ActorRequest, code: str) -> ClosingRun:
    return get_object_or_404(runs_visible_to(request.actor), code=code)
