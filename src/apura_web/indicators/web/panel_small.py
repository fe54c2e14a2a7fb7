"""Small charts side by side, one for each indicator, of the units of the branch together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Badge
from apura_web.foundation.series_charts import SeriesChart
from apura_web.indicators.attainment import badge_of
from apura_web.indicators.models import Indicator
from apura_web.indicators.periods import Period, year_of
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.panel import Panel
from apura_web.indicators.web.panel_choice import YEARS_DRAWN, PanelChoice, panel_for
from apura_web.indicators.web.seeing_shown import chart_of

CHARTS_A_PAGE = 12
MOST_PERIODS = 18


@dataclass(frozen=True)
class SmallChart:
    """An indicator and its small chart."""

    indicator: Indicator
    chart: SeriesChart
    badge: Badge
    url: str


@dataclass(frozen=True)
class SmallCharts:
    """A page of small charts."""

    panel: Panel
    charts: Sequence[SmallChart]
    total: int
    page: int
    pages: int
    links: Sequence[tuple[int, str]]


def small_charts(request: ActorRequest, choice: PanelChoice) -> SmallCharts:
    """Draw the indicators of the branch, some at a time, over the last years."""
    whole = Period(year_of(choice.year - YEARS_DRAWN + 1).start, choice.whole.end)
    wanted = [each for each in choice.listed if choice.indicator in {None, each}]
    pages = max(1, -(-len(wanted) // CHARTS_A_PAGE))
    asked = request.GET.get("pagina", "")
    page = min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1  # noqa: PLR2004
    shown = wanted[(page - 1) * CHARTS_A_PAGE : page * CHARTS_A_PAGE]
    found = panel_for(request, choice, whole, [each.pk for each in shown] or (0,))
    branch = f"?unidade={choice.branch.code}" if choice.branch and len(choice.units) == 1 else ""
    charts = [
        _small(found, each, f"{each.get_absolute_url()}{branch}")
        for each in shown
        if each.pk in found.indicators
    ]
    links = [(number, choice.url(pagina=number)) for number in range(1, pages + 1)]
    return SmallCharts(found, charts, len(wanted), page, pages, links)


def _small(panel: Panel, indicator: Indicator, url: str) -> SmallChart:
    series = _series(panel, indicator.pk)
    drawn = chart_of(series, f"mini-{indicator.code}")
    last = next((each for each in reversed(series) if each.value is not None), None)
    small = replace(drawn, is_small=True, legend="")
    return SmallChart(indicator, small, badge_of(last.word if last else "não medida"), url)


def _series(panel: Panel, number: int) -> list[Result]:
    book = panel.book
    due = [each for each in book.own_periods(number, panel.span.whole) if each.end < panel.span.today]
    measured = {period for found, _, period in book.shelf.facts if found == number}
    periods = sorted(measured | {each for each in due if book.units_of(number, each)})
    return [book.result(number, book.units_of(number, each), each) for each in periods[-MOST_PERIODS:]]
