"""Reading what a page of an indicator shows: its results for whoever looks, now or as known at a point of the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.indicators.attainment import Promise
from apura_web.indicators.models import (
    Assignment,
    CardVersion,
    Comment,
    Evidence,
    Figure,
    Indicator,
    Measurement,
    Target,
)
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Book, Key, Shelf
from apura_web.indicators.selectors.cards import OWN, SEES_ALL, versions_by_indicator
from apura_web.indicators.selectors.known import targets_known, versions_known
from apura_web.indicators.selectors.ledger import measurements_visible_to, standing_only
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to

DEEPEST = 6
"""How many indicators may stand one behind another in a formula."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: whose figure, which breakdown (empty is the whole), and as known at which entry."""

    figure: str = Figure.REPORTED
    breakdown: str = ""
    at_seq: int | None = None


@dataclass(frozen=True)
class Sight:
    """An indicator as somebody sees it.

    Attributes:
        book: its results.
        units: those that measure it or did, among those the looker sees, by their place in the organogram.
        hides: whether other units measure it, which the looker does not see.
        targets: the targets that stand, by unit and period.
    """

    indicator: Indicator
    book: Book
    units: list[Unit]
    hides: bool
    targets: dict[tuple[int, Period], Target]

    @property
    def versions(self) -> list[CardVersion]:
        """The versions of its card, in order."""
        return list(self.book.shelf.versions.get(self.indicator.pk, ()))

    @property
    def periods(self) -> list[Period]:
        """The periods that have something, and those that should."""
        facts = {period for number, _, period in self.book.shelf.facts if number == self.indicator.pk}
        return sorted(facts | self._due(facts))

    def _due(self, facts: set[Period]) -> set[Period]:
        today = self.book.shelf.today
        starts = [first for stretches in self._holds() for first, _ in stretches]
        starts += [each.start for each in facts]
        if not starts:
            return set()
        whole = Period(date(min(starts).year, 1, 1), date(today.year, 12, 31))
        own = self.book.own_periods(self.indicator.pk, whole)
        promised = {period for _, period in self.targets}
        return {
            each
            for each in own
            if (each.end < today or each in promised)
            and any(self.book.is_expected(self.indicator.pk, unit.pk, each) for unit in self.units)
        }

    def _holds(self) -> list[list[tuple[date, date | None]]]:
        holds = self.book.shelf.holds
        return [list(each) for (number, _), each in holds.items() if number == self.indicator.pk]


def sight_of(indicator: Indicator, looker: Actor, look: Look, today: date) -> Sight:
    """Give an indicator as somebody sees it, in a bounded number of queries.

    Args:
        indicator: which; the looker may see it.
        looker: who.
        look: whose figure, which breakdown, as known when.
        today: the institution's day.
    """
    institution_id = indicator.institution_id
    versions, numbers = _cards(indicator, look)
    rows = measurements_visible_to(looker).filter(
        indicator__in=list(versions), figure=look.figure, breakdown=look.breakdown
    )
    facts: dict[Key, dict[str, Measurement]] = {}
    found: dict[int, Unit] = {}
    for row in standing_only(rows, look.at_seq).select_related("unit", "batch").order_by("id"):
        facts.setdefault((row.indicator_id, row.unit_id, row.period), {})[row.variable] = row
        found[row.unit_id] = row.unit
    assignments = list(Assignment.objects.filter(indicator__in=list(versions)).select_related("unit"))
    seen = set(
        units_visible_to(looker)
        .filter(pk__in={each.unit_id for each in assignments})
        .values_list("pk", flat=True)
    )
    holds: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    for each in assignments:
        if each.unit_id in seen:
            holds.setdefault((each.indicator_id, each.unit_id), []).append((each.from_on, each.until_on))
            found[each.unit_id] = each.unit
    mine = {each.unit_id for each in assignments if each.indicator_id == indicator.pk}
    mine |= {unit for number, unit, _ in facts if number == indicator.pk}
    units = sorted((found[each] for each in mine if each in found), key=lambda unit: unit.path)
    rows_of_targets = Target.objects.filter(indicator__in=list(versions), breakdown=look.breakdown)
    targets = {
        (each.indicator_id, each.unit_id, each.period): each
        for each in targets_known(rows_of_targets, institution_id, look.at_seq).select_related(
            "legal_act", "unit"
        )
    }
    shelf = Shelf(
        versions=versions,
        facts=facts,
        promises={key: Promise(each.value, each.high) for key, each in targets.items()},
        units={each.pk: str(each) for each in sorted(found.values(), key=lambda unit: unit.path)},
        holds=holds,
        numbers=numbers,
        today=today,
    )
    return Sight(
        indicator,
        Book(shelf),
        units,
        any(each not in found for each in mine),
        {(unit, period): each for (number, unit, period), each in targets.items() if number == indicator.pk},
    )


def _cards(indicator: Indicator, look: Look) -> tuple[dict[int, list[CardVersion]], dict[str, int]]:
    """Give the versions of an indicator and of those its formula is computed from."""
    return with_sources({indicator.pk}, indicator.institution_id, look.at_seq)


def with_sources(
    indicators: Iterable[int], institution_id: int, at_seq: int | None = None
) -> tuple[dict[int, list[CardVersion]], dict[str, int]]:
    """Give the versions of some indicators and of those their formulas are computed from, and these by number."""
    wanted = set(indicators)
    versions: dict[int, list[CardVersion]] = {each: [] for each in wanted}
    numbers: dict[str, int] = {}
    for _ in range(DEEPEST):
        if not wanted:
            break
        for number, found in versions_by_indicator(wanted).items():
            versions[number] = versions_known(found, institution_id, at_seq)
        asked = {
            variable.indicator
            for each in wanted
            for card in versions[each]
            for variable in card.read_variables
            if variable.indicator
        }
        new = Indicator.objects.filter(institution_id=institution_id, number__in=asked - set(numbers))
        named = dict(new.values_list("number", "pk")) if asked - set(numbers) else {}
        numbers |= named
        wanted = set(named.values()) - set(versions)
        versions |= {each: [] for each in wanted}
    return versions, numbers


def figures_of(indicator: Indicator, looker: Actor) -> set[str]:
    """Give which figures exist of an indicator, besides the reported one."""
    rows = measurements_visible_to(looker).filter(indicator=indicator)
    return set(rows.order_by().values_list("figure", flat=True).distinct())


def breakdowns_of(indicator: Indicator, looker: Actor) -> list[str]:
    """Give the breakdowns that were measured."""
    rows = measurements_visible_to(looker).filter(indicator=indicator).exclude(breakdown="")
    return list(rows.order_by("breakdown").values_list("breakdown", flat=True).distinct())


def evidence_visible_to(looker: Actor, indicator: Indicator) -> QuerySet[Evidence]:
    """Give the files of an indicator to who answers for the unit, examines or controls; others see only numbers."""
    rows = Evidence.objects.filter(indicator=indicator).select_related("unit", "blob").order_by("-id")
    if looker.institution_id != indicator.institution_id:
        return rows.none()
    if looker.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(in_branches(looker.branches(*OWN), "unit__path"))


def comments_of(indicator: Indicator) -> QuerySet[Comment]:
    """Give what was said about an indicator, the latest first; who sees the indicator sees it."""
    return Comment.objects.filter(indicator=indicator).order_by("-id")
