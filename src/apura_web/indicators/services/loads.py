"""Putting many values into the ledger at once, as they came from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.indicators.models import Batch, Indicator, Provenance, Target
from apura_web.indicators.services.posting import Entry, Sender, post
from apura_web.orgs.models import Unit

MOST_AT_ONCE = 5_000


@act("indicators.ledger.load")
def load(
    place: Institution | Unit, *, entries: Sequence[Entry], sender: Sender, actor: Actor, at: datetime
) -> Batch | None:
    """Put values into the ledger, in one act of at most 5 000, with the targets that came beside them.

    Args:
        place: the institution, or the unit whose branch the values are of.
        entries: the values; one without state brings only its target.
        sender: how they came in; a document that is not registered yet is registered here.

    Returns:
        What was put in the ledger; None when only targets were fixed.

    Raises:
        Refused: there are too many for one act, or nothing in them is new.
    """
    refuse_if(_size_refusal(entries))
    journal.because(sender.reason)
    if sender.document is not None and sender.document.pk is None:
        journal.create(sender.document)
    about = tuple(Indicator.objects.filter(pk__in={each.cell.indicator_id for each in entries}))
    batch = post([each for each in entries if each.state], sender, actor=actor, at=at, about=about)
    targets = _fix_targets(entries, sender, actor, at)
    if batch is None and not targets:
        raise Refused(NOTHING_NEW)
    return batch


NOTHING_NEW = Refusal(
    "indicators.nothing_new", "Nada muda: estes valores já estão no livro de apurações.", status=409
)


def _fix_targets(entries: Sequence[Entry], sender: Sender, actor: Actor, at: datetime) -> list[Target]:
    return [
        journal.create(
            Target(
                institution_id=actor.institution_id,
                indicator_id=each.cell.indicator_id,
                unit_id=each.cell.unit_id,
                period_start=each.cell.period.start,
                period_end=each.cell.period.end,
                value=each.target,
                provenance=Provenance.SERIES,
                origin=sender.received_through,
                recorded_at=at,
            )
        )
        for each in entries
        if each.target is not None
    ]


def _size_refusal(entries: Sequence[Entry]) -> Refusal | None:
    if len(entries) <= MOST_AT_ONCE:
        return None
    return Refusal(
        "indicators.too_many",
        f"São {len(entries)} valores; um ato leva no máximo {MOST_AT_ONCE}.",
        "Divida em partes.",
    )
