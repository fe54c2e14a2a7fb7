"""Units compared on one indicator in one period: in order, by the polarity of the card, with their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apura_web.foundation.charts import BarChart, Point
from apura_web.indicators.attainment import MISSED, PARTLY, REACHED, Polarity
from apura_web.indicators.findings import SIDES, in_period, shown, shown_bare, shown_promise
from apura_web.indicators.models import Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.panel import Panel
from apura_web.indicators.web.panel_choice import PanelChoice
from apura_web.indicators.web.panel_matrix import Item, Matrix, ResultCell, cell_of

MOST_BARS = 40


@dataclass(frozen=True)
class Placed:
    """A unit in the order: its place, shared by who is equal; None for who has no result."""

    place: int | None
    item: Item
    cell: ResultCell


@dataclass(frozen=True)
class Comparison:
    """Units compared on an indicator in a period."""

    indicator: Indicator
    period: Period
    periods: Sequence[Period]
    placed: Sequence[Placed]
    chart: BarChart
    whole: Result
    whole_text: str
    order_told: str


def comparison_of(choice: PanelChoice, panel: Panel, indicator: Indicator) -> Comparison | None:
    """Compare the units on an indicator; in the period asked for, or in the last that has a result."""
    items = [
        each for frequency in panel.frequencies() for each in Matrix(panel, frequency, {indicator.pk}).items()
    ]
    periods = sorted({each.result.period for each in items})
    if not periods:
        return None
    with_results = [each.result.period for each in items if each.result.value is not None]
    period = next((each for each in periods if each.key == choice.asked["periodo"]), None)
    period = period or max(with_results, default=periods[-1])
    mine = [each for each in items if each.result.period == period]
    card = panel.book.card(indicator.pk, period)
    polarity = Polarity(card.polarity) if card else Polarity.INFORMATIVE
    placed = _placed(mine, polarity)
    whole = panel.book.result(indicator.pk, panel.book.units_of(indicator.pk, period), period)
    return Comparison(
        indicator,
        period,
        periods,
        placed,
        _chart(placed, period),
        whole,
        shown(whole.value, whole.card),
        SIDES[polarity],
    )


def _placed(items: Sequence[Item], polarity: Polarity) -> list[Placed]:
    """Put units in order, the best first; where no side is better, by name, and nobody has a place."""
    measured = [each for each in items if each.result.value is not None]
    missing = [each for each in items if each.result.value is None]
    if polarity not in {Polarity.HIGHER, Polarity.LOWER}:
        return [Placed(None, each, cell_of(each)) for each in (*measured, *missing)]
    sign = -1 if polarity == Polarity.HIGHER else 1
    measured.sort(key=lambda each: (sign * _value(each), each.unit.acronym))
    values = [_value(each) for each in measured]
    return [
        *(Placed(values.index(_value(each)) + 1, each, cell_of(each)) for each in measured),
        *(Placed(None, each, cell_of(each)) for each in missing),
    ]


def _value(item: Item) -> Fraction:
    value = item.result.value
    assert value is not None  # noqa: S101 - only what was measured is compared
    return value


def _chart(placed: Sequence[Placed], period: Period) -> BarChart:
    judged = [each for each in placed if each.item.result.word in {REACHED, PARTLY, MISSED}]
    reached = [each for each in judged if each.item.result.word == REACHED]
    measured = [each for each in placed if each.place or not each.cell.is_missing]
    counted, verbs, what = (
        (measured, ("tem", "têm"), "resultado")
        if not judged
        else (reached, ("alcançou", "alcançaram"), "a meta")
    )
    title = f"{_told(len(counted), len(judged or placed), verbs)} {what} {in_period(period)}"
    finding = "; ".join(f"{each.item.unit}: {each.cell.text}" for each in placed[:MOST_BARS])
    return BarChart("comparacao", title, f"{finding}.", [_point(each) for each in placed[:MOST_BARS]])


def _told(some: int, whole: int, verbs: tuple[str, str]) -> str:
    """Say how many of the units do something: the verb agrees with those who do."""
    one, many = verbs
    if whole == 1:
        return f"A única unidade comparada {one if some else f'não {one}'}"
    if some == whole:
        return f"As {whole} unidades {many}"
    return (
        f"{some} de {whole} unidades {one if some == 1 else many}"
        if some
        else f"Nenhuma das {whole} unidades {one}"
    )


def _point(placed: Placed) -> Point:
    result = placed.item.result
    promise = result.promise
    loose = f" ({placed.cell.firmness})" if placed.cell.firmness else ""
    place = f"{placed.place}º · " if placed.place else ""
    return Point(
        f"{place}{placed.item.unit}",
        result.value,
        promise.value if promise else None,
        f"{shown_bare(result.value, result.card)}{loose}" if result.value is not None else "",
        shown_promise(promise, result.card),
        result.word in {MISSED, PARTLY},
    )
