"""What the items of a pact reached, whoever looks: from the ledger of indicators and from what was recorded of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from apura_web.agreements.facts import ITEM_SOURCE, MEASURED_SOURCE, Actual
from apura_web.agreements.models import Agreement, ItemReading, ItemState
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.quarters import Closing
from apura_web.agreements.selectors.scores import item_readings_of
from apura_web.audit.actors import system_actor
from apura_web.calculations.asking import SourceRef
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.models import Assignment, Indicator, Measurement
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Book, Result
from apura_web.indicators.selectors.panel import Span, panel_of
from apura_web.orgs.models import Unit
from apura_web.orgs.organogram import Organogram
from apura_web.orgs.selectors.structure import organogram_on

NOTHING = "nada foi registrado até o fim do período"
NO_INDICATOR = "o item não indica de onde vem o realizado"
NOBODY = "nenhuma unidade apura o indicador"
MOST_NAMED = 3


@dataclass(frozen=True)
class Reached:
    """Everything the items of an agreement are read from, brought in as many queries whatever their number.

    Attributes:
        indicators: by code.
        measuring: the units that measure each indicator, by its number.
        recorded: what was recorded of each item and stands, by key, the earliest first.
    """

    agreement: Agreement
    text: PactText
    book: Book
    indicators: dict[str, Indicator]
    measuring: dict[int, list[Unit]]
    recorded: dict[str, list[ItemReading]]
    organogram: Organogram
    owners: dict[int, date]

    def by(self, closing: Closing) -> dict[str, Actual]:
        """Give what each item reached by a closing, by its key."""
        return {each.key: self.item(each, closing) for each in self.text.of("item")}

    def item(self, item: Part, closing: Closing) -> Actual:
        """Give what an item reached by a closing.

        An item cancelled stays so. Of an indicator, the result of the Acordada's branch since the evaluation period
        began, by the rule of its card; of a milestone or commitment, the last that was recorded.
        """
        reading = self._last(item, closing)
        is_measured = item.get("especie") == INDICATOR_ITEM
        if reading is not None and (reading.state == ItemState.CANCELLED or not is_measured):
            return _of_reading(reading, self.agreement, item)
        if not is_measured:
            return Actual(ItemState.UNMEASURED, reason=NOTHING)
        indicator = self.indicators.get(item.get("indicador"))
        if indicator is None:
            return Actual(ItemState.UNMEASURED, reason=NO_INDICATOR)
        return self._of_indicator(indicator, Period(closing.from_on, closing.until_on))

    def _last(self, item: Part, closing: Closing) -> ItemReading | None:
        rows = [each for each in self.recorded.get(item.key, ()) if each.until_on <= closing.until_on]
        return rows[-1] if rows else None

    def _of_indicator(self, indicator: Indicator, whole: Period) -> Actual:
        units = self._units(indicator, whole.end)
        source = _source(indicator, whole, units)
        if not units:
            return Actual(ItemState.UNMEASURED, reason=NOBODY, source=source)
        result = self.book.result(indicator.pk, (each.pk for each in units), whole)
        missing = _missing(result)
        if result.value is None or missing:
            return Actual(ItemState.UNMEASURED, reason=missing or result.why_not or NOTHING, source=source)
        return Actual(ItemState.MEASURED, result.value, result.certainty, source=source)

    def _units(self, indicator: Indicator, on: date) -> list[Unit]:
        """Keep the units of the Acordada's branch; an indicator measured only elsewhere is read as it is there."""
        every = self.measuring.get(indicator.pk, [])
        owners = {number for number, since in self.owners.items() if since <= on}
        own = [
            each
            for each in every
            if owners & {each.pk, *(box.unit_id for box in self.organogram.line_of(each.pk))}
        ]
        return own or every


def reached_by(agreement: Agreement, text: PactText, today: date) -> Reached:
    """Bring what the items of a pact are read from.

    Args:
        agreement: whose pact.
        text: the pact.
        today: the institution's day.
    """
    general, institution_id = text.one("geral"), agreement.institution_id
    first, last = general.day("periodo_inicio"), general.day("periodo_fim")
    whole = Period(first or today, last or today)
    codes = [each.get("indicador") for each in text.of("item") if each.get("indicador")]
    rows = Indicator.objects.filter(institution_id=institution_id, code__in=codes).select_related("unit")
    indicators = {each.code: each for each in rows}
    owners = {agreement.unit_id: date.min, **dict(agreement.successions.values_list("unit_id", "from_on"))}
    organogram = organogram_on(institution_id, whole.end)
    measuring = _near(_measuring([each.pk for each in indicators.values()], whole), owners, organogram)
    units = sorted({each for found in measuring.values() for each in found}, key=lambda each: each.path)
    figure = text.one("apuracao").get("valor_usado") or "informado"
    span = Span(whole, today, figure, tuple(each.pk for each in indicators.values()))
    recorded: dict[str, list[ItemReading]] = {}
    for each in item_readings_of(agreement):
        recorded.setdefault(each.item_key, []).append(each)
    return Reached(
        agreement,
        text,
        panel_of(system_actor(institution_id), units, span).book,
        indicators,
        measuring,
        recorded,
        organogram,
        owners,
    )


def _near(
    measuring: dict[int, list[Unit]], owners: Mapping[int, date], organogram: Organogram
) -> dict[int, list[Unit]]:
    """Leave out the units of other bodies wherever the Acordada itself measures: nobody will read them.

    Where its own branch measures nothing, all stay, as they may be read on some day.
    """
    first = next(iter(owners))
    lines = {
        each: {each.pk, *(box.unit_id for box in organogram.line_of(each.pk))}
        for each in {unit for found in measuring.values() for unit in found}
    }
    return {
        number: [each for each in found if lines[each] & set(owners)]
        if any(first in lines[each] for each in found)
        else found
        for number, found in measuring.items()
    }


def _measuring(indicators: Sequence[int], whole: Period) -> dict[int, list[Unit]]:
    """Give the units that have to measure each indicator in a stretch, or did."""
    assigned = Assignment.objects.filter(indicator__in=indicators, from_on__lte=whole.end)
    assigned = assigned.filter(Q(until_on=None) | Q(until_on__gte=whole.start))
    measured = Measurement.objects.filter(
        indicator__in=indicators, period_start__gte=whole.start, period_end__lte=whole.end
    )
    pairs = {
        *assigned.values_list("indicator_id", "unit_id"),
        *measured.order_by().values_list("indicator_id", "unit_id").distinct(),
    }
    units = list(Unit.objects.filter(pk__in={unit for _, unit in pairs}).order_by("path"))
    return {
        number: [each for each in units if (number, each.pk) in pairs] for number in {one for one, _ in pairs}
    }


def _of_reading(reading: ItemReading, agreement: Agreement, item: Part) -> Actual:
    label = f"{item.name}, registrado em {reading.until_on:%d/%m/%Y}"
    source = SourceRef(ITEM_SOURCE, label, {"acordo": agreement.code, "registro": reading.code})
    certainty = "definitivo" if reading.value is not None else ""
    return Actual(ItemState(reading.state), reading.value, certainty, reading.reason, source)


def _missing(result: Result) -> str:
    """Say what a result lacks to stand for the whole period; the last value is enough where only it counts."""
    card = result.card
    if card is not None and card.accumulation == Accumulation.LAST and result.parts:
        last = result.parts[-1]
        return "" if last.value is not None and not last.lacking else f"falta {last.place}"
    return f"falta {', '.join(result.lacking)}" if result.lacking else ""


def _source(indicator: Indicator, whole: Period, units: Sequence[Unit]) -> SourceRef:
    where = ", ".join(str(each) for each in units[:MOST_NAMED])
    if len(units) > MOST_NAMED:
        where += f" e mais {len(units) - MOST_NAMED}"
    parts = {"indicador": indicator.code, "periodo": whole.key}
    if len(units) == 1:
        parts["unidade"] = units[0].code
    label = ", ".join(part for part in (indicator.number, whole.label, where) if part)
    return SourceRef(MEASURED_SOURCE, label, parts)
