"""Checking a trail when somebody asks: the worker does it, the page follows, the result stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from apura_web.audit.models import TrailCheck
from apura_web.audit.trail import head_of, integrity_code
from apura_web.audit.verification import Verdict, Verification, verify
from apura_web.foundation.jobs import job

KEPT = 500
SAME_CHECK = timedelta(minutes=10)


def ask(institution_id: int, *, asked_by: str, at: datetime) -> TrailCheck:
    """Ask for a trail to be checked; who asks while another check runs follows that one."""
    running = TrailCheck.objects.filter(
        institution_id=institution_id, finished_at=None, asked_at__gt=at - SAME_CHECK
    ).first()
    if running is not None:
        return running
    check = TrailCheck.objects.create(institution_id=institution_id, asked_by=asked_by, asked_at=at)
    run.enqueue(code=check.code, institution_id=institution_id)
    return check


@job("Conferir a trilha", tries=2)
def run(*, code: str, institution_id: int) -> None:
    """Check a trail, telling how far it is, and keep what was found."""
    check = TrailCheck.objects.select_related("institution").get(code=code, institution_id=institution_id)
    head = head_of(institution_id)

    def tell(done: int, total: int) -> None:
        TrailCheck.objects.filter(pk=check.pk).update(done=done, total=total)

    keep(check, verify(check.institution, tell), integrity_code(head))


def keep(check: TrailCheck, result: Verification, head: str) -> None:
    """Keep what a check found; of very many findings, the broken ones first."""
    findings = sorted(result.findings, key=lambda each: each.verdict != Verdict.BROKEN)
    check.finished_at = timezone.now()
    check.done = check.total = result.entries + result.records
    check.head, check.entries, check.records = head, result.entries, result.records
    check.broken = sum(each.verdict == Verdict.BROKEN for each in findings)
    check.findings = [[each.verdict.value, each.what, each.why] for each in findings[:KEPT]]
    check.save()


def latest_finished(institution_id: int) -> TrailCheck | None:
    """Give the last check that ended."""
    return TrailCheck.objects.filter(institution_id=institution_id, finished_at__isnull=False).first()
