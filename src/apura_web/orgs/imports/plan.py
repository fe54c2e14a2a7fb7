"""What an import would do: one item for each row that creates or changes something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apura.norms import Problem

CREATE, CHANGE = "criar", "alterar"


@dataclass
class Plan:
    """The items to write, in order, how many rows change nothing, and what is wrong.

    An item is plain data, kept until it is applied: ``what`` (criar or alterar), ``told`` (in words), and the rest
    that its kind needs.
    """

    items: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)

    def count(self, what: str) -> int:
        """Say how many items create or change."""
        return sum(1 for item in self.items if item["what"] == what)
