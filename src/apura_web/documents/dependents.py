"""What rests on legal acts in rooms above: they register here how to tell it, without being imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from apura_web.audit.actors import Actor
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import Refusal


@dataclass(frozen=True)
class Dependent:
    """Something an act did.

    Attributes:
        group: under which heading it is told, as “Unidades”.
        sentence: what it did, as “criou ATE – Atenção Básica, desde 02/01/2024”.
        url: where it is told.
        if_it_falls: what happens if the act is made without effect, a sentence.
    """

    group: str
    sentence: str
    url: str = ""
    if_it_falls: str = ""


class Room(Protocol):
    """What a room whose records rest on acts knows."""

    def told(self, legal_act: LegalAct, looker: Actor) -> Sequence[Dependent]:
        """Tell what an act did there, as much as the looker may know."""

    def refusal_to_fall(self, legal_act: LegalAct) -> Refusal | None:
        """Refuse that an act be made without effect, when what would be left makes no sense."""

    def settle(self, institution_id: int, at: datetime) -> None:
        """Bring to date whatever is kept for speed, inside the act that changed which acts stand."""


@dataclass
class _Registry:
    rooms: list[Room] = field(default_factory=list)


_registry = _Registry()


def register_room(room: Room) -> None:
    """Let a room say what rests on acts."""
    if room not in _registry.rooms:
        _registry.rooms.append(room)


def dependents_of(legal_act: LegalAct, looker: Actor) -> list[Dependent]:
    """Tell what an act did, in every room, as much as the looker may know."""
    return [each for room in _registry.rooms for each in room.told(legal_act, looker)]


def refusal_to_fall(legal_act: LegalAct) -> Refusal | None:
    """Give the first refusal of a room to what would be left without an act."""
    refusals = (room.refusal_to_fall(legal_act) for room in _registry.rooms)
    return next((refusal for refusal in refusals if refusal), None)


def settle(institution_id: int, at: datetime) -> None:
    """Have every room bring to date what it keeps for speed."""
    for room in _registry.rooms:
        room.settle(institution_id, at)
