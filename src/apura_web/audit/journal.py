"""The writes of one act: services create and change rows through it, and the trail digests what it noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

M = TypeVar("M", bound=models.Model)


@dataclass
class Written:
    """A row an act wrote: what it is, and the columns that changed as (before, after)."""

    row: models.Model
    is_new: bool
    changes: dict[str, tuple[Any, Any]]


@dataclass
class Journal:
    """What one act wrote, the records it concerns besides, and those whose earlier details it erases."""

    written: list[Written] = field(default_factory=list)
    concerned: list[models.Model] = field(default_factory=list)
    purged: list[tuple[str, str]] = field(default_factory=list)
    reason: str = ""


EMPTY: tuple[Any, ...] = (None, "", [], {})
Listener = Callable[[Journal], None]
_listeners: list[Listener] = []
_journal: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def writing(journal: Journal) -> Iterator[Journal]:
    """Make a journal the current one while an act runs."""
    token = _journal.set(journal)
    try:
        yield journal
    finally:
        _journal.reset(token)


def listen(listener: Listener) -> None:
    """Have a function called inside each act, after its rows are written, with its journal."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_listeners(journal: Journal) -> None:
    """Call every listener."""
    for listener in _listeners:
        listener(journal)


def current() -> Journal:
    """Give the journal of the act being done.

    Raises:
        RuntimeError: somebody writes outside an act.
    """
    journal = _journal.get()
    if journal is None:
        raise RuntimeError("business rows are written inside an act")
    return journal


def create(row: M, *, about: tuple[models.Model, ...] = ()) -> M:
    """Validate and insert a row.

    Args:
        row: unsaved.
        about: records in whose history the act must appear too.

    Raises:
        ValidationError: the model does not accept a value.
    """
    journal = current()
    row.full_clean()
    row.save(force_insert=True)
    filled = {name: (None, value) for name, value in tracked(row).items() if value not in ("", None)}
    journal.written.append(Written(row, is_new=True, changes=filled))
    journal.concerned.extend(about)
    return row


def change(row: M, **values: Any) -> M:
    """Change columns of a row that may change, noting what was there. Equal values write nothing.

    Raises:
        ValidationError: the model does not accept a value.
    """
    journal = current()
    before = tracked(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    after = tracked(row)
    named = before | after  # a column added later is there only when filled
    changes = {
        name: (before.get(name), after.get(name)) for name in named if before.get(name) != after.get(name)
    }
    if changes:
        row.save(update_fields=list(values))
        journal.written.append(Written(row, is_new=False, changes=changes))
    return row


def because(reason: str) -> None:
    """Note the reason somebody gave for the act; it is shown in the history."""
    current().reason = reason.strip()


def table_of(row: models.Model) -> str:
    """Name a row's kind as the trail does: ``orgs.unit``."""
    return row._meta.label_lower


def key_of(row: models.Model) -> str:
    """Name a row inside its kind: its opaque code, or its number when it has none."""
    return str(getattr(row, "code", None) or row.pk)


def tracked(row: models.Model) -> dict[str, Any]:
    """Give the columns of a row that count for the trail, as text that does not depend on the database.

    A model names in ``later`` the columns added after its first release: empty, they do not count, so that what was
    digested before they existed still matches.
    """
    skipped = {"id", *getattr(row, "untracked", ())}
    later = getattr(row, "later", ())
    counted = [each for each in row._meta.concrete_fields if each.attname not in skipped]
    values = {each.attname: each.value_from_object(row) for each in counted}
    return {name: _plain(value) for name, value in values.items() if not (name in later and value in EMPTY)}


def digest_of(row: models.Model, salt: str) -> str:
    """Give the digest of a row's tracked columns; without the salt nobody can guess what they held."""
    return sha256(canonical({"salt": salt, "table": table_of(row), "key": key_of(row), "row": tracked(row)}))


def canonical(value: Any) -> str:
    """Write JSON in the one form that is digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.astimezone(tz=UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case UUID():
            return value.hex
        case dict() | list():
            return canonical(value)
        case _:
            raise TypeError(f"the trail cannot digest {type(value).__name__}")
