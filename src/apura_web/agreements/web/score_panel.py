"""Every agreement at once: where each is, its scores as a small line, the ranking and how the scores spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpResponse
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura.formula import brazilian
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, Score, ScoreKind
from apura_web.agreements.selectors.closings import (
    Standing,
    may_see_closings,
    standings_of,
)
from apura_web.agreements.web.agreement_frame import BADGES
from apura_web.agreements.web.agreement_tabs import LIST
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.charts import BarChart, Point
from apura_web.foundation.presentation import Badge, Crumb
from apura_web.foundation.sparklines import Sparkline
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, Table, TableLayout
from apura_web.foundation.web.access import signed_in

PLACES = 2


@dataclass(frozen=True)
class Line:
    """An agreement in the panel.

    Attributes:
        rank: its place by the latest score in its year; None without a score.
        scores: every score that stands, in order.
    """

    agreement: Agreement
    rank: int | None
    scores: tuple[Score, ...]

    @property
    def year(self) -> str:
        """The year it is of."""
        return str(self.agreement.year)

    @property
    def last(self) -> Score | None:
        """The latest score."""
        return self.scores[-1] if self.scores else None

    @property
    def value(self) -> Fraction | None:
        """The latest score, exact."""
        return Fraction(self.last.value) if self.last is not None else None

    @property
    def text(self) -> str:
        """The latest score, as it is read."""
        return "" if self.value is None else brazilian(self.value, PLACES)

    @property
    def series(self) -> Sparkline | None:
        """Every score, in order, as a small line; None without a score."""
        values = [Fraction(each.value) for each in self.scores]
        return Sparkline(values, max(values), PLACES) if values else None

    @property
    def of(self) -> str:
        """What the latest score is of."""
        if self.last is None:
            return ""
        kind = "final" if self.last.kind == ScoreKind.FINAL else "parcial"
        return f"{kind}, até {self.last.until_on:%d/%m/%Y}"

    @property
    def score_url(self) -> str:
        """Where the latest score is explained."""
        return reverse("calculation", args=[self.last.calculation.code]) if self.last else ""

    @property
    def badge(self) -> Badge:
        """Where the agreement is."""
        return BADGES[State(self.agreement.state)]

    @property
    def pending(self) -> str:
        """What the latest score lacks."""
        if self.last is None:
            return ""
        told = [
            f"{self.last.missing_count} não apurado{pluralize(self.last.missing_count)}"
            if self.last.missing_count
            else "",
            f"{self.last.provisional_count} provisório{pluralize(self.last.provisional_count)}"
            if self.last.provisional_count
            else "",
        ]
        return "; ".join(each for each in told if each) or "nenhuma"


@signed_in
@require_GET
def panel(request: ActorRequest) -> HttpResponse:
    """Show every agreement the person sees."""
    lines = lines_of(standings_of(request.actor))
    table = Table(_layout(list(dict.fromkeys(each.year for each in lines))), lines, request)
    year = table.chosen.get("exercicio", "")
    shown = [each for each in lines if year in {"", each.year}]
    context = {
        "year": year,
        "chart": spread_of(shown),
        "scored": sum(each.last is not None for each in shown),
        "total": len(shown),
        "may_see_closings": may_see_closings(request.actor),
        "crumbs": (LIST, Crumb("Painel")),
    }
    return table.answer("agreements/panel.html", context)


def lines_of(standings: Sequence[Standing]) -> list[Line]:
    """Rank agreements by their latest score, among those of the same year; equal scores share a place."""
    values: dict[int, list[Fraction]] = {}
    for each in standings:
        if each.last is not None:
            values.setdefault(each.agreement.year, []).append(Fraction(each.last.value))
    for found in values.values():
        found.sort(reverse=True)
    return [Line(each.agreement, _rank(each, values), each.scores) for each in standings]


def _rank(standing: Standing, values: Mapping[int, Sequence[Fraction]]) -> int | None:
    if standing.last is None:
        return None
    return values[standing.agreement.year].index(Fraction(standing.last.value)) + 1


def spread_of(lines: Sequence[Line]) -> BarChart | None:
    """Draw how many agreements have each whole score; nothing before there are two."""
    values = [each.value for each in lines if each.value is not None]
    if len(values) < 2:  # noqa: PLR2004 - one alone does not spread
        return None
    counts: dict[int, int] = {}
    for each in values:
        counts[int(each)] = counts.get(int(each), 0) + 1
    points = [
        Point(f"de {low} a menos de {low + 1}", Fraction(counts.get(low, 0)))
        for low in range(max(counts), min(counts) - 1, -1)
    ]
    middle = sorted(values)[len(values) // 2]
    title = f"Ao menos metade dos acordos com nota tem {brazilian(middle, PLACES)} ou mais"
    finding = "; ".join(f"{each.label}: {each.shown}" for each in points)
    return BarChart("distribuicao", title, finding, points, "acordo")


def _layout(years: Sequence[str]) -> TableLayout:
    states = [(each.value, badge.word.capitalize()) for each, badge in BADGES.items()]
    return TableLayout(
        name="acordos",
        caption="Acordos e suas notas",
        columns=(
            Column("lugar", "Lugar", "rank", sort="rank", kind=Kind.NUMBER),
            Column("acordo", "Acordo", "agreement.number", sort="agreement.number", link=_agreement_url),
            Column("acordada", "Acordada", "agreement.unit.acronym", sort="agreement.unit.acronym"),
            Column("exercicio", "Exercício", "year", sort="year"),
            Column("etapa", "Etapa", "badge", kind=Kind.BADGE),
            Column("nota", "Última nota", "text", sort="value", link="score_url", kind=Kind.NUMBER),
            Column("de", "De", "of"),
            Column("serie", "Notas, na ordem", "series", kind=Kind.LINE),
            Column("pendencias", "Pendências", "pending"),
        ),
        search=("agreement.number", "agreement.unit.acronym", "agreement.unit.name"),
        filters=(
            ChoiceFilter("exercicio", "Exercício", "year", [(each, each) for each in years]),
            ChoiceFilter("etapa", "Etapa", "agreement.state", states),
        ),
        order="lugar",
        empty="Nenhum acordo neste exercício.",
    )


def _agreement_url(line: Line) -> str:
    return line.agreement.get_absolute_url()
