"""One memória per subject: the part of a result that speaks of one person or unit, as a document of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

INDIVIDUAL = "memorias"


def individual_documents(made: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a document for each subject of ``made``, by the file it goes to."""
    found: dict[str, dict[str, Any]] = {}
    for key in dict.fromkeys(outcome["chave"] for outcome in made["resultados"]):
        plain = re.sub(r"[^\w.-]+", "_", key).strip("._")[:80] or "sem-sigla"
        name, again = f"{INDIVIDUAL}/{plain}.pdf", 2
        while name in found:
            name, again = f"{INDIVIDUAL}/{plain}-{again}.pdf", again + 1
        found[name] = _alone(made, key)
    return found


def _alone(made: Mapping[str, Any], key: str) -> dict[str, Any]:
    outcomes = [outcome for outcome in made["resultados"] if outcome["chave"] == key]
    pending = [refused for refused in made["pendencias"] if refused["chave"] == key]
    spoken = {part["regra"] for part in (*outcomes, *pending)}
    rules = [rule for rule in made["regras"] if rule["regra"] in spoken]
    return {**made, "regras": rules, "resultados": outcomes, "pendencias": pending}
