"""Refused attempts: written after the act was rolled back, at most one row a minute for each kind of attempt."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from apura_web.audit.actors import Actor
from apura_web.audit.models import SecurityEvent


def note_denial(actor: Actor, kind: str, reason: str) -> None:
    """Count an attempt that the powers of the actor do not allow."""
    note(kind, reason, institution_id=actor.institution_id, actor=actor.id)


def note(kind: str, reason: str, *, institution_id: int | None = None, actor: str = "") -> None:
    """Count an attempt in the minute it happened."""
    minute = timezone.now().replace(second=0, microsecond=0)
    same = SecurityEvent.objects.filter(
        institution_id=institution_id,  # type: ignore[misc]
        actor=actor,
        kind=kind[:80],
        reason=reason[:80],
        minute=minute,
    )
    if not same.update(times=F("times") + 1):
        SecurityEvent.objects.create(
            institution_id=institution_id, actor=actor, kind=kind[:80], reason=reason[:80], minute=minute
        )
