"""Baselines and targets: fixed by a plan, an agreement or an act, changed with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import promise_guards
from apura_web.indicators.models import Baseline, Indicator, Target
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.targets import standing
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class Origin:
    """Where values come from: the provenance, what it is called, its act, and why they change."""

    provenance: str
    name: str = ""
    legal_act: LegalAct | None = None
    reason: str = ""


@dataclass(frozen=True)
class Value:
    """A value for a unit and a period; None says that there is no target there any more."""

    unit: Unit
    period: Period
    value: Fraction | None
    high: Fraction | None = None
    weight: Fraction | None = None


@act("indicators.target.set")
def set_targets(
    indicator: Indicator, *, values: Sequence[Value], origin: Origin, actor: Actor, at: datetime
) -> list[Target]:
    """Fix the targets of an indicator for some periods; those that exist and differ are replaced.

    Args:
        indicator: whose.
        values: what is promised; equal to what stands writes nothing.
        origin: where it comes from.

    Raises:
        ValidationError: a column is wrong, or a change has no reason.
        Refused: nothing changes, a period is not one of the card's, or a unit does not measure the indicator.
    """
    journal.because(origin.reason)
    refuse_if(promise_guards.values_refusal(indicator, values))
    found = {
        (row.unit_id, row.period): row for row in standing(Target).filter(indicator=indicator, breakdown="")
    }
    written = []
    for each in values:
        old = found.get((each.unit.pk, each.period))
        if old is None and each.value is None:
            continue
        if old is not None and (old.value, old.high, old.weight) == (each.value, each.high, each.weight):
            continue
        row = Target(**_common(indicator, each, origin, at), high=each.high, weight=each.weight, replaces=old)
        written.append(journal.create(row, about=(indicator,)))
    refuse_if(promise_guards.nothing_refusal(written))
    return written


@act("indicators.baseline.set")
def set_baseline(
    indicator: Indicator, *, value: Value, origin: Origin, actor: Actor, at: datetime
) -> Baseline:
    """Fix where an indicator starts from, at a unit.

    Raises:
        ValidationError: a column is wrong, or a change has no reason.
        Refused: nothing changes, or the unit does not measure the indicator.
    """
    journal.because(origin.reason)
    refuse_if(promise_guards.unit_refusal(indicator, value.unit))
    old = (
        standing(Baseline)
        .filter(indicator=indicator, unit=value.unit, breakdown="")
        .filter(period_start=value.period.start, period_end=value.period.end)
        .first()
    )
    refuse_if(promise_guards.nothing_refusal([] if old is not None and old.value == value.value else [value]))
    return journal.create(Baseline(**_common(indicator, value, origin, at), replaces=old), about=(indicator,))


def _common(indicator: Indicator, value: Value, origin: Origin, at: datetime) -> dict[str, object]:
    return {
        "institution_id": indicator.institution_id,
        "indicator": indicator,
        "unit": value.unit,
        "period_start": value.period.start,
        "period_end": value.period.end,
        "value": value.value,
        "provenance": origin.provenance,
        "origin": origin.name,
        "legal_act": origin.legal_act,
        "reason": origin.reason,
        "recorded_at": at,
    }
