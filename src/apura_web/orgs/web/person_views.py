"""Pages of people: the list, one person, and the hat they wear."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in
from apura_web.orgs.models import Absence, Person
from apura_web.orgs.offices import PRIVILEGED
from apura_web.orgs.powers import hats_of
from apura_web.orgs.selectors.people import people_visible_to, sees_registration_of
from apura_web.orgs.selectors.tenures import absences_on, all_tenures_of, standing_absences
from apura_web.orgs.web.import_news import news_for
from apura_web.orgs.web.middleware import HAT, PERSON, WearerRequest
from apura_web.orgs.web.person_tables import people_layout
from apura_web.orgs.web.told import away_told, tenure_state


@signed_in
@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """List the people the actor may see."""
    rows = people_visible_to(request.actor, request.today)
    table = Table(people_layout(request.actor, request.today), rows, request)
    context = {"crumbs": (Crumb("Pessoas"),), "news": news_for(request.actor)}
    return table.answer("orgs/people.html", context)


@signed_in
@require_GET
def person(request: ActorRequest, code: str) -> HttpResponse:
    """Show a person: registration, postings, offices, absences, and what they may act as today."""
    found = find_person(request, code)
    sees_all = sees_registration_of(request.actor, found)
    tenures = [
        (tenure, tenure.kind in PRIVILEGED, tenure_state(tenure, request.today, is_void=tenure.is_void))
        for tenure in all_tenures_of(found)
    ]
    away = absences_on(request.institution.pk, request.today).get(found.pk)
    context = {
        "person": found,
        "facts": _facts(found, sees_all=sees_all),
        "tenures": tenures[::-1],
        "absences": _absences(found, request),
        "sees_reasons": sees_all,
        "hats": hats_of(found, request.today),
        "away": away_told(away, shows_reasons=sees_all) if away else "",
        "crumbs": (Crumb("Pessoas", reverse("people")), Crumb(found.name)),
    }
    return render(request, "orgs/person.html", context)


@signed_in
@require_POST
def acting_as(request: WearerRequest) -> HttpResponse:
    """Put on one of today's hats, and go back to where the person was; or pass to another institution, at its door."""
    wanted = request.POST.get("hat", "")
    if any(other.code == wanted for other in request.wearer.elsewhere):
        request.session[PERSON], request.session[HAT] = wanted, ""
        return redirect("/")
    if any(hat.value == wanted for hat in request.wearer.hats):
        request.session[HAT] = wanted
    back = request.POST.get("next") or request.headers.get("Referer", "")
    is_safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if is_safe else "/")


def find_person(request: ActorRequest, code: str) -> Person:
    """Find a person whose page the actor may open.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(people_visible_to(request.actor, request.today), code=code)


def _facts(found: Person, *, sees_all: bool) -> list[Fact]:
    facts = [Fact("E-mail institucional", found.email)]
    if sees_all:
        facts = [Fact("CPF", found.masked_cpf), Fact("Matrícula", found.registration), *facts]
    return facts


def _absences(found: Person, request: ActorRequest) -> list[Absence]:
    rows = standing_absences(request.institution.pk).filter(person=found).select_related("legal_act")
    return list(rows.prefetch_related("legal_act__corrections").order_by("-from_on"))
