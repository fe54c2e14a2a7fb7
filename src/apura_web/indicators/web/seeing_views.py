"""The page of an indicator: what it measures, how it stands, its chart, its table, what was said and attached."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apura import paper
from apura_web.audit.names import names_of
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Badge, Fact, slug
from apura_web.foundation.series_charts import standalone
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.files import file_answer, hand_over
from apura_web.indicators.attainment import badge_of
from apura_web.indicators.models import CardVersion, Indicator
from apura_web.indicators.results import Result
from apura_web.indicators.selectors.cards import version_on
from apura_web.indicators.selectors.seeing import documented_batches, evidence_visible_to
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of, tabs_of
from apura_web.indicators.web.seeing_choice import choice_of
from apura_web.indicators.web.seeing_said import said_about
from apura_web.indicators.web.seeing_shown import (
    chart_of,
    columns_of,
    lines_of,
    periods_shown,
    result_of,
    unit_name,
    year_lines,
    years_of,
)

PICTURES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}


@signed_in
@require_GET
def indicator(request: ActorRequest, code: str) -> HttpResponse:
    """Show how an indicator stands; its chart alone, as a picture, when asked for."""
    found = find_indicator(request, code)
    choice = choice_of(request, found)
    periods, left_out = periods_shown(choice)
    series = [result_of(choice, each) for each in periods]
    chart = chart_of(series)
    if (kind := request.GET.get("formato", "")) in PICTURES:
        return picture(standalone(chart), found.number, kind)
    card = version_on(choice.sight.versions, request.today)
    context = {
        "indicator": found,
        "card": card or (choice.sight.versions[-1] if choice.sight.versions else None),
        "state": _state(card, series),
        "facts": _facts(request, found, card),
        "choice": choice,
        "years": years_of(choice),
        "unit_name": unit_name(choice),
        "chart": chart,
        "columns": columns_of(series),
        "lines": lines_of(choice, series),
        "year_lines": year_lines(choice, series),
        "left_out": left_out,
        "file_urls": picture_urls(request),
        **said_about(found, request.actor, choice.entry),
        "tabs": tabs_of(found, "indicator"),
        "crumbs": crumbs_of(found),
    }
    return render(request, "indicators/indicator.html", context)


@signed_in
@require_GET
def evidence_file(request: ActorRequest, code: str, evidence_code: str) -> FileResponse:
    """Hand over a file that shows where a measurement came from."""
    found = find_indicator(request, code)
    rows = evidence_visible_to(request.actor).filter(indicator=found)
    return hand_over(get_object_or_404(rows, code=evidence_code).blob)


@signed_in
@require_GET
def batch_document(request: ActorRequest, code: str, batch_code: str) -> FileResponse:
    """Hand over the document that values of an indicator came from."""
    found = find_indicator(request, code)
    rows = documented_batches(request.actor).filter(measurements__indicator=found).distinct()
    document = get_object_or_404(rows, code=batch_code).document
    assert document is not None  # noqa: S101 - the selector gives no other
    return hand_over(document)


def picture(drawing: str, name: str, kind: str) -> HttpResponse:
    """Answer with a drawing as a file of one of the kinds of :data:`PICTURES`."""
    content = drawing if kind == "svg" else paper.picture(drawing)
    return file_answer(content, f"{slug(name)}.{kind}", PICTURES[kind])


def picture_urls(request: ActorRequest) -> list[tuple[str, str]]:
    """Give the addresses of the chart of this page as a picture, each with its kind."""
    found = []
    for kind in PICTURES:
        query = request.GET.copy()
        query["formato"] = kind
        found.append((kind.upper(), f"?{query.urlencode()}"))
    return found


def _state(card: CardVersion | None, series: list[Result]) -> Badge:
    """Give how the last period measured stands; before any, whether the card is in force."""
    if card is None:
        return Badge("fora de apuração", icon="archive")
    last = next((each for each in reversed(series) if each.value is not None), None)
    return badge_of(last.word) if last else badge_of("não medida")


def _facts(request: ActorRequest, found: Indicator, card: CardVersion | None) -> list[Fact]:
    unit = found.unit
    facts = [Fact("Unidade responsável", f"{unit} – {unit.name}", unit.get_absolute_url())]
    if card is None:
        return facts
    person = card.responsible
    if person is not None:
        facts.append(Fact("Pessoa responsável", names_of({person.code}, request.actor)[person.code]))
    return [
        *facts,
        Fact("Frequência", card.get_frequency_display()),
        Fact("No ano", card.get_accumulation_display()),
        Fact("Dimensão", card.dimension),
        Fact("Fonte", card.source, note=card.release),
    ]
