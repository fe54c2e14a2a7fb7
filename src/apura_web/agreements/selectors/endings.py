"""Reading how agreements end: which are over, which have the final score, when and why one was closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, PastScore, Score, ScoreKind
from apura_web.audit.trail import history_of

ACT = "agreements.agreement.close"


@dataclass(frozen=True)
class Ending:
    """When an agreement was closed and, of one without a final score, why and by which act."""

    at: datetime
    reason: str


def over_on(rows: QuerySet[Agreement], today: date) -> QuerySet[Agreement]:
    """Keep the agreements in force whose term and evaluation period are over."""
    return rows.filter(state=State.IN_FORCE.value, term_until__lt=today, period_until__lt=today)


def with_final_score(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Keep the agreements whose final score stands: made here or, of one from paper, as its document gives it."""
    final = {
        "agreement": OuterRef("pk"),
        "kind": ScoreKind.FINAL,
        "until_on": OuterRef("period_until"),
        "replaced_by": None,
    }
    given = Q(is_imported=True) & Exists(PastScore.objects.filter(**final))
    return rows.filter(Exists(Score.objects.filter(**final)) | given)


def has_final_score(agreement: Agreement) -> bool:
    """Say whether the final score of an agreement stands."""
    return with_final_score(Agreement.objects.filter(pk=agreement.pk)).exists()


def ending_of(agreement: Agreement) -> Ending | None:
    """Give how an agreement was closed, as the trail keeps it; None when it was not."""
    entry = history_of(agreement, agreement.institution_id).filter(act=ACT).first()
    if entry is None:
        return None
    return Ending(entry.recorded_at, json.loads(entry.detail.content or "{}").get("reason", ""))
