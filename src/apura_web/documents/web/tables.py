"""The list of legal acts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apura_web.documents.models import ActKind, LegalAct, Relation
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.search.index import matching

OLDEST_OFFERED = 40


def page_of(record: Any) -> str:
    """Give the address of the act a record is of."""
    return reverse("legal_act", args=[record.root_code])


def legal_acts_layout(rows: QuerySet[LegalAct]) -> TableLayout:
    """Give the layout of the list, offering the years that have acts."""
    years = rows.order_by("-year").values_list("year", flat=True).distinct()[:OLDEST_OFFERED]
    return TableLayout(
        name="atos",
        caption="Atos registrados",
        columns=(
            Column("ato", "Ato", str, sort="number", link=page_of),
            Column("data", "Data do ato", "signed_on", sort="signed_on", kind=Kind.DATE),
            Column("autoridade", "Autoridade", "authority", sort="authority"),
            Column("ementa", "Ementa", "summary"),
            Column("relacao", "O que faz a outro", "get_relation_display", sort="relation", visible=False),
            Column("efeitos", "Produz efeitos desde", "takes_effect_on", kind=Kind.DATE, visible=False),
            Column("processo", "Processo SEI", "sei_process", sort="sei_process", visible=False),
            Column(
                "registrado",
                "Registrado em",
                "recorded_at",
                sort="recorded_at",
                kind=Kind.INSTANT,
                visible=False,
            ),
        ),
        finder=matching("documents.legalact", "number", "sei_process", code="root_code"),
        filters=(
            ChoiceFilter("especie", "Espécie", "kind", ActKind.choices),
            ChoiceFilter("ano", "Ano", "year", [(str(year), str(year)) for year in years]),
            ChoiceFilter("relacao", "Relação", "relation", Relation.choices),
        ),
        order="-data",
        empty="Nenhum ato registrado. Registre aqui o decreto, a portaria ou o ofício em que cada mudança se apoia.",
    )
