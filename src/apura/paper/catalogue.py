"""What the whole result relies on, each thing once: parameters, interpretations and drawn formulas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apura.formula import drawing, in_words, parse
from apura.paper.formats import day, quantity

Record = Mapping[str, Any]


class Catalogue:
    """What the steps share, in order of first appearance, so that it is told once and referred to."""

    def __init__(self) -> None:
        self.formulas: list[dict[str, Any]] = []
        self.parameters: list[dict[str, str]] = []
        self.interpretations: list[dict[str, Any]] = []
        self._formula_places: dict[tuple[str, str], int] = {}
        self._parameter_keys: set[tuple[str, str, str, str | None]] = set()
        self._interpretation_numbers: dict[tuple[str, str], int] = {}

    def formula(self, text: str, *, rule: str, labels: Mapping[str, str]) -> int:
        """Give the place, in ``formulas``, of the drawing of a formula with the labels of its rule."""
        key = (rule, text)
        if key not in self._formula_places:
            tree = parse(text)
            self._formula_places[key] = len(self.formulas)
            self.formulas.append({"drawing": drawing(tree, labels), "alt": in_words(tree, labels)})
        return self._formula_places[key]

    def parameter(self, used: Record) -> str:
        """Note a parameter for the summary and say it in one phrase for the step that used it."""
        value = quantity(used["valor"], used["unidade"])
        since = day(used["desde"])
        key = (used["nome"], used["valor"], used["desde"], used.get("ato"))
        if key not in self._parameter_keys:
            self._parameter_keys.add(key)
            self.parameters.append(
                {
                    "label": used["rotulo"],
                    "value": value,
                    "since": since,
                    "basis": used["fundamento"],
                    "act": used.get("ato") or "",
                }
            )
        act = f"; {used['ato']}" if used.get("ato") else ""
        return f"{used['rotulo']}: {value}, desde {since} ({used['fundamento']}{act})"

    def interpretation(self, relied_on: Record) -> int:
        """Note an interpretation for the summary and give the number by which the steps refer to it."""
        key = (relied_on["nome"], relied_on["adotada"])
        if key not in self._interpretation_numbers:
            self._interpretation_numbers[key] = len(self.interpretations) + 1
            self.interpretations.append(
                {
                    "text": relied_on["texto"],
                    "basis": relied_on.get("fundamento") or "",
                    "adopted": relied_on["adotada"],
                    "others": list(relied_on["alternativas"]),
                    "decider": relied_on.get("decisor") or "",
                    "act": relied_on.get("ato") or "",
                }
            )
        return self._interpretation_numbers[key]
