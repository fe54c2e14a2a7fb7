"""Acts on the answer of a unit: sending, returning, accepting, reopening."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.audit.works import Work, work_page
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import SeenForm
from apura_web.indicators.models import Submission
from apura_web.indicators.services import rounds
from apura_web.indicators.web.grid_views import find_submission
from apura_web.indicators.web.round_forms import ReturnForm, SendForm, UnlockForm
from apura_web.indicators.web.round_views import LIST


@signed_in
@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Send what the unit typed."""
    found = find_submission(request, code, unit_code)
    form = SendForm(request.POST or None, initial=_seen(request, found))
    work = Work(
        "indicators.submission.send",
        found,
        form,
        lambda **given: rounds.send(
            _afresh(found, request), received_through=form.cleaned_data["received_through"], **given
        ),
        "Apurações enviadas. Quem confere pode aceitá-las ou devolvê-las para complementação.",
        tell=lambda: _sending(found, request),
    )
    return _do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def give_back(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Return what a unit sent."""
    found = find_submission(request, code, unit_code)
    form = ReturnForm(request.POST or None, initial=_seen(request, found))
    work = Work(
        "indicators.submission.return",
        found,
        form,
        lambda **given: rounds.give_back(
            _afresh(found, request), comment=form.cleaned_data["comment"], **given
        ),
        "Devolvidas para complementação.",
    )
    return _do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def accept(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Accept what a unit sent."""
    found = find_submission(request, code, unit_code)
    form = SeenForm(request.POST or None, initial=_seen(request, found))

    def tell() -> Confirmation:
        return Confirmation(
            question=f"Aceitar as apurações de {found.unit}?",
            what="Os valores enviados passam a ser vistos por toda a instituição.",
            whom=f"{found.unit} – {found.unit.name}",
            verb="Aceitar apurações",
            cancel_url=found.get_absolute_url(),
            consequences=(
                "Daqui em diante uma mudança é correção, com motivo, e o valor anterior continua no histórico.",
            ),
            undoing="A unidade central pode reabrir, com motivo e prazo.",
        )

    work = Work(
        "indicators.submission.accept",
        found,
        form,
        lambda **given: rounds.accept(_afresh(found, request), **given),
        "Apurações aceitas.",
        tell=tell,
    )
    return _do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def unlock(request: ActorRequest, code: str, unit_code: str) -> HttpResponse:
    """Open the window of a unit again."""
    found = find_submission(request, code, unit_code)
    form = UnlockForm(request.POST or None, initial=_seen(request, found))
    work = Work(
        "indicators.submission.unlock",
        found,
        form,
        lambda **given: rounds.unlock(
            _afresh(found, request),
            expires_on=form.cleaned_data["expires_on"],
            reason=form.cleaned_data["reason"],
            **given,
        ),
        "Reaberta para a unidade.",
    )
    return _do(request, work)


def _do(request: ActorRequest, work: Work) -> HttpResponse:
    found, window = work.record, work.record.round
    crumbs = (
        LIST,
        Crumb(window.name, window.get_absolute_url()),
        Crumb(found.unit.acronym, found.get_absolute_url()),
    )
    return work_page(request, replace(work, lead=window.name), called=str(found.unit), crumbs=crumbs)


def _afresh(found: Submission, request: ActorRequest) -> Submission:
    """Read it again: a service changes what it is given, also when it is only rehearsed."""
    return find_submission(request, found.round.code, found.unit.code)


def _seen(request: ActorRequest, found: Submission) -> dict[str, Any]:
    return {"seen": last_seen(found, request.institution.pk)}


def _sending(found: Submission, request: ActorRequest) -> Confirmation:
    window = found.round
    late = (request.today - window.due_on).days if found.first_sent_on is None else 0
    timing = (
        f"Venceu em {day(window.due_on)}: fica registrado o atraso de {late} dia(s)."
        if late > 0
        else f"No prazo: vence em {day(window.due_on)}."
    )
    return Confirmation(
        question=f"Enviar as apurações de {found.unit}?",
        what="O que está na grade entra no livro de apurações, com seu nome e a hora, em nome da unidade.",
        whom=f"{found.unit} – {found.unit.name}",
        verb="Enviar apurações",
        cancel_url=found.get_absolute_url(),
        bases=(Basis(window.due_reason),),
        consequences=(timing, "A grade fecha para a unidade enquanto se confere."),
        undoing="Quem confere pode devolver para complementação; o que foi enviado nunca se apaga.",
    )
