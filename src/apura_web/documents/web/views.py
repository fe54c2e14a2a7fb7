"""Pages of legal acts: the list, one act, and its files."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apura_web.audit.actors import Actor
from apura_web.audit.requests import ActorRequest
from apura_web.documents import selectors
from apura_web.documents.dependents import Dependent, dependents_of
from apura_web.documents.models import LegalAct
from apura_web.documents.web.tables import legal_acts_layout
from apura_web.documents.web.told import facts_of, state_of, version_changes
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.files import hand_over

NEW_MAIN = Crumb("Atos", "/atos/")


@signed_in
@require_GET
def legal_acts(request: ActorRequest) -> HttpResponse:
    """List the acts of the institution."""
    rows = selectors.records_visible_to(request.actor)
    table = Table(legal_acts_layout(rows), rows, request)
    return table.answer("documents/legal_acts.html", {"crumbs": (Crumb("Atos"),)})


@signed_in
@require_GET
def legal_act(request: ActorRequest, code: str) -> HttpResponse:
    """Show an act: what it says, where it came out, what it did and what others did to it."""
    first = find(request.actor, code)
    current = first.current
    context = {
        "legal_act": first,
        "current": current,
        "state": state_of(first),
        "facts": facts_of(current),
        "publications": selectors.publications_of(first),
        "attachments": selectors.attachments_visible_to(request.actor).filter(legal_act=first),
        "affecting": selectors.affecting(first),
        "done": _by_group(dependents_of(first, request.actor)),
        "falls": selectors.has_no_effect(first),
        "versions": version_changes(selectors.versions_of(first)),
        "entries": selectors.history_of_act(first, request.actor),
        "crumbs": (NEW_MAIN, Crumb(str(current))),
    }
    return render(request, "documents/legal_act.html", context)


@signed_in
@require_GET
def attachment(request: ActorRequest, code: str, attachment_code: str) -> FileResponse:
    """Hand over a file of an act, never to be run or shown inside the platform's pages."""
    rows = selectors.attachments_visible_to(request.actor).filter(legal_act__code=code)
    blob = get_object_or_404(rows, code=attachment_code).blob
    return hand_over(blob)


def find(actor: Actor, code: str) -> LegalAct:
    """Find an act the actor may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(selectors.legal_acts_visible_to(actor).select_related("target"), code=code)


def _by_group(dependents: list[Dependent]) -> dict[str, list[Dependent]]:
    groups: dict[str, list[Dependent]] = {}
    for each in dependents:
        groups.setdefault(each.group, []).append(each)
    return groups
