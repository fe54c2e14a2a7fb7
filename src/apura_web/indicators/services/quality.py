"""The annual analysis of an indicator's quality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.refusals import Refusal, refuse_if
from apura_web.indicators.models import Indicator, QualityReview
from apura_web.indicators.reviewing import ANSWERS, CRITERIA


@dataclass(frozen=True)
class Review:
    """What was judged.

    Attributes:
        answers: by criterion, every one of them.
        conclusion: what is proposed.
        notes: what was seen, in words.
    """

    year: int
    answers: dict[str, str]
    conclusion: str
    notes: str


@act("indicators.quality.review")
def review(indicator: Indicator, *, judged: Review, actor: Actor, at: datetime) -> QualityReview:
    """Record the analysis of a year; a second one of the same year replaces the first, which stays.

    Norm: Guia NGER, III.4.

    Raises:
        ValidationError: a column is wrong.
        Refused: a criterion has no answer.
    """
    refuse_if(_answers_refusal(judged.answers))
    old = QualityReview.objects.filter(indicator=indicator, year=judged.year, replaced_by=None).first()
    row = QualityReview(
        institution_id=indicator.institution_id,
        indicator=indicator,
        reviewed_by=actor.id,
        replaces=old,
        recorded_at=at,
        **vars(judged),
    )
    return journal.create(row, about=(indicator,))


def _answers_refusal(answers: dict[str, str]) -> Refusal | None:
    lacking = [name for key, (name, _) in CRITERIA.items() if answers.get(key) not in ANSWERS]
    if not lacking:
        return None
    return Refusal(
        "indicators.lacking_answers",
        f"Falta responder: {', '.join(lacking)}.",
        "Se algo não foi avaliado, diga “Não avaliado”.",
    )
