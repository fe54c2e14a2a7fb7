"""One person's explanation out of a stored run: the facts fetched, the scalar calculation made, both compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from apura.bulk.stored import StoredRun, StoredSubject
from apura.formula import exact
from apura.norms import AppliedNorm, BadRequest, Outcome, document, run_typed


@dataclass(frozen=True, slots=True)
class Explained:
    """What a stored run gave somebody, opened.

    Attributes:
        documents: a result document for each rule, with the rule's outcome.
        differences: where the run and the scalar calculation do not give the same; there should be none.
    """

    documents: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...]
    differences: tuple[str, ...]


def explain_stored(folder: Path, key: str, *, rule: str | None = None) -> Explained:
    """Open what a run gave a subject, step by step.

    Args:
        folder: of the results.
        key: of the subject, as in the facts.
        rule: only this one; None for all.

    Raises:
        BadRequest: the folder holds no finished run, or the run has nobody with this key.
        RunFailed: a file of the run cannot be read.
    """
    stored = StoredRun(folder)
    try:
        applied = stored.applied()
        asked = [group for group in stored.groups if rule is None or rule in _rules(group)]
        found = [each for group in asked if (each := stored.subject(group, key)) is not None]
    finally:
        stored.close()
    if not found:
        raise BadRequest(f"“{key}” não está neste lote.", what_to_do="Confira a chave, como está nos dados.")
    opened = [each for subject in found for each in _opened(applied, subject, rule)]
    return Explained(
        tuple((told, outcome) for told, outcome, _differences in opened),
        tuple(text for _told, _outcome, differences in opened for text in differences),
    )


Opened = tuple[Mapping[str, Any], Mapping[str, Any], list[str]]
"""A result document, the outcome of a rule in it, and where that is not what the run gave."""


def _rules(group: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(each["nome"].partition(".")[0] for each in group["colunas"]))


def _opened(applied: AppliedNorm, subject: StoredSubject, rule: str | None) -> list[Opened]:
    """Compute the rules of a subject, those that read others first: one calculation gives them all."""
    opened: dict[str, Opened] = {}
    for name in reversed(_rules(subject.group)):
        if name in opened or rule not in {None, name}:
            continue
        result = run_typed(applied, subject.facts, rule=name)
        told = document(result)
        outcomes = {each["regra"]: each for each in told["resultados"]}
        for outcome in result.outcomes:
            if outcome.rule.name not in opened and rule in {None, outcome.rule.name}:
                found = list(_differences(subject, outcome))
                opened[outcome.rule.name] = (told, outcomes[outcome.rule.name], found)
    return [opened[name] for name in _rules(subject.group) if name in opened]


def _differences(subject: StoredSubject, outcome: Outcome) -> Iterator[str]:
    """Say where the run does not give what the scalar calculation gives."""
    for name, value in outcome.values.items():
        column = f"{outcome.rule.name}.{name}"
        kept = subject.results.get(column)
        if kept != value:
            yield f"{column}: o lote guardou {_told(kept)}; o cálculo dá {_told(value)}"


def _told(value: object) -> str:
    return exact(value) if isinstance(value, Fraction) else str(value)
