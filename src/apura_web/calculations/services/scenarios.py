"""Keeping what somebody supposed, under a name, and letting it go: no act, because it changes nothing."""

from __future__ import annotations

from datetime import datetime

from apura_web.audit.actors import Actor
from apura_web.calculations.models import Calculation, NamedScenario
from apura_web.calculations.supposing import Changes
from apura_web.foundation.refusals import Refusal, Refused

MOST_KEPT = 30
TOO_MANY = Refusal(
    "calculations.too_many_scenarios",
    f"Você já guardou {MOST_KEPT} cenários deste cálculo.",
    "Apague algum que não use mais.",
)


def keep(
    calculation: Calculation, *, name: str, changes: Changes, actor: Actor, at: datetime
) -> NamedScenario:
    """Keep a scenario for who made it.

    Args:
        calculation: what it is about; who keeps it may see it.
        name: what they call it.
        changes: what is supposed, as ``supposing`` reads it.

    Raises:
        Refused: they keep very many already.
        ValidationError: it has no name, or they have one with this name.
    """
    if NamedScenario.objects.filter(calculation=calculation, kept_by=actor.id).count() >= MOST_KEPT:
        raise Refused(TOO_MANY)
    scenario = NamedScenario(
        institution_id=actor.institution_id,
        calculation=calculation,
        name=name.strip(),
        changes=dict(changes),
        kept_by=actor.id,
        kept_at=at,
    )
    scenario.full_clean()
    scenario.save(force_insert=True)
    return scenario


def drop(scenario: NamedScenario) -> None:
    """Let a scenario go."""
    scenario.delete()
