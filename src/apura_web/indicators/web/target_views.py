"""The page of the targets of an indicator."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.indicators.models import Baseline, CardVersion, Indicator, Target
from apura_web.indicators.selectors.card_pages import Authorship, authors_of, units_of
from apura_web.indicators.selectors.cards import version_for, version_on, versions_of
from apura_web.indicators.selectors.targets import chains_of
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of, tabs_of
from apura_web.indicators.web.target_told import Told, UnitTargets, told_of, years_in
from apura_web.orgs.models import Unit


@signed_in
@require_GET
def targets(request: ActorRequest, code: str) -> HttpResponse:
    """Show the baselines and the targets by unit and period, with where each comes from and what it replaced."""
    indicator = find_indicator(request, code)
    versions = versions_of(indicator)
    chains, bases = chains_of(Target, indicator), chains_of(Baseline, indicator)
    years = years_in([chain[0].period for chain in chains])
    asked = request.GET.get("ano", "")
    year = int(asked) if asked in {str(each) for each in years} else None
    shown = [chain for chain in chains if year is None or chain[0].period_end.year == year]
    rows: list[Target | Baseline] = [row for chain in shown for row in chain]
    rows += [row for chain in bases for row in chain]
    authors = authors_of(rows, request.actor)
    told = [told_of(chain, _card_of(versions, chain[0]), authors) for chain in shown]
    context = {
        "indicator": indicator,
        "card": version_on(versions, request.today) or (versions[-1] if versions else None),
        "units": _by_unit(indicator, told, _told_bases(bases, versions, authors)),
        "years": [(each, each == year) for each in years],
        "year": year,
        "this_year": request.today.year,
        "tabs": tabs_of(indicator, "indicator_targets"),
        "crumbs": crumbs_of(indicator, Crumb("Metas")),
    }
    return render(request, "indicators/target_page.html", context)


def _card_of(versions: list[CardVersion], row: Target | Baseline) -> CardVersion | None:
    return version_for(versions, row.period) or (versions[-1] if versions else None)


def _told_bases(
    bases: list[list[Baseline]], versions: list[CardVersion], authors: dict[str, Authorship]
) -> list[Told]:
    return [told_of(chain, _card_of(versions, chain[0]), authors) for chain in bases]


def _by_unit(indicator: Indicator, targets: list[Told], baselines: list[Told]) -> list[UnitTargets]:
    measuring = units_of(indicator)
    found: dict[int, Unit] = {unit.pk: unit for unit in measuring}
    found |= {each.row.unit.pk: each.row.unit for each in (*targets, *baselines)}
    return [
        UnitTargets(
            unit,
            [each for each in targets if each.row.unit_id == unit.pk],
            [each for each in baselines if each.row.unit_id == unit.pk],
            unit in measuring,
        )
        for unit in sorted(found.values(), key=lambda each: each.path)
    ]
