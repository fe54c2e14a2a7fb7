"""Reading baselines and targets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.indicators.attainment import Promise
from apura_web.indicators.models import Baseline, Indicator, Target
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.cards import indicators_visible_to

P = TypeVar("P", Baseline, Target)


def targets_visible_to(actor: Actor) -> QuerySet[Target]:
    """Give the targets that stand of the indicators the actor may see."""
    return standing(Target).filter(indicator__in=indicators_visible_to(actor))


def standing(model: type[P]) -> QuerySet[P]:
    """Give the rows that nothing replaces."""
    return model._default_manager.filter(replaced_by=None).select_related("unit", "legal_act")


def targets_of(indicator: Indicator) -> QuerySet[Target]:
    """Give the targets of an indicator that stand, in order of period."""
    return standing(Target).filter(indicator=indicator).order_by("period_start", "period_end", "unit__path")


def baselines_of(indicator: Indicator) -> QuerySet[Baseline]:
    """Give the baselines of an indicator that stand."""
    return standing(Baseline).filter(indicator=indicator).order_by("period_start", "unit__path")


def changes_of_target(target: Target) -> list[Target]:
    """Give a target and those it replaced, the latest first."""
    found, row = [target], target
    while row.replaces_id:
        row = Target.objects.select_related("legal_act").get(pk=row.replaces_id)
        found.append(row)
    return found


def promises(
    institution_id: int, period: Period, *, indicators: Iterable[int] = ()
) -> dict[tuple[int, int, Period], Promise]:
    """Give the targets that stand of the periods inside a stretch of days, by indicator, unit and period."""
    rows = Target.objects.filter(
        institution_id=institution_id,
        replaced_by=None,
        breakdown="",
        period_start__gte=period.start,
        period_end__lte=period.end,
    )
    chosen = list(indicators)
    if chosen:
        rows = rows.filter(indicator__in=chosen)
    columns = ("indicator_id", "unit_id", "period_start", "period_end", "value", "high")
    return {
        (indicator_id, unit_id, Period(start, end)): Promise(value, high)
        for indicator_id, unit_id, start, end, value, high in rows.values_list(*columns)
    }


def chains_of(model: type[P], indicator: Indicator) -> list[list[P]]:
    """Give every baseline or target of an indicator with those it replaced, the latest first, in one query."""
    rows = model._default_manager.filter(indicator=indicator, breakdown="")
    rows = rows.select_related("indicator", "unit", "legal_act").prefetch_related("legal_act__corrections")
    known = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in known.values()}
    tips = [row for row in known.values() if row.pk not in replaced]
    tips.sort(key=lambda row: (row.unit.path, row.period_end, -row.period_start.toordinal()))
    return [_chain(tip, known) for tip in tips]


def _chain(tip: P, known: dict[int, P]) -> list[P]:
    chain = [tip]
    while chain[-1].replaces_id is not None:
        chain.append(known[chain[-1].replaces_id])
    return chain
