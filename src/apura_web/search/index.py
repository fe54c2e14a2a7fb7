"""The index: what is written into it after each act, and what a search asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from apura_web.audit.actors import Actor
from apura_web.audit.journal import Journal, key_of, table_of
from apura_web.search.models import SearchEntry
from apura_web.search.words import indexed, stem, words_of

CANDIDATES = 200
SHOWN_PER_KIND = 20


@dataclass(frozen=True)
class Searchable:
    """A kind of record that search finds.

    Attributes:
        kind: the model, as ``orgs.unit``.
        label: the heading over its results.
        title: what is shown and weighs most.
        note: a second line; also searched.
        visible: the records a person may see.
        every: the records of an institution, to make the index again.
        through: kinds whose rows, when written, change this record: how to reach it from them.
    """

    kind: str
    label: str
    title: Callable[[Any], str]
    note: Callable[[Any], str]
    visible: Callable[[Actor, date], QuerySet[Any]]
    every: Callable[[int], QuerySet[Any]]
    through: dict[str, Callable[[Any], models.Model]] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A result: the record and how it is shown."""

    title: str
    note: str
    url: str


_kinds: dict[str, Searchable] = {}


def register(*searchables: Searchable) -> None:
    """Let search find kinds of record."""
    _kinds.update({each.kind: each for each in searchables})


def index_written(journal: Journal) -> None:
    """Bring the index to what an act wrote; called inside it."""
    touched: dict[tuple[str, str], models.Model] = {}
    for written in journal.written:
        for kind, record in _records_behind(written.row):
            touched[kind, key_of(record)] = record
    for (kind, _), record in touched.items():
        index(_kinds[kind], record)


def index(searchable: Searchable, record: Any) -> None:
    """Write what search knows of one record."""
    title, note = searchable.title(record), searchable.note(record)
    identity = {"institution_id": record.institution_id, "kind": searchable.kind, "key": key_of(record)}
    known = {"title": title[:300], "note": note[:300], "words": indexed(f"{title} {note}")}
    if not SearchEntry.objects.filter(**identity).update(**known):
        SearchEntry.objects.create(**identity, **known)


def rebuild(institution_id: int) -> int:
    """Make the index of an institution again; give how many records it has."""
    records = [(each, record) for each in _kinds.values() for record in each.every(institution_id)]
    with transaction.atomic():
        SearchEntry.objects.filter(institution_id=institution_id).delete()
        for searchable, record in records:
            index(searchable, record)
    return len(records)


def matching(kind: str, *also: str, code: str = "code") -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """Give the search of a list: it keeps the records of a kind that have every word typed.

    Args:
        kind: of the records.
        also: columns where the text is looked for as it was typed, such as a registration number.
        code: the column with the record's code.
    """

    def keep(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        entries = SearchEntry.objects.filter(_every(words_of(text)), kind=kind)
        wanted = Q(**{f"{code}__in": entries.values("key")})
        for column in also:
            wanted |= Q(**{f"{column}__icontains": text.strip()})
        return rows.filter(wanted)

    return keep


def search(text: str, actor: Actor, on: date) -> list[tuple[str, list[Hit]]]:
    """Find what the actor may see that has every word typed, by kind; a word may be only begun.

    Args:
        text: what was typed.
        actor: who looks; nothing beyond what their selectors give is found.
        on: the day whose offices count.
    """
    terms = words_of(text)
    if not terms:
        return []
    found = SearchEntry.objects.filter(_every(terms), institution_id=actor.institution_id)
    rank = Case(
        When(words__startswith=f" {terms[0]} ", then=Value(0)),
        When(words__startswith=f" {terms[0]}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = list(found.annotate(rank=rank).order_by("rank", "title")[:CANDIDATES])
    results = []
    for searchable in _kinds.values():
        entries = [entry for entry in ranked if entry.kind == searchable.kind]
        hits = _hits(searchable, entries, actor, on)
        if hits:
            results.append((searchable.label, hits))
    return results


def _hits(searchable: Searchable, entries: Sequence[SearchEntry], actor: Actor, on: date) -> list[Hit]:
    if not entries:
        return []
    keys = [entry.key for entry in entries]
    records = {key_of(record): record for record in searchable.visible(actor, on).filter(code__in=keys)}
    seen = [entry for entry in entries if entry.key in records][:SHOWN_PER_KIND]
    return [Hit(entry.title, entry.note, records[entry.key].get_absolute_url()) for entry in seen]


def _every(terms: list[str]) -> Q:
    condition = Q()
    for term in terms:
        condition &= Q(words__contains=f" {term}") | Q(words__contains=f" {stem(term)} ")
    return condition


def _records_behind(row: models.Model) -> Iterable[tuple[str, models.Model]]:
    table = table_of(row)
    for searchable in _kinds.values():
        if table in searchable.through:
            yield searchable.kind, searchable.through[table](row)
        elif table == searchable.kind:
            yield searchable.kind, row
