"""What is kept of today's card on its indicator, for lists; the truth is in the versions."""

from __future__ import annotations

from datetime import datetime

from apura_web.foundation.clock import local_date
from apura_web.indicators.models import Indicator
from apura_web.indicators.selectors.cards import version_on, versions_of


def bring_to_date(indicator: Indicator, at: datetime) -> None:
    """Bring what is cached of an indicator to what its versions say on the institution's day."""
    on = local_date(at, indicator.institution)
    versions = versions_of(indicator)
    today = version_on(versions, on)
    shown = today or (versions[-1] if versions else None)
    indicator.is_active = today is not None
    if shown is not None:
        indicator.unit, indicator.name = shown.unit, shown.name
    indicator.save(update_fields=["unit", "name", "is_active"])
