"""Fixing targets, a unit and a year at a time, and baselines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura.formula import finite_places
from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.forms import QuantityField
from apura_web.foundation.presentation import Basis, Confirmation, Crumb
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import NEW_ACT, Deed, answer, typed_before
from apura_web.indicators.models import Baseline, Indicator, Target
from apura_web.indicators.models.cards import PLACES
from apura_web.indicators.partial_targets import distribute
from apura_web.indicators.periods import year_of
from apura_web.indicators.selectors.card_pages import periods_of_year, units_of
from apura_web.indicators.selectors.cards import version_for, versions_of
from apura_web.indicators.selectors.targets import baselines_of, chains_of
from apura_web.indicators.services import targets as services
from apura_web.indicators.web.card_deeds import find_indicator
from apura_web.indicators.web.indicator_tabs import crumbs_of
from apura_web.indicators.web.target_forms import BaselineForm, OriginForm, Setting, TargetsForm, YearForm
from apura_web.indicators.web.target_told import amount
from apura_web.orgs.models import Unit

DISTRIBUTE = "distribuir"
DIFF = "foundation/components/_diff.html"
QUANTITY = QuantityField(places=PLACES, required=False)
UNDOING = "Fixando outra vez, com o motivo: o valor anterior continua à vista."


@signed_in
@require_http_methods(["GET", "POST"])
def set_targets(request: ActorRequest, code: str) -> HttpResponse:
    """Fix the targets of a year at a unit."""
    indicator = find_indicator(request, code)
    check_power(request, "indicators.target.set", indicator)
    units = units_of(indicator)
    choice = _choice(request, units)
    if not choice.is_valid():
        return _choosing(request, indicator, choice)
    unit = next(each for each in units if each.code == choice.cleaned_data["unidade"])
    setting = setting_of(indicator, unit, choice.cleaned_data["ano"])
    if setting is None:
        choice.add_error("ano", "Nenhuma versão da ficha estava em vigor nesse ano: confira o ano.")
        return _choosing(request, indicator, choice)
    form = _targets_form(request, indicator, setting)
    deed = _targets_deed(request, indicator, setting, form)
    if request.method == "POST" and DISTRIBUTE in request.POST and NEW_ACT not in request.POST:
        context = {**deed.page, "form": form, "submit": "Continuar", "has_act": True}
        return render(request, "foundation/deed_form.html", context)
    return answer(request, deed)


@signed_in
@require_http_methods(["GET", "POST"])
def set_baseline(request: ActorRequest, code: str) -> HttpResponse:
    """Fix where an indicator starts from, at a unit."""
    indicator = find_indicator(request, code)
    act = REGISTRY["indicators.baseline.set"]
    check_power(request, act.name, indicator)
    seen = last_seen(indicator, request.institution.pk)
    form = BaselineForm(
        request.POST or None,
        actor=request.actor,
        units=units_of(indicator),
        initial={**typed_before(request), "seen": seen},
    )
    deed = Deed(
        form=form,
        do=lambda: services.set_baseline(
            indicator,
            value=form.given,
            origin=form.origin_given,
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Linha de base fixada.",
        goes_to=lambda _row: _url(indicator),
        page=_page(indicator, act.title, "O valor de que se parte, com o período em que foi medido."),
        tell=lambda: _fixing_baseline(indicator, form),
        latest=lambda: last_seen(indicator, request.institution.pk),
    )
    return answer(request, deed)


def setting_of(indicator: Indicator, unit: Unit, year: int) -> Setting | None:
    """Gather what the form of a year needs; None when no version of the card was in force."""
    versions = versions_of(indicator)
    periods = periods_of_year(versions, year)
    card = version_for(versions, year_of(year)) or (version_for(versions, periods[-1]) if periods else None)
    if card is None:
        return None
    tips = [chain[0] for chain in chains_of(Target, indicator)]
    found = {row.period: row for row in tips if row.unit_id == unit.pk}
    bases: list[Baseline] = list(baselines_of(indicator).filter(unit=unit).order_by("period_end"))
    return Setting(unit, year, card, periods, found, bases[-1] if bases else None)


def _targets_form(request: ActorRequest, indicator: Indicator, setting: Setting) -> TargetsForm:
    common: dict[str, Any] = {"actor": request.actor, "setting": setting}
    if request.method == "POST" and DISTRIBUTE not in request.POST:
        return TargetsForm(request.POST, **common)
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items()}
        proposed, said = _distributed(setting, typed)
        form = TargetsForm(initial={**typed, **proposed}, **common)
        form.distributed = said
        return form
    seen = last_seen(indicator, request.institution.pk)
    place = {"unidade": setting.unit.code, "ano": str(setting.year), "seen": seen}
    return TargetsForm(initial={**_standing(setting), **typed_before(request), **place}, **common)


def _standing(setting: Setting) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for period, row in setting.found.items():
        shown |= {
            f"valor-{period.key}": row.value,
            f"ate-{period.key}": row.high,
            f"peso-{period.key}": row.weight,
        }
    return shown


def _distributed(setting: Setting, typed: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Propose the partial targets from the year's, and say how; what is wrong with the year's is said instead."""
    asked = "Escreva antes a meta do ano: as parciais saem dela."
    proposed: dict[str, Any] = {}
    said = ""
    for name in ("valor", "ate") if setting.has_band else ("valor",):
        try:
            annual = QUANTITY.clean(typed.get(f"{name}-{setting.whole.key}", ""))
        except ValidationError as error:
            return {}, f"{asked} {' '.join(error.messages)}"
        if annual is None:
            return {}, asked
        places = max(setting.card.places, finite_places(annual) or 0)
        partition = distribute(annual, setting.periods, setting.card.accumulation, places)
        values = zip(setting.periods, partition.values, strict=True)
        proposed |= {f"{name}-{period.key}": value for period, value in values}
        said = partition.said
    return proposed, f"{said} É uma proposta: confira e mude o que for preciso antes de continuar."


def _targets_deed(request: ActorRequest, indicator: Indicator, setting: Setting, form: TargetsForm) -> Deed:
    title = (
        f"{REGISTRY['indicators.target.set'].title} de {setting.year}: {indicator.number} em {setting.unit}"
    )
    lead = f"{indicator.name}. Polaridade: {setting.card.get_polarity_display().lower()}."
    return Deed(
        form=form,
        do=lambda: services.set_targets(
            indicator,
            values=form.values,
            origin=form.origin_given,
            actor=request.actor,
            at=request.at,
            seen=form.cleaned_data["seen"],
        ),
        done="Metas fixadas.",
        goes_to=lambda _rows: f"{_url(indicator)}?ano={setting.year}",
        page={
            **_page(indicator, title, lead),
            "sample": DIFF,
            "changes": lambda: form.changes,
            "caption": "As metas, antes e depois",
        },
        tell=lambda: _fixing(indicator, setting, form),
        latest=lambda: last_seen(indicator, request.institution.pk),
    )


def _fixing(indicator: Indicator, setting: Setting, form: TargetsForm) -> Confirmation:
    count = len(form.changes)
    return Confirmation(
        question=f"Fixar as metas de {setting.year} de {indicator.number} em {setting.unit}?",
        what=f"{'Muda 1 meta' if count == 1 else f'Mudam {count} metas'}, como na tabela abaixo.",
        whom=f"{setting.unit} – {setting.unit.name}",
        verb=REGISTRY["indicators.target.set"].title,
        cancel_url=_url(indicator),
        bases=_bases(form),
        consequences=(*form.notes, "O que já foi apurado passa a ser comparado com estas metas."),
        undoing=UNDOING,
    )


def _fixing_baseline(indicator: Indicator, form: BaselineForm) -> Confirmation:
    given = form.given
    card = version_for(versions_of(indicator), given.period)
    assert given.value is not None  # noqa: S101 - the form asks for it
    return Confirmation(
        question=f"Fixar a linha de base de {indicator.number} em {given.unit}?",
        what=f"A linha de base de {given.period.label} é {amount(given.value, None, card)}.",
        whom=f"{given.unit} – {given.unit.name}",
        verb=REGISTRY["indicators.baseline.set"].title,
        cancel_url=_url(indicator),
        bases=_bases(form),
        undoing=UNDOING,
    )


def _bases(form: OriginForm) -> tuple[Basis, ...]:
    legal_act = form.cleaned_data["legal_act"]
    if legal_act is None:
        return ()
    return (Basis(str(legal_act.current), legal_act.current.summary, legal_act.get_absolute_url()),)


def _choosing(request: ActorRequest, indicator: Indicator, choice: YearForm) -> HttpResponse:
    page = _page(indicator, f"Fixar metas de {indicator.number}", "De que unidade e de que ano?")
    status = 422 if choice.errors and request.method == "POST" else 200
    return render(request, "indicators/target_choice.html", {**page, "form": choice}, status=status)


def _choice(request: ActorRequest, units: list[Unit]) -> YearForm:
    given = request.POST if "unidade" in request.POST else request.GET
    asked = {name: str(given[name]) for name in ("unidade", "ano") if given.get(name)}
    if len(units) == 1:
        asked.setdefault("unidade", units[0].code)
    data = asked if {"unidade", "ano"} <= set(asked) else None
    return YearForm(data, units=units, initial={"ano": request.today.year, **asked})


def _page(indicator: Indicator, title: str, lead: str) -> dict[str, Any]:
    metas = Crumb("Metas", _url(indicator))
    return {
        "title": title,
        "lead": lead,
        "crumbs": crumbs_of(indicator, metas, Crumb(title.partition(":")[0])),
        "cancel_url": _url(indicator),
    }


def _url(indicator: Indicator) -> str:
    return reverse("indicator_targets", args=[indicator.code])
