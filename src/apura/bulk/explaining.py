"""One person's explanation out of a stored run: the facts fetched, the scalar calculation made, both compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from apura.bulk.stored import StoredRun, StoredSubject
from apura.formula import exact
from apura.norms import AppliedNorm, BadRequest, Result, document, run


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
        found = [each for group in stored.groups if (each := stored.subject(group, key)) is not None]
    finally:
        stored.close()
    if not found:
        raise BadRequest(f"“{key}” não está neste lote.", what_to_do="Confira a chave, como está nos dados.")
    made = [each for subject in found for each in _explained(applied, subject, rule)]
    differences = [
        text
        for subject, results in zip(found, _by_subject(found, made), strict=True)
        for text in _differences(subject, results)
    ]
    documents = []
    for result in made:
        told = document(result)
        wanted = result.outcomes[-1].rule.name
        documents += [(told, each) for each in told["resultados"] if each["regra"] == wanted]
    return Explained(tuple(documents), tuple(differences))


def _explained(applied: AppliedNorm, subject: StoredSubject, rule: str | None) -> Iterator[Result]:
    rules = {each["nome"].partition(".")[0]: None for each in subject.group["colunas"]}
    for name in rules:
        if rule in {None, name}:
            yield run(applied, subject.raw, rule=name)


def _by_subject(found: list[StoredSubject], made: list[Result]) -> Iterator[list[Result]]:
    for subject in found:
        names = {each["nome"].partition(".")[0] for each in subject.group["colunas"]}
        yield [result for result in made if result.outcomes[-1].rule.name in names]


def _differences(subject: StoredSubject, results: list[Result]) -> Iterator[str]:
    """Say where the run does not give what the scalar calculation gives."""
    for result in results:
        outcome = result.outcomes[-1]
        for name, value in outcome.values.items():
            column = f"{outcome.rule.name}.{name}"
            kept = subject.results.get(column)
            if kept != value:
                yield f"{column}: o lote guardou {_told(kept)}; o cálculo dá {_told(value)}"


def _told(value: object) -> str:
    return exact(value) if isinstance(value, Fraction) else str(value)
