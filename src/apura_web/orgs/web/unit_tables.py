"""The list of units."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.orgs.models import Unit, UnitKind
from apura_web.search.index import matching

WORKING = Badge("em funcionamento", Tone.GOOD, "check-circle")
EXTINCT = Badge("extinta", Tone.NEUTRAL, "archive")


class _Acronyms:
    """The acronyms of the units, read in one query when the first row asks."""

    def __init__(self, units: QuerySet[Unit]) -> None:
        self.units = units

    @cached_property
    def by_number(self) -> dict[str, str]:
        return {str(number): acronym for number, acronym in self.units.values_list("id", "acronym")}

    def line_of(self, unit: Unit) -> str:
        numbers = unit.path.strip("/").split("/")[:-1]
        return " › ".join(self.by_number[number] for number in numbers if number in self.by_number)


def units_layout(units: QuerySet[Unit]) -> TableLayout:
    """Give the layout of the list of units."""
    acronyms = _Acronyms(units)
    return TableLayout(
        name="unidades",
        caption="Unidades",
        columns=(
            Column("sigla", "Sigla", "acronym", sort="acronym", link="get_absolute_url"),
            Column("nome", "Nome", "name", sort="name"),
            Column("superior", "Vinculação", acronyms.line_of, sort="path"),
            Column("especie", "Espécie", "get_kind_display", sort="kind"),
            Column("situacao", "Situação", _state, sort="is_active", kind=Kind.BADGE),
        ),
        finder=matching("orgs.unit"),
        filters=(
            ChoiceFilter("especie", "Espécie", "kind", UnitKind.choices),
            ChoiceFilter(
                "situacao", "Situação", "is_active", [("True", "em funcionamento"), ("False", "extintas")]
            ),
        ),
        order="superior",
        empty="Nenhuma unidade registrada. Crie a primeira, ou importe de uma planilha.",
    )


def _state(unit: Any) -> Badge:
    return WORKING if unit.is_active else EXTINCT
