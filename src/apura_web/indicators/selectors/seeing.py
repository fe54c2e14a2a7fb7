"""Reading what a page of an indicator shows: its results for whoever looks, now or as known at a point of the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from apura_web.audit.actors import WHOLE_INSTITUTION, Actor, Role
from apura_web.audit.models import TrailEntry, TrailItem
from apura_web.audit.trail import history_of
from apura_web.indicators.attainment import Promise
from apura_web.indicators.models import (
    Assignment,
    Baseline,
    Batch,
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
from apura_web.indicators.selectors.cards import OWN, SEES_ALL, indicators_visible_to, versions_by_indicator
from apura_web.indicators.selectors.known import targets_known, versions_known
from apura_web.indicators.selectors.ledger import measurements_visible_to, standing_only
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to

OF_A_UNIT: tuple[tuple[type[Model], str], ...] = (
    (Assignment, "unit"),
    (Target, "unit"),
    (Baseline, "unit"),
    (Batch, "on_behalf_of"),
    (Evidence, "unit"),
)
"""Records that concern one unit, and the column that says which."""
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
        codes: of the indicators it is computed from, by number, those the looker sees.
    """

    indicator: Indicator
    book: Book
    units: list[Unit]
    hides: bool
    targets: dict[tuple[int, Period], Target]
    codes: dict[str, str]

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
    versions, numbers = with_sources({indicator.pk}, indicator.institution_id, look.at_seq)
    facts, units = _facts(versions, looker, look)
    holds, measuring = _holds(versions, looker, units)
    targets = _targets(versions, indicator.institution_id, look)
    mine = measuring.get(indicator.pk, set()) | {unit for number, unit, _ in facts if number == indicator.pk}
    shelf = Shelf(
        versions=versions,
        facts=facts,
        promises={key: Promise(each.value, each.high) for key, each in targets.items()},
        units={each.pk: str(each) for each in sorted(units.values(), key=lambda unit: unit.path)},
        holds=holds,
        numbers=numbers,
        today=today,
    )
    seen = indicators_visible_to(looker).filter(number__in=numbers) if numbers else ()
    return Sight(
        indicator,
        Book(shelf),
        sorted((units[each] for each in mine if each in units), key=lambda unit: unit.path),
        any(each not in units for each in mine),
        {(unit, period): each for (number, unit, period), each in targets.items() if number == indicator.pk},
        {each.number: each.code for each in seen},
    )


def _facts(
    versions: Iterable[int], looker: Actor, look: Look
) -> tuple[dict[Key, dict[str, Measurement]], dict[int, Unit]]:
    """Give the rows that stand, by place, and the units they are of."""
    rows = measurements_visible_to(looker).filter(
        indicator__in=list(versions), figure=look.figure, breakdown=look.breakdown
    )
    facts: dict[Key, dict[str, Measurement]] = {}
    units: dict[int, Unit] = {}
    for row in standing_only(rows, look.at_seq, looker=looker).select_related("unit", "batch").order_by("id"):
        facts.setdefault((row.indicator_id, row.unit_id, row.period), {})[row.variable] = row
        units[row.unit_id] = row.unit
    return facts, units


def _holds(
    versions: Iterable[int], looker: Actor, units: dict[int, Unit]
) -> tuple[dict[tuple[int, int], list[tuple[date, date | None]]], dict[int, set[int]]]:
    """Give when each unit the looker sees measures each indicator, adding it to the units; and who measures it."""
    assignments = list(Assignment.objects.filter(indicator__in=list(versions)).select_related("unit"))
    ids = {each.unit_id for each in assignments}
    seen = set(units_visible_to(looker).filter(pk__in=ids).values_list("pk", flat=True))
    holds: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    measuring: dict[int, set[int]] = {}
    for each in assignments:
        measuring.setdefault(each.indicator_id, set()).add(each.unit_id)
        if each.unit_id in seen:
            holds.setdefault((each.indicator_id, each.unit_id), []).append((each.from_on, each.until_on))
            units[each.unit_id] = each.unit
    return holds, measuring


def _targets(versions: Iterable[int], institution_id: int, look: Look) -> dict[Key, Target]:
    rows = Target.objects.filter(indicator__in=list(versions), breakdown=look.breakdown)
    known = targets_known(rows, institution_id, look.at_seq).select_related("legal_act", "unit")
    return {(each.indicator_id, each.unit_id, each.period): each for each in known}


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


def evidence_visible_to(actor: Actor) -> QuerySet[Evidence]:
    """Give the files of measurements to who answers for the unit, examines or controls; others see only numbers."""
    rows = Evidence.objects.filter(institution_id=actor.institution_id)
    rows = rows.select_related("unit", "blob").order_by("-id")
    if actor.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(in_branches(actor.branches(*OWN), "unit__path"))


def documented_batches(actor: Actor) -> QuerySet[Batch]:
    """Give what was put into the ledger with a source document, to who may see the files of the unit's measurements."""
    rows = Batch.objects.filter(institution_id=actor.institution_id).exclude(document=None)
    rows = rows.select_related("document")
    if actor.has(*SEES_ALL, path="/"):
        return rows
    return rows.filter(in_branches(actor.branches(*OWN), "on_behalf_of__path"))


def comments_of(indicator: Indicator) -> QuerySet[Comment]:
    """Give what was said about an indicator, the latest first; who sees the indicator sees it."""
    return Comment.objects.filter(indicator=indicator).order_by("-id")


def history_seen(indicator: Indicator, looker: Actor) -> QuerySet[TrailEntry]:
    """Give the history of an indicator; external control of a branch is not told what concerns other units."""
    entries = history_of(indicator, indicator.institution_id)
    if any(grant.role != Role.EXTERNAL_CONTROL or grant.path == WHOLE_INSTITUTION for grant in looker.grants):
        return entries
    seen = units_visible_to(looker).values("pk")
    for model, column in OF_A_UNIT:
        mine = model._default_manager.filter(**{f"{column}__in": seen}).values("code")
        others = TrailItem.objects.filter(
            institution_id=indicator.institution_id, table=model._meta.label_lower
        )
        entries = entries.exclude(pk__in=others.exclude(key__in=mine).values("entry"))
    return entries
