"""The lists of loads, of what one writes and of what is wrong in one."""

from __future__ import annotations

from apura.formula import brazilian
from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout
from apura_web.indicators.models import Load, LoadKind, LoadRow, RowFate, ValueState
from apura_web.indicators.selectors.loads import LoadState, state_of

TONES = {
    LoadState.READING: (Tone.INFO, "sync-alt"),
    LoadState.WRITING: (Tone.INFO, "sync-alt"),
    LoadState.WRONG: (Tone.BAD, "times-circle"),
    LoadState.STOPPED: (Tone.BAD, "exclamation-triangle"),
    LoadState.STAGED: (Tone.ATTENTION, "clock"),
    LoadState.EMPTY: (Tone.NEUTRAL, "minus"),
    LoadState.DONE: (Tone.GOOD, "check-circle"),
}


def badge_of(load: Load) -> Badge:
    """Say how far a load is, as a badge."""
    state = state_of(load)
    return Badge(state.value, *TONES[state])


def _after(row: LoadRow) -> str:
    if row.value is not None:
        return brazilian(row.value, None)
    return str(ValueState(row.state).label) if row.state else "só a meta"


LOADS = TableLayout(
    name="cargas",
    caption="Cargas",
    columns=(
        Column("arquivo", "Arquivo", "file_name", sort="file_name", link="get_absolute_url"),
        Column("especie", "Espécie", "get_kind_display"),
        Column("onde", "De quem", lambda row: row.under or "toda a instituição"),
        Column("quando", "Enviada em", "asked_at", sort="asked_at", kind=Kind.INSTANT),
        Column("valores", "Valores", "total", kind=Kind.NUMBER),
        Column("gravados", "Gravados", "done", sort="done", kind=Kind.NUMBER),
        Column("situacao", "Situação", badge_of, kind=Kind.BADGE),
        Column("origem", "De onde vêm", "reason", visible=False),
    ),
    search=("file_name", "reason"),
    filters=(ChoiceFilter("especie", "Espécie", "kind", LoadKind.choices),),
    order="-quando",
    empty="Nenhum arquivo de apurações foi enviado.",
)
ROWS = TableLayout(
    name="linhas",
    caption="O que este arquivo grava",
    columns=(
        Column("linha", "Linha", "line", kind=Kind.NUMBER),
        Column("indicador", "Indicador", "indicator.number"),
        Column("unidade", "Unidade", "unit.acronym"),
        Column("periodo", "Período", "period.label"),
        Column("parte", "Desagregação", "breakdown", visible=False),
        Column("variavel", "Variável", lambda row: row.variable or "resultado, sem memória"),
        Column("antes", "Havia", lambda row: row.before or "—"),
        Column("depois", "Fica", _after, kind=Kind.NUMBER),
        Column("meta", "Meta", lambda row: brazilian(row.target, None) if row.target is not None else ""),
        Column("firmeza", "Firmeza", "get_certainty_display", visible=False),
        Column("motivo", "Motivo", "reason", visible=False),
    ),
    search=("indicator__number", "unit__acronym"),
    filters=(ChoiceFilter("faz", "O que faz", "fate", RowFate.choices[1:3]),),
    empty="Nenhuma linha.",
)
PROBLEMS = TableLayout(
    name="erros",
    caption="Erros por linha",
    columns=(
        Column("onde", "Onde", "place"),
        Column("coluna", "Coluna", "column"),
        Column("erro", "O que está errado e o que fazer", "message"),
    ),
    search=("part", "column", "message"),
)
