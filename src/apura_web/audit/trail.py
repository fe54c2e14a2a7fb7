"""The chain: adding an entry, and asking what happened to a record."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models

from apura_web.audit.actors import Actor
from apura_web.audit.journal import Journal, canonical, digest_of, key_of, sha256, table_of
from apura_web.audit.models import ChainHead, TrailDetail, TrailEntry, TrailItem
from apura_web.foundation.refusals import Refusal


def record(name: str, sentence: str, *, actor: Actor, at: datetime, journal: Journal) -> TrailEntry:
    """Add the entry of an act to the chain of the actor's institution; the lock is taken here, last.

    Args:
        name: of the act.
        sentence: what was done, in words.
        actor: who did it.
        at: when it was recorded.
        journal: what it wrote.
    """
    salt = secrets.token_hex(16)
    items = _items(journal, salt)
    content = canonical(_content(sentence, actor, journal))
    head = _locked_head(actor.institution_id)
    entry = TrailEntry(
        institution_id=actor.institution_id,
        seq=head.seq + 1,
        act=name,
        actor=actor.id,
        recorded_at=at,
        rows=canonical(items),
        detail_digest=sha256(salt + content),
        previous=head.digest,
    )
    entry.digest = digest_of_entry(entry)
    entry.save(force_insert=True)
    TrailDetail.objects.create(entry=entry, salt=salt, content=content)
    TrailItem.objects.bulk_create(
        TrailItem(entry=entry, institution_id=actor.institution_id, table=table, key=key, digest=digest)
        for table, key, digest in items
    )
    for table, key in journal.purged:
        _erase_details(table, key, by=entry)
    head.seq, head.digest = entry.seq, entry.digest
    head.save(update_fields=["seq", "digest"])
    return entry


def digest_of_entry(entry: TrailEntry) -> str:
    """Give the digest of everything an entry says, the digest of the entry before it included."""
    return sha256(
        canonical(
            {
                "institution": entry.institution_id,
                "seq": entry.seq,
                "act": entry.act,
                "actor": entry.actor,
                "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
                "rows": entry.rows,
                "detail": entry.detail_digest,
                "previous": entry.previous,
            }
        )
    )


def head_of(institution_id: int) -> ChainHead:
    """Give where a chain ends; an institution where nothing happened yet has number 0."""
    return ChainHead.objects.filter(institution_id=institution_id).first() or ChainHead(
        institution_id=institution_id
    )


def integrity_code(head: ChainHead) -> str:
    """Give the short form of a chain's head that people read and compare: number and first digits."""
    return f"{head.seq}-{head.digest[:12]}" if head.digest else "0"


def history_of(row: models.Model, institution_id: int) -> models.QuerySet[TrailEntry]:
    """Give the entries that wrote or concern a record, the newest first, with their details."""
    return entries_about([row], institution_id)


def entries_about(records: Iterable[models.Model], institution_id: int) -> models.QuerySet[TrailEntry]:
    """Give the entries that wrote or concern any of some records, the newest first, with their details."""
    wanted = models.Q(pk__in=[])
    for table, keys in _by_table(records).items():
        wanted |= models.Q(table=table, key__in=keys)
    items = TrailItem.objects.filter(wanted, institution_id=institution_id)
    return (
        TrailEntry.objects.filter(institution_id=institution_id, pk__in=items.values("entry"))
        .select_related("detail")
        .order_by("-seq")
    )


def last_seen(row: models.Model, institution_id: int) -> int:
    """Give the number of the last entry about a record; forms carry it, to notice who came first."""
    return history_of(row, institution_id).values_list("seq", flat=True).first() or 0


def changed_since(row: models.Model, seen: int | None, institution_id: int) -> Refusal | None:
    """Refuse when somebody changed a record after a person saw it, saying what and when."""
    if seen is None:
        return None
    newer = history_of(row, institution_id).filter(seq__gt=seen).first()
    if newer is None:
        return None
    told = json.loads(newer.detail.content or "{}")
    who, what = told.get("acting_as") or "outra pessoa", told.get("sentence", "alterou o registro")
    return Refusal(
        "audit.changed_meanwhile",
        f"Enquanto você editava, {who} {what} (entrada {newer.seq} da trilha).",
        "O que você digitou está preservado abaixo: confira a mudança no Histórico e envie de novo se ainda couber.",
        status=409,
    )


def _locked_head(institution_id: int) -> ChainHead:
    locked = ChainHead.objects.select_for_update()
    head = locked.filter(institution_id=institution_id).first()
    if head is None:
        ChainHead.objects.get_or_create(institution_id=institution_id)
        head = locked.get(institution_id=institution_id)
    return head


def _by_table(records: Iterable[models.Model]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(table_of(record), []).append(key_of(record))
    return found


def _erase_details(table: str, key: str, *, by: TrailEntry) -> None:
    written = (
        TrailItem.objects.filter(institution_id=by.institution_id, table=table, key=key)
        .exclude(digest="")
        .exclude(entry=by)
    )
    details = TrailDetail.objects.filter(entry__in=written.values("entry"))
    details.update(salt="", content="", purged_by=by)


def _items(journal: Journal, salt: str) -> list[tuple[str, str, str]]:
    written = {(table_of(each.row), key_of(each.row)): digest_of(each.row, salt) for each in journal.written}
    concerned = {(table_of(row), key_of(row)) for row in journal.concerned} - set(written)
    return [
        (*record, digest) for record, digest in sorted({**written, **dict.fromkeys(concerned, "")}.items())
    ]


def _told(journal: Journal) -> str:
    """Say of what the act was: the first record it wrote or concerns that tells itself; nothing of what it purged."""
    rows = [*(each.row for each in journal.written), *journal.concerned]
    tellers = [row.told for row in rows if hasattr(row, "told")]
    return str(tellers[0]()) if tellers and not journal.purged else ""


def _content(sentence: str, actor: Actor, journal: Journal) -> dict[str, Any]:
    return {
        "sentence": sentence,
        "what": _told(journal),
        "acting_as": actor.acting_as,
        "reason": journal.reason,
        "changes": [
            {
                "table": table_of(each.row),
                "key": key_of(each.row),
                "new": each.is_new,
                "fields": {} if (table_of(each.row), key_of(each.row)) in journal.purged else each.changes,
            }
            for each in journal.written
        ],
    }
