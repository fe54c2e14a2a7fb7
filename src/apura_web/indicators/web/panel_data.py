"""The results of a panel as lists and files have them: a table, and data for programs, with numbers as exact text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from apura.formula import exact, round_half_away
from apura_web.foundation.presentation import Badge
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.indicators.attainment import badge_of
from apura_web.indicators.findings import shown_promise
from apura_web.indicators.models import Certainty
from apura_web.indicators.web.panel_choice import PanelChoice
from apura_web.indicators.web.panel_matrix import ORDER, Item, Matrix
from apura_web.indicators.web.seeing_shown import FIRM_BADGES


def as_data(choice: PanelChoice, matrix: Matrix) -> dict[str, Any]:
    """Give the panel as data: every result that is there or should be; numbers are exact text, never binary."""
    return {
        "ano": choice.year,
        "frequencia": matrix.frequency,
        "valor": choice.figure,
        "pagina": choice.page,
        "paginas": choice.pages,
        "periodos": [
            {"inicio": each.start.isoformat(), "fim": each.end.isoformat(), "nome": each.label}
            for each in matrix.columns
        ],
        "resultados": [_item(each) for each in matrix.items()],
    }


def items_layout() -> TableLayout:
    """Give the layout of the list of results."""
    return TableLayout(
        name="resultados",
        caption="Resultados do painel",
        columns=(
            Column("unidade", "Unidade", "unit", sort="unit.acronym"),
            Column(
                "indicador",
                "Indicador",
                "indicator.number",
                sort="indicator.number",
                link="indicator.get_absolute_url",
            ),
            Column("nome", "Nome", "indicator.name", sort="indicator.name"),
            Column("periodo", "Período", "result.period.label", sort="result.period.start"),
            Column("resultado", "Resultado", _shown_value, sort="result.value", link="url", kind=Kind.NUMBER),
            Column("medida", "Medida", _measure),
            Column(
                "meta",
                "Meta",
                lambda item: shown_promise(item.result.promise, item.result.card),
                kind=Kind.NUMBER,
            ),
            Column("situacao", "Situação", _badge, sort="result.word", kind=Kind.BADGE),
            Column("firmeza", "Firmeza", _firmness, kind=Kind.BADGE),
            Column("porque", "Por que não há", "result.why_not"),
        ),
        search=("unit.acronym", "unit.name", "indicator.number", "indicator.name"),
        filters=(
            ChoiceFilter("situacao", "Situação", "result.word", [(word, word) for word in ORDER]),
            ChoiceFilter("firmeza", "Firmeza", "result.certainty", Certainty.choices),
        ),
        page_size=100,
        empty="Nada se apura neste recorte.",
    )


def _item(item: Item) -> dict[str, Any]:
    result = item.result
    promise = result.promise
    return {
        "unidade": item.unit.acronym,
        "indicador": item.indicator.number,
        "inicio": result.period.start.isoformat(),
        "fim": result.period.end.isoformat(),
        "resultado": _text(result.value),
        "medida": result.card.measured_in if result.card else "",
        "meta": _text(promise.value) if promise else None,
        "meta_ate": _text(promise.high) if promise else None,
        "situacao": result.word,
        "firmeza": result.certainty or None,
        "por_que_nao_ha": result.why_not or None,
        "explicacao": item.url,
    }


def _shown_value(item: Item) -> Fraction | None:
    """Give the result with the places of its card, as it is read."""
    result = item.result
    if result.value is None or result.card is None:
        return result.value
    return round_half_away(result.value, result.card.places)


def _measure(item: Item) -> str:
    return item.result.card.measured_in if item.result.card else ""


def _badge(item: Item) -> Badge:
    return badge_of(item.result.word)


def _firmness(item: Item) -> Badge | None:
    certainty = item.result.certainty
    return FIRM_BADGES[Certainty(certainty)] if certainty else None


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)
