"""What people say about an indicator."""

from __future__ import annotations

from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.indicators.models import Comment, Indicator
from apura_web.indicators.periods import Period


@act("indicators.comment.add")
def add(
    indicator: Indicator, *, text: str, period: Period | None = None, actor: Actor, at: datetime
) -> Comment:
    """Say something about an indicator, or about one of its periods.

    Raises:
        ValidationError: there is nothing said, or too much.
    """
    row = Comment(
        institution_id=indicator.institution_id,
        indicator=indicator,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        text=text,
        author=actor.id,
        recorded_at=at,
    )
    return journal.create(row, about=(indicator,))
