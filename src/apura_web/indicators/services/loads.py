"""Putting many values into the ledger at once, as they came from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.indicators.models import Batch
from apura_web.indicators.services.posting import Entry, Sender, post
from apura_web.orgs.models import Unit

MOST_AT_ONCE = 5_000


@act("indicators.ledger.load")
def load(
    place: Institution | Unit, *, entries: Sequence[Entry], sender: Sender, actor: Actor, at: datetime
) -> Batch:
    """Put values into the ledger, in one act of at most 5 000.

    Args:
        place: the institution, or the unit whose branch the values are of.
        entries: the values.
        sender: how they came in.

    Raises:
        Refused: there are too many for one act, or nothing in them is new.
    """
    refuse_if(_size_refusal(entries))
    journal.because(sender.reason)
    batch = post(entries, sender, actor=actor, at=at)
    if batch is None:
        raise Refused(NOTHING_NEW)
    return batch


NOTHING_NEW = Refusal(
    "indicators.nothing_new", "Nada muda: estes valores já estão no livro de apurações.", status=409
)


def _size_refusal(entries: Sequence[Entry]) -> Refusal | None:
    if len(entries) <= MOST_AT_ONCE:
        return None
    return Refusal(
        "indicators.too_many",
        f"São {len(entries)} valores; um ato leva no máximo {MOST_AT_ONCE}.",
        "Divida em partes.",
    )
