"""The list of indicators."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apura_web.foundation.presentation import Badge
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.indicators.attainment import Polarity
from apura_web.indicators.models import Indicator
from apura_web.indicators.periods import Frequency
from apura_web.indicators.selectors.card_pages import STATES, branches_with, dimensions_of
from apura_web.indicators.web.card_told import STATE_BADGES
from apura_web.search.index import matching

POLARITIES, FREQUENCIES = dict(Polarity.choices), dict(Frequency.choices)
EMPTY = (
    "Nenhum indicador registrado. Quem responde por uma unidade usa “Criar indicador”, escreve a ficha e a envia "
    "para análise; depois de aprovada por ato, designam-se as unidades que apuram e fixam-se as metas."
)


def indicators_layout(rows: QuerySet[Indicator]) -> TableLayout:
    """Give the layout of the list, offering the branches and the dimensions that have indicators."""
    units = [(unit.path, unit.acronym) for unit in branches_with(rows)]
    dimensions = [(each, each) for each in dimensions_of(rows)]
    return TableLayout(
        name="indicadores",
        caption="Indicadores",
        columns=(
            Column("sigla", "Sigla", "number", sort="number", link="get_absolute_url"),
            Column("nome", "Nome", "name", sort="name"),
            Column("unidade", "Unidade", "unit.acronym", sort="unit__acronym"),
            Column(
                "medida", "Medida", lambda row: row.card_measure_name or row.card_measure, sort="card_measure"
            ),
            Column("dimensao", "Dimensão", "card_dimension", sort="card_dimension"),
            Column("polaridade", "Polaridade", _polarity, sort="card_polarity"),
            Column("frequencia", "Frequência", _frequency, sort="card_frequency"),
            Column("situacao", "Ficha", _state, sort="card_state", kind=Kind.BADGE),
        ),
        finder=matching("indicators.indicator", "number"),
        filters=(
            ChoiceFilter("unidade", "Unidade e subordinadas", "unit__path__startswith", units),
            ChoiceFilter("dimensao", "Dimensão", "card_dimension", dimensions),
            ChoiceFilter("polaridade", "Polaridade", "card_polarity", Polarity.choices),
            ChoiceFilter("frequencia", "Frequência", "card_frequency", Frequency.choices),
            ChoiceFilter("situacao", "Ficha", "card_state", STATES),
        ),
        order="sigla",
        empty=EMPTY,
    )


def _polarity(row: Any) -> str:
    return str(POLARITIES.get(row.card_polarity, ""))


def _frequency(row: Any) -> str:
    return str(FREQUENCIES.get(row.card_frequency, ""))


def _state(row: Any) -> Badge:
    return STATE_BADGES[row.card_state]
