"""What a pact lacks: where, why, by which article, and whether it blocks signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apura_web.agreements.pact.schema import Section, citation
from apura_web.agreements.pact.text import Part


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing or contradictory.

    Attributes:
        part: where; a blank part when the section was never written.
        field: the field; empty when it is about the whole part.
        message: what is wrong, a sentence.
        cites: the provision, with its norm.
        is_mandatory: whether it blocks signature; what does not is a warning.
    """

    part: Part
    field: str
    message: str
    cites: str
    is_mandatory: bool


def lack(part: Part, field: str, message: str, *, cites: str = "", is_mandatory: bool = True) -> Lack:
    """Make a lack; without an article of its own, it takes that of the field or of the section.

    Args:
        part: where.
        field: which field; empty for the whole part.
        message: what is wrong, a sentence.
        cites: the article, without the norm.
        is_mandatory: whether it blocks signature.
    """
    article = cites or (part.declared.field(field).cites if field else "") or part.declared.cites
    return Lack(part, field, message, citation(article), is_mandatory)


def whole(section: Section) -> Part:
    """Give a section as the place of what is about all of it, and of none of its parts."""
    return Part(section.name, section.name, {})


def unfilled(part: Part, *fields: str) -> Iterator[Lack]:
    """Tell each of some fields that is blank."""
    for name in fields:
        if not part.get(name):
            yield lack(part, name, f"Falta “{part.declared.field(name).label}”.")
