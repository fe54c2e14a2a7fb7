"""What a panel is asked for, all in the address: view, year, frequency, branch, indicator, dimension, figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Tab
from apura_web.indicators.models import Figure, Indicator
from apura_web.indicators.periods import Frequency, Period, year_of
from apura_web.indicators.selectors.cards import indicators_visible_to, version_for
from apura_web.indicators.selectors.panel import (
    MOST_UNITS,
    Panel,
    Span,
    panel_of,
    units_measuring_within,
    years_of_ledger,
)
from apura_web.orgs.models import Unit

VIEWS = (
    ("matriz", "Matriz"),
    ("lista", "Lista"),
    ("comparar", "Comparar unidades"),
    ("graficos", "Gráficos"),
)
UNITS_A_PAGE, UNITS_IN_DETAIL = 10, 5
YEARS_DRAWN = 3
NAMES = ("visao", "ano", "frequencia", "ramo", "indicador", "dimensao", "detalhe", "valor", "periodo")


@dataclass(frozen=True)
class PanelChoice:
    """What somebody asks of a panel.

    Attributes:
        asked: what the address says, by name.
        branches: the units offered as branches.
        listed: the indicators offered.
        units: those on this page.
        pages: how many pages of units there are.
    """

    asked: dict[str, str]
    view: str
    year: int
    years: list[int]
    branches: list[Unit]
    branch: Unit | None
    listed: list[Indicator]
    indicator: Indicator | None
    figure: str
    is_detailed: bool
    units: list[Unit]
    total: int
    page: int
    pages: int

    def url(self, **changed: str | int) -> str:
        """Give the address of this panel with something changed; empty takes it away."""
        query = {**self.asked, **{name: str(value) for name, value in changed.items()}}
        kept = {name: value for name, value in query.items() if value}
        return f"?{urlencode(kept)}" if kept else reverse("panel")

    @property
    def tabs(self) -> list[Tab]:
        """The views of the panel."""
        return [
            Tab(label, self.url(visao="" if name == "matriz" else name, pagina=""), name == self.view)
            for name, label in VIEWS
        ]

    @property
    def list_url(self) -> str:
        """Where the same is a list."""
        return self.url(visao="lista", pagina="")

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The pages of units and their addresses."""
        return [(number, self.url(pagina=number)) for number in range(1, self.pages + 1)]

    @property
    def whole(self) -> Period:
        """The stretch of days."""
        return year_of(self.year)


def choice_of(request: ActorRequest) -> PanelChoice:
    """Read what a panel is asked for; what means nothing is passed over."""
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip()[:80] for name in NAMES}
    years, latest = years_of_ledger(request.actor, request.today)
    year = int(asked["ano"]) if asked["ano"] in map(str, years) else latest
    view = asked["visao"] if asked["visao"] in dict(VIEWS) else "matriz"
    whole = year_of(year)
    branches = list(units_measuring_within(request.actor, whole)[:MOST_UNITS])
    branch = next((each for each in branches if each.code == asked["ramo"]), None)
    listed = list(indicators_visible_to(request.actor).order_by("number")[:MOST_UNITS])
    indicator = next((each for each in listed if each.code == asked["indicador"]), None)
    is_detailed = asked["detalhe"] == "indicadores"
    under = [each for each in branches if branch is None or each.path.startswith(branch.path)]
    size = len(under) or 1
    if view == "matriz":
        size = UNITS_IN_DETAIL if is_detailed else UNITS_A_PAGE
    pages = max(1, -(-len(under) // size))
    page = _page(request.GET.get("pagina", ""), pages)
    return PanelChoice(
        asked,
        view,
        year,
        years,
        branches,
        branch,
        listed,
        indicator,
        asked["valor"] if asked["valor"] in Figure.values else Figure.REPORTED,
        is_detailed,
        under[(page - 1) * size : page * size],
        len(under),
        page,
        pages,
    )


def panel_for(
    request: ActorRequest, choice: PanelChoice, whole: Period | None = None, only: Sequence[int] = ()
) -> Panel:
    """Give the panel of what was chosen.

    Args:
        request: of who looks.
        choice: what was chosen.
        whole: another stretch than the year, as the years before it too.
        only: these indicators; none named is the one chosen, or all.
    """
    chosen = tuple(only) or ((choice.indicator.pk,) if choice.indicator else ())
    span = Span(whole or choice.whole, request.today, choice.figure, chosen)
    return panel_of(request.actor, choice.units, span)


def frequency_of(choice: PanelChoice, panel: Panel) -> str:
    """Give the frequency chosen, or the most common."""
    found = panel.frequencies()
    asked = choice.asked["frequencia"]
    if asked in found or not found:
        return asked if asked in found else str(Frequency.YEARLY)
    return max(Frequency, key=lambda each: found.get(each, 0)).value


def dimensions_of(panel: Panel) -> dict[int, str]:
    """Give the dimension of each indicator in the stretch."""
    return {
        number: card.dimension
        for number in panel.indicators
        if (card := version_for(panel.book.shelf.versions.get(number, ()), panel.span.whole)) is not None
    }


def _page(asked: str, pages: int) -> int:
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST_UNITS)) + 1
    return min(max(1, int(asked)), pages) if is_number else 1
