"""What was said of an indicator and the files attached, with the names of who did it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.models import TrailEntry
from apura_web.audit.names import names_of
from apura_web.indicators.models import Evidence, Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.seeing import comments_of, evidence_visible_to, history_seen

MOST_SAID = 50


def said_about(found: Indicator, looker: Actor, entry: TrailEntry | None) -> dict[str, Any]:
    """Give the history, the latest comments and the files of an indicator, those the looker may see.

    Args:
        found: the indicator.
        looker: who reads.
        entry: of the trail: only what had been recorded by then; None is now.
    """
    said, files = comments_of(found), evidence_visible_to(looker).filter(indicator=found)
    entries = history_seen(found, looker)
    if entry is not None:
        said = said.filter(recorded_at__lte=entry.recorded_at)
        files = files.filter(recorded_at__lte=entry.recorded_at)
        entries = entries.filter(seq__lte=entry.seq)
    comments = list(said[:MOST_SAID])
    names = names_of({each.author for each in comments}, looker)
    return {
        "comments": [(each, names[each.author]) for each in comments],
        "evidence": evidence_told(files, looker),
        "entries": entries,
    }


def evidence_told(rows: QuerySet[Evidence], looker: Actor) -> list[tuple[Evidence, str, str]]:
    """Give files, each with who attached it and the period it is of."""
    found = list(rows[:MOST_SAID])
    names = names_of({each.added_by for each in found}, looker)
    return [(each, names[each.added_by], Period(each.period_start, each.period_end).label) for each in found]
