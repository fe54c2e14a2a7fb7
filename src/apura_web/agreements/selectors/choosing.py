"""Choosing indicators, one by number or several from a list; what their cards and targets already say of an item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from apura.formula import finite_places, fold
from apura_web.agreements.models import Agreement
from apura_web.agreements.pact.scoring_checks import CARD_WORDS
from apura_web.agreements.pact.sections import BETTER_HIGH, BETTER_LOW, BETTER_WITHIN, GENERAL, INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText
from apura_web.audit.actors import Actor
from apura_web.documents.selectors import standing
from apura_web.foundation.choosing import Chooser
from apura_web.indicators.attainment import Polarity, Promise
from apura_web.indicators.models import CardVersion, Indicator
from apura_web.indicators.models.cards import PLACES
from apura_web.indicators.periods import Period, year_of
from apura_web.indicators.selectors.cards import indicators_visible_to, versions_by_indicator
from apura_web.indicators.selectors.panel import Span, panel_of, units_measuring_within
from apura_web.orgs.models import Unit

SUGGESTED, MOST_FOUND, MOST_WORDS = 300, 30, 8
PAGE = 50
UNKNOWN = "Escreva o número do indicador, como está na ficha; ele precisa de ficha aprovada."
POLARITIES = {
    Polarity.HIGHER: BETTER_HIGH,
    Polarity.LOWER: BETTER_LOW,
    Polarity.RANGE: BETTER_WITHIN,
}


def indicators_for(actor: Actor) -> Chooser[Indicator]:
    """Offer the indicators with an approved card that the actor may see, by number or name."""
    finder = _Indicators(indicators_visible_to(actor).filter(versions__isnull=False).distinct())
    return Chooser(find=finder.find, label=str, suggest=finder.suggest, unknown=UNKNOWN)


def from_card(indicator: Indicator) -> dict[str, str]:
    """Give what the latest card of an indicator says of an item: name, polarity and accumulation."""
    versions = versions_by_indicator([indicator.pk]).get(indicator.pk, [])
    return said_by(versions[-1]) if versions else {}


def from_cards(actor: Actor, codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give what the latest card of each of some indicators says of an item, by the code of the indicator."""
    found = list(indicators_visible_to(actor).filter(code__in=set(codes)))
    versions = versions_by_indicator([each.pk for each in found])
    return {each.code: said_by(versions[each.pk][-1]) for each in found if versions.get(each.pk)}


def said_by(card: CardVersion) -> dict[str, str]:
    """Give what a card says of an item: name, polarity and accumulation."""
    return {
        "especie": INDICATOR_ITEM,
        "nome": card.name,
        "polaridade": POLARITIES.get(Polarity(card.polarity), ""),
        "acumulacao": CARD_WORDS.get(str(card.accumulation), ""),
    }


# ── several at once ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Looking:
    """What is looked for among the indicators.

    Attributes:
        text: words of the number or of the name, in any order and without accents.
        branch: the path of a unit, to see only the indicators it and those under it answer for.
        first: the path of the unit whose indicators come before the others.
    """

    text: str = ""
    branch: str = ""
    first: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """A page of the indicators found."""

    indicators: Sequence[Indicator]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Suggestion:
    """The target that the indicators room holds for the evaluation period.

    Attributes:
        is_composed: whether it was put together from the targets of shorter periods.
    """

    promise: Promise
    period: Period
    is_composed: bool = False

    @property
    def value(self) -> Fraction | None:
        """The number one may write as it is; None when the target is a band."""
        return self.promise.value if self.promise.high is None else None


@dataclass(frozen=True)
class Candidate:
    """An indicator that an item may be made from, with its card and the target suggested."""

    indicator: Indicator
    card: CardVersion
    suggestion: Suggestion | None

    @property
    def said(self) -> dict[str, str]:
        """What the card says of an item."""
        return said_by(self.card)


def offered_to(actor: Actor) -> QuerySet[Indicator]:
    """Give the indicators the actor may see whose approved card stands."""
    cards = CardVersion.objects.filter(standing(), institution_id=actor.institution_id)
    return indicators_visible_to(actor).filter(pk__in=cards.values("indicator"))


def answering_units(actor: Actor) -> list[Unit]:
    """Give the units that answer for the indicators offered."""
    units = offered_to(actor).order_by().values("unit")
    return list(Unit.objects.filter(pk__in=units).order_by("path"))


def look_for(actor: Actor, looking: Looking) -> Found:
    """Find the indicators with every word looked for, by number, those of the first branch before the others."""
    rows = offered_to(actor).order_by("number", "id")
    if looking.branch:
        rows = rows.filter(unit__path__startswith=looking.branch)
    words = fold(looking.text).split()[:MOST_WORDS]
    named = [
        (not path.startswith(looking.first), place, pk)
        for place, (pk, number, name, path) in enumerate(
            rows.values_list("id", "number", "name", "unit__path")
        )
        if all(word in fold(f"{number} {name}") for word in words)
    ]
    pages = max(1, -(-len(named) // PAGE))
    page = min(max(1, looking.page), pages)
    shown = [pk for _, _, pk in sorted(named)[(page - 1) * PAGE : page * PAGE]]
    known = Indicator.objects.select_related("unit").in_bulk(shown)
    return Found([known[pk] for pk in shown], len(named), page, pages)


def evaluated(agreement: Agreement, text: PactText) -> Period:
    """Give the evaluation period as the text says it; the year of the agreement while it says none."""
    general, year = text.one(GENERAL.name), year_of(agreement.year)
    first, last = general.day("periodo_inicio") or year.start, general.day("periodo_fim") or year.end
    return Period(first, last) if first <= last else year


def candidates(
    actor: Actor, indicators: Iterable[Indicator], *, agreement: Agreement, whole: Period, today: date
) -> list[Candidate]:
    """Give some indicators with their latest card and the target of the Acordada, in as many queries whatever they are.

    Args:
        actor: who chooses.
        indicators: those offered, in order.
        agreement: whose Acordada promises.
        whole: the evaluation period.
        today: the institution's day.
    """
    rows = list(indicators)
    cards = versions_by_indicator([each.pk for each in rows]) if rows else {}
    suggested = _suggested(actor, rows, agreement.unit, Span(whole, today)) if rows else {}
    return [
        Candidate(each, cards[each.pk][-1], suggested.get(each.pk)) for each in rows if cards.get(each.pk)
    ]


def _suggested(actor: Actor, rows: Sequence[Indicator], unit: Unit, span: Span) -> dict[int, Suggestion]:
    """Give the target of the branch of the Acordada, put together as its result will be."""
    numbers = tuple(each.pk for each in rows)
    units = list(units_measuring_within(actor, span.whole, unit.path))
    panel = panel_of(actor, units, Span(span.whole, span.today, indicators=numbers))
    measuring: dict[int, list[int]] = {}
    for each in units:
        for number in panel.pairs.get(each.pk, ()):
            measuring.setdefault(number, []).append(each.pk)
    found = {}
    for number, places in measuring.items():
        promise = panel.book.result(number, places, span.whole).promise
        if promise is not None and _can_be_typed(promise.value):
            is_whole = any((number, each, span.whole) in panel.book.shelf.promises for each in places)
            found[number] = Suggestion(promise, span.whole, not is_whole)
    return found


def _can_be_typed(value: Fraction | None) -> bool:
    """Say whether a target has no more decimals than one may type: a mean of targets may have no end."""
    needed = None if value is None else finite_places(value)
    return needed is not None and needed <= PLACES


@dataclass(frozen=True)
class _Indicators:
    indicators: QuerySet[Indicator]

    def suggest(self) -> Iterable[Indicator]:
        return self.indicators.order_by("number", "id")[:SUGGESTED]

    def find(self, text: str) -> Sequence[Indicator]:
        number = text.partition(" – ")[0].strip()
        found = list(self.indicators.filter(code=text)[:1])
        found = found or list(self.indicators.filter(number__iexact=number)[:MOST_FOUND])
        return found or self._by_name(text)

    def _by_name(self, text: str) -> list[Indicator]:
        wanted = fold(text)
        named = [(pk, fold(name)) for pk, name in self.indicators.values_list("id", "name")]
        numbers = [pk for pk, name in named if name == wanted] or [pk for pk, name in named if wanted in name]
        return list(self.indicators.filter(pk__in=numbers[:MOST_FOUND]))
