"""Checking the trail: asking, following, and reading what was found; and the public page that lets anybody check."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from apura_web.audit import checking, public
from apura_web.audit.actors import Role
from apura_web.audit.models import TrailCheck
from apura_web.audit.requests import ActorRequest
from apura_web.audit.visibility import REFUSALS_READERS, reads_whole_trail
from apura_web.foundation import jobs
from apura_web.foundation.presentation import Badge, Crumb, Progress, Tone
from apura_web.foundation.web.access import signed_in

BADGES = {
    "confere": Badge("confere", Tone.GOOD, "check-circle"),
    "confere com a edição antiga": Badge("confere com a edição antiga", Tone.GOOD, "check-circle"),
    "difere pela edição nova": Badge("difere pela edição nova", Tone.ATTENTION, "code-branch"),
    "só a conta confere": Badge("só a conta confere", Tone.ATTENTION, "calculator"),
    "expurgado": Badge("expurgado", Tone.NEUTRAL, "eraser"),
    "quebrado": Badge("quebrado", Tone.BAD, "times-circle"),
}
CODE = re.compile(r"(\d{1,18})-([0-9a-f]{12,64})")


@require_POST
@signed_in
def ask(request: ActorRequest) -> HttpResponse:
    """Ask for the trail to be checked, and go follow it."""
    _only_whole_readers(request)
    check = checking.ask(request.actor.institution_id, asked_by=request.actor.id, at=request.at)
    return redirect("trail_check", code=check.code)


@never_cache
@require_GET
@signed_in
def check(request: ActorRequest, code: str) -> HttpResponse:
    """Show a check: how far it is, or what it found."""
    found = _check(request, code)
    context = {
        "crumbs": [Crumb("Trilha", reverse("trail")), Crumb("Conferência")],
        "check": found,
        "progress": _progress(found),
        "findings": [(BADGES[verdict], what, why) for verdict, what, why in found.findings],
    }
    return render(request, "audit/check.html", context)


@never_cache
@require_GET
@signed_in
def check_progress(request: ActorRequest, code: str) -> HttpResponse:
    """Answer how far a check is; when it ends, the page shows the result."""
    found = _check(request, code)
    answer = render(request, "foundation/components/_progress.html", {"progress": _progress(found)})
    if found.finished_at:
        answer["HX-Refresh"] = "true"
    return answer


@never_cache
@require_GET
def integrity(request: HttpRequest) -> HttpResponse:
    """Show the code of each institution's trail, and say whether a trail contains a code printed one day."""
    rows = public.integrity_of_all()
    typed, chosen = _typed(request, "codigo").lower(), _typed(request, "instituicao")
    context = {"rows": rows, "typed": typed, "chosen": chosen, "answer": _answer(typed, chosen)}
    return render(request, "audit/integrity.html", context)


@require_GET
@signed_in
def failed_jobs(request: ActorRequest) -> HttpResponse:
    """List the work that failed for good."""
    if not request.actor.has(*REFUSALS_READERS):
        raise PermissionDenied
    context = {
        "crumbs": [Crumb("Trilha", reverse("trail")), Crumb("Trabalhos que falharam")],
        "jobs": jobs.failed_jobs(request.actor.institution_id),
        "can_retry": request.actor.has(Role.ADMINISTRATOR),
    }
    return render(request, "audit/failed_jobs.html", context)


@require_POST
@signed_in
def retry_job(request: ActorRequest, job_id: UUID) -> HttpResponse:
    """Put a failed piece of work back in the queue."""
    if not request.actor.has(Role.ADMINISTRATOR):
        raise PermissionDenied
    if not jobs.try_again(job_id, request.actor.institution_id):
        raise Http404
    messages.success(request, "O trabalho voltou para a fila.")
    return redirect("failed_jobs")


def _only_whole_readers(request: ActorRequest) -> None:
    if not reads_whole_trail(request.actor):
        raise PermissionDenied


def _check(request: ActorRequest, code: str) -> TrailCheck:
    _only_whole_readers(request)
    return get_object_or_404(TrailCheck, institution_id=request.actor.institution_id, code=code)


def _progress(found: TrailCheck) -> Progress:
    url = reverse("trail_check_progress", args=[found.code])
    note = "Pode sair desta página: a conferência continua, e o resultado fica na Trilha."
    said = "Conferência terminada" if found.finished_at else "Conferindo a trilha"
    is_finished = found.finished_at is not None
    return Progress("conferencia", said, found.done, found.total, url, is_finished, note)


def _answer(typed: str, chosen: str) -> tuple[str, str]:
    """Say whether the chain of an institution contains a code: the tone of the message, and the message."""
    if not typed:
        return "", ""
    parts = CODE.fullmatch(typed)
    if parts is None:
        return (
            "warning",
            "O código tem um número, um hífen e doze letras ou algarismos, como 1284-0a1b2c3d4e5f.",
        )
    digest = public.digest_of_entry_number(chosen, int(parts[1]))
    if not digest:
        return "danger", f"A trilha desta instituição não chega à entrada {parts[1]}. Confira a instituição."
    if not digest.startswith(parts[2]):
        return (
            "danger",
            f"A entrada {parts[1]} desta trilha tem outro código: o papel e a trilha não coincidem.",
        )
    return "success", f"A trilha contém este código: é o da entrada {parts[1]}."


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:90]
