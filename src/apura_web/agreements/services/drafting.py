"""The working text of an agreement, part by part: no fact yet, so no act; nobody overwrites unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from apura_web.agreements import guards
from apura_web.agreements.lifecycle import Side
from apura_web.agreements.models import Agreement, PartDraft
from apura_web.agreements.pact.sections import SECTIONS
from apura_web.agreements.selectors.agreements import side_of
from apura_web.audit.actors import Actor
from apura_web.audit.acts import refusal_to
from apura_web.foundation.refusals import Refusal, Refused, refuse_if

PART_CHANGED = "agreements.part_changed"


@dataclass(frozen=True)
class Place:
    """A part of the text of an agreement.

    Attributes:
        key: what names it; empty for one to be added to a section that has several.
    """

    agreement: Agreement
    section: str
    key: str = ""


@dataclass(frozen=True)
class Writing:
    """What somebody wrote in a part.

    Attributes:
        values: by field, as text; what is blank is left out.
        seen: the edition they saw; 0 when nobody had written the part.
    """

    values: Mapping[str, str]
    seen: int = 0


def begin(
    agreement: Agreement, parts: Sequence[tuple[str, dict[str, str]]], *, actor: Actor, at: datetime
) -> None:
    """Write the first parts of a new agreement, inside the act that opens it.

    Args:
        parts: the section and what is written in it, in order.
    """
    counted: dict[str, int] = {}
    rows = []
    for section, values in parts:
        counted[section] = counted.get(section, 0) + 1
        key = f"{section}-{counted[section]}" if SECTIONS[section].is_many else section
        rows.append(_row(Place(agreement, section, key), values, _hand(agreement, actor, at)))
    PartDraft.objects.bulk_create(rows)


def write(place: Place, writing: Writing, *, actor: Actor, at: datetime) -> PartDraft:
    """Keep what was written in a part of the text.

    Raises:
        Refused: they do not negotiate it; the text is closed; or somebody else wrote the part since it was seen.
    """
    agreement = place.agreement
    _refuse_at_the_door(agreement, actor)
    hand = _hand(agreement, actor, at)
    values = {name: text for name, text in writing.values.items() if text}
    if writing.seen:
        return _changed(place, writing.seen, {**hand, "values": values, "is_removed": False})
    if place.key or not SECTIONS[place.section].is_many:
        return _first(Place(agreement, place.section, place.key or place.section), values, hand)
    with transaction.atomic():  # who adds a part at the same moment waits, and takes the next key
        Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
        return _first(Place(agreement, place.section, _next_key(place)), values, hand)


def _first(place: Place, values: Mapping[str, str], hand: dict[str, Any]) -> PartDraft:
    row = _row(place, values, hand)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(conflict(place.agreement.drafts.get(key=place.key))) from error
    return row


def remove(place: Place, *, seen: int, actor: Actor, at: datetime) -> PartDraft:
    """Take a part out of the text; the rounds already sent keep it.

    Raises:
        Refused: they do not negotiate it; the text is closed; or somebody else wrote the part since it was seen.
    """
    _refuse_at_the_door(place.agreement, actor)
    return _changed(place, seen, {**_hand(place.agreement, actor, at), "is_removed": True})


def _refuse_at_the_door(agreement: Agreement, actor: Actor) -> None:
    refuse_if(refusal_to(actor, "agreements.proposal.send", agreement))
    refuse_if(guards.side_refusal(actor, agreement))
    refuse_if(guards.stage_refusal(agreement, "write"))


def _next_key(place: Place) -> str:
    keys = place.agreement.drafts.filter(section=place.section).values_list("key", flat=True)
    last = max((int(each.rsplit("-", 1)[1]) for each in keys), default=0)
    return f"{place.section}-{last + 1}"


def _changed(place: Place, seen: int, columns: dict[str, Any]) -> PartDraft:
    rows = place.agreement.drafts.filter(key=place.key)
    changed = rows.filter(edition=seen).update(**columns, edition=seen + 1)
    row = rows.get()
    if not changed:
        raise Refused(conflict(row))
    return row


def _row(place: Place, values: Mapping[str, str], hand: dict[str, Any]) -> PartDraft:
    return PartDraft(
        institution_id=place.agreement.institution_id,
        agreement=place.agreement,
        key=place.key,
        section=place.section,
        values=dict(values),
        **hand,
    )


def _hand(agreement: Agreement, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"edited_by": actor.id, "edited_side": side_of(actor, agreement).value, "edited_at": at}


def conflict(row: PartDraft) -> Refusal:
    """Say that somebody else wrote a part first."""
    who = "unidade central" if row.edited_side == Side.CENTRAL.value else "Acordada"
    what = "retirou esta parte" if row.is_removed else "mudou esta parte"
    return Refusal(
        PART_CHANGED,
        f"Enquanto você escrevia, alguém da {who} {what}.",
        "O que você digitou continua no formulário: compare com o que está gravado e grave de novo.",
        status=409,
    )
