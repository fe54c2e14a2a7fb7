"""Simulating: other facts and readings over the same fact sheet, beside what was calculated, without official value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apura.formula import FormulaError
from apura.norms import BadInput, Norm
from apura.norms.texts import one_line
from apura.paper import simulation_pdf
from apura_web.audit.requests import ActorRequest
from apura_web.calculations.asking import Asked
from apura_web.calculations.selectors import scenarios_visible_to
from apura_web.calculations.services import scenarios
from apura_web.calculations.sheet_text import asked_of
from apura_web.calculations.supposing import (
    READING,
    BoxTable,
    Changes,
    Doubt,
    Supposed,
    applied_of,
    canonical,
    doubts_of,
    edition_of,
    supposed,
    tables_of,
    typed_number,
)
from apura_web.calculations.web.changes_told import changes_of, finding_of, first_of, spread_of
from apura_web.calculations.web.downloads import JSON, PDF
from apura_web.calculations.web.finding import Found, find
from apura_web.foundation.presentation import Crumb
from apura_web.foundation.refusals import Refused
from apura_web.foundation.web.access import signed_in
from apura_web.foundation.web.files import file_answer

SIDES = "na base", "no cenário"
MOST_BOXES = 600
WRONG = 422


@dataclass(frozen=True)
class Desk:
    """What a simulation starts from: a calculation, its fact sheet, and what may be supposed otherwise."""

    found: Found
    asked: Asked
    norm: Norm
    tables: Sequence[BoxTable]
    doubts: Sequence[Doubt]

    @property
    def is_too_large(self) -> bool:
        """Whether there are more facts than a screen takes."""
        return sum(len(row.boxes) for table in self.tables for row in table.rows) > MOST_BOXES

    def suppose(self, changes: Changes) -> Supposed:
        """Calculate a scenario."""
        return supposed(self.found.memory.made, self.asked, self.norm, changes)


@dataclass
class Typed:
    """What somebody typed: the changes in it, the text of each box, and what is wrong."""

    changes: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


@signed_in
@require_http_methods(["GET", "POST"])
def simulate(request: ActorRequest, code: str) -> HttpResponse:
    """Show what may be supposed and, once somebody supposes it, what would change."""
    desk = _desk(request, code)
    if request.method == "POST":
        return _page(request, desk, _typed(desk, request.POST))
    chosen = request.GET.get("cenario")
    if chosen is None:
        return _page(request, desk, Typed())
    kept = get_object_or_404(
        scenarios_visible_to(request.actor), calculation=desk.found.calculation, code=chosen
    )
    return _page(request, desk, _of_changes(desk, kept.changes))


@signed_in
@require_POST
def simulation_file(request: ActorRequest, code: str, kind: str) -> HttpResponse:
    """Hand over a simulation, every page marked as without official value."""
    if kind not in {"pdf", "json"}:
        raise Http404
    desk = _desk(request, code)
    typed = _typed(desk, request.POST)
    made = _tried(desk, typed)
    if made is None:
        return _page(request, desk, typed)
    if kind == "pdf":
        return file_answer(simulation_pdf(made.simulation), f"simulacao-{code}.pdf", PDF)
    text = json.dumps(made.simulation, ensure_ascii=False, indent=2) + "\n"
    return file_answer(text, f"simulacao-{code}.json", JSON)


@signed_in
@require_POST
def keep(request: ActorRequest, code: str) -> HttpResponse:
    """Keep what somebody supposes, under the name they give."""
    desk = _desk(request, code)
    typed = _typed(desk, request.POST)
    if _tried(desk, typed) is None:
        return _page(request, desk, typed)
    try:
        kept = scenarios.keep(
            desk.found.calculation,
            name=request.POST.get("nome", ""),
            changes=typed.changes,
            actor=request.actor,
            at=request.at,
        )
    except Refused as refused:
        typed.errors.append(str(refused.refusal))
    except ValidationError as error:
        typed.errors += error.messages if not hasattr(error, "error_dict") else _told(error)
    else:
        messages.success(request, f"Cenário “{kept.name}” guardado. Só você o vê.")
        return redirect(f"{reverse('calculation_simulate', args=[code])}?cenario={kept.code}")
    return _page(request, desk, typed)


@signed_in
@require_POST
def drop(request: ActorRequest, code: str, scenario: str) -> HttpResponse:
    """Let a scenario go."""
    desk = find(request, code)
    kept = get_object_or_404(scenarios_visible_to(request.actor), calculation=desk.calculation, code=scenario)
    scenarios.drop(kept)
    messages.success(request, f"Cenário “{kept.name}” apagado.")
    return redirect("calculation_simulate", code=code)


def _told(error: ValidationError) -> list[str]:
    names = {"name": "Nome do cenário"}
    return [
        f"{names[column]}: {said}" if column in names else said
        for column, told in error.message_dict.items()
        for said in told
    ]


def _desk(request: ActorRequest, code: str) -> Desk:
    found = find(request, code)
    norm = edition_of(found.calculation.norm, found.calculation.norm_digest)
    if norm is None:
        raise Http404
    asked = asked_of(found.calculation.fact_sheet.content)
    rules = list(found.memory.rules)
    return Desk(found, asked, norm, tables_of(asked, norm), doubts_of(applied_of(asked, norm), rules))


def _typed(desk: Desk, data: QueryDict) -> Typed:
    """Read a form: what is typed as it was is no change."""
    typed = Typed()
    for table in desk.tables:
        for row in table.rows:
            for box in row.boxes:
                text = data.get(box.name, box.shown)
                typed.texts[box.name] = text
                if text.strip() == box.shown:
                    continue
                try:
                    typed.changes[box.name] = canonical(box, text)
                except (FormulaError, ValueError) as error:
                    typed.errors.append(f"{box.label}: {one_line(error)}")
    for doubt in desk.doubts:
        name = f"{READING}/{doubt.name}"
        text = data.get(name, doubt.held)
        typed.texts[name] = text
        if text not in {doubt.held, ""}:
            typed.changes[name] = text
    return typed


def _of_changes(desk: Desk, changes: Mapping[str, str]) -> Typed:
    """Put the changes of a kept scenario in the boxes."""
    options = {box.name: box.options for table in desk.tables for row in table.rows for box in row.boxes}
    texts = {
        name: text if options.get(name) or name.startswith(READING) else typed_number(text)
        for name, text in changes.items()
    }
    return Typed(dict(changes), texts)


def _tried(desk: Desk, typed: Typed) -> Supposed | None:
    """Calculate what was typed; None when nothing was, or when it cannot be: the errors say why."""
    if not typed.errors and not typed.changes:
        typed.errors.append("Mude ao menos um valor ou uma leitura.")
    if typed.errors:
        return None
    try:
        return desk.suppose(typed.changes)
    except BadInput as error:
        typed.errors += [str(problem) for problem in error.problems]
        return None


def _page(request: ActorRequest, desk: Desk, typed: Typed) -> HttpResponse:
    is_asked = request.method == "POST" or bool(typed.changes)
    made = _tried(desk, typed) if is_asked and not typed.errors else None
    found = desk.found
    context = {
        "calculation": found.calculation,
        "memory": found.memory,
        "tables": desk.tables,
        "doubts": desk.doubts,
        "is_too_large": desk.is_too_large,
        "texts": typed.texts,
        "changed": typed.changes,
        "errors": typed.errors,
        "scenarios": scenarios_visible_to(request.actor).filter(calculation=found.calculation),
        "name": request.POST.get("nome", ""),
        "crumbs": found.crumbs(Crumb("Simulação")),
        **(_result(found, made) if made else {}),
    }
    return render(request, "calculations/simulation.html", context, status=WRONG if typed.errors else 200)


def _result(found: Found, made: Supposed) -> dict[str, object]:
    compared = made.simulation["comparacao"]
    return {
        "made": made,
        "supposed": made.simulation["mudancas"],
        "finding": finding_of(compared, SIDES),
        "first": first_of(compared),
        "rules": changes_of(found.calculation.code, compared, SIDES),
        "spread": spread_of(compared),
    }
