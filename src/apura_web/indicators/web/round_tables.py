"""The lists of collections and of the answers to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apura_web.foundation.presentation import Badge, Tone, state_badge
from apura_web.foundation.tables import BulkAction, ChoiceFilter, Column, Kind, TableLayout
from apura_web.indicators.models import Round, SubmissionState
from apura_web.indicators.selectors.awaiting import due_badge
from apura_web.indicators.selectors.rounds import Progress


def window_badge(found: Round, today: date) -> Badge:
    """Say where the window of a collection is on a day."""
    if today < found.opens_on:
        return Badge("ainda não aberta", Tone.NEUTRAL, "hourglass-half")
    if today > found.closes_on:
        return Badge("fechada", Tone.NEUTRAL, "lock")
    return Badge("aberta", Tone.INFO, "lock-open")


def timing_badge(row: Progress, found: Round, today: date) -> Badge:
    """Say whether a unit is in time, and by how many days it was or is late."""
    late = row.submission.days_late
    if late is not None:
        return state_badge("em dia") if not late else Badge(_days(late), Tone.BAD, "exclamation-triangle")
    return due_badge(found.due_on, today)


def rounds_layout(today: date) -> TableLayout:
    """Give the layout of the list of collections."""
    return TableLayout(
        name="coletas",
        caption="Coletas",
        columns=(
            Column("nome", "Coleta", "name", sort="name", link="get_absolute_url"),
            Column("onde", "Quem responde", lambda row: row.under or "toda a instituição"),
            Column("inicio", "Apura desde", "period_start", sort="period_start", kind=Kind.DATE),
            Column("fim", "até", "period_end", sort="period_end", kind=Kind.DATE),
            Column("vence", "Vence", "due_on", sort="due_on", kind=Kind.DATE),
            Column("fecha", "Fecha", "closes_on", sort="closes_on", kind=Kind.DATE, visible=False),
            Column("situacao", "Situação", lambda row: window_badge(row, today), kind=Kind.BADGE),
        ),
        search=("name",),
        order="-fim",
        empty="Nenhuma coleta foi aberta. A unidade central abre uma para que as unidades preencham suas apurações.",
    )


def answers_layout(found: Round, today: date, chase_url: str) -> TableLayout:
    """Give the layout of the answers to a collection, with the way to chase who owes one.

    Args:
        found: the collection.
        today: the institution's day.
        chase_url: where the units chosen are posted; empty when the looker may not chase.
    """
    states = [(state.label, state.label) for state in SubmissionState]
    return TableLayout(
        name="remessas",
        caption="Respostas das unidades",
        columns=(
            Column(
                "unidade", "Unidade", "unit.acronym", sort="unit.acronym", link="submission.get_absolute_url"
            ),
            Column("nome", "Nome", "unit.name", sort="unit.name", visible=False),
            Column("situacao", "Situação", lambda row: state_badge(row.state), sort="state", kind=Kind.BADGE),
            Column("prazo", "Prazo", lambda row: timing_badge(row, found, today), kind=Kind.BADGE),
            Column("preenchidas", "Preenchidas", "filled", sort="filled", kind=Kind.NUMBER),
            Column("total", "De", "total", sort="total", kind=Kind.NUMBER),
            Column("erros", "Com erro", "problems", sort="problems", kind=Kind.NUMBER),
            Column(
                "enviada", "Enviada em", "submission.sent_at", sort="submission.sent_at", kind=Kind.INSTANT
            ),
            Column("atraso", "Dias de atraso", "submission.days_late", kind=Kind.NUMBER, visible=False),
        ),
        search=("unit.acronym", "unit.name"),
        filters=(ChoiceFilter("situacao", "Situação", "state", states),),
        actions=(BulkAction("Cobrar", chase_url),) if chase_url else (),
        key="submission.code",
        empty="Nenhuma unidade do seu alcance responde a esta coleta.",
    )


@dataclass(frozen=True)
class Rate:
    """A share of the units, in words and numbers."""

    label: str
    done: int
    total: int
    note: str

    @property
    def percent(self) -> int:
        """The part, in whole hundredths."""
        return 100 * self.done // self.total if self.total else 0


def rates_of(rows: Sequence[Progress], found: Round, today: date) -> list[Rate]:
    """Give how many units answered and how many did so in time: two things that one number would hide."""
    sent = [row for row in rows if row.submission.first_sent_on is not None]
    in_time = [row for row in sent if not row.submission.days_late]
    due = f"até {found.due_on:%d/%m/%Y}"
    note = due if today > found.due_on else f"{due}, ainda a vencer"
    return [
        Rate("Enviaram", len(sent), len(rows), "das unidades que respondem"),
        Rate("Enviaram no prazo", len(in_time), len(rows), note),
        Rate("Preenchimento", sum(row.filled for row in rows), sum(row.total for row in rows), "das células"),
    ]


def _days(count: int) -> str:
    return "1 dia" if count == 1 else f"{count} dias"
