"""Which entries of the trail somebody may read, and which of the rows that an entry tells of.

Who administers, keeps the registry or controls the whole institution reads all of it. External control whose letter
names a branch reads only what concerns records of that branch: who knows the records registers how to find them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from apura_web.audit.actors import WHOLE_INSTITUTION, Actor, Role
from apura_web.audit.models import SecurityEvent, TrailEntry, TrailItem

Finder = Callable[[Actor, date], QuerySet[Any]]
Record = tuple[str, str]
_finders: dict[str, Finder] = {}
_leading: list[str] = []

WHOLE_READERS = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL)
READERS = frozenset(WHOLE_READERS)
REFUSALS_READERS = (Role.ADMINISTRATOR, Role.INTERNAL_CONTROL)


def register_finder(model: type[Model], finder: Finder) -> None:
    """Say which records of a kind somebody sees on a day, so that a limited reader is told of those rows only."""
    _finders[model._meta.label_lower] = finder


def register_leading_finder(model: type[Model], finder: Finder) -> None:
    """Say the same of a kind whose records lead to entries: an entry is read when it concerns one of them."""
    register_finder(model, finder)
    _leading.append(model._meta.label_lower)


def reads_whole_trail(actor: Actor) -> bool:
    """Say whether somebody reads every entry of their institution."""
    return actor.has(*WHOLE_READERS, path=WHOLE_INSTITUTION)


def entries_visible_to(actor: Actor, on: date) -> QuerySet[TrailEntry]:
    """Give the entries somebody may read, the latest first, with their details.

    Args:
        actor: who reads.
        on: the day whose structure says what is in their branch.
    """
    entries = (
        TrailEntry.objects.filter(institution_id=actor.institution_id)
        .select_related("detail", "detail__purged_by")
        .order_by("-seq")
    )
    if reads_whole_trail(actor):
        return entries
    if not actor.has(*READERS):
        return entries.none()
    return entries.filter(pk__in=_items_in_branch(actor, on).values("entry"))


def narrowed(entries: QuerySet[TrailEntry], record: Record) -> QuerySet[TrailEntry]:
    """Keep the entries that wrote or concern a record."""
    table, key = record
    return entries.filter(pk__in=TrailItem.objects.filter(table=table, key=key).values("entry"))


def refusals_visible_to(actor: Actor) -> QuerySet[SecurityEvent]:
    """Give what was tried and refused in the institution, the latest first, to who administers it or controls it."""
    events = SecurityEvent.objects.filter(institution_id=actor.institution_id).order_by("-minute", "-pk")
    return events if actor.has(*REFUSALS_READERS) else events.none()


def visible_records(actor: Actor, on: date, records: Iterable[Record]) -> set[Record]:
    """Keep, of the records told by an entry, those the reader may be told of; one query for each kind.

    Only external control limited to a branch is told less than everything: whoever else reaches an entry came by the
    page of a record they may see.
    """
    wanted = set(records)
    if reads_whole_trail(actor) or not actor.has(Role.EXTERNAL_CONTROL):
        return wanted
    found: set[Record] = set()
    for table in {table for table, _ in wanted} & set(_finders):
        keys = [key for each, key in wanted if each == table]
        rows = _finders[table](actor, on).filter(code__in=keys)
        found |= {(table, key) for key in rows.values_list("code", flat=True)}
    return found


def _items_in_branch(actor: Actor, on: date) -> QuerySet[TrailItem]:
    mine = Q(pk__in=[])
    for table in _leading:
        # The codes themselves: as subqueries inside one another they are more than SQLite's parser takes.
        mine |= Q(table=table, key__in=list(_finders[table](actor, on).values_list("code", flat=True)))
    return TrailItem.objects.filter(mine, institution_id=actor.institution_id)
