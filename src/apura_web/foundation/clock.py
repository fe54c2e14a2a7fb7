"""Days as each institution lives them: Cuiabá is an hour behind São Paulo, and a minute can be a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from apura_web.foundation.models import Institution


def local_date(at: datetime, institution: Institution) -> date:
    """Give the day an instant falls on where the institution is.

    Args:
        at: an aware instant.
        institution: whose time zone counts.

    Raises:
        ValueError: the instant has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone belongs to no day")
    return at.astimezone(ZoneInfo(institution.time_zone)).date()
