"""Registering legal acts, their publications and attachments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents import guards
from apura_web.documents.dependents import settle
from apura_web.documents.models import Attachment, LegalAct, Publication, Relation
from apura_web.documents.services.void_acts import work_out
from apura_web.foundation.models import Blob, Institution
from apura_web.foundation.refusals import refuse_if

NOT_COPIED = frozenset({"id", "code", "corrects", "recorded_at"})


@act("documents.legal_act.register")
def register(institution: Institution, *, actor: Actor, at: datetime, **facts: Any) -> LegalAct:
    """Register an act as the office issued it; with a relation and a target, what it does to an earlier one.

    Args:
        institution: whose act it is.
        facts: the columns of :class:`LegalAct`.

    Raises:
        ValidationError: a column is wrong, as a date before the institution existed.
        Refused: the same act is registered already; or the target is later, is a correction, has no effect already;
            or what would be left without the target makes no sense.
    """
    new = LegalAct(institution=institution, recorded_at=at, **facts)
    refuse_if(guards.duplicate_refusal(new))
    refuse_if(guards.target_refusal(new))
    journal.create(new, about=(new.target,) if new.target else ())
    if new.relation == Relation.NULLIFICATION:
        work_out(institution.pk)
        settle(institution.pk, at)
    return new


@act("documents.legal_act.correct")
def correct(legal_act: LegalAct, *, actor: Actor, at: datetime, reason: str, **facts: Any) -> LegalAct:
    """Correct what was typed wrongly; the first row stays, and everything goes on pointing at it.

    Args:
        legal_act: the first row.
        reason: why, in words.
        facts: the columns that change.

    Raises:
        ValidationError: a column is wrong.
        Refused: as in :func:`register`.
    """
    journal.because(reason)
    before = legal_act.current
    row = LegalAct(**{**columns_of(before), **facts, "corrects": legal_act, "recorded_at": at})
    refuse_if(guards.duplicate_refusal(row))
    is_other_target = (row.relation, row.target_id) != (before.relation, before.target_id)
    if is_other_target:
        refuse_if(guards.target_refusal(row))
    journal.create(row, about=tuple(each for each in (legal_act, before.target, row.target) if each))
    if is_other_target and Relation.NULLIFICATION in {row.relation, before.relation}:
        work_out(legal_act.institution_id)
        settle(legal_act.institution_id, at)
    return row


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


def columns_of(record: LegalAct) -> dict[str, Any]:
    """Give what a record of an act says, without what is of the row itself."""
    fields = LegalAct._meta.concrete_fields
    return {each.name: getattr(record, each.name) for each in fields if each.name not in NOT_COPIED}
