"""Finding the agreement of an address, and stopping at the door whoever does not negotiate it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from apura_web.agreements.guards import side_refusal, stage_refusal
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import SECTIONS
from apura_web.agreements.selectors.agreements import agreements_visible_to, negotiates
from apura_web.audit.acts import refusal_to
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.security import note_denial

WRITE = "agreements.proposal.send"
"""Who may send the text may write it."""


def find_agreement(request: ActorRequest, code: str) -> Agreement:
    """Find an agreement the person may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(agreements_visible_to(request.actor), code=code)


def find_section(name: str) -> Section:
    """Find a section of the pact by its key.

    Raises:
        Http404: there is none.
    """
    if name not in SECTIONS:
        raise Http404
    return SECTIONS[name]


def check_side(request: ActorRequest, agreement: Agreement, act: str = WRITE) -> None:
    """Let on who may do an act for one of the sides.

    Raises:
        PermissionDenied: they may not, or they speak for neither.
    """
    check_power(request, act, agreement)
    refusal = side_refusal(request.actor, agreement)
    if refusal is not None:
        note_denial(request.actor, act, refusal.code)
        raise PermissionDenied(str(refusal))


def may_write(request: ActorRequest, agreement: Agreement) -> bool:
    """Say whether the person may change the text now."""
    if refusal_to(request.actor, WRITE, agreement) is not None or stage_refusal(agreement, "write"):
        return False
    return negotiates(request.actor, agreement)


def may_comment(request: ActorRequest, agreement: Agreement) -> bool:
    """Say whether the person may say something of a part now."""
    if refusal_to(request.actor, "agreements.part.comment", agreement) is not None:
        return False
    return negotiates(request.actor, agreement) and stage_refusal(agreement, "comment") is None
