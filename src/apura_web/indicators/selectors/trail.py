"""Which records of indicators somebody sees, for who reads the trail of a branch only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.visibility import Finder, register_finder, register_leading_finder
from apura_web.indicators.models import (
    Assignment,
    Baseline,
    Batch,
    CardProposal,
    CardVersion,
    Comment,
    Evidence,
    Indicator,
    QualityReview,
    Round,
    Submission,
    Target,
    Unlock,
)
from apura_web.indicators.selectors.cards import indicators_visible_to, proposals_visible_to
from apura_web.indicators.selectors.rounds import rounds_visible_to, submissions_visible_to
from apura_web.orgs.selectors.structure import units_visible_to


def register() -> None:
    """Tell the trail how to find them."""
    register_leading_finder(Indicator, lambda actor, _on: indicators_visible_to(actor))
    register_finder(CardProposal, lambda actor, _on: proposals_visible_to(actor))
    register_finder(Round, lambda actor, _on: rounds_visible_to(actor))
    register_finder(Submission, lambda actor, _on: submissions_visible_to(actor))
    register_finder(Unlock, _of(Unlock, "submission__unit"))
    register_finder(Batch, _of(Batch, "on_behalf_of"))
    for model in (Assignment, Baseline, Evidence, Target, CardVersion):
        register_finder(model, _of(model, "unit"))
    register_finder(
        QualityReview,
        lambda actor, _on: QualityReview.objects.filter(indicator__in=indicators_visible_to(actor)),
    )
    register_finder(
        Comment,
        lambda actor, _on: Comment.objects.filter(indicator__in=indicators_visible_to(actor)),
    )


def _of(model: type[Model], column: str) -> Finder:
    """Find the records whose unit the actor sees."""

    def find(actor: Actor, on: date) -> QuerySet[Any]:  # noqa: ARG001 - by the branch of today
        return model._default_manager.filter(**{f"{column}__in": units_visible_to(actor)})

    return find
