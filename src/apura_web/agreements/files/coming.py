"""What came back in a file, before it is compared with the text: parts as the file says them, errors in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apura.norms import Problem
from apura_web.agreements.pact.schema import Section


@dataclass
class Row:
    """A part as the file says it: its key, empty for a new one, and the text and the place of each field."""

    section: Section
    key: str
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What a part said when the file was made."""

    edition: int
    texts: Mapping[str, str]


@dataclass
class Back:
    """What came back.

    Attributes:
        notes: what the person must know of how the file was read.
    """

    rows: list[Row] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()
