"""Acts on units: creating, renaming, moving, merging, extinguishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apura_web.audit.acts import REGISTRY
from apura_web.audit.door import check_power
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import last_seen
from apura_web.foundation.models import Institution
from apura_web.foundation.presentation import Basis as Cited
from apura_web.foundation.presentation import Confirmation, Crumb, Tone
from apura_web.foundation.templatetags.apura import day
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.deeds import Deed, answer, typed_before
from apura_web.orgs import consequences
from apura_web.orgs.models import Unit, UnitKind
from apura_web.orgs.selectors.structure import subordinates_of, superiors_of, units_visible_to
from apura_web.orgs.services import structure
from apura_web.orgs.web.unit_forms import ExtinguishForm, MergeForm, MoveForm, NamesForm, UnitBasisForm

UNDOING = "Só por outro ato, ou pelo que tornar este sem efeito."
MOST_SIBLINGS = 40


@dataclass(frozen=True)
class Telling:
    """What a confirmation says of an act on a unit."""

    question: str
    what: str
    consequences: Sequence[str] = ()


@dataclass(frozen=True)
class Work:
    """An act on a unit, or on the top of the organogram, as a page does it."""

    act: str
    on: Institution | Unit
    form: UnitBasisForm
    do: Callable[..., Any]
    tell: Callable[[], Telling]
    lead: str = ""


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest, code: str = "") -> HttpResponse:
    """Create a unit under another, or at the top."""
    under: Institution | Unit = find_unit(request, code) if code else request.institution
    where = f"sob {under}" if isinstance(under, Unit) else "no topo do organograma"
    form = NamesForm(
        request.POST or None,
        actor=request.actor,
        initial=initial_for(request, request.institution, kind=UnitKind.OFFICE),
    )
    work = Work(
        "orgs.unit.create",
        under,
        form,
        lambda **given: structure.create(under, names=form.names, **given),
        lambda: Telling(
            f"Criar {form.names.acronym} – {form.names.name}?",
            f"A unidade passa a existir {where} em {day(form.starts_on)}.",
        ),
        f"A nova unidade fica {where}.",
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def rename(request: ActorRequest, code: str) -> HttpResponse:
    """Give a unit another name, acronym or kind."""
    unit = find_unit(request, code)
    initial = initial_for(request, unit, name=unit.name, acronym=unit.acronym, kind=unit.kind)
    form = NamesForm(request.POST or None, actor=request.actor, initial=initial)
    work = Work(
        "orgs.unit.rename",
        unit,
        form,
        lambda **given: structure.rename(unit, names=form.names, **given),
        lambda: Telling(
            f"Alterar a denominação de {unit}?",
            f"De “{unit.acronym} – {unit.name}” para “{form.names.acronym} – {form.names.name}”, "
            f"a partir de {day(form.starts_on)}.",
            ["Documentos e medições de antes continuam com a denominação daquele tempo."],
        ),
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, code: str) -> HttpResponse:
    """Put a unit under another."""
    unit = find_unit(request, code)
    form = MoveForm(request.POST or None, actor=request.actor, initial=initial_for(request, unit))

    def under() -> Institution | Unit:
        return form.cleaned_data["parent"] or request.institution

    def tell() -> Telling:
        parent: Unit | None = form.cleaned_data["parent"]
        where = f"sob {parent}" if parent else "no topo do organograma"
        return Telling(
            f"Mudar a vinculação de {unit}?",
            f"{unit} passa a ficar {where} em {day(form.starts_on)}.",
            consequences.of_move(unit, parent, form.starts_on),
        )

    work = Work(
        "orgs.unit.move",
        unit,
        form,
        lambda **given: structure.move(unit, under=under(), **given),
        tell,
        f"Hoje: {_line(unit)}.",
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def merge(request: ActorRequest, code: str) -> HttpResponse:
    """Have a unit take in others."""
    unit = find_unit(request, code)
    form = MergeForm(
        request.POST or None,
        actor=request.actor,
        initial=initial_for(request, unit),
        siblings=_siblings(request, unit),
    )
    work = Work(
        "orgs.unit.merge",
        unit,
        form,
        lambda **given: structure.merge(unit, absorbed=form.absorbed, **given),
        lambda: Telling(
            f"Incorporar {', '.join(map(str, form.absorbed))} a {unit}?",
            f"As unidades incorporadas deixam de funcionar em {day(form.starts_on)}.",
            consequences.of_merger(unit, form.absorbed, form.starts_on),
        ),
        f"As unidades escolhidas deixam de funcionar; o que é delas passa a {unit}.",
    )
    return do(request, work)


@signed_in
@require_http_methods(["GET", "POST"])
def extinguish(request: ActorRequest, code: str) -> HttpResponse:
    """End a unit."""
    unit = find_unit(request, code)
    form = ExtinguishForm(request.POST or None, actor=request.actor, initial=initial_for(request, unit))

    def tell() -> Telling:
        successor: Unit | None = form.cleaned_data["successor"]
        return Telling(
            f"Extinguir {unit}?",
            f"{unit} – {unit.name} deixa de funcionar em {day(form.starts_on)}.",
            consequences.of_extinction(unit, successor, form.starts_on),
        )

    work = Work(
        "orgs.unit.extinguish",
        unit,
        form,
        lambda **given: structure.extinguish(unit, successor=form.cleaned_data["successor"], **given),
        tell,
        "Se outra unidade recebe as subordinadas e as lotações, use “Incorporar unidades” na página dela.",
    )
    return do(request, work)


def do(request: ActorRequest, work: Work) -> HttpResponse:
    """Answer a step of an act on a unit."""
    check_power(request, work.act, work.on)
    title = REGISTRY[work.act].title
    url = work.on.get_absolute_url() if isinstance(work.on, Unit) else reverse("units")
    crumbs = [Crumb("Unidades", reverse("units")), Crumb(title)]
    if isinstance(work.on, Unit):
        crumbs.insert(1, Crumb(str(work.on), url))
        title = f"{title}: {work.on}" if work.act != "orgs.unit.create" else title
    form = work.form
    deed = Deed(
        form=form,
        do=lambda: work.do(
            basis=form.basis, actor=request.actor, at=request.at, seen=form.cleaned_data["seen"]
        ),
        done="Feito: a mudança está no organograma e no histórico da unidade.",
        goes_to=lambda result: result.get_absolute_url() if isinstance(result, Unit) else url,
        page={"title": title, "lead": work.lead, "crumbs": crumbs, "cancel_url": url},
        tell=lambda: _confirmation(request, work, url),
        latest=lambda: last_seen(work.on, request.institution.pk),
    )
    return answer(request, deed)


def find_unit(request: ActorRequest, code: str) -> Unit:
    """Find a unit the actor may see.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(units_visible_to(request.actor), code=code)


def initial_for(request: ActorRequest, on: Institution | Unit, **values: object) -> dict[str, object]:
    """Give what a form starts with: what the address brings, else these values; and what was seen of the record."""
    seen = last_seen(on, request.institution.pk) if isinstance(on, Unit) else None
    return {**values, **typed_before(request), "seen": seen}


def _confirmation(request: ActorRequest, work: Work, url: str) -> Confirmation:
    told, form = work.tell(), work.form
    legal_act = form.cleaned_data["legal_act"].current
    return Confirmation(
        question=told.question,
        what=told.what,
        whom=f"{work.on} – {work.on.name}" if isinstance(work.on, Unit) else work.on.name,
        verb=REGISTRY[work.act].title,
        cancel_url=url,
        bases=(Cited(str(legal_act), legal_act.summary, form.cleaned_data["legal_act"].get_absolute_url()),),
        consequences=(*told.consequences, *consequences.of_date(form.starts_on, request.today)),
        undoing=UNDOING,
        tone=Tone.BAD if work.act in {"orgs.unit.extinguish", "orgs.unit.merge"} else Tone.INFO,
    )


def _line(unit: Unit) -> str:
    return " › ".join(str(each) for each in superiors_of([unit])[unit.pk])


def _siblings(request: ActorRequest, unit: Unit) -> list[Unit]:
    line = superiors_of([unit])[unit.pk]
    if len(line) > 1:
        near = subordinates_of(line[-2], request.actor)
    else:
        near = units_visible_to(request.actor).filter(is_active=True, path__regex=r"^/\d+/$")
    return [each for each in near[: MOST_SIBLINGS + 1] if each.pk != unit.pk][:MOST_SIBLINGS]
