"""Pages of units: the list and one unit."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.history import history_of_unit
from apura_web.orgs.selectors.offices import SingleOffice, holders_of, offices_of, postings_visible_in
from apura_web.orgs.selectors.people import people_visible_to, sees_registration_of
from apura_web.orgs.selectors.structure import (
    line_label,
    placements_about,
    subordinates_of,
    superiors_of,
    units_visible_to,
)
from apura_web.orgs.web.import_news import news_for
from apura_web.orgs.web.told import OfficeLine, moments_of, office_line
from apura_web.orgs.web.unit_deeds import find_unit
from apura_web.orgs.web.unit_tables import EXTINCT, WORKING, units_layout

MOST_SHOWN = 100


@signed_in
@require_GET
def units(request: ActorRequest) -> HttpResponse:
    """List the units the person may see."""
    rows = units_visible_to(request.actor)
    table = Table(units_layout(rows), rows, request)
    context = {"crumbs": (Crumb("Unidades"),), "news": news_for(request.actor)}
    return table.answer("orgs/units.html", context)


@signed_in
@require_GET
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show a unit: what it is, where it stands, who is in charge and why, and its history."""
    found = find_unit(request, code)
    line = superiors_of([found])[found.pk]
    offices = offices_of(found, request.today)
    people = {each.person_id for each in holders_of(offices)}
    context = {
        "unit": found,
        "state": WORKING if found.is_active else EXTINCT,
        "facts": _facts(found, line),
        "subordinates": _first(subordinates_of(found, request.actor)) if found.is_active else ([], 0),
        "offices": [_told(request, each) for each in offices.single],
        "shared": offices.shared,
        "postings": _first(postings_visible_in(found, request.actor, request.today)),
        "moments": moments_of(found, placements_about(found)),
        "reachable": set(
            people_visible_to(request.actor, request.today).filter(pk__in=people).values_list("pk", flat=True)
        ),
        "entries": history_of_unit(found, request.actor),
        "crumbs": _crumbs(request, line),
    }
    return render(request, "orgs/unit.html", context)


def _first(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """Give the first rows of a list, and how many are left."""
    shown = list(rows[: MOST_SHOWN + 1])
    return shown[:MOST_SHOWN], rows.count() - MOST_SHOWN if len(shown) > MOST_SHOWN else 0


def _told(request: ActorRequest, office: SingleOffice) -> OfficeLine:
    holder = office.day.holder
    return office_line(
        office, shows_reasons=holder is not None and sees_registration_of(request.actor, holder.person)
    )


def _facts(found: Unit, line: list[Unit]) -> list[Fact]:
    superior = line[-2] if len(line) > 1 else None
    return [
        Fact("Nome", found.name),
        Fact("Espécie", found.get_kind_display()),
        Fact(
            "Vinculação",
            line_label(line[:-1]) or "no topo do organograma",
            superior.get_absolute_url() if superior else "",
        ),
    ]


def _crumbs(request: ActorRequest, line: list[Unit]) -> list[Crumb]:
    visible = set(units_visible_to(request.actor).filter(pk__in=[each.pk for each in line]))
    above = [Crumb(str(each), each.get_absolute_url()) for each in line[:-1] if each in visible]
    return [Crumb("Unidades", reverse("units")), *above, Crumb(str(line[-1]))]
