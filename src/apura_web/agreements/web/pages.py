"""The list of agreements and the page of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.web.access import signed_in


@signed_in
@require_GET
def agreements(request: ActorRequest) -> HttpResponse:
    """List the agreements the person may see."""
    return render(request, "agreements/agreements.html", {"rows": agreements_visible_to(request.actor)})


@signed_in
@require_GET
def agreement(request: ActorRequest, code: str) -> HttpResponse:
    """Show an agreement."""
    found = get_object_or_404(agreements_visible_to(request.actor), code=code)
    return render(request, "agreements/agreement.html", {"agreement": found})
