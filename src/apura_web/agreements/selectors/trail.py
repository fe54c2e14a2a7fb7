"""Which records of agreements somebody sees, for who reads the trail of a branch only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from apura_web.agreements.models import (
    Adoption,
    Agreement,
    ItemReading,
    Pact,
    PartComment,
    Party,
    PastScore,
    Proposal,
    Score,
    Signature,
    Succession,
)
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor
from apura_web.audit.visibility import Finder, register_finder, register_leading_finder


def register() -> None:
    """Tell the trail how to find them."""
    register_leading_finder(Agreement, lambda actor, _on: agreements_visible_to(actor))
    for model in (Succession, Proposal, PartComment, Pact, ItemReading, Adoption, Score, PastScore):
        register_finder(model, _of(model, "agreement"))
    register_finder(Party, _of(Party, "pact__agreement"))
    register_finder(Signature, _of(Signature, "party__pact__agreement"))


def _of(model: type[Model], column: str) -> Finder:
    """Find the records whose agreement the actor sees."""

    def find(actor: Actor, on: date) -> QuerySet[Any]:  # noqa: ARG001 - agreements are seen by the branch of today
        return model._default_manager.filter(**{f"{column}__in": agreements_visible_to(actor)})

    return find
