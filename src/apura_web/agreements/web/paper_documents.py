"""The files of agreements, handed over to who sees them: what came from paper, and what shows a delivery."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.selectors.scores import past_scores_of
from apura_web.agreements.web.finding import find_agreement
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.models import Blob
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.files import hand_over


@signed_in
@require_GET
def signed(request: ActorRequest, code: str) -> FileResponse:
    """Hand over the agreement as it was signed on paper."""
    pact = last_pact(find_agreement(request, code))
    return _handed(pact.document if pact else None)


@signed_in
@require_GET
def past_score(request: ActorRequest, code: str, score_code: str) -> FileResponse:
    """Hand over the document that a past score comes from."""
    rows = past_scores_of(find_agreement(request, code))
    return _handed(get_object_or_404(rows, code=score_code).document)


@signed_in
@require_GET
def item(request: ActorRequest, code: str, reading_code: str) -> FileResponse:
    """Hand over what shows how far an item went."""
    rows = find_agreement(request, code).item_readings.select_related("document")
    return _handed(get_object_or_404(rows, code=reading_code).document)


def _handed(document: Blob | None) -> FileResponse:
    if document is None:
        raise Http404
    return hand_over(document)
