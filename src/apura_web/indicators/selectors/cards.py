"""Reading indicators and their cards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.documents.selectors import standing
from apura_web.indicators.models import Assignment, CardProposal, CardVersion, Indicator, ProposalState
from apura_web.indicators.periods import Period
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to

SEES_ALL = (
    Role.ADMINISTRATOR,
    Role.CENTRAL_ANALYST,
    Role.COMMISSION_MEMBER,
    Role.INTERNAL_CONTROL,
    Role.EXTERNAL_CONTROL,
)
OWN = (
    Role.HEAD,
    Role.MANAGER,
    Role.COORDINATOR,
    Role.PROCESS_AGENT,
    Role.COMMISSION_MEMBER,
    Role.EXTERNAL_CONTROL,
    Role.SERVANT,
)
"""Who sees, in their own branch, what is still being prepared there."""
OPEN = ~Q(state__in=[ProposalState.APPROVED, ProposalState.DROPPED])


def indicators_visible_to(actor: Actor) -> QuerySet[Indicator]:
    """Give the indicators with an approved card, to everybody of the house; and, to who answers for them, the others.

    External control sees those of the branch its letter names.
    """
    rows = Indicator.objects.filter(institution_id=actor.institution_id).select_related("unit")
    if not actor.grants:
        return rows.none()
    rows = rows.filter(unit__in=units_visible_to(actor))
    if actor.has(*SEES_ALL, path="/"):
        return rows
    own = in_branches(actor.branches(*OWN), "unit__path")
    return rows.filter(Q(versions__isnull=False) | own).distinct()


def proposals_visible_to(actor: Actor) -> QuerySet[CardProposal]:
    """Give the proposals of cards of the actor's branches; all of them to who examines or controls."""
    rows = CardProposal.objects.filter(institution_id=actor.institution_id)
    rows = rows.select_related("indicator__unit", "unit", "responsible")
    if actor.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(in_branches(actor.branches(*OWN), "unit__path"))


def open_proposal_of(indicator: Indicator) -> CardProposal | None:
    """Give the proposal that may still become a version; None when there is none."""
    return (
        CardProposal.objects.filter(OPEN, indicator=indicator)
        .select_related("indicator__unit", "unit", "responsible")
        .first()
    )


def versions_of(indicator: Indicator) -> list[CardVersion]:
    """Give the versions whose act stands, the earliest first."""
    rows = CardVersion.objects.filter(standing(), indicator=indicator)
    rows = rows.select_related("indicator", "unit", "responsible", "legal_act")
    return sorted(rows, key=lambda each: (each.from_on, each.number))


def version_on(versions: Iterable[CardVersion], on: date) -> CardVersion | None:
    """Give the version in force on a day, of versions in order; None before the first and after the last."""
    found = None
    for each in versions:
        if each.from_on <= on:
            found = each
    return None if found is not None and found.is_last else found


def version_for(versions: Iterable[CardVersion], period: Period) -> CardVersion | None:
    """Give the version a period is measured by: the one in force on its last day."""
    return version_on(versions, period.end)


def versions_by_indicator(indicators: Iterable[int]) -> dict[int, list[CardVersion]]:
    """Give the versions whose act stands of several indicators, in order, in one query."""
    rows = CardVersion.objects.filter(standing(), indicator__in=list(indicators))
    found: dict[int, list[CardVersion]] = {}
    for each in rows.select_related("unit", "responsible").order_by("from_on", "number"):
        found.setdefault(each.indicator_id, []).append(each)
    return found


def assignments_within(institution_id: int, period: Period) -> QuerySet[Assignment]:
    """Give which units measured which indicators at some moment of a period."""
    return (
        Assignment.objects.filter(institution_id=institution_id, from_on__lte=period.end)
        .filter(Q(until_on=None) | Q(until_on__gte=period.start))
        .select_related("indicator", "unit")
        .order_by("unit__path", "indicator__number", "id")
    )


def units_measuring(indicator: Indicator, on: date) -> QuerySet[Unit]:
    """Give the units that measure an indicator on a day."""
    rows = Assignment.objects.filter(indicator=indicator, from_on__lte=on)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=on))
    return Unit.objects.filter(pk__in=rows.values("unit")).order_by("path")
