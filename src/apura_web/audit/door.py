"""Stopping at the door of a page whoever may not do the act it is for; the service asks again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from apura_web.audit.acts import refusal_to
from apura_web.audit.requests import ActorRequest
from apura_web.audit.security import note_denial

NOT_FOUND = 404


def check_power(request: ActorRequest, name: str, on: Any) -> None:
    """Let somebody go on to the page of an act, or note the attempt.

    Args:
        request: of somebody signed in.
        name: of the act.
        on: the record it would be done over.

    Raises:
        PermissionDenied: they may not do it.
        Http404: the record is not of their institution.
    """
    refusal = refusal_to(request.actor, name, on)
    if refusal is None:
        return
    note_denial(request.actor, name, refusal.code)
    if refusal.status == NOT_FOUND:
        raise Http404
    raise PermissionDenied(str(refusal))
