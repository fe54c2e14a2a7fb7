"""Registering legal acts, their publications and attachments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import Attachment, LegalAct, Publication
from apura_web.foundation.models import Blob, Institution
from apura_web.foundation.refusals import Refusal, refuse_if


@act("documents.legal_act.register")
def register(institution: Institution, *, actor: Actor, at: datetime, **facts: Any) -> LegalAct:
    """Register an act as the office issued it; with a relation and a target, what it does to an earlier one.

    Args:
        institution: whose act it is.
        facts: the columns of :class:`LegalAct`.

    Raises:
        ValidationError: a column is wrong, as a date before the institution existed.
        Refused: the same act is registered already, or the target is the act of a correction.
    """
    new = LegalAct(institution=institution, recorded_at=at, **facts)
    refuse_if(_duplicate(new))
    return journal.create(new, about=(new.target,) if new.target else ())


@act("documents.legal_act.correct")
def correct(legal_act: LegalAct, *, actor: Actor, at: datetime, reason: str, **facts: Any) -> LegalAct:
    """Correct what was typed wrongly; the first row stays, and everything goes on pointing at it.

    Args:
        legal_act: the first row.
        reason: why, in words.
        facts: the columns that change.
    """
    journal.because(reason)
    before = legal_act.current
    kept = {
        each.name: getattr(before, each.name)
        for each in LegalAct._meta.concrete_fields
        if each.name not in {"id", "code", "corrects", "recorded_at"}
    }
    row = LegalAct(**{**kept, **facts, "corrects": legal_act, "recorded_at": at})
    return journal.create(row, about=(legal_act,))


@act("documents.publication.register")
def publish(legal_act: LegalAct, *, actor: Actor, at: datetime, **facts: Any) -> Publication:
    """Register where and when an act came out.

    Raises:
        ValidationError: a column is wrong, as a publication before the act.
    """
    row = Publication(institution_id=legal_act.institution_id, legal_act=legal_act, recorded_at=at, **facts)
    return journal.create(row, about=(legal_act,))


@act("documents.attachment.add")
def attach(legal_act: LegalAct, *, blob: Blob, title: str, actor: Actor, at: datetime) -> Attachment:
    """Attach a file whose bytes are in storage already."""
    if blob.pk is None:
        journal.create(blob)
    row = Attachment(
        institution_id=legal_act.institution_id, legal_act=legal_act, blob=blob, title=title, recorded_at=at
    )
    return journal.create(row, about=(legal_act,))


def _duplicate(new: LegalAct) -> Refusal | None:
    if not new.number:
        return None
    same = LegalAct.objects.filter(
        institution=new.institution, kind=new.kind, number=new.number, year=new.year, authority=new.authority
    ).exclude(relation="republica")
    if new.relation == "republica" or not same.exists():
        return None
    return Refusal(
        "documents.duplicate_act",
        f"Já existe o registro de {same[0]}, da mesma autoridade.",
        "Abra o registro existente; se ele foi digitado errado, use “Corrigir registro”.",
        status=409,
    )
