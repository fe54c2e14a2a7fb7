"""The negotiation of an agreement: the rounds sent, any two of them compared, and what each side said of the parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.agreements.lifecycle import Side
from apura_web.agreements.models import Proposal
from apura_web.agreements.pact.differences import differences
from apura_web.agreements.pact.telling import Names
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.reading import (
    WORKING,
    Said,
    comments_of,
    names_in,
    pacts_of,
    reading_of,
    rounds_of,
    writers_of,
)
from apura_web.agreements.web.agreement_frame import frame_of
from apura_web.agreements.web.changes_told import told_changes
from apura_web.agreements.web.finding import find_agreement, may_comment, may_write
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in

SIDES = {Side.CENTRAL.value: "unidade central", Side.AGREED.value: "Acordada"}


@dataclass(frozen=True)
class Text:
    """A text that may be compared: how the address calls it, what people call it, and what it says."""

    name: str
    label: str
    text: PactText


@dataclass(frozen=True)
class ToldComment:
    """What was said of a part."""

    said: Said
    part: str
    side: str


@signed_in
@require_GET
def negotiation(request: ActorRequest, code: str) -> HttpResponse:
    """Show the rounds, two texts side by side, and the comments."""
    found = find_agreement(request, code)
    rounds, reading = rounds_of(found), reading_of(found)
    texts = _texts(rounds, reading.text if reading.pact is None else None)
    names = names_in(request.institution.pk, *(each.text for each in texts), reading.text)
    who = writers_of({each.sent_by for each in rounds}, request.actor)
    context = {
        **frame_of(request, found, "agreement_negotiation", Crumb("Negociação")),
        "rounds": [(each, SIDES[each.side], who[each.sent_by]) for each in reversed(rounds)],
        "pacts": pacts_of(found),
        "comments": _told(comments_of(found, request.actor), names),
        "can_comment": may_comment(request, found),
        "can_write": may_write(request, found),
        **_comparison(request, texts, names),
    }
    return render(request, "agreements/negotiation.html", context)


def _texts(rounds: Sequence[Proposal], working: PactText | None) -> list[Text]:
    sent = [
        Text(
            str(each.number),
            f"rodada {each.number}, da {SIDES[each.side]}, {day(each.recorded_at)}",
            each.text,
        )
        for each in rounds
    ]
    return sent if working is None else [*sent, Text(WORKING, "texto em elaboração, agora", working)]


def _comparison(request: ActorRequest, texts: Sequence[Text], names: Names) -> dict[str, Any]:
    """Compare two texts: those asked for, else the last two."""
    if len(texts) <= 1:
        return {}
    known: Mapping[str, Text] = {each.name: each for each in texts}
    before = known.get(request.GET.get("de", ""), texts[-2])
    after = known.get(request.GET.get("ate", ""), texts[-1])
    return {
        "compared": (before, after),
        "changes": told_changes(differences(before.text, after.text), names),
        "choices": texts,
    }


def _told(comments: Sequence[Said], names: Names) -> list[ToldComment]:
    return [
        ToldComment(each, names.parts.get(each.comment.part_key, "parte retirada"), SIDES[each.comment.side])
        for each in comments
    ]
