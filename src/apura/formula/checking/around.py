"""Where a node stands while it is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from apura.formula.checking.kinds import Known, Part
from apura.formula.scope import Scope
from apura.formula.tree import Node

MAX_PLACES = 10


@dataclass(frozen=True, slots=True)
class Around:
    """Where a node stands: inside which aggregate, and whether a division there says how it rounds.

    `handlers` holds the check of each type of node.
    """

    scope: Scope
    handlers: Mapping[type, Callable[[Around, Any], Known]]
    relation: str | None = None
    rounds: bool = False

    def kind_of(self, node: Node) -> Known:
        """Check a node and return what it is."""
        return self.handlers[node.__class__](self, node)

    def parts(self, nodes: tuple[Node, ...]) -> tuple[Part, ...]:
        """Check nodes and return each with what it is."""
        return tuple((node, self.kind_of(node)) for node in nodes)
