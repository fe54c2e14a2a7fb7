"""The page of components, and what its examples ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from apura_web.foundation.presentation import Tab
from apura_web.foundation.tables import Table
from apura_web.foundation.web import samples

STEP = 900


@require_http_methods(["GET", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with its states; forms posted here are checked and nothing is kept."""
    form = samples.SampleForm(request.POST, request.FILES) if "name" in request.POST else samples.SampleForm()
    table = Table(samples.AGREEMENTS, samples.agreements(), request)
    context = {
        "form": form,
        "wrong_form": samples.wrong_form(),
        "nothing": Table(samples.NOTHING, [], request),
        "crumbs": samples.CRUMBS,
        "tabs": _tabs(request),
        "facts": samples.FACTS,
        "states": samples.ALL_STATES,
        "happenings": samples.HAPPENINGS,
        "confirmation": samples.CONFIRMATION,
        "revocation": samples.REVOCATION,
        "changes": samples.CHANGES,
        "explanation": samples.EXPLANATION,
        "bars": samples.BARS,
        "line": samples.LINE,
        "series": samples.SERIES,
        "running": samples.running(1_200),
        "done": samples.DONE,
        "article": samples.ARTICLE,
    }
    return table.answer("foundation/web/components.html", context)


def _tabs(request: HttpRequest) -> list[Tab]:
    current = request.GET.get("aba", "pacto")
    named = (
        ("pacto", "Pacto", None),
        ("acompanhamento", "Acompanhamento", 9),
        ("notas", "Notas", None),
        ("documentos", "Documentos", 4),
    )
    return [Tab(label, f"?aba={name}#abas", name == current, count) for name, label, count in named]


@require_GET
def explanation(request: HttpRequest) -> HttpResponse:
    """Show an explanation: in the side panel when scripts run, as a page always."""
    return render(
        request,
        "foundation/web/explanation.html",
        {"explanation": samples.EXPLANATION, "facts": samples.FACTS},
    )


@require_GET
def progress(request: HttpRequest, done: int) -> HttpResponse:
    """Answer how far the pretended task is."""
    return render(request, "foundation/components/_progress.html", {"progress": samples.running(done + STEP)})
