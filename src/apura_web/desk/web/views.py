"""The first screen, search, notices and the manual."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura_web.agreements.selectors.awaiting import awaited_by as agreements_awaiting
from apura_web.audit.history import happenings
from apura_web.desk import help_pages, notices
from apura_web.desk.doors import doors_of, ways_of
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.selectors.awaiting import awaited_by
from apura_web.indicators.web import load_news
from apura_web.orgs.models import Absence, Capacity
from apura_web.orgs.offices import OFFICES
from apura_web.orgs.powers import Hat
from apura_web.orgs.selectors.tenures import OfficeOnADay, absences_on, office_on, tenures_on
from apura_web.orgs.web import import_news
from apura_web.orgs.web.middleware import WearerRequest
from apura_web.search.index import search

RECENT = 8
PAGE = 30


@dataclass(frozen=True)
class MyOffice:
    """A hat on the first screen: what it is, where, since when, by which act, and who shares the office."""

    hat: Hat
    is_worn: bool
    state: OfficeOnADay | None

    @property
    def shows_capacity(self) -> bool:
        """Whether the office is held otherwise than as its holder."""
        return self.hat.tenure.capacity != Capacity.HOLDER


@require_GET
@signed_in
def home(request: WearerRequest) -> HttpResponse:
    """Show who I am today, what I may do next and what changed."""
    wearer = request.wearer
    absence = absences_on(request.institution.pk, request.today).get(wearer.person.pk)
    recent = happenings(notices.notices_for(wearer.person, wearer.hats), request)[:RECENT]
    context = {
        "greeting": _greeting(request),
        "first_name": wearer.person.name.split()[0],
        "offices": _my_offices(request),
        "absence": absence,
        "absence_text": _told(absence) if absence else "",
        "doors": doors_of(request.actor),
        "ways": ways_of(wearer.person, wearer.hats),
        "happenings": recent,
        "news": [*import_news.news_for(request.actor), *load_news.news_for(request.actor)],
        "awaited": [
            *agreements_awaiting(request.actor, request.today),
            *awaited_by(request.actor, request.today),
        ],
    }
    return render(request, "desk/home.html", context)


@require_GET
@signed_in
def search_page(request: WearerRequest) -> HttpResponse:
    """Show what was found, by kind."""
    text = request.GET.get("q", "").strip()[:200]
    results = search(text, request.actor, request.today)
    manual = [page for page in help_pages.help_pages() if text and text.casefold() in page.title.casefold()]
    count = sum(len(hits) for _, hits in results) + len(manual)
    context = {"text": text, "results": results, "manual": manual, "count": count}
    return render(request, "desk/search.html", {**context, "crumbs": (Crumb("Busca"),)})


@require_GET
@signed_in
def notices_page(request: WearerRequest) -> HttpResponse:
    """Show the notices and remember that they were shown."""
    wearer = request.wearer
    found = notices.notices_for(wearer.person, wearer.hats)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    told = happenings(
        found[page.start_index() - 1 : page.end_index()] if page.object_list else found.none(), request
    )
    if page.number == 1 and told:
        notices.mark_seen(wearer.person, told[0].seq or 0)
    return render(
        request, "desk/notices.html", {"page": page, "happenings": told, "crumbs": (Crumb("Avisos"),)}
    )


@require_GET
def help_index(request: HttpRequest) -> HttpResponse:
    """Show the manual's pages."""
    context = {"pages": help_pages.help_pages(), "crumbs": (Crumb("Ajuda"),)}
    return render(request, "desk/help_index.html", context)


@require_GET
def help_page(request: HttpRequest, screen: str) -> HttpResponse:
    """Show the manual's page about a screen; when none was written for it, the index says so."""
    page = help_pages.help_for(screen)
    context = {"pages": help_pages.help_pages(), "crumbs": (Crumb("Ajuda", reverse("help")),)}
    if page is None:
        return render(request, "desk/help_index.html", {**context, "has_none": True})
    crumbs = (*context["crumbs"], Crumb(page.title))
    return render(request, "desk/help_page.html", {**context, "manual": page, "crumbs": crumbs})


def _told(absence: Absence) -> str:
    return f"De {absence}. Neste período, responde por suas funções quem as substitui."


def _my_offices(request: WearerRequest) -> list[MyOffice]:
    wearer = request.wearer
    units = {hat.tenure.unit_id for hat in wearer.hats if hat.tenure.unit_id}
    tenures = list(tenures_on(request.institution.pk, request.today).filter(unit_id__in=units))
    away = absences_on(request.institution.pk, request.today)
    offices = []
    for hat in wearer.hats:
        same = [
            each for each in tenures if (each.unit_id, each.kind) == (hat.tenure.unit_id, hat.tenure.kind)
        ]
        state = office_on(same, away) if OFFICES[hat.tenure.kind].is_single else None
        offices.append(MyOffice(hat, hat.label == request.actor.acting_as, state))
    return offices


def _greeting(request: WearerRequest) -> str:
    from django.utils import timezone  # noqa: PLC0415

    hour = timezone.localtime(request.at).hour
    return "Bom dia" if 5 <= hour < 12 else "Boa tarde" if 12 <= hour < 18 else "Boa noite"  # noqa: PLR2004
