"""The list of agreements, and the pages of one: the pact, its conference and its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura_web.agreements.pact.checklist import conference as lacks_in
from apura_web.agreements.pact.lacks import Lack
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import SECTIONS
from apura_web.agreements.selectors.agreements import surroundings_of
from apura_web.agreements.selectors.reading import (
    Reading,
    agreements_listed,
    comment_counts,
    names_in,
    reading_of,
)
from apura_web.agreements.web.agreement_frame import frame_of
from apura_web.agreements.web.agreement_tables import agreements_layout
from apura_web.agreements.web.finding import find_agreement, may_comment, may_write
from apura_web.agreements.web.pact_told import Teller
from apura_web.audit.acts import REGISTRY
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in


@dataclass(frozen=True)
class Pending:
    """Something the conference found, with where it is mended; no address for who may not write."""

    lack: Lack
    url: str


@dataclass(frozen=True)
class PendingSection:
    """What the conference found in a section."""

    section: Section
    found: Sequence[Pending]


@signed_in
@require_GET
def agreements(request: ActorRequest) -> HttpResponse:
    """List the agreements the person may see."""
    rows = agreements_listed(request.actor)
    can_open = request.actor.has(*REGISTRY["agreements.agreement.open"].roles)
    table = Table(agreements_layout(rows, can_open=can_open), rows, request)
    context = {"crumbs": (Crumb("Acordos"),), "can_open": can_open}
    return table.answer("agreements/agreements.html", context)


@signed_in
@require_GET
def agreement(request: ActorRequest, code: str) -> HttpResponse:
    """Show what an agreement says, part by part, and where it is."""
    found = find_agreement(request, code)
    reading = reading_of(found)
    names = names_in(request.institution.pk, reading.text)
    can_write = may_write(request, found)
    context = {
        **frame_of(request, found, "agreement"),
        "sections": Teller(reading, names, comment_counts(found)).sections(),
        "can_write": can_write,
        "can_comment": may_comment(request, found),
        "is_draft": reading.pact is None,
        "blocking": _blocking(request, reading) if can_write else 0,
    }
    return render(request, "agreements/pact.html", context)


@signed_in
@require_GET
def conference(request: ActorRequest, code: str) -> HttpResponse:
    """Show what the pact lacks: what blocks signature apart from what only warns."""
    found = find_agreement(request, code)
    reading = reading_of(found)
    lacks = lacks_in(reading.text, surroundings_of(found, reading.text, request.today))
    can_write = may_write(request, found)
    context = {
        **frame_of(request, found, "agreement_conference", Crumb("Conferência")),
        "blocking": _by_section((each for each in lacks if each.is_mandatory), reading, can_write=can_write),
        "blocking_count": sum(each.is_mandatory for each in lacks),
        "warnings": _by_section(
            (each for each in lacks if not each.is_mandatory), reading, can_write=can_write
        ),
    }
    return render(request, "agreements/conference.html", context)


@signed_in
@require_GET
def history(request: ActorRequest, code: str) -> HttpResponse:
    """Show what happened to an agreement, act by act."""
    found = find_agreement(request, code)
    return render(
        request,
        "agreements/agreement_history.html",
        frame_of(request, found, "agreement_history", Crumb("Histórico")),
    )


def _blocking(request: ActorRequest, reading: Reading) -> int:
    known = surroundings_of(reading.agreement, reading.text, request.today)
    return sum(each.is_mandatory for each in lacks_in(reading.text, known))


def _by_section(lacks: Iterable[Lack], reading: Reading, *, can_write: bool) -> list[PendingSection]:
    found: dict[str, list[Pending]] = {name: [] for name in SECTIONS}
    for each in lacks:
        found[each.part.section].append(Pending(each, _url_of(each, reading) if can_write else ""))
    return [PendingSection(SECTIONS[name], rows) for name, rows in found.items() if rows]


def _url_of(lack: Lack, reading: Reading) -> str:
    code, section = reading.agreement.code, lack.part.declared
    place = f"#id_{lack.field}" if lack.field else ""
    if reading.text.part(lack.part.key) is None and section.is_many:
        return reverse("part_new", args=[code, section.name]) + place
    return reverse("part_edit", args=[code, lack.part.key]) + place
