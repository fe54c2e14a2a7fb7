"""The list of agreements."""

from __future__ import annotations

from django.db.models import QuerySet

from apura_web.agreements.lifecycle import LABELS, Side, State
from apura_web.agreements.models import Agreement
from apura_web.agreements.web.agreement_frame import BADGES
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout

TURNS = {Side.CENTRAL.value: "unidade central", Side.AGREED.value: "Acordada"}
NONE_YET = "Nenhum acordo à vista: a unidade central ou o coordenador setorial inicia um."
START = "Ainda não há acordo. Use “Iniciar acordo”: o texto já começa com o que o decreto diz."


def agreements_layout(rows: QuerySet[Agreement], *, can_open: bool) -> TableLayout:
    """Give the layout of the list of agreements.

    Args:
        rows: those the person sees, from which the filters take their choices.
        can_open: whether the person may start one.
    """
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    return TableLayout(
        name="acordos",
        caption="Acordos de resultados",
        columns=(
            Column("numero", "Número", "number", sort="number", link="get_absolute_url"),
            Column("acordada", "Acordada", "unit.acronym", sort="unit__acronym"),
            Column("nome", "Órgão ou entidade", "unit.name", sort="unit__name"),
            Column("exercicio", "Exercício", lambda row: str(row.year), sort="year"),
            Column("etapa", "Etapa", lambda row: BADGES[State(row.state)], sort="state", kind=Kind.BADGE),
            Column("vez", "É a vez de", turn_in_words, sort="turn"),
            Column("rodadas", "Rodadas", "rounds", sort="rounds", kind=Kind.NUMBER),
            Column("ate", "Vigente até", "term_until", sort="term_until", kind=Kind.DATE, visible=False),
        ),
        search=("number", "unit__acronym", "unit__name"),
        filters=(
            ChoiceFilter(
                "etapa", "Etapa", "state", [(each.value, LABELS[each].capitalize()) for each in State]
            ),
            ChoiceFilter("exercicio", "Exercício", "year", [(str(each), str(each)) for each in years]),
            ChoiceFilter(
                "vez", "É a vez de", "turn", [(each, said.capitalize()) for each, said in TURNS.items()]
            ),
        ),
        order="-exercicio",
        key="code",
        empty=START if can_open else NONE_YET,
    )


def turn_in_words(row: Agreement) -> str:
    """Say whose turn it is; nothing once nobody is expected to do anything."""
    match State(row.state):
        case State.ALIGNMENT:
            return TURNS[Side.CENTRAL.value]
        case State.NEGOTIATION:
            return TURNS[row.turn]
        case State.SIGNING:
            return "partes signatárias"
        case _:
            return ""
