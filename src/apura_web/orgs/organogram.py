"""The organogram on a day, as plain data: who stands under whom, and whether a change would close a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Change:
    """What an act changed in a unit; what it left alone is None or empty.

    ``event`` is a value of :class:`apura_web.orgs.models.PlacementEvent`.
    """

    unit_id: int
    code: str
    event: str
    from_on: date
    parent_id: int | None = None
    name: str = ""
    acronym: str = ""
    kind: str = ""
    successor_id: int | None = None


@dataclass(frozen=True)
class Box:
    """A unit as it was on a day."""

    unit_id: int
    code: str
    parent_id: int | None
    name: str
    acronym: str
    kind: str
    is_active: bool
    successor_id: int | None = None


@dataclass(frozen=True)
class Organogram:
    """Every unit that existed on a day, by its number; extinct ones included, marked."""

    on: date
    boxes: dict[int, Box]

    @cached_property
    def children(self) -> dict[int | None, list[Box]]:
        """The active units under each unit, by acronym; under None, the roots and those whose superior is gone."""
        found: dict[int | None, list[Box]] = {}
        for box in sorted(self.active, key=lambda each: (each.acronym.casefold(), each.unit_id)):
            superior = self.boxes.get(box.parent_id) if box.parent_id else None
            found.setdefault(superior.unit_id if superior and superior.is_active else None, []).append(box)
        return found

    @property
    def active(self) -> list[Box]:
        """The units in operation."""
        return [box for box in self.boxes.values() if box.is_active]

    def path_of(self, unit_id: int) -> str:
        """Give the chain of numbers from the root down to a unit, as ``/1/4/9/``; a circle is cut where it closes."""
        chain: list[int] = []
        current: int | None = unit_id
        while current is not None and current in self.boxes and current not in chain:
            chain.append(current)
            current = self.boxes[current].parent_id
        return "/" + "".join(f"{number}/" for number in reversed(chain))

    def line_of(self, unit_id: int) -> list[Box]:
        """Give the superiors of a unit, from the root down, itself last."""
        return [self.boxes[int(number)] for number in self.path_of(unit_id).strip("/").split("/") if number]

    def circle_through(self, unit_id: int) -> list[Box]:
        """Give the units of the circle a unit is in, in order; empty when there is none."""
        chain: list[int] = []
        current: int | None = unit_id
        while current is not None and current in self.boxes:
            if current in chain:
                return [self.boxes[number] for number in chain[chain.index(current) :]]
            chain.append(current)
            current = self.boxes[current].parent_id
        return []

    def walk(self) -> Iterator[tuple[int, Box]]:
        """Give every active unit with its depth, superiors first."""
        waiting = [(0, box) for box in reversed(self.children.get(None, []))]
        while waiting:
            depth, box = waiting.pop()
            yield depth, box
            waiting += [(depth + 1, child) for child in reversed(self.children.get(box.unit_id, []))]


@dataclass(frozen=True)
class Difference:
    """What one unit was and became between two days; None where it did not exist."""

    before: Box | None
    after: Box | None

    @property
    def what(self) -> str:
        """Name the change in one word of the house."""
        match self.before, self.after:
            case (None, _):
                return "criada"
            case (_, None):
                return "ainda não existia"
            case (before, after) if before and after and before.is_active and not after.is_active:
                return "extinta"
            case (before, after) if before and after and before.parent_id != after.parent_id:
                return "mudou de vinculação"
            case _:
                return "mudou de denominação"


def compare(before: Organogram, after: Organogram) -> list[Difference]:
    """Give the units that differ between two days, by their last acronym."""
    found = []
    for unit_id in before.boxes.keys() | after.boxes.keys():
        old, new = _shown(before, unit_id), _shown(after, unit_id)
        if _essence(old) != _essence(new):
            found.append(Difference(before.boxes.get(unit_id), after.boxes.get(unit_id)))
    return sorted(found, key=lambda each: (each.after or each.before).acronym.casefold())  # type: ignore[union-attr]


def fold(changes: Iterable[Change], on: date) -> Organogram:
    """Apply the changes up to a day, given in the order in which they take effect."""
    boxes: dict[int, Box] = {}
    for change in changes:
        if change.from_on <= on:
            _apply(change, boxes)
    return Organogram(on, boxes)


def _apply(change: Change, boxes: dict[int, Box]) -> None:
    known = boxes.get(change.unit_id)
    if change.event == "criacao":
        boxes[change.unit_id] = Box(
            change.unit_id,
            change.code,
            change.parent_id,
            change.name,
            change.acronym,
            change.kind,
            is_active=True,
        )
    elif known is None:  # the act that created it was made without effect
        return
    elif change.event == "denominacao":
        boxes[change.unit_id] = replace(known, name=change.name, acronym=change.acronym, kind=change.kind)
    elif change.event == "vinculacao":
        boxes[change.unit_id] = replace(known, parent_id=change.parent_id)
    else:
        boxes[change.unit_id] = replace(known, is_active=False, successor_id=change.successor_id)


def _shown(organogram: Organogram, unit_id: int) -> Box | None:
    box = organogram.boxes.get(unit_id)
    return box if box and box.is_active else None


def _essence(box: Box | None) -> tuple[object, ...]:
    return (box.parent_id, box.name, box.acronym, box.kind) if box else ()
