"""The page of a number: how it was computed, from which rows of the ledger, by which card, against which target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura.formula import brazilian, with_values
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.templatetags.apura import day, instant
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.attainment import NO_RESULT, badge_of
from apura_web.indicators.findings import shown, shown_promise
from apura_web.indicators.models import CardVersion, Indicator
from apura_web.indicators.periods import Period, is_period_of, read_key
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.ledger import ledger_of, told_apart
from apura_web.indicators.selectors.seeing import Look, evidence_visible_to, sight_of
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.card_told import drawn_of
from apura_web.indicators.web.indicator_tabs import crumbs_of
from apura_web.indicators.web.ledger_told import RowTold, rows_told
from apura_web.indicators.web.seeing_choice import ALL_UNITS, Choice, choice_of
from apura_web.indicators.web.seeing_said import evidence_told
from apura_web.indicators.web.seeing_shown import (
    LineShown,
    columns_of,
    line_of,
    result_of,
    unit_name,
    value_url,
)

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Computation:
    """A formula with the values put in, and what it rounded."""

    with_values: str
    result: str
    exact: str
    roundings: Sequence[str]


@signed_in
@require_GET
def value(request: ActorRequest, code: str, unit_code: str, period_key: str) -> HttpResponse:
    """Explain a number."""
    found = find_indicator(request, code)
    choice, period = place_of(request, found, unit_code, period_key)
    result = result_of(choice, period)
    is_own = is_of_ledger(choice, period)
    context = {
        "indicator": found,
        "choice": choice,
        "result": result,
        "text": shown(result.value, result.card) if result.value is not None else "Sem resultado",
        "badge": badge_of(result.word) if result.word != NO_RESULT else None,
        "where": f"{unit_name(choice)}, {period.label}",
        "drawn": drawn_of(result.card) if result.card else None,
        "computation": _computation(result),
        "sources": _sources(choice, result, period),
        "facts": [*_card_facts(result, choice), *_target_facts(choice, result, period)],
        "rows": _rows(request, choice, period) if is_own else [],
        "parts": _parts(choice, result),
        "part_columns": columns_of([result]),
        "figures": _figures(request, choice, period),
        "evidence": _evidence(request, choice, period),
        "acts": _acts(choice, period) if is_own and choice.look.at_seq is None else {},
        "back": f"{found.get_absolute_url()}{choice.query}",
        "crumbs": crumbs_of(found, Crumb("Como se chegou a este número")),
    }
    return render(request, "indicators/value.html", context)


def place_of(
    request: ActorRequest, found: Indicator, unit_code: str, period_key: str
) -> tuple[Choice, Period]:
    """Read the unit and the period of an address.

    Raises:
        Http404: the unit does not measure the indicator, or the looker does not see it; or it is no period.
    """
    choice = choice_of(request, found)
    unit = next((each for each in choice.sight.units if each.code == unit_code), None)
    if unit is None and unit_code != ALL_UNITS:
        raise Http404
    try:
        period = read_key(period_key)
    except ValueError:
        raise Http404 from None
    if period not in choice.sight.periods and not _is_whole(choice, period):
        raise Http404
    return replace(choice, unit=unit, year=None), period


def _is_whole(choice: Choice, period: Period) -> bool:
    """Say whether a stretch is a period of the card, a year, or several of its periods one after another."""
    book, number = choice.sight.book, choice.sight.indicator.pk
    card = book.card(number, period)
    if card is None:
        return False
    if is_period_of(card.frequency, period, card.periods):
        return True
    if period.is_regular and period.months == MONTHS_OF_A_YEAR:
        return True
    own = book.own_periods(number, period)
    return bool(own) and (own[0].start, own[-1].end) == (period.start, period.end)


def is_of_ledger(choice: Choice, period: Period) -> bool:
    """Say whether a place has rows of its own in the ledger: one unit, and a period of the card."""
    unit = choice.unit
    if unit is None and len(choice.sight.units) == 1:
        unit = choice.sight.units[0]
    if unit is None:
        return False
    return not choice.sight.book.result(choice.sight.indicator.pk, (unit.pk,), period).parts


def _computation(result: Result) -> Computation | None:
    """Put the values into the formula; nothing when it was not computed by it."""
    happened, card = result.computed.trace, result.card
    if happened is None or card is None or result.value is None:
        return None
    said = [
        f"{brazilian(each.before, None)} arredondado a {each.places} casas: {brazilian(each.after, each.places)}"
        for each in happened.roundings
    ]
    return Computation(
        with_values(happened.tree, happened),
        shown(result.value, card),
        brazilian(result.value, None),
        said,
    )


def _sources(choice: Choice, result: Result, period: Period) -> list[Fact]:
    """Give the variables that are results of other indicators, with where each is explained."""
    found = []
    for each in result.card.read_variables if result.card else ():
        source = choice.sight.book.shelf.numbers.get(each.indicator) if each.indicator else None
        if source is not None and each.indicator in choice.sight.codes:
            address = reverse(
                "indicator_value", args=[choice.sight.codes[each.indicator], choice.unit_code, period.key]
            )
            text = brazilian(result.values[each.name], None) if each.name in result.values else ""
            found.append(Fact(f"{each.label}, de {each.indicator}", text, address))
    return found


def _card_facts(result: Result, choice: Choice) -> list[Fact]:
    card: CardVersion | None = result.card
    if card is None:
        return [Fact("Ficha", "nenhuma versão aprovada rege este período")]
    facts = [
        Fact(
            "Ficha",
            f"{str(card).capitalize()}, desde {day(card.from_on)}",
            f"{reverse('indicator_card', args=[choice.sight.indicator.code])}#versao-{card.number}",
        ),
        Fact("Aprovada por", str(card.legal_act.current), card.legal_act.get_absolute_url()),
    ]
    return [*facts, Fact("Como se juntam as partes", result.rule)] if result.parts else facts


def _target_facts(choice: Choice, result: Result, period: Period) -> list[Fact]:
    if result.promise is None or result.promise.value is None:
        return [Fact("Meta", "sem meta neste período", note=_no_target_note(result))]
    text = shown_promise(result.promise, result.card)
    target = choice.sight.targets.get((result.unit_id or 0, period))
    if target is None:
        return [Fact("Meta", text, note="das partes, pela regra da ficha" if result.parts else "")]
    origin = " · ".join(
        part for part in (str(target.get_provenance_display()), target.origin, target.reason) if part
    )
    facts = [Fact("Meta", text, note=f"{origin}, registrada em {instant(target.recorded_at)}")]
    act = target.legal_act
    return [*facts, Fact("Meta fixada por", str(act.current), act.get_absolute_url())] if act else facts


def _no_target_note(result: Result) -> str:
    if result.parts and any(each.promise for each in result.parts):
        return "As metas das partes são diferentes, ou faltam algumas: percentuais não se somam nem se tira a média."
    return ""


def _rows(request: ActorRequest, choice: Choice, period: Period) -> list[RowTold]:
    unit = choice.unit or choice.sight.units[0]
    rows = ledger_of(choice.sight.indicator, request.actor).filter(
        unit=unit,
        period_start=period.start,
        period_end=period.end,
        figure=choice.look.figure,
        breakdown=choice.look.breakdown,
    )
    return rows_told(
        told_apart(rows, choice.look.at_seq, looker=request.actor), choice.sight.versions, request.actor
    )


def _parts(choice: Choice, result: Result) -> list[LineShown]:
    columns = columns_of([result])
    units = {each.pk: each.code for each in choice.sight.units}
    lines = []
    for each in result.parts:
        is_unit = each.period == result.period
        unit_code = units.get(each.unit_id or 0, ALL_UNITS) if is_unit else choice.unit_code
        lines.append(line_of(each, value_url(choice, each.period, unit_code), each.place, columns))
    return lines


def _figures(request: ActorRequest, choice: Choice, period: Period) -> list[tuple[str, str, str, bool]]:
    """Give the three figures side by side, when there is more than the reported one."""
    if len(choice.figures) == 1:
        return []
    found = []
    for figure, label in choice.figures:
        look = Look(figure, choice.look.breakdown, choice.look.at_seq)
        sight = sight_of(choice.sight.indicator, request.actor, look, request.today)
        other = replace(choice, sight=sight, look=look)
        result = result_of(other, period)
        text = shown(result.value, result.card) if result.value is not None else "não há"
        found.append((label, text, value_url(other, period), figure == choice.look.figure))
    return found


def _evidence(request: ActorRequest, choice: Choice, period: Period) -> list[Any]:
    rows = evidence_visible_to(request.actor).filter(indicator=choice.sight.indicator)
    rows = rows.filter(period_start=period.start, period_end=period.end)
    return evidence_told(rows.filter(unit=choice.unit) if choice.unit else rows, request.actor)


def _acts(choice: Choice, period: Period) -> dict[str, Any]:
    """Give over what one may correct, verify, ratify and attach, and the addresses of it."""
    unit = choice.unit or choice.sight.units[0]
    args = [choice.sight.indicator.code, unit.code, period.key]
    end = f"?desagregacao={choice.look.breakdown}" if choice.look.breakdown else ""
    names = ("value_correct", "value_verify", "value_ratify", "value_attach")
    return {"unit": unit, **{name: f"{reverse(name, args=args)}{end}" for name in names}}
