"""The page of a calculation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.calculations.selectors import calculations_visible_to
from apura_web.foundation.web.access import signed_in


@signed_in
@require_GET
def calculation(request: ActorRequest, code: str) -> HttpResponse:
    """Show a calculation."""
    found = get_object_or_404(calculations_visible_to(request.actor), code=code)
    return render(request, "calculations/calculation.html", {"calculation": found})
