"""The text of a pact: its parts in order, written in one form that is hashed and never changes once frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import SECTIONS


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pact: the general data, an object, an item, a clause.

    Attributes:
        key: what names it inside the pact, through every round: ``geral``, ``item-3``.
        section: the section it belongs to.
        values: what was written, by field; a field that is blank is not there.
    """

    key: str
    section: str
    values: Mapping[str, str]

    @property
    def declared(self) -> Section:
        """Its section."""
        return SECTIONS[self.section]

    @property
    def name(self) -> str:
        """What people call it: the field that names it, or the section."""
        named = self.get(self.declared.named_by) if self.declared.named_by else ""
        return named or self.declared.label

    def get(self, field: str) -> str:
        """Give what was written in a field; empty when it is blank."""
        return self.values.get(field, "")

    def number(self, field: str) -> Fraction | None:
        """Give a number that was written; None when the field is blank."""
        text = self.get(field)
        return Fraction(text) if text else None

    def day(self, field: str) -> date | None:
        """Give a day that was written; None when the field is blank."""
        text = self.get(field)
        return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class PactText:
    """Every part of a pact, in the order of the document."""

    parts: tuple[Part, ...] = ()

    def of(self, section: str) -> tuple[Part, ...]:
        """Give the parts of a section."""
        return tuple(each for each in self.parts if each.section == section)

    def one(self, section: str) -> Part:
        """Give the only part of a section; a blank one when nobody has written it yet."""
        found = self.of(section)
        return found[0] if found else Part(section, section, {})

    def part(self, key: str) -> Part | None:
        """Give the part with a key; None when the pact has none."""
        return next((each for each in self.parts if each.key == key), None)

    def items_of(self, object_key: str) -> tuple[Part, ...]:
        """Give the items of an object of the pact."""
        return tuple(each for each in self.of("item") if each.get("objeto") == object_key)

    @property
    def written(self) -> str:
        """The whole text in the one form that is hashed."""
        rows = [[each.key, each.section, dict(each.values)] for each in self.parts]
        return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.written.encode("utf-8")).hexdigest()


def read_text(written: str) -> PactText:
    """Read a text that was frozen.

    Raises:
        ValueError: it is not one.
    """
    rows = json.loads(written)
    return in_order(Part(key, section, values) for key, section, values in rows)


def in_order(parts: Iterable[Part]) -> PactText:
    """Put parts in the order of the document: by section, and inside it as they come."""
    places = {name: number for number, name in enumerate(SECTIONS)}
    return PactText(tuple(sorted(parts, key=lambda each: places[each.section])))
