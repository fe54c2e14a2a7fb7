"""Reading the ledger: what stands today, what was known at a point of the trail, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.models import TrailItem
from apura_web.indicators.models import Figure, Indicator, Measurement
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.cards import OWN, SEES_ALL
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to


def measurements_visible_to(actor: Actor) -> QuerySet[Measurement]:
    """Give what was measured: what was accepted to everybody of the house, the rest to who answers for it."""
    rows = Measurement.objects.filter(institution_id=actor.institution_id)
    if not actor.grants:
        return rows.none()
    if actor.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(unit__in=units_visible_to(actor)).filter(_open_to(actor))


def _open_to(looker: Actor | None) -> Q:
    """Keep what was accepted, for ever, and what is of the branch of who looks; nobody in particular sees all."""
    if looker is None or looker.has(*SEES_ALL, path="/"):
        return Q()
    accepted = Q(batch__submission=None) | Q(batch__recorded_at__lte=F("batch__submission__accepted_at"))
    return accepted | in_branches(looker.branches(*OWN), "unit__path")


def standing_only(
    rows: QuerySet[Measurement], at_seq: int | None = None, *, looker: Actor | None = None
) -> QuerySet[Measurement]:
    """Keep the last row of each chain of corrections.

    Args:
        rows: of the ledger.
        at_seq: an entry of the trail: only what had been recorded by then is known; None is now.
        looker: who reads: what they may not see yet replaces nothing for them; None sees all.
    """
    later = Measurement.objects.filter(_open_to(looker), replaces=OuterRef("pk"))
    if at_seq is None:
        return rows.filter(~Exists(later))
    known = Q(batch__code__in=_batches_known(rows, at_seq))
    return rows.filter(known).filter(~Exists(later.filter(known)))


def told_apart(
    rows: QuerySet[Measurement], at_seq: int | None = None, *, looker: Actor | None = None
) -> QuerySet[Measurement]:
    """Keep what was known, and say of each row whether it stood then, as ``stands``.

    Args:
        rows: of the ledger.
        at_seq: an entry of the trail; None is now.
        looker: who reads; None sees all.
    """
    later = Measurement.objects.filter(_open_to(looker), replaces=OuterRef("pk"))
    if at_seq is not None:
        known = Q(batch__code__in=_batches_known(rows, at_seq))
        rows, later = rows.filter(known), later.filter(known)
    return rows.annotate(stands=~Exists(later))


def _batches_known(rows: QuerySet[Measurement], at_seq: int) -> QuerySet[TrailItem, str]:
    items = TrailItem.objects.filter(table="indicators.batch", entry__seq__lte=at_seq)
    return items.filter(institution_id__in=rows.values("institution_id")[:1]).values_list("key", flat=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value belongs: indicator, unit, period, breakdown and variable."""

    indicator_id: int
    unit_id: int
    period: Period
    breakdown: str = ""
    variable: str = ""


def cell_of(row: Measurement) -> Cell:
    """Give where a row of the ledger belongs."""
    return Cell(row.indicator_id, row.unit_id, row.period, row.breakdown, row.variable)


def standing_cells(
    institution_id: int,
    period: Period,
    *,
    units: Iterable[int] = (),
    indicators: Iterable[int] = (),
    figure: str = Figure.REPORTED,
) -> dict[Cell, Measurement]:
    """Give what stands of the periods that lie inside a stretch of days, by cell, in one query.

    Args:
        institution_id: whose.
        period: the stretch.
        units: only these; empty is all.
        indicators: only these; empty is all.
        figure: reported, verified or ratified.
    """
    rows = Measurement.objects.filter(institution_id=institution_id, figure=figure)
    rows = rows.filter(period_start__gte=period.start, period_end__lte=period.end)
    chosen_units, chosen_indicators = list(units), list(indicators)
    if chosen_units:
        rows = rows.filter(unit__in=chosen_units)
    if chosen_indicators:
        rows = rows.filter(indicator__in=chosen_indicators)
    return {cell_of(row): row for row in standing_only(rows).select_related("batch")}


@dataclass(frozen=True, slots=True)
class Measured:
    """What stands for an indicator at a unit in a period: the rows of its variables.

    Attributes:
        rows: by name of the variable.
    """

    period: Period
    unit: Unit
    rows: dict[str, Measurement]

    @property
    def values(self) -> dict[str, Fraction | None]:
        """The values, by name of the variable."""
        return {name: row.value for name, row in self.rows.items()}

    @property
    def state(self) -> str:
        """The state of the whole: the first that is not “apurado”, as nothing is computed without all variables."""
        states = [row.state for row in self.rows.values()]
        return next((state for state in states if state != "apurado"), states[0] if states else "")

    @property
    def is_firm(self) -> bool:
        """Whether every value is definitive."""
        return all(row.certainty == "definitivo" for row in self.rows.values())


def series_of(
    indicator: Indicator,
    looker: Actor,
    *,
    at_seq: int | None = None,
    figure: str = Figure.REPORTED,
    breakdown: str = "",
) -> list[Measured]:
    """Give what was measured of an indicator, by unit and period, in order, in one query.

    Args:
        indicator: which.
        looker: who reads.
        at_seq: what was known at this entry of the trail; None is now.
        figure: reported, verified or ratified.
        breakdown: a part; empty is the whole.
    """
    rows = measurements_visible_to(looker).filter(indicator=indicator, figure=figure, breakdown=breakdown)
    found: dict[tuple[Period, int], Measured] = {}
    kept = standing_only(rows, at_seq, looker=looker).select_related("unit", "batch")
    for row in kept.order_by("period_start", "unit__path"):
        key = (row.period, row.unit_id)
        found.setdefault(key, Measured(row.period, row.unit, {})).rows[row.variable] = row
    return list(found.values())


def standing_at(
    indicator: Indicator, unit: Unit, period: Period, breakdown: str = "", *, figure: str = Figure.REPORTED
) -> Measured | None:
    """Give what stands at one place, whoever may see it; None when nothing does."""
    rows = Measurement.objects.filter(indicator=indicator, unit=unit, breakdown=breakdown, figure=figure)
    rows = rows.filter(period_start=period.start, period_end=period.end)
    found = standing_only(rows).select_related("batch__submission__unit").order_by("id")
    rows_by_name = {row.variable: row for row in found}
    return Measured(period, unit, rows_by_name) if rows_by_name else None


def ledger_of(indicator: Indicator, looker: Actor) -> QuerySet[Measurement]:
    """Give every row about an indicator, replaced ones too, the latest first."""
    rows = measurements_visible_to(looker).filter(indicator=indicator)
    return rows.select_related("unit", "batch", "version", "replaces").order_by("-id")


def last_before(indicator: Indicator, unit: Unit, on: date, variable: str) -> Measurement | None:
    """Give the last value that stands of a variable before a day, to tell how much a new one varies."""
    rows = Measurement.objects.filter(
        indicator=indicator, unit=unit, variable=variable, period_end__lt=on, breakdown="", state="apurado"
    )
    return standing_only(rows).order_by("-period_end").first()
