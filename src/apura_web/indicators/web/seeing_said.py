"""What was said of an indicator and the files attached, with the names of who did it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.indicators.models import Evidence, Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.seeing import comments_of, evidence_visible_to

MOST_SAID = 50


def said_about(found: Indicator, looker: Actor) -> dict[str, Any]:
    """Give the latest comments and files of an indicator, those the looker may see."""
    comments = list(comments_of(found)[:MOST_SAID])
    names = names_of({each.author for each in comments}, looker)
    return {
        "comments": [(each, names[each.author]) for each in comments],
        "evidence": evidence_told(evidence_visible_to(looker, found), looker),
    }


def evidence_told(rows: QuerySet[Evidence], looker: Actor) -> list[tuple[Evidence, str, str]]:
    """Give files, each with who attached it and the period it is of."""
    found = list(rows[:MOST_SAID])
    names = names_of({each.added_by for each in found}, looker)
    return [(each, names[each.added_by], Period(each.period_start, each.period_end).label) for each in found]
