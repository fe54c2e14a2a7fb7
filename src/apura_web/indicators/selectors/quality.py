"""Reading what the report of inconsistencies and the annual analysis show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from apura_web.audit.actors import Actor
from apura_web.indicators.aggregation import Reading
from apura_web.indicators.models import CardVersion, Correction, Figure, Indicator, Measurement, QualityReview
from apura_web.indicators.periods import Period
from apura_web.indicators.quality import Limits, Oddity, Point, oddities_in
from apura_web.indicators.selectors.cards import indicators_visible_to, version_for, versions_by_indicator
from apura_web.indicators.selectors.ledger import measurements_visible_to, standing_only
from apura_web.indicators.selectors.targets import promises


@dataclass(frozen=True)
class Finding:
    """Something strange, and where."""

    indicator: Indicator
    unit: str
    unit_code: str
    oddity: Oddity


def findings_for(looker: Actor, whole: Period) -> list[Finding]:
    """Give what looks strange in what the looker may see of a stretch of days, in four queries.

    Args:
        looker: who reads.
        whole: the stretch; longer series are judged better.
    """
    rows = _rows(looker, whole)
    indicators = {each.pk: each for each in indicators_visible_to(looker)}
    versions = versions_by_indicator({row["indicator_id"] for row in rows})
    targets = promises(looker.institution_id, whole)
    found = []
    for (number, unit_id), mine in _by_series(rows).items():
        cards = versions.get(number, [])
        if number not in indicators or not cards:
            continue
        points = []
        for period, facts in mine.items():
            card = version_for(cards, period) or cards[0]
            points.append(_point(period, facts, card, targets.get((number, unit_id, period))))
        limits = Limits(cards[-1].plausible_low, cards[-1].plausible_high)
        first = next(iter(next(iter(mine.values()))))
        found += [
            Finding(indicators[number], first["unit__acronym"], first["unit__code"], each)
            for each in oddities_in(points, limits)
        ]
    return sorted(found, key=lambda each: (each.indicator.number, each.unit, each.oddity.period))


def reviews_visible_to(looker: Actor) -> QuerySet[QualityReview]:
    """Give the annual analyses that stand of the indicators the looker may see, the latest first."""
    rows = QualityReview.objects.filter(replaced_by=None, indicator__in=indicators_visible_to(looker))
    return rows.select_related("indicator__unit").order_by("-year", "indicator__number")


def without_review(looker: Actor, year: int) -> QuerySet[Indicator]:
    """Give the indicators in use, among those the looker sees, whose quality nobody analysed in a year."""
    done = QualityReview.objects.filter(year=year).values("indicator")
    return indicators_visible_to(looker).filter(is_active=True).exclude(pk__in=done).order_by("number")


def _rows(looker: Actor, whole: Period) -> list[dict[str, Any]]:
    first = Measurement.objects.filter(
        indicator=OuterRef("indicator"),
        unit=OuterRef("unit"),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
        breakdown="",
        variable=OuterRef("variable"),
        figure=Figure.REPORTED,
        replaces=None,
    ).values("batch__recorded_at")[:1]
    rows = measurements_visible_to(looker).filter(
        figure=Figure.REPORTED,
        breakdown="",
        period_start__gte=whole.start,
        period_end__lte=whole.end,
    )
    kept = standing_only(rows, looker=looker).annotate(
        first_at=Subquery(first), last_at=F("batch__recorded_at")
    )
    columns = (
        "indicator_id",
        "unit_id",
        "unit__acronym",
        "unit__code",
        "period_start",
        "period_end",
        "variable",
        "value",
        "source",
        "replaces_id",
        "batch__correction",
        "first_at",
        "last_at",
    )
    return list(kept.order_by("indicator_id", "unit_id", "period_start", "period_end").values(*columns))


Series = dict[tuple[int, int], dict[Period, list[dict[str, Any]]]]


def _by_series(rows: Iterable[dict[str, Any]]) -> Series:
    found: Series = {}
    for row in rows:
        series = found.setdefault((row["indicator_id"], row["unit_id"]), {})
        series.setdefault(Period(row["period_start"], row["period_end"]), []).append(row)
    return found


def _point(period: Period, facts: list[dict[str, Any]], card: CardVersion, promise: Any) -> Point:
    values = {row["variable"]: row["value"] for row in facts}
    return Point(
        period,
        Reading("", values, period).computed(card.read).value,
        promise,
        frozenset(row["source"] for row in facts if row["source"]),
        min(_instants(facts, "first_at")),
        max(_instants(facts, "last_at")),
        any(row["replaces_id"] for row in facts),
        frozenset(Correction(row["batch__correction"]).label for row in facts if row["batch__correction"]),
    )


def _instants(facts: list[dict[str, Any]], name: str) -> list[datetime]:
    return [row[name] for row in facts]
