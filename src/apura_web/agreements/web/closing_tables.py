"""The lists of closings: periods that may be closed, closings made, the agreements of one."""

from __future__ import annotations

from fractions import Fraction

from django.urls import reverse

from apura.formula import brazilian
from apura_web.agreements.models import ClosingLine, LineFate, ScoreKind
from apura_web.agreements.selectors.closings import Due, RunState, state_of
from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, TableLayout

PLACES = 2
RUN_BADGES = {
    RunState.RUNNING: Badge("em andamento", Tone.INFO, "sync-alt"),
    RunState.STOPPED: Badge("parado", Tone.BAD, "exclamation-triangle"),
    RunState.DONE: Badge("concluído", Tone.GOOD, "check-circle"),
}
FATE_BADGES = {
    LineFate.WAITING: Badge("à espera", Tone.NEUTRAL, "hourglass-half"),
    LineFate.MADE: Badge("nota apurada", Tone.GOOD, "check-circle"),
    LineFate.THERE: Badge("já estava apurada", Tone.NEUTRAL, "check"),
    LineFate.REFUSED: Badge("sem nota", Tone.ATTENTION, "exclamation-triangle"),
}


def _due_badge(due: Due) -> Badge:
    if due.left:
        return Badge("pode ser fechado", Tone.ATTENTION, "clock")
    return Badge("todas apuradas", Tone.GOOD, "check-circle")


def _due_url(due: Due) -> str:
    return reverse("closing_close", args=[due.key]) if due.left else ""


def score_text(line: ClosingLine) -> str:
    """Write the score of an agreement in a closing; empty when there is none."""
    return brazilian(Fraction(line.score.value), PLACES) if line.score and line.score.value else ""


def _score_url(line: ClosingLine) -> str:
    return reverse("calculation", args=[line.score.calculation.code]) if line.score else ""


DUES = TableLayout(
    name="periodos",
    caption="Períodos encerrados",
    prefix="p",
    columns=(
        Column("nota", "Nota", "label", link=_due_url),
        Column("ate", "Até", "until_on", kind=Kind.DATE),
        Column("acordos", "Acordos", "total", kind=Kind.NUMBER),
        Column("apuradas", "Apuradas", "made", kind=Kind.NUMBER),
        Column("faltam", "Faltam", "left", kind=Kind.NUMBER),
        Column("situacao", "Situação", _due_badge, kind=Kind.BADGE),
    ),
    order="",
    empty="Nenhum acordo vigente tem período encerrado.",
)
CLOSING_RUNS = TableLayout(
    name="fechamentos",
    caption="Fechamentos feitos",
    columns=(
        Column("fechamento", "Fechamento", str, link="get_absolute_url"),
        Column("pedido", "Pedido em", "confirmed_at", sort="confirmed_at", kind=Kind.INSTANT),
        Column("situacao", "Situação", lambda row: RUN_BADGES[state_of(row)], kind=Kind.BADGE),
    ),
    filters=(ChoiceFilter("nota", "Nota", "kind", ScoreKind.choices),),
    order="-pedido",
    empty="Nenhum período foi fechado de uma vez.",
)
CLOSING_LINES = TableLayout(
    name="acordos",
    caption="Acordos do fechamento",
    columns=(
        Column("acordo", "Acordo", "agreement.number", link=lambda row: row.agreement.get_absolute_url()),
        Column("acordada", "Acordada", "agreement.unit.acronym"),
        Column("situacao", "Situação", lambda row: FATE_BADGES[LineFate(row.fate)], kind=Kind.BADGE),
        Column("nota", "Nota", score_text, link=_score_url),
        Column("por-que", "Por quê", "reason"),
    ),
    filters=(ChoiceFilter("situacao", "Situação", "fate", LineFate.choices),),
    order="",
    empty="Nenhum acordo.",
)
