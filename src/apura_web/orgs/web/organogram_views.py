"""The organogram on any day, drawn and as a table, and what changed between two days."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.tables import Column, Kind, Table, TableLayout
from apura_web.foundation.web.access import signed_in
from apura_web.orgs.organogram import Box, Organogram, compare
from apura_web.orgs.selectors.structure import organogram_visible_to, placements_of
from apura_web.orgs.web.drawing import DifferenceRow, rows_of, told_difference, tree_of
from apura_web.orgs.web.unit_forms import DayForm, PeriodForm

TABLE = TableLayout(
    name="organograma",
    caption="Organograma em tabela",
    columns=(
        Column("nivel", "Nível", "depth", sort="depth", kind=Kind.NUMBER),
        Column("sigla", "Sigla", "acronym", sort="acronym", link="url"),
        Column("nome", "Nome", "name", sort="name"),
        Column("vinculacao", "Vinculação", "line", sort="line"),
        Column("especie", "Espécie", "kind", sort="kind"),
    ),
    search=("acronym", "name"),
    empty="Nesta data ainda não havia unidade registrada.",
)
DIFFERENCES = TableLayout(
    name="diferencas",
    caption="O que mudou",
    columns=(
        Column("unidade", "Unidade", "acronym", sort="acronym", link="url"),
        Column("mudanca", "O que mudou", "what", sort="what"),
        Column("antes", "Antes", "before"),
        Column("depois", "Depois", "after"),
        Column("atos", "Atos", "acts"),
    ),
    search=("acronym", "before", "after", "acts"),
    empty="Nada mudou no organograma entre essas datas.",
)


@signed_in
@require_GET
def organogram(request: ActorRequest) -> HttpResponse:
    """Draw the organogram of a day, whole or from one unit down."""
    form = DayForm(request.GET or None)
    on: date = (form.is_valid() and form.cleaned_data["em"]) or request.today
    whole = organogram_visible_to(request.actor, on)
    root = _root(whole, request.GET.get("raiz", ""))
    table = Table(TABLE, rows_of(whole, _url), request)
    context = {
        "form": form if form.is_bound else DayForm(initial={"em": on}),
        "on": on,
        "is_today": on == request.today,
        "root": whole.boxes[root] if root is not None else None,
        "nodes": tree_of(whole, root),
        "count": len(whole.active),
        "paper": "a3" if request.GET.get("papel") == "a3" else "a4",
        "crumbs": (Crumb("Unidades", reverse("units")), Crumb("Organograma")),
    }
    return table.answer("orgs/organogram.html", context)


@signed_in
@require_GET
def comparison(request: ActorRequest) -> HttpResponse:
    """Tell what was created, renamed, moved, merged or extinguished between two days."""
    start = date(request.today.year, 1, 1)
    form = PeriodForm(
        request.GET
        if "de" in request.GET
        else {"de": f"{start:%d/%m/%Y}", "ate": f"{request.today:%d/%m/%Y}"}
    )
    rows: list[DifferenceRow] = []
    if form.is_valid():
        since, until = sorted((form.cleaned_data["de"], form.cleaned_data["ate"]))
        rows = _differences(request, since, until)
    table = Table(DIFFERENCES, rows, request)
    crumbs = (Crumb("Unidades", reverse("units")), Crumb("Comparar datas"))
    return table.answer("orgs/comparison.html", {"form": form, "crumbs": crumbs})


def _differences(request: ActorRequest, since: date, until: date) -> list[DifferenceRow]:
    before, after = (organogram_visible_to(request.actor, on) for on in (since, until))
    acts = _acts_between(request, since, until)
    found = []
    for each in compare(before, after):
        box = each.after or each.before
        assert box is not None  # noqa: S101 - a difference is of some unit
        what, old, new = told_difference(each, before, after)
        found.append(
            DifferenceRow(what, box.acronym, old, new, "; ".join(acts.get(box.unit_id, ())), _url(box))
        )
    return found


def _acts_between(request: ActorRequest, since: date, until: date) -> dict[int, list[str]]:
    rows = placements_of(request.institution.pk).filter(from_on__gt=since, from_on__lte=until)
    told: dict[int, list[str]] = {}
    for row in rows.select_related("legal_act").prefetch_related("legal_act__corrections"):
        told.setdefault(row.unit_id, []).append(f"{row.legal_act.current} ({row.from_on:%d/%m/%Y})")
    return told


def _root(whole: Organogram, code: str) -> int | None:
    if not code:
        return None
    found = [box.unit_id for box in whole.active if box.code == code]
    if not found:
        raise Http404
    return found[0]


def _url(box: Box) -> str:
    return reverse("unit", args=[box.code])
