"""What the pages of cards and targets read: the list with the card in force, who wrote what, units and periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)

from apura_web.audit.actors import Actor, Role
from apura_web.audit.journal import table_of
from apura_web.audit.models import TrailItem
from apura_web.audit.names import names_of
from apura_web.documents.selectors import standing
from apura_web.indicators.models import Assignment, CardProposal, CardVersion, Indicator
from apura_web.indicators.models.targets import Promised
from apura_web.indicators.periods import Frequency, Period, periods_within, year_of
from apura_web.indicators.selectors.cards import (
    indicators_visible_to,
    proposals_visible_to,
    version_for,
    versions_of,
)
from apura_web.orgs.models import Unit

IN_FORCE, APPROVED, ENDED, PREPARED = "vigente", "aprovado", "encerrado", "em elaboração"
STATES = ((IN_FORCE, "vigente"), (APPROVED, "ainda não vigente"), (ENDED, "encerrado"), (PREPARED, PREPARED))


def indicators_listed(actor: Actor, on: date) -> QuerySet[Indicator]:
    """Give the indicators the actor may see with what the card in force on a day says, for lists.

    Each row has ``card_dimension``, ``card_polarity``, ``card_frequency``, ``card_measure`` and ``card_state``.
    """
    versions = CardVersion.objects.filter(standing(), indicator=OuterRef("pk"))
    today = versions.filter(from_on__lte=on).order_by("-from_on", "-number")
    rows = Indicator.objects.filter(pk__in=indicators_visible_to(actor).values("pk"))
    rows = rows.annotate(
        card_is_last=Subquery(today.values("is_last")[:1]),
        card_dimension=Subquery(today.values("dimension")[:1]),
        card_polarity=Subquery(today.values("polarity")[:1]),
        card_frequency=Subquery(today.values("frequency")[:1]),
        card_measure=Subquery(today.values("measure")[:1]),
        card_measure_name=Subquery(today.values("measure_name")[:1]),
    )
    state = Case(
        When(card_is_last=True, then=Value(ENDED)),
        When(card_is_last=False, then=Value(IN_FORCE)),
        When(Exists(versions), then=Value(APPROVED)),
        default=Value(PREPARED),
        output_field=CharField(),
    )
    return rows.annotate(card_state=state).select_related("unit")


def branches_with(rows: QuerySet[Indicator]) -> list[Unit]:
    """Give the units in whose branches there is an indicator, those above them included, in order."""
    paths = set(rows.order_by().values_list("unit__path", flat=True))
    numbers = {int(number) for path in paths for number in path.strip("/").split("/") if number}
    return list(Unit.objects.filter(pk__in=numbers).order_by("path"))


def dimensions_of(rows: QuerySet[Indicator]) -> list[str]:
    """Give the dimensions the cards in force of some indicators name, each once, in order."""
    annotated: QuerySet[Any] = rows.order_by()
    return sorted({each for each in annotated.values_list("card_dimension", flat=True).distinct() if each})


def versions_told(indicator: Indicator) -> list[CardVersion]:
    """Give the versions whose act stands, in order, with what their acts are called now."""
    versions = versions_of(indicator)
    prefetch_related_objects(versions, "legal_act__corrections")
    return versions


def proposal_seen(indicator: Indicator, looker: Actor) -> CardProposal | None:
    """Give the latest proposal of an indicator, when the looker may see it."""
    return proposals_visible_to(looker).filter(indicator=indicator).first()


def assignments_of(indicator: Indicator) -> list[Assignment]:
    """Give which units measure an indicator, those that ended included, in order."""
    rows = Assignment.objects.filter(indicator=indicator).select_related("unit", "indicator")
    return list(rows.order_by("unit__path", "from_on"))


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Give which units measure the indicators the actor may see."""
    rows = Assignment.objects.filter(indicator__in=indicators_visible_to(actor).values("pk"))
    return rows.select_related("unit", "indicator__unit")


def units_of(indicator: Indicator) -> list[Unit]:
    """Give the units that measure, or ever measured, an indicator, in order."""
    rows = Assignment.objects.filter(indicator=indicator).values("unit")
    return list(Unit.objects.filter(pk__in=rows).order_by("path"))


def periods_of_year(versions: Sequence[CardVersion], year: int) -> list[Period]:
    """Give the periods of a year, each by the version that measures it; the year itself is not among them."""
    whole = year_of(year)
    found = {
        period
        for version in versions
        for period in _cuts(version, whole)
        if version_for(versions, period) is version
    }
    return sorted(found - {whole})


def _cuts(version: CardVersion, year: Period) -> list[Period]:
    """Give the periods of a version in a year; a card's own periods are of the year they end in."""
    if version.frequency == Frequency.CUSTOM:
        return [each for each in version.periods if each.end.year == year.end.year]
    return periods_within(version.frequency, year)


@dataclass(frozen=True)
class Authorship:
    """Who recorded a row, and when."""

    name: str
    at: datetime


def authors_of(rows: Iterable[Promised], looker: Actor) -> dict[str, Authorship]:
    """Give who recorded each baseline or target, by its code, as the looker may call them; in two queries."""
    wanted = list(rows)
    if not wanted:
        return {}
    items = TrailItem.objects.filter(
        institution_id=looker.institution_id,
        table__in={table_of(each) for each in wanted},
        key__in=[each.code for each in wanted],
    ).exclude(digest="")
    found = list(items.values_list("key", "entry__actor", "entry__recorded_at"))
    names = names_of({actor for _, actor, _ in found}, looker)
    return {key: Authorship(names[actor], at) for key, actor, at in found}


def first_unit_of(actor: Actor, *roles: Role) -> Unit | None:
    """Give the first unit over which somebody holds one of some roles; None when it is the whole institution."""
    paths = actor.branches(*roles)
    rows = Unit.objects.filter(institution_id=actor.institution_id, path__in=paths, is_active=True)
    return rows.order_by("path").first()
