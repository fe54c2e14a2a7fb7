"""What was known at a point of the trail: which entry a day or a number means, and which records existed by then."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from apura_web.audit.models import TrailEntry, TrailItem
from apura_web.foundation.forms import DayField
from apura_web.foundation.models import Institution
from apura_web.indicators.models import CardVersion, Indicator, Target

MOST_DIGITS = 12
EVERYTHING = None


def entry_at(institution: Institution, asked: str) -> TrailEntry | None:
    """Give the entry of the trail that a number or a day means; of a day, the last that had been made by its end.

    Args:
        institution: whose trail.
        asked: “1284”, or a day as people write it.
    """
    entries = TrailEntry.objects.filter(institution=institution).order_by("-seq")
    text = asked.strip()
    if text.isascii() and text.isdigit():
        return entries.filter(seq=int(text)).first() if len(text) <= MOST_DIGITS else None
    try:
        on = DayField(required=False).clean(text)
    except ValidationError:
        return None
    if on is None:
        return None
    last = datetime.combine(on, time.max, tzinfo=ZoneInfo(institution.time_zone))
    return entries.filter(recorded_at__lte=last).first()


def entries_of_ledger(indicator: Indicator) -> QuerySet[TrailEntry]:
    """Give the entries of the trail that concern an indicator, the latest first, to choose among."""
    items = TrailItem.objects.filter(
        institution_id=indicator.institution_id, table="indicators.indicator", key=indicator.code
    )
    return TrailEntry.objects.filter(pk__in=items.values("entry")).order_by("-seq")


def versions_known(versions: list[CardVersion], institution_id: int, at_seq: int | None) -> list[CardVersion]:
    """Keep the versions recorded by an entry of the trail; all of them when none is named."""
    if at_seq is EVERYTHING or not versions:
        return versions
    codes = set(_codes_by(institution_id, "indicators.cardversion", at_seq))
    return [each for each in versions if each.code in codes]


def targets_known(rows: QuerySet[Target], institution_id: int, at_seq: int | None) -> QuerySet[Target]:
    """Keep the targets that stood at an entry of the trail; those of now when none is named."""
    if at_seq is EVERYTHING:
        return rows.filter(replaced_by=None)
    codes = _codes_by(institution_id, "indicators.target", at_seq)
    later = Target.objects.filter(replaces=OuterRef("pk"), code__in=codes)
    return rows.filter(code__in=codes).filter(~Exists(later))


def _codes_by(institution_id: int, table: str, at_seq: int) -> QuerySet[TrailItem, str]:
    items = TrailItem.objects.filter(institution_id=institution_id, table=table, entry__seq__lte=at_seq)
    return items.values_list("key", flat=True)
