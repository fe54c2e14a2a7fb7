"""The items of a pact told through its closings: what each reached, how it stands, what changed since a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.urls import reverse

from apura.formula import brazilian
from apura_web.agreements.facts import Actual
from apura_web.agreements.models import ItemState, Score
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.selectors.sources import measured_links
from apura_web.agreements.web.score_told import PLACES, ClosingTold
from apura_web.audit.actors import Actor
from apura_web.calculations.sheet_text import asked_of
from apura_web.foundation.presentation import Badge, Tone, state_badge

REACHED, MISSED, NOT_MEASURED = "alcançada", "não alcançada", "não medida"
CANCELLED = Badge("cancelado", Tone.NEUTRAL, "ban")


@dataclass(frozen=True)
class CellTold:
    """An item in a closing: what was reached, how it stands, where that comes from; nothing before it begins."""

    label: str
    has_begun: bool = False
    text: str = ""
    badge: Badge | None = None
    score: str = ""
    url: str = ""
    note: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class ItemTold:
    """An item of the pact through the closings."""

    part: Part
    target: str
    weight: str
    cells: Sequence[CellTold]


def items_told(
    text: PactText,
    closings: Sequence[ClosingTold],
    actuals: Mapping[str, Mapping[str, Actual]],
    looker: Actor,
) -> list[tuple[Part, list[ItemTold]]]:
    """Tell every item of a pact through its closings, by object.

    Args:
        text: the pact.
        closings: as told.
        actuals: by key of the closing, what each item reached; closings that are to come are not there.
        looker: who reads, so that addresses lead only where they may go.
    """
    links = measured_links(looker, [each for found in actuals.values() for each in found.values()])
    columns = [
        (each, actuals.get(each.closing.key, {}), _item_scores(each.score), _frozen(each.score))
        for each in closings
    ]

    def item_told(item: Part) -> ItemTold:
        cells = [
            replace(
                _cell(told, reached.get(item.key), frozen.get(item.key), scores.get(item.key)),
                url=_url(item, told, reached.get(item.key), links),
            )
            for told, reached, scores, frozen in columns
        ]
        return ItemTold(item, _number(item, "meta_final"), _number(item, "peso"), cells)

    return [(part, [item_told(item) for item in text.items_of(part.key)]) for part in text.of("objeto")]


def _number(part: Part, field: str) -> str:
    value = part.number(field)
    return "" if value is None else brazilian(value, None)


def _item_scores(score: Score | None) -> dict[str, Fraction]:
    if score is None:
        return {}
    rows = score.calculation.outcomes.all()
    return {each.key: Fraction(each.value) for each in rows if each.rule == "nota_item"}


def _url(item: Part, told: ClosingTold, actual: Actual | None, links: Mapping[str, str]) -> str:
    """Give where a number of an item is explained: in the score made, else where it was measured."""
    if told.score is not None:
        return reverse("outcome", args=[told.score.calculation.code, "nota_item", item.key])
    return links.get(actual.source.label, "") if actual and actual.source else ""


def _frozen(score: Score | None) -> dict[str, Actual]:
    """Give what each item had reached when a score was made, as its fact sheet keeps it."""
    if score is None:
        return {}
    rows = asked_of(score.calculation.fact_sheet.content).rules["nota_item"]
    return {
        each.values["chave"]: Actual(
            ItemState(each.values["situacao"]),
            Fraction(each.values["realizado"]) if "realizado" in each.values else None,
        )
        for each in rows
    }


def _cell(
    told: ClosingTold, actual: Actual | None, frozen: Actual | None, given: Fraction | None
) -> CellTold:
    """Tell an item in a closing: as the score found it, when it was made, and whether that changed since."""
    if actual is None:
        return CellTold(told.heading)
    shown = frozen or actual
    is_measured = shown.state == ItemState.MEASURED
    score = brazilian(given, PLACES) if given is not None and is_measured else ""
    note = actual.reason
    if frozen is not None and (frozen.state, frozen.value) != (actual.state, actual.value):
        note = f"mudou depois da apuração: hoje, {_reached(actual)}"
    badge = _item_badge(shown, given, told)
    text = _reached(shown) if is_measured else ""
    return CellTold(
        told.heading,
        has_begun=True,
        text=text,
        badge=badge,
        score=score,
        note=note,
        certainty=actual.certainty,
    )


def _reached(actual: Actual) -> str:
    return brazilian(actual.value, None) if actual.value is not None else str(actual.state)


def _item_badge(actual: Actual, given: Fraction | None, told: ClosingTold) -> Badge | None:
    """Say how an item stands; the target is reached when the item's score is at least the greatest one."""
    if actual.state == ItemState.CANCELLED:
        return CANCELLED
    if actual.state == ItemState.UNMEASURED:
        return state_badge(NOT_MEASURED)
    if given is None or told.score is None:
        return None
    greatest = Fraction(told.score.pact.text.one("apuracao").get("escala"))
    return state_badge(REACHED if given >= greatest else MISSED)
