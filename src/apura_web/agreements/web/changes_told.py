"""What changed between two texts, told to people: by part, each field as it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apura_web.agreements.pact.differences import Kind, PartChange
from apura_web.agreements.pact.telling import Names, told
from apura_web.foundation.presentation import Change

HAPPENED = {Kind.ADDED: "inclusão", Kind.REMOVED: "retirada", Kind.CHANGED: "alteração"}
"""What happened to a part, as a noun: parts are of both genders."""


@dataclass(frozen=True)
class ToldChange:
    """A part that is not the same in two texts."""

    key: str
    name: str
    section: str
    kind: Kind
    changes: Sequence[Change]

    @property
    def caption(self) -> str:
        """What stands over its fields: its name, what it is of the pact and what happened to it."""
        what = "" if self.name == self.section else f"{self.section.lower()}, "
        return f"{self.name[:120]} ({what}{HAPPENED[self.kind]})"


def told_changes(found: Iterable[PartChange], names: Names) -> list[ToldChange]:
    """Tell what changed, in the order of the document.

    Args:
        found: the parts that changed.
        names: what the codes in both texts are called.
    """
    return [
        ToldChange(
            each.part.key,
            each.part.name,
            each.part.declared.label,
            each.kind,
            [
                Change(
                    field.field.label,
                    told(field.field, field.before, names),
                    told(field.field, field.after, names),
                )
                for field in each.fields
            ],
        )
        for each in found
    ]
