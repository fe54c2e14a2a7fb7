"""A stored document read: its rules, its results by rule and subject, and which of them is the main one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apura.norms.texts import fold
from apura.paper import summary

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Memory:
    """The document of a calculation.

    Attributes:
        made: the parsed ``resultado.json``.
    """

    made: Record

    @cached_property
    def rules(self) -> Mapping[str, Record]:
        """Every rule that gave results or was refused, by name, in the norm's order."""
        return {rule["regra"]: rule for rule in self.made["regras"]}

    @cached_property
    def results(self) -> Mapping[str, Mapping[str, Record]]:
        """The results by rule and folded key, in the order given."""
        found: dict[str, dict[str, Record]] = {name: {} for name in self.rules}
        for result in self.made["resultados"]:
            found[result["regra"]][fold(result["chave"])] = result
        return {name: results for name, results in found.items() if results}

    @cached_property
    def main_rule(self) -> str:
        """The rule the calculation was made for: the first that no other reads; empty when none gave a result."""
        read = {
            name
            for rule in self.results
            for relation in self.rules[rule]["relacoes"]
            for name in relation["regras"]
        }
        return next((name for name in self.results if name not in read), "")

    @property
    def main(self) -> Record | None:
        """The one result of the main rule; None when it gave several, or none."""
        found = list(self.results.get(self.main_rule, {}).values())
        return found[0] if len(found) == 1 else None

    @property
    def banners(self) -> Sequence[Record]:
        """What every page must warn of: invented values, no official value."""
        return summary.banners(self.made)

    @property
    def pending(self) -> Sequence[Record]:
        """What was not computed, why, and what to do."""
        return summary.pending_table(self.made)

    @property
    def choices(self) -> Sequence[Record]:
        """What the institution decided, with each act."""
        institution = self.made["instituicao"]
        return institution["escolhas"] if institution else []

    def result(self, rule: str, key: str) -> Record | None:
        """Give the result of a rule for a subject; None when there is none."""
        return self.results.get(rule, {}).get(fold(key))

    def labels(self, rule: str) -> Mapping[str, str]:
        """Give what people call the names that a rule's formulas read."""
        found: Mapping[str, str] = self.made["rotulos"].get(rule, {})
        return found


def memory_of(text: str) -> Memory:
    """Read the text of a stored document."""
    return Memory(json.loads(text))
