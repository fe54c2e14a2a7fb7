"""Acts on people: registering, correcting, inviting, purging, and noting their absences."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.audit.works import Work, work_page
from apura_web.foundation.presentation import Basis, Confirmation, Crumb, Tone
from apura_web.foundation.refusals import Refused
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.orgs import consequences
from apura_web.orgs.models import Absence, Person
from apura_web.orgs.selectors.tenures import standing_absences
from apura_web.orgs.services import people
from apura_web.orgs.web.person_forms import AbsenceForm, CorrectPersonForm, PersonForm, ReasonForm
from apura_web.orgs.web.person_views import find_person

LGPD = Basis(
    "Lei nº 13.709/2018 (LGPD), arts. 16 e 18, VI",
    "Terminado o tratamento, os dados pessoais são eliminados, salvo o que a lei manda conservar.",
)


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Register a person."""
    check_power(request, "orgs.person.register", request.institution)
    form = PersonForm(request.POST or None, initial=typed_before(request))
    deed = Deed(
        form=form,
        do=lambda: people.register(request.institution, facts=form.facts, actor=request.actor, at=request.at),
        done="Pessoa registrada. Falta a lotação, e o convite se ela for usar a plataforma.",
        goes_to=lambda person: person.get_absolute_url(),
        page={
            "title": "Registrar pessoa",
            "lead": "Só o necessário para o trabalho: nada de endereço, telefone particular ou dados de saúde.",
            "crumbs": (Crumb("Pessoas", reverse("people")), Crumb("Registrar pessoa")),
            "verb": REGISTRY["orgs.person.register"].title,
            "cancel_url": reverse("people"),
        },
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, code: str) -> HttpResponse:
    """Correct what is registered of a person."""
    found = find_person(request, code)
    initial = {"name": found.name, "registration": found.registration, "email": found.email}
    form = CorrectPersonForm(
        request.POST or None, initial=_seen(request, found, **initial), person=find_person(request, code)
    )
    work = Work(
        "orgs.person.correct",
        found,
        form,
        lambda **given: people.correct(found, facts=form.facts, reason=form.cleaned_data["reason"], **given),
        "Cadastro corrigido.",
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def invite(request: ActorRequest, code: str) -> HttpResponse:
    """Invite a person to come in; the link is shown once where no letter can be sent."""
    found = find_person(request, code)
    check_power(request, "orgs.person.invite", found)
    context: dict[str, Any] = {
        "person": found,
        "sends_mail": _sends_mail(),
        "crumbs": (
            Crumb("Pessoas", reverse("people")),
            Crumb(found.name, found.get_absolute_url()),
            Crumb("Convidar"),
        ),
    }
    if request.method == "POST":
        try:
            opening = people.invite(
                found, actor=request.actor, at=request.at, base_url=request.build_absolute_uri("/")
            )
        except Refused as refused:
            return render(
                request,
                "orgs/invite.html",
                {**context, "refusal": refused.refusal},
                status=refused.refusal.status,
            )
        shown = (
            "" if _sends_mail() else request.build_absolute_uri(reverse("invitation", args=[opening.secret]))
        )
        context |= {"opening": opening, "link": shown}
    return render(request, "orgs/invite.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def purge(request: ActorRequest, code: str) -> HttpResponse:
    """Erase a person's data."""
    found = find_person(request, code)
    form = ReasonForm(request.POST or None, initial=_seen(request, found))
    work = Work(
        "orgs.person.purge",
        found,
        form,
        lambda **given: people.purge(find_person(request, code), reason=form.cleaned_data["reason"], **given),
        "Dados pessoais expurgados.",
        tell=lambda: Confirmation(
            question=f"Expurgar os dados pessoais de {found.name}?",
            what="Os dados pessoais são apagados para sempre.",
            whom=found.name,
            verb="Expurgar dados pessoais",
            cancel_url=found.get_absolute_url(),
            bases=(LGPD,),
            consequences=tuple(consequences.of_purge(found)),
            undoing="Não. Se a pessoa voltar, será registrada de novo.",
            tone=Tone.BAD,
        ),
        lead="Só quando a lei não manda mais conservar os dados, e depois de terminadas a lotação e as funções.",
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def register_absence(request: ActorRequest, code: str) -> HttpResponse:
    """Note that a person is away, after showing who acts in the meantime."""
    found = find_person(request, code)
    form = AbsenceForm(request.POST or None, actor=request.actor, initial=_seen(request, found))

    def tell() -> Confirmation:
        facts = form.facts
        legal_act = facts.legal_act
        return Confirmation(
            question=f"Registrar o afastamento de {found.name}?",
            what=f"{found.name} fica em afastamento de {day(facts.from_on)} a {day(facts.until_on)}.",
            whom=found.name,
            verb="Registrar afastamento",
            cancel_url=found.get_absolute_url(),
            bases=(Basis(str(legal_act.current), legal_act.current.summary),) if legal_act else (),
            consequences=tuple(consequences.of_absence(found, facts.from_on, facts.until_on)),
            undoing="Sim: cancele o afastamento na página da pessoa.",
        )

    work = Work(
        "orgs.absence.register",
        found,
        form,
        lambda **given: people.register_absence(found, facts=form.facts, **given),
        "Afastamento registrado.",
        tell=tell,
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel_absence(request: ActorRequest, code: str, absence_code: str) -> HttpResponse:
    """Cancel an absence."""
    found = find_person(request, code)
    absence: Absence = get_object_or_404(
        standing_absences(request.institution.pk).filter(person=found), code=absence_code
    )
    form = ReasonForm(request.POST or None, initial=_seen(request, found))
    work = Work(
        "orgs.absence.cancel",
        found,
        form,
        lambda **given: people.cancel_absence(
            found, absence=absence, reason=form.cleaned_data["reason"], **given
        ),
        "Afastamento cancelado.",
        lead=f"De {absence}. {found.name} volta a atuar por suas funções nesses dias.",
    )
    return do(request, work)


def do(request: ActorRequest, work: Work) -> HttpResponse:
    """Answer a step of an act on a person."""
    person = work.record
    crumbs = (Crumb("Pessoas", reverse("people")), Crumb(person.name, person.get_absolute_url()))
    return work_page(request, work, called=person.name, crumbs=crumbs)


def _seen(request: ActorRequest, person: Person, **values: object) -> dict[str, object]:
    return {**values, **typed_before(request), "seen": last_seen(person, request.institution.pk)}


def _sends_mail() -> bool:
    return not settings.DEMO and "filebased" not in settings.EMAIL_BACKEND
