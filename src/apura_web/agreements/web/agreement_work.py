"""An act over an agreement, as every page of one does it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from apura_web.agreements.models import Agreement
from apura_web.agreements.web.agreement_tabs import way_to
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.audit.works import Work, work_page
from apura_web.foundation.web.deeds import answer, answer_at_once


def seen_of(request: ActorRequest, agreement: Agreement) -> dict[str, Any]:
    """Give the last entry of the trail that who opens a form of an agreement has seen."""
    return {"seen": last_seen(agreement, request.institution.pk)}


def agreement_work(request: ActorRequest, work: Work, called: str = "") -> HttpResponse:
    """Answer a step of an act over an agreement; where nothing is typed, at once with its confirmation.

    Args:
        request: of somebody who sees it.
        work: the act; without a lead of its own, the page tells the body.
        called: what the title names, when it is not the agreement.
    """
    found: Agreement = work.record
    lead = work.lead or f"{found.unit} – {found.unit.name}"
    is_typed = any(not each.widget.is_hidden for each in work.form.fields.values())
    return work_page(
        request,
        replace(work, lead=lead),
        called=called or f"acordo nº {found.number}",
        crumbs=way_to(found),
        answering=answer if is_typed else answer_at_once,
    )
