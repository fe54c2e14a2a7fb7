"""The organogram of a day as something to draw: a tree cut where it would no longer be readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from apura_web.orgs.models import UnitKind
from apura_web.orgs.organogram import Box, Difference, Organogram

MOST_DRAWN = 240
FEWEST_COLUMNS, MANY_BELOW = 3, 9
KIND_LABELS = dict(UnitKind.choices)


@dataclass
class Node:
    """A unit in the drawing, with those drawn under it and how many are not."""

    box: Box
    children: list[Node] = field(default_factory=list)
    below: int = 0
    is_cut: bool = False
    is_wide: bool = False

    @property
    def drawn_below(self) -> int:
        """How many units are drawn under this one, at any depth."""
        return sum(1 + child.drawn_below for child in self.children)

    def spread(self) -> None:
        """Lay the units under this one in columns, and likewise under those of them that have many below."""
        self.is_wide = True
        for child in self.children:
            if len(child.children) >= FEWEST_COLUMNS and child.drawn_below >= MANY_BELOW:
                child.spread()


@dataclass(frozen=True)
class Row:
    """A unit in the table."""

    code: str
    acronym: str
    name: str
    kind: str
    line: str
    depth: int
    url: str


def tree_of(organogram: Organogram, root: int | None = None) -> list[Node]:
    """Give the trees to draw, down to where they still fit on a page.

    Args:
        organogram: of the day.
        root: the unit from which to draw; None is the top.
    """
    boxes = [organogram.boxes[root]] if root is not None else organogram.children.get(None, [])
    nodes = [Node(box) for box in boxes]
    drawn, level = len(nodes), nodes
    while level:
        wanted = [(node, organogram.children.get(node.box.unit_id, [])) for node in level]
        coming = sum(len(children) for _, children in wanted)
        is_full = drawn + coming > MOST_DRAWN
        level = []
        for node, children in wanted:
            node.below, node.is_cut = len(children), is_full and bool(children)
            node.children = [] if is_full else [Node(box) for box in children]
            level += node.children
        drawn += len(level)
    for node in nodes:
        node.spread()
    return nodes


def rows_of(organogram: Organogram, url_of: Callable[[Box], str]) -> list[Row]:
    """Give the same organogram as rows of a table, superiors first."""
    rows: list[Row] = []
    line: list[str] = []
    for depth, box in organogram.walk():
        line = [*line[:depth], box.acronym]
        told = " › ".join(line[:-1])
        kind = KIND_LABELS.get(box.kind, box.kind)
        rows.append(Row(box.code, box.acronym, box.name, kind, told, depth + 1, url_of(box)))
    return rows


@dataclass(frozen=True)
class DifferenceRow:
    """A unit that differs between two days, in words."""

    what: str
    acronym: str
    before: str
    after: str
    acts: str
    url: str


def told_difference(each: Difference, before: Organogram, after: Organogram) -> tuple[str, str, str]:
    """Say in words what a unit was, what it became and what happened."""
    return each.what, _told(each.before, before), _told(each.after, after)


def _told(box: Box | None, organogram: Organogram) -> str:
    if box is None:
        return ""
    line = " › ".join(each.acronym for each in organogram.line_of(box.unit_id)[:-1])
    if not box.is_active:
        successor = organogram.boxes.get(box.successor_id) if box.successor_id else None
        return f"extinta; sucessora: {successor.acronym}" if successor else "extinta, sem sucessora"
    return f"{box.acronym} – {box.name}" + (f", sob {line}" if line else ", no topo")
