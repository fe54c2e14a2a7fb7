"""The ledger of an indicator: every row, replaced ones too, and what was known at a point of the trail."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apura_web.audit.acts import REGISTRY
from apura_web.audit.names import names_of
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, Table, TableLayout
from apura_web.foundation.templatetags.apura import instant
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.models import Certainty, Channel, Correction, Figure, ValueState
from apura_web.indicators.selectors.known import entries_of_ledger
from apura_web.indicators.selectors.ledger import ledger_of, told_apart
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of, tabs_of
from apura_web.indicators.web.ledger_told import REPLACED, STANDS, channel_text, labels_of
from apura_web.indicators.web.seeing_choice import Choice, choice_of
from apura_web.indicators.web.seeing_shown import FIRM_BADGES

ENTRIES_OFFERED = 40


@signed_in
@require_GET
def ledger(request: ActorRequest, code: str) -> HttpResponse:
    """List every row about an indicator that the person may see, now or as known at a point of the trail."""
    found = find_indicator(request, code)
    choice = choice_of(request, found)
    rows = told_apart(ledger_of(found, request.actor), choice.look.at_seq, looker=request.actor)
    names = names_of(set(rows.order_by().values_list("batch__typed_by", flat=True).distinct()), request.actor)
    table = Table(_layout(choice, names), rows, request)
    context = {
        "indicator": found,
        "choice": choice,
        "moments": _moments(choice),
        "result_url": f"{found.get_absolute_url()}{choice.query}",
        "tabs": tabs_of(found, "indicator_ledger"),
        "crumbs": crumbs_of(found, Crumb("Apurações")),
    }
    return table.answer("indicators/ledger.html", context)


def _moments(choice: Choice) -> list[tuple[int, str]]:
    """Give the latest entries of the trail that concern the indicator, to choose among."""
    entries = entries_of_ledger(choice.sight.indicator)[:ENTRIES_OFFERED]
    return [
        (each.seq, f"{instant(each.recorded_at)}: {REGISTRY[each.act].sentence}")
        for each in entries
        if each.act in REGISTRY
    ]


def _layout(choice: Choice, names: dict[str, str]) -> TableLayout:
    labels = labels_of(choice.sight.versions)
    units = [(each.code, str(each)) for each in choice.sight.units]
    return TableLayout(
        name="apuracoes",
        caption="Apurações, também as substituídas",
        columns=(
            Column("numero", "Nº", "pk", sort="pk", kind=Kind.NUMBER),
            Column("periodo", "Período", "period.label", sort="period_start"),
            Column("unidade", "Unidade", "unit", sort="unit__acronym"),
            Column("variavel", "Variável", lambda row: labels.get(row.variable, row.variable)),
            Column("valor", "Valor", "value", sort="value", kind=Kind.NUMBER),
            Column("situacao", "Situação do valor", "get_state_display"),
            Column("vale", "Vale?", lambda row: STANDS if row.stands else REPLACED, kind=Kind.BADGE),
            Column("firmeza", "Firmeza", lambda row: FIRM_BADGES[Certainty(row.certainty)], kind=Kind.BADGE),
            Column("database", "Data-base", "based_on", sort="based_on", kind=Kind.DATE),
            Column("figura", "Figura", "get_figure_display"),
            Column("recebida", "Recebida em", "batch.received_on", kind=Kind.DATE),
            Column("registrada", "Registrada em", "batch.recorded_at", kind=Kind.INSTANT),
            Column("por", "Digitada por", lambda row: names[row.batch.typed_by]),
            Column("canal", "Por onde veio", channel_text),
            Column("correcao", "O que é a correção", "batch.get_correction_display", visible=False),
            Column("substitui", "Substitui a nº", "replaces_id", kind=Kind.NUMBER),
            Column("motivo", "Motivo", lambda row: row.batch.reason or row.reason),
            Column("protocolo", "Protocolo", "batch.received_through", visible=False),
            Column("fonte", "Fonte", "source", visible=False),
            Column("desagregacao", "Desagregação", "breakdown", visible=False),
            Column("versao", "Ficha", "version", visible=False),
        ),
        search=("unit__acronym", "unit__name", "batch__reason", "reason", "source"),
        filters=(
            ChoiceFilter("de", "Unidade", "unit__code", units),
            ChoiceFilter("figura", "Figura", "figure", Figure.choices),
            ChoiceFilter("vale", "Vale?", "stands", [("True", "vale"), ("False", "substituída")]),
            ChoiceFilter("firmeza", "Firmeza", "certainty", Certainty.choices),
            ChoiceFilter("estado", "Situação", "state", ValueState.choices),
            ChoiceFilter("canal", "Por onde veio", "batch__channel", Channel.choices),
            ChoiceFilter("correcao", "O que é a correção", "batch__correction", Correction.choices),
        ),
        order="-numero",
        empty="Nada foi lançado para este indicador que você possa ver.",
    )
