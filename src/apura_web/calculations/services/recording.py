"""Keeping a calculation, inside an act of the room that asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, models

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.bundles import create_bundle
from apura_web.calculations.models import Calculation, FactSheet, Outcome
from apura_web.calculations.preparing import Prepared
from apura_web.foundation.refusals import Refusal, Refused

SUPERSEDED = Refusal(
    "calculations.superseded_meanwhile",
    "Enquanto este cálculo era preparado, outra pessoa calculou de novo no lugar do mesmo.",
    "Abra o mais recente, confira o que mudou e calcule de novo se ainda couber.",
    status=409,
)


class Topic(TypedDict):
    """What a calculation is about.

    Attributes:
        topic_kind: as registered with ``register_topic``.
        topic_code: the record.
        title: what the calculation is called, as “Nota parcial do 2º quadrimestre”.
        supersedes: the one it takes the place of; left out or None when it is the first.
    """

    topic_kind: str
    topic_code: str
    title: str
    supersedes: NotRequired[Calculation | None]


def record(
    prepared: Prepared,
    *,
    actor: Actor,
    at: datetime,
    about: tuple[models.Model, ...] = (),
    **topic: Unpack[Topic],
) -> Calculation:
    """Keep a calculation with its facts and outcomes, inside an act; it only inserts.

    Args:
        prepared: made before the act, by ``prepare``.
        about: records in whose history the act must appear too.
        topic: ``topic_kind``, ``topic_code``, ``title`` and, when it takes the place of another, ``supersedes``.

    Raises:
        Refused: somebody superseded the same calculation first.
        ValueError: the one it would supersede is of another subject or institution.
    """
    before = topic.get("supersedes")
    if before is not None and not _is_of(before, topic, actor):
        raise ValueError("a calculation supersedes another of the same subject")
    if before is not None and Calculation.objects.filter(supersedes=before).exists():
        raise Refused(SUPERSEDED)
    calculation = Calculation(
        institution_id=actor.institution_id,
        topic_kind=topic["topic_kind"],
        topic_code=topic["topic_code"],
        title=topic["title"],
        fact_sheet=_fact_sheet(prepared, topic, actor=actor, at=at),
        norm=prepared.norm,
        edition=prepared.edition,
        norm_digest=prepared.digest,
        on=prepared.on,
        document=prepared.document_text,
        sha256=prepared.document_sha256,
        pending_count=len(prepared.pending),
        supersedes=before,
        calculated_by=actor.id,
        recorded_at=at,
    )
    try:
        return create_bundle(calculation, _outcomes(prepared, actor), about=about)
    except IntegrityError as error:
        raise Refused(SUPERSEDED) from error


def _is_of(before: Calculation, topic: Topic, actor: Actor) -> bool:
    return (before.institution_id, before.topic_kind, before.topic_code) == (
        actor.institution_id,
        topic["topic_kind"],
        topic["topic_code"],
    )


def _fact_sheet(prepared: Prepared, topic: Topic, *, actor: Actor, at: datetime) -> FactSheet:
    """Freeze the facts; those of the calculation superseded serve again when they are the same."""
    before = topic.get("supersedes")
    if before is not None and before.fact_sheet.sha256 == prepared.facts_sha256:
        return before.fact_sheet
    return journal.create(
        FactSheet(
            institution_id=actor.institution_id,
            topic_kind=topic["topic_kind"],
            topic_code=topic["topic_code"],
            norm=prepared.norm,
            on=prepared.on,
            at_seq=prepared.asked.at_seq,
            content=prepared.facts_text,
            sha256=prepared.facts_sha256,
            recorded_at=at,
        )
    )


def _outcomes(prepared: Prepared, actor: Actor) -> list[Outcome]:
    return [Outcome(institution_id=actor.institution_id, **each._asdict()) for each in prepared.outcomes]
