"""Acts on offices: designations and their ends; accesses given and withdrawn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.audit.acts import REGISTRY, refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.security import note_denial
from apura_web.audit.trail import last_seen
from apura_web.foundation.presentation import Basis, Confirmation, Crumb, Tone
from apura_web.foundation.tables import Table
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.orgs import consequences
from apura_web.orgs.models import Capacity, Tenure, TenureKind
from apura_web.orgs.offices import OFFICES, PRIVILEGED
from apura_web.orgs.selectors.offices import SEES_ACCESSES, accesses_visible_to
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.tenures import standing_tenures
from apura_web.orgs.services import tenures
from apura_web.orgs.web.person_forms import AppointForm, EndForm, GrantForm, TenureForm
from apura_web.orgs.web.person_tables import access_tabs, accesses_layout


@signed_in
@require_http_methods(["GET", "POST"])
def appoint(request: ActorRequest) -> HttpResponse:
    """Register a designation or a posting; the address may bring the person and the unit."""
    _check_role(request, "orgs.tenure.appoint")
    form = AppointForm(
        request.POST or None, actor=request.actor, today=request.today, initial=typed_before(request)
    )
    _check_place(request, form, "orgs.tenure.appoint")
    deed = Deed(
        form=form,
        do=lambda: tenures.appoint(
            form.place(request.institution),
            person=form.cleaned_data["person"],
            appointment=form.appointment,
            actor=request.actor,
            at=request.at,
        ),
        done="Designação registrada.",
        goes_to=lambda tenure: tenure.person.get_absolute_url(),
        page={
            "title": "Registrar designação",
            "lead": "Lotação, titularidade, chefia, substituição, delegação: cada uma pelo seu ato e nas suas datas.",
            "crumbs": (Crumb("Pessoas", reverse("people")), Crumb("Registrar designação")),
            "cancel_url": reverse("people"),
        },
        tell=lambda: _telling(request, form, "orgs.tenure.appoint"),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, code: str) -> HttpResponse:
    """Register the last day of a designation."""
    return _end(request, code, "orgs.tenure.end")


@signed_in
@require_GET
def accesses(request: ActorRequest) -> HttpResponse:
    """List who has access roles."""
    if not request.actor.has(*SEES_ACCESSES, path="/"):
        raise PermissionDenied(
            "Os acessos são vistos por quem administra a plataforma e pelo controle interno."
        )
    table = Table(accesses_layout(request.today), accesses_visible_to(request.actor, request.today), request)
    context = {"crumbs": (Crumb("Acessos"),), "tabs": access_tabs("accesses")}
    return table.answer("orgs/accesses.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def grant(request: ActorRequest) -> HttpResponse:
    """Give somebody an access role."""
    _check_role(request, "orgs.access.grant")
    form = GrantForm(
        request.POST or None, actor=request.actor, today=request.today, initial=typed_before(request)
    )
    _check_place(request, form, "orgs.access.grant")
    deed = Deed(
        form=form,
        do=lambda: tenures.grant_access(
            form.place(request.institution),
            person=form.cleaned_data["person"],
            appointment=form.appointment,
            actor=request.actor,
            at=request.at,
        ),
        done="Acesso concedido.",
        goes_to=lambda _tenure: reverse("accesses"),
        page={
            "title": "Conceder acesso",
            "lead": "Com alcance e prazo. O controle externo só lê, no alcance do ofício que o pediu.",
            "crumbs": (Crumb("Acessos", reverse("accesses")), Crumb("Conceder acesso")),
            "cancel_url": reverse("accesses"),
        },
        tell=lambda: _telling(request, form, "orgs.access.grant"),
    )
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Withdraw an access role."""
    return _end(request, code, "orgs.access.withdraw")


def _end(request: ActorRequest, code: str, act_name: str) -> HttpResponse:
    tenure = _find(request, code, is_access=act_name == "orgs.access.withdraw")
    check_power(request, act_name, tenure)
    seen = last_seen(tenure, request.institution.pk)
    form = EndForm(request.POST or None, actor=request.actor, initial={**typed_before(request), "seen": seen})
    service = tenures.withdraw_access if act_name == "orgs.access.withdraw" else tenures.end
    title = REGISTRY[act_name].title
    url = reverse("accesses") if act_name == "orgs.access.withdraw" else tenure.person.get_absolute_url()
    deed = Deed(
        form=form,
        do=lambda: service(
            tenure,
            ending=form.ending,
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Término registrado.",
        goes_to=lambda _ending: url,
        page={
            "title": title,
            "lead": f"{tenure.person}: {tenure}, desde {day(tenure.from_on)}, {tenure.legal_act.current}.",
            "crumbs": (Crumb("Pessoas", reverse("people")), Crumb(tenure.person.name, url), Crumb(title)),
            "cancel_url": url,
        },
        tell=lambda: _end_told(tenure, form, title, url),
        latest=lambda: last_seen(tenure, request.institution.pk),
    )
    return answer(request, deed)


def _end_told(tenure: Tenure, form: EndForm, title: str, url: str) -> Confirmation:
    ending = form.ending
    return Confirmation(
        question=f"{title}: {tenure.person}, {tenure}?",
        what=f"O último dia de {tenure.person} nesta função é {day(ending.ended_on)}.",
        whom=str(tenure.person),
        verb=title,
        cancel_url=url,
        bases=(Basis(str(ending.legal_act.current), ending.legal_act.current.summary),),
        consequences=tuple(consequences.of_end(tenure, ending.ended_on)),
        undoing="Só tornando sem efeito o ato, ou por nova designação.",
        tone=Tone.BAD,
    )


def _telling(request: ActorRequest, form: TenureForm, act_name: str) -> Confirmation:
    appointment, person = form.appointment, form.cleaned_data["person"]
    office, kind = OFFICES[appointment.kind], TenureKind(appointment.kind)
    where = form.place(request.institution)
    capacity = "" if appointment.kind in PRIVILEGED else f", {Capacity(appointment.capacity).label.lower()}"
    until = f" até {day(appointment.until_on)}" if appointment.until_on else ", sem prazo"
    legal_act = appointment.legal_act.current
    told = [f"{person} passa a poder atuar como {office.role.label}, sobre {where} e o que está abaixo."]
    if appointment.capacity == Capacity.SUBSTITUTE:
        told = [f"{person} atua só nas faltas do titular, ou na vacância, e enquanto ninguém mais responder."]
    if appointment.kind == TenureKind.POSTING:
        told = [f"{person} passa a trabalhar em {where}."]
    return Confirmation(
        question=f"{REGISTRY[act_name].title}: {person}, {kind.label}?",
        what=f"{person} é {kind.label}{capacity}, em {where}, desde {day(appointment.from_on)}{until}.",
        whom=str(person),
        verb=REGISTRY[act_name].title,
        cancel_url=person.get_absolute_url(),
        bases=(
            Basis(str(legal_act), legal_act.summary, appointment.legal_act.get_absolute_url()),
            *((Basis(office.cites),) if office.cites else ()),
        ),
        consequences=(*told, *consequences.of_date(appointment.from_on, request.today)),
        undoing="O término se registra depois, por outro ato.",
    )


def _check_role(request: ActorRequest, act_name: str) -> None:
    """Let in whoever has the role anywhere; over which unit is asked when one is chosen."""
    roles = REGISTRY[act_name].roles
    if not request.actor.has(*roles):
        check_power(request, act_name, request.institution)


def _check_place(request: ActorRequest, form: TenureForm, act_name: str) -> None:
    """Refuse, and note, a place where the person has no power; outside any rehearsal, which would undo the note."""
    if request.method != "POST" or not form.is_valid():
        return
    refusal = refusal_to(request.actor, act_name, form.place(request.institution))
    if refusal is not None:
        note_denial(request.actor, act_name, refusal.code)
        form.add_error("unit", ValidationError(str(refusal), code=refusal.code))


def _find(request: ActorRequest, code: str, *, is_access: bool) -> Tenure:
    rows = standing_tenures(request.institution.pk).filter(
        person__in=people_visible_to(request.actor, request.today)
    )
    rows = rows.filter(kind__in=PRIVILEGED) if is_access else rows.exclude(kind__in=PRIVILEGED)
    return get_object_or_404(rows, code=code)
