"""What changed between two texts of a pact: part by part, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from apura_web.agreements.pact.schema import Field
from apura_web.agreements.pact.text import PactText, Part


class Kind(StrEnum):
    """What happened to a part."""

    ADDED = "acrescentada"
    REMOVED = "retirada"
    CHANGED = "alterada"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field written otherwise: before and after, as the text keeps them; empty is blank."""

    field: Field
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is not the same in two texts."""

    part: Part
    kind: Kind
    fields: tuple[FieldChange, ...]


def differences(before: PactText, after: PactText) -> list[PartChange]:
    """Say what a text changes in another, in the order of the document.

    Args:
        before: the earlier text.
        after: the later one.
    """
    return list(_differences(before, after))


def _differences(before: PactText, after: PactText) -> Iterator[PartChange]:
    for part in after.parts:
        old = before.part(part.key)
        fields = _fields(old, part)
        if fields:
            yield PartChange(part, Kind.CHANGED if old else Kind.ADDED, fields)
        elif old is None:
            yield PartChange(part, Kind.ADDED, ())
    for part in before.parts:
        if after.part(part.key) is None:
            yield PartChange(part, Kind.REMOVED, _fields(part, None))


def _fields(old: Part | None, new: Part | None) -> tuple[FieldChange, ...]:
    declared = (new or old).declared.fields  # type: ignore[union-attr]
    pairs = (
        (each, old.get(each.name) if old else "", new.get(each.name) if new else "") for each in declared
    )
    return tuple(FieldChange(each, one, other) for each, one, other in pairs if one != other)
