"""The panel: a matrix of units by periods, the same as a list, units compared, small charts; as pages and as data."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.series_charts import standalone
from apura_web.foundation.tables import Table
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.models import Figure
from apura_web.indicators.periods import Frequency
from apura_web.indicators.selectors.panel import Panel, timeliness_of
from apura_web.indicators.web.panel_choice import (
    PanelChoice,
    choice_of,
    dimensions_of,
    frequency_of,
    panel_for,
)
from apura_web.indicators.web.panel_compare import comparison_of
from apura_web.indicators.web.panel_data import as_data, items_layout
from apura_web.indicators.web.panel_matrix import Matrix, legend
from apura_web.indicators.web.panel_small import small_charts
from apura_web.indicators.web.seeing_views import PICTURES, picture, picture_urls

CRUMBS = (Crumb("Painel"),)


@signed_in
@require_GET
def panel(request: ActorRequest) -> HttpResponse:
    """Show the panel, in the view asked for; as data, when asked for."""
    choice = choice_of(request)
    if choice.view == "graficos":
        return _charts(request, choice)
    if choice.view == "comparar":
        return _compared(request, choice)
    found = panel_for(request, choice)
    frequency = frequency_of(choice, found)
    dimensions = dimensions_of(found)
    wanted = {
        number for number in found.indicators if choice.asked["dimensao"] in {"", dimensions.get(number, "")}
    }
    matrix = Matrix(found, frequency, wanted)
    if request.GET.get("formato") == "json":
        return JsonResponse(as_data(choice, matrix), json_dumps_params={"ensure_ascii": False, "indent": 1})
    context = {
        **_common(choice, found, frequency),
        "matrix": matrix,
        "dimensions": sorted(set(dimensions.values()) - {""}),
    }
    if choice.view == "lista":
        return Table(items_layout(), list(matrix.items()), request).answer(
            "indicators/panel_list.html", context
        )
    late = timeliness_of(request.actor, [each.pk for each in choice.units], found.span)
    url = f"{choice.url(detalhe='indicadores', ramo='')}&ramo="
    rows = matrix.rows(late, is_detailed=choice.is_detailed, url=url)
    context |= {"rows": rows, "legend": legend(rows), "width": len(matrix.columns)}
    context["json_url"] = choice.url(formato="json", pagina=str(choice.page))
    return render(request, "indicators/panel.html", context)


def _compared(request: ActorRequest, choice: PanelChoice) -> HttpResponse:
    chosen = choice.indicator or next(iter(choice.listed), None)
    found = panel_for(request, choice, only=(chosen.pk,) if chosen else ())
    compared = comparison_of(choice, found, chosen) if chosen and chosen.pk in found.indicators else None
    if (kind := request.GET.get("formato", "")) in PICTURES and compared is not None:
        return picture(standalone(compared.chart), f"comparar-{compared.indicator.number}", kind)
    context = {
        **_common(choice, found, ""),
        "compared": compared,
        "chosen": chosen,
        "file_urls": picture_urls(request),
    }
    return render(request, "indicators/panel_compare.html", context)


def _charts(request: ActorRequest, choice: PanelChoice) -> HttpResponse:
    shown = small_charts(request, choice)
    return render(
        request, "indicators/panel_small.html", {**_common(choice, shown.panel, ""), "shown": shown}
    )


def _common(choice: PanelChoice, found: Panel, frequency: str) -> dict[str, Any]:
    frequencies = found.frequencies()
    return {
        "choice": choice,
        "frequency": frequency,
        "frequencies": [(each.value, each.label) for each in Frequency if each in frequencies],
        "figures": Figure.choices,
        "tabs": choice.tabs,
        "crumbs": CRUMBS,
    }
