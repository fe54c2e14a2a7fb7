"""Reading what gives a score: what each item reached by a closing, the readings adopted, the scores made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from apura.norms import Decision
from apura_web.agreements.facts import ITEM_SOURCE, MEASURED_SOURCE, Actual, Subject
from apura_web.agreements.models import Adoption, Agreement, ItemReading, ItemState, Pact, Score
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.quarters import Closing
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.audit.actors import Actor, system_actor
from apura_web.audit.trail import head_of
from apura_web.calculations.asking import SourceRef
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.models import Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.seeing import Look, Sight, sight_of
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import organogram_on

NOTHING = "nada foi registrado até o fim do período"
NO_INDICATOR = "o item não indica de onde vem o realizado"
MOST_NAMED = 3


def scores_of(agreement: Agreement) -> QuerySet[Score]:
    """Give every score of an agreement, superseded ones included."""
    return agreement.scores.select_related("calculation", "pact").order_by("until_on", "id")


def standing_score(agreement: Agreement, closing: Closing) -> Score | None:
    """Give the score that stands for a closing; None when it was not made."""
    rows = agreement.scores.filter(kind=closing.kind, until_on=closing.until_on, replaced_by=None)
    return rows.select_related("calculation__fact_sheet").first()


def scores_visible_to(actor: Actor) -> QuerySet[Score]:
    """Give the scores of the agreements somebody sees."""
    return Score.objects.filter(agreement__in=agreements_visible_to(actor))


def adoptions_of(agreement: Agreement) -> QuerySet[Adoption]:
    """Give the readings adopted for an agreement, and those adopted for the whole institution."""
    rows = Adoption.objects.filter(institution_id=agreement.institution_id)
    mine = Q(agreement=agreement) | Q(agreement=None)
    return rows.filter(mine, legal_act__void=None).select_related("legal_act").order_by("from_on", "id")


def item_readings_of(agreement: Agreement) -> QuerySet[ItemReading]:
    """Give what was recorded of the items of an agreement and stands."""
    rows = agreement.item_readings.filter(replaced_by=None)
    return rows.select_related("legal_act", "document").order_by("until_on", "id")


def subject_of(agreement: Agreement, pact: Pact) -> Subject:
    """Give the agreement as its facts need it, with what is known now."""
    signed = pact.parties.order_by("-signature__signed_on").values_list("signature__signed_on", flat=True)
    institution = agreement.institution
    return Subject(
        code=agreement.code,
        number=agreement.number,
        institution=institution.name,
        signed_on=signed.first() or pact.recorded_at.date(),
        is_fictitious=institution.is_fictitious,
        at_seq=head_of(institution.pk).seq,
        adopted=_decisions(adoptions_of(agreement)),
    )


def _decisions(rows: Iterable[Adoption]) -> tuple[Decision, ...]:
    """Give the readings adopted; of one doubt and day, the latest, and the agreement's before the house's."""
    kept: dict[tuple[str, date], Decision] = {}
    for each in sorted(rows, key=lambda row: (row.agreement_id is not None, row.pk)):
        act = each.legal_act.current
        kept[each.interpretation, each.from_on] = Decision(
            each.interpretation, each.reading, each.from_on, str(act), act.signed_on, "interpretação adotada"
        )
    return tuple(kept.values())


def actuals_of(agreement: Agreement, text: PactText, closing: Closing, today: date) -> dict[str, Actual]:
    """Give what each item of a pact reached by a closing, whoever looks.

    An item cancelled stays so; of an indicator, the result of the Acordada's branch from the start of the evaluation
    period, by the rule of its card; of a milestone or commitment, the last that was recorded.
    """
    whole = Period(closing.from_on, closing.until_on)
    branch = _branch(agreement, closing.until_on)
    indicators = _indicators(agreement, text)
    recorded = _recorded(agreement, closing)
    figure = text.one("apuracao").get("valor_usado") or "informado"
    found = {}
    for item in text.of("item"):
        reading = recorded.get(item.key)
        if reading is not None and (
            reading.state == ItemState.CANCELLED or item.get("especie") != INDICATOR_ITEM
        ):
            found[item.key] = _of_reading(reading, agreement, item)
        elif item.get("especie") != INDICATOR_ITEM:
            found[item.key] = Actual(ItemState.UNMEASURED, reason=NOTHING)
        elif item.get("indicador") not in indicators:
            found[item.key] = Actual(ItemState.UNMEASURED, reason=NO_INDICATOR)
        else:
            indicator = indicators[item.get("indicador")]
            sight = sight_of(indicator, system_actor(agreement.institution_id), Look(figure), today)
            found[item.key] = _of_indicator(sight, whole, branch)
    return found


def _branch(agreement: Agreement, on: date) -> set[int]:
    """Give the units of the Acordada, and of its successors, as they stood on a day."""
    organogram = organogram_on(agreement.institution_id, on)
    owners = {agreement.unit_id, *_successors(agreement, on)}
    return {
        number
        for number in organogram.boxes
        if owners & {number, *(box.unit_id for box in organogram.line_of(number))}
    }


def _successors(agreement: Agreement, on: date) -> list[int]:
    return list(agreement.successions.filter(from_on__lte=on).values_list("unit_id", flat=True))


def _indicators(agreement: Agreement, text: PactText) -> dict[str, Indicator]:
    codes = [each.get("indicador") for each in text.of("item") if each.get("indicador")]
    rows = Indicator.objects.filter(institution_id=agreement.institution_id, code__in=codes)
    return {each.code: each for each in rows.select_related("unit")}


def _recorded(agreement: Agreement, closing: Closing) -> dict[str, ItemReading]:
    rows = item_readings_of(agreement).filter(until_on__lte=closing.until_on)
    return {each.item_key: each for each in rows}


def _of_reading(reading: ItemReading, agreement: Agreement, item: Part) -> Actual:
    label = f"{item.name}, registrado em {reading.until_on:%d/%m/%Y}"
    source = SourceRef(ITEM_SOURCE, label, {"acordo": agreement.code, "registro": reading.code})
    return Actual(
        ItemState(reading.state),
        reading.value,
        "definitivo" if reading.value is not None else "",
        reading.reason,
        source,
    )


def _of_indicator(sight: Sight, whole: Period, branch: set[int]) -> Actual:
    units = [each for each in sight.units if each.pk in branch] or list(sight.units)
    source = _measured_source(sight, whole, units)
    if not units:
        return Actual(ItemState.UNMEASURED, reason="nenhuma unidade apura o indicador", source=source)
    result = sight.book.result(sight.indicator.pk, (each.pk for each in units), whole)
    missing = _missing(result)
    if result.value is None or missing:
        return Actual(ItemState.UNMEASURED, reason=missing or result.why_not or NOTHING, source=source)
    return Actual(ItemState.MEASURED, result.value, result.certainty, source=source)


def _missing(result: Result) -> str:
    """Say what a result lacks to stand for the whole period; the last value is enough where only it counts."""
    card = result.card
    if card is not None and card.accumulation == Accumulation.LAST and result.parts:
        last = result.parts[-1]
        return "" if last.value is not None and not last.lacking else f"falta {last.place}"
    return f"falta {', '.join(result.lacking)}" if result.lacking else ""


def _measured_source(sight: Sight, whole: Period, units: list[Unit]) -> SourceRef:
    where = ", ".join(str(each) for each in units[:MOST_NAMED])
    if len(units) > MOST_NAMED:
        where += f" e mais {len(units) - MOST_NAMED}"
    label = f"{sight.indicator.number}, {whole.label}" + (f", {where}" if where else "")
    parts = {"indicador": sight.indicator.code, "periodo": whole.key}
    return SourceRef(
        MEASURED_SOURCE, label, {**parts, "unidade": units[0].code} if len(units) == 1 else parts
    )
