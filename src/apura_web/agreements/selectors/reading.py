"""An agreement as a page reads it: the text that counts now, who wrote each part, what was sent and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from apura_web.agreements.lifecycle import State, may
from apura_web.agreements.models import Agreement, Pact, PartComment, PartDraft, Proposal
from apura_web.agreements.pact.telling import Names, part_names
from apura_web.agreements.pact.text import PactText, in_order
from apura_web.agreements.selectors.agreements import agreements_visible_to, last_pact
from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.indicators.models import Indicator
from apura_web.orgs.models import Unit

WORKING = "trabalho"
"""How the address calls the text being written, among the rounds."""


@dataclass(frozen=True)
class Reading:
    """The text of an agreement that counts now.

    Attributes:
        text: what is being written or, once both sides accepted, what they accepted.
        pact: what they accepted; None while it is being written.
        drafts: the parts of the working text, by key; empty once it was accepted.
    """

    agreement: Agreement
    text: PactText
    pact: Pact | None
    drafts: Mapping[str, PartDraft]


@dataclass(frozen=True)
class Said:
    """A comment, with the name of who wrote it as the looker may call them."""

    comment: PartComment
    who: str


def agreements_listed(actor: Actor) -> QuerySet[Agreement]:
    """Give the agreements somebody sees, each with how many rounds it had."""
    return agreements_visible_to(actor).annotate(rounds=Count("proposals", distinct=True))


def reading_of(agreement: Agreement) -> Reading:
    """Read the text of an agreement that counts now."""
    if not may("write", agreement.state):
        pact = last_pact(agreement)
        if pact is not None:
            return Reading(agreement, pact.text, pact, {})
    drafts = {each.key: each for each in agreement.drafts.filter(is_removed=False).order_by("id")}
    return Reading(agreement, in_order(each.part for each in drafts.values()), None, drafts)


def draft_of(agreement: Agreement, key: str) -> PartDraft | None:
    """Give a part of the working text, removed or not; None when nobody ever wrote it."""
    return agreement.drafts.filter(key=key).first()


def rounds_of(agreement: Agreement) -> list[Proposal]:
    """Give the rounds sent, the first in front."""
    return list(agreement.proposals.order_by("number"))


def pacts_of(agreement: Agreement) -> list[Pact]:
    """Give the texts closed for signature, the first in front."""
    return list(agreement.pacts.order_by("number"))


def names_in(institution_id: int, *texts: PactText) -> Names:
    """Give the names of every code some texts hold, in two queries."""
    parts = [part for text in texts for part in text.parts]
    unit_codes = {each.get("unidade") for each in parts} - {""}
    indicator_codes = {each.get("indicador") for each in parts} - {""}
    units = Unit.objects.filter(institution_id=institution_id, code__in=unit_codes)
    indicators = Indicator.objects.filter(institution_id=institution_id, code__in=indicator_codes)
    return Names(
        {each.code: f"{each.acronym} – {each.name}" for each in units},
        {each.code: str(each) for each in indicators},
        part_names(*texts),
    )


def comment_counts(agreement: Agreement) -> Counter[str]:
    """Count what was said of each part."""
    return Counter(agreement.comments.values_list("part_key", flat=True))


def comments_of(agreement: Agreement, looker: Actor, key: str = "") -> list[Said]:
    """Give what was said of an agreement, or of one of its parts, the newest first."""
    rows = agreement.comments.order_by("-id")
    kept = list(rows.filter(part_key=key) if key else rows)
    names = names_of({each.author for each in kept}, looker)
    return [Said(each, names[each.author]) for each in kept]


def writers_of(codes: Iterable[str], looker: Actor) -> dict[str, str]:
    """Give the names of who wrote, as the looker may call them."""
    return names_of(codes, looker)


def is_being_written(agreement: Agreement) -> bool:
    """Say whether the text may still change."""
    return may("write", agreement.state)


def is_over(agreement: Agreement) -> bool:
    """Say whether nothing more is expected of it."""
    return agreement.state in {State.CLOSED.value, State.SHELVED.value}
