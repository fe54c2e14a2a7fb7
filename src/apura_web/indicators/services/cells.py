"""What people type in a grid, kept at each keystroke's end: no fact yet, so no act; nobody overwrites unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from apura_web.audit.actors import Actor
from apura_web.foundation.clock import local_date
from apura_web.foundation.refusals import Refusal, Refused, refuse_if
from apura_web.indicators import guards
from apura_web.indicators.grid import Box
from apura_web.indicators.models import Channel, DraftCell, Submission
from apura_web.indicators.typing_cells import LONGEST, read_typed

CELL_CHANGED = "indicators.cell_changed"


@dataclass(frozen=True)
class Typing:
    """What somebody typed in a box, and which saving of it they had seen.

    Attributes:
        text: as typed.
        seen: the edition they saw; 0 when the box had never been saved.
        reason: of what was not reported, or justifying what is strange.
        certainty: definitive, provisional or estimated.
        based_on: the base date of what is not definitive.
        channel: by where it came in; the last to fill a box counts.
    """

    text: str
    seen: int
    reason: str = ""
    certainty: str = "definitivo"
    based_on: date | None = None
    channel: str = Channel.GRID


def save(submission: Submission, box: Box, typing: Typing, *, actor: Actor, at: datetime) -> DraftCell:
    """Keep what was typed in a box.

    Args:
        submission: the answer being filled.
        box: where.
        typing: what.

    Raises:
        Refused: the window is closed; or somebody else saved the box since it was seen.
    """
    refuse_if(guards.sending_refusal(submission, local_date(at, submission.institution)))
    read = read_typed(typing.text, box.variable)
    values: dict[str, object] = {
        "typed": typing.text.strip()[:LONGEST],
        "value": read.value,
        "state": read.state,
        "problem": read.problem[:300],
        "reason": typing.reason.strip()[:400],
        "certainty": typing.certainty,
        "based_on": typing.based_on,
        "channel": typing.channel,
        "edited_by": actor.id,
        "edited_at": at,
        "edition": typing.seen + 1,
    }
    where = _where(submission, box)
    return _replaced(where, values, typing.seen) if typing.seen else _inserted(submission, where, values)


def _where(submission: Submission, box: Box) -> dict[str, object]:
    return {
        "submission": submission,
        "indicator": box.indicator,
        "period_start": box.period.start,
        "period_end": box.period.end,
        "breakdown": box.part,
        "variable": box.variable.name,
    }


def _inserted(submission: Submission, where: dict[str, object], values: dict[str, object]) -> DraftCell:
    try:
        with transaction.atomic():
            return DraftCell.objects.create(institution_id=submission.institution_id, **where, **values)
    except IntegrityError as error:
        raise Refused(conflict(DraftCell.objects.get(**where))) from error


def _replaced(where: dict[str, object], values: dict[str, object], seen: int) -> DraftCell:
    changed = DraftCell.objects.filter(**where, edition=seen).update(**values)
    cell = DraftCell.objects.get(**where)
    if not changed:
        raise Refused(conflict(cell))
    return cell


def current(submission: Submission, box: Box) -> DraftCell | None:
    """Give what a box holds now."""
    return DraftCell.objects.filter(**_where(submission, box)).first()


def conflict(cell: DraftCell) -> Refusal:
    """Say that somebody else saved a box first, and what it holds now."""
    return Refusal(
        CELL_CHANGED,
        f"Outra pessoa gravou “{cell.typed or 'em branco'}” nesta célula às {cell.edited_at:%H:%M}.",
        "Confira: o seu valor continua no campo e só é gravado se você o confirmar.",
        status=409,
    )
