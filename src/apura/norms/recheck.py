"""Check a result document: whether it agrees with itself, and whether the norm still says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from apura.calendars import CalendarError
from apura.formula import parse_exact
from apura.norms.application import AppliedNorm
from apura.norms.calculation import calculate_subject
from apura.norms.consistency import Finding, inconsistencies
from apura.norms.document import (
    heading,
    institution_document,
    outcome_document,
    rule_document,
    rule_labels,
    simulation_document,
)
from apura.norms.editions import with_digest
from apura.norms.errors import BadInput, BadRequest, NormError, Problem
from apura.norms.explanation import explain_outcome
from apura.norms.facts import KEY, NAME, ROW
from apura.norms.institution import Decision, Institution
from apura.norms.pack import Norm, load_norm
from apura.norms.result_schema import problems_of
from apura.norms.rule_schema import Rule
from apura.norms.texts import quoted
from apura.norms.typing_facts import type_subject

Record = Mapping[str, Any]
_NUMBER = frozenset("-0123456789")


class Verdict(Enum):
    """What the check found, from best to worst."""

    HOLDS = "confere"
    HOLDS_OLD_EDITION = "confere com a edição antiga"
    DIFFERS_NEW_EDITION = "difere pela edição nova"
    ONLY_ARITHMETIC = "só a aritmética confere"
    BROKEN = "quebrado"


@dataclass(frozen=True, slots=True)
class Recheck:
    """The verdict on a document, how many outcomes and steps were computed again, and every difference.

    ``texts_changed`` counts what a newer edition words otherwise (formulas, citations, readings) without changing a
    value.
    """

    verdict: Verdict
    outcomes: int
    steps: int
    findings: tuple[Finding, ...]
    texts_changed: int = 0


def recheck(made: Mapping[str, Any], *, norm: Norm | None = None) -> Recheck:
    """Check the document ``made`` (the parsed ``resultado.json``), with nothing else at hand.

    First the document against itself: every step computed again from the formulas and facts it carries, every outcome
    that another one read compared with it. Then against the edition that made it, if it is kept here: everything
    computed anew must be the same, texts included. Last, if that edition is an old one, against the current one.

    Args:
        made: the document.
        norm: the norm to compare with; by default the one installed under the document's identifier.

    Returns:
        ``HOLDS``: made by the current edition, and all of it is the same. ``HOLDS_OLD_EDITION``: made by an older
        edition kept here, and the current one gives the same values. ``DIFFERS_NEW_EDITION``: the same, but the
        current edition gives other values, listed. ``ONLY_ARITHMETIC``: this installation has neither the norm or
        edition it names; what the current edition would give otherwise is listed. ``BROKEN``: something in the
        document is not what was computed.

    Raises:
        BadInput: this is not a result document; every problem is listed, with its path.
    """
    _require_document(made)
    counted = len(made["resultados"]), sum(len(outcome["passos"]) for outcome in made["resultados"])
    findings = tuple(inconsistencies(made))
    if findings:
        return Recheck(Verdict.BROKEN, *counted, findings)
    try:
        current = norm or load_norm(made["norma"])
    except BadRequest:
        return Recheck(Verdict.ONLY_ARITHMETIC, *counted, ())
    author = with_digest(current, made["digest"])
    findings = () if author is None else tuple(_anew(made, author))
    if findings:
        return Recheck(Verdict.BROKEN, *counted, findings)
    if author is current:
        return Recheck(Verdict.HOLDS, *counted, ())
    findings = tuple(_anew(made, current))
    values = tuple(finding for finding in findings if finding.is_value)
    verdict = Verdict.DIFFERS_NEW_EDITION if values else Verdict.HOLDS_OLD_EDITION
    if author is None:
        verdict = Verdict.ONLY_ARITHMETIC
    return Recheck(verdict, *counted, values, len(findings) - len(values))


def _require_document(made: object) -> None:
    problems = problems_of(made)
    if problems:
        raise BadInput([Problem("não é um resultado da Apura que se possa conferir"), *problems])
    if isinstance(made, Mapping) and not made["resultados"]:
        raise BadInput([Problem("o documento não traz nenhum resultado; não há o que conferir")])


def _anew(made: Record, norm: Norm) -> Iterator[Finding]:
    """Compute the whole document again with ``norm`` and yield every difference."""
    try:
        applied = AppliedNorm(
            norm, date.fromisoformat(made["em"]), _institution(made), made["simulacao"] is not None
        )
    except (NormError, ValueError) as error:
        yield Finding("", "", "data e instituição", "que decidiram", f"que não podem: {_said(error)}")
        return
    yield from _whole(made, applied)
    for said in made["resultados"]:
        who = said["regra"], said["chave"]
        try:
            found = _computed(applied, said)
        except (NormError, CalendarError, ValueError) as error:
            yield Finding(*who, "cálculo", said["passos"][-1]["valor"], f"nenhum: {_said(error)}")
            continue
        yield from _differences(who, said, found)
    for place, one, two in _unlike(made["simulacao"], simulation_document(applied), "simulacao"):
        yield Finding("", "", place, one, two, is_value=False)


def _said(error: Exception) -> str:
    return " ".join(str(error).split())


def _whole(made: Record, applied: AppliedNorm) -> Iterator[Finding]:
    """Compare what the document says of the norm, its rules and the institution's choices."""
    found: dict[str, Any] = {
        name: value for name, value in heading(applied).items() if name not in ("motor", "digest")
    }
    found["instituicao"] = institution_document(applied)
    known = [rule["regra"] for rule in made["regras"] if rule["regra"] in applied.norm.rules]
    found["regras"] = [rule_document(applied, applied.norm.rules[name]) for name in known]
    found["rotulos"] = {name: rule_labels(applied, applied.norm.rules[name]) for name in known}
    for part, value in found.items():
        for place, said, other in _unlike(made[part], value, part):
            yield Finding("", "", place, said, other, is_value=False)
    labels = {name: rule.label for name, rule in applied.norm.rules.items()}
    for pending in made["pendencias"]:
        if labels.get(pending["regra"]) != pending["rotulo"]:
            place = f"pendencias, {pending['regra']}"
            yield Finding(
                "", "", place, pending["rotulo"], labels.get(pending["regra"], "nada"), is_value=False
            )


def _computed(applied: AppliedNorm, said: Record) -> dict[str, Any]:
    rule = applied.norm.rule(said["regra"])
    facts: dict[str, object] = {KEY: said["chave"], NAME: said["nome"]}
    facts |= _typed(said["fatos"]["entradas"], {column.name for column in rule.inputs if column.unit})
    for name, rows in said["fatos"]["relacoes"].items():
        numbers = _numbers_of(applied, rule, name)
        facts[name] = [
            {ROW: row["identidade"], NAME: row["nome"], **_typed(_values(row), numbers)} for row in rows
        ]
    outcome = calculate_subject(applied, rule, type_subject(applied, rule, facts))
    return outcome_document(explain_outcome(outcome))


def _numbers_of(applied: AppliedNorm, rule: Rule, relation: str) -> set[str]:
    declared = rule.relation(relation)
    if declared is None:
        return set()
    numbers = {column.name for column in declared.columns if column.unit}
    for name in declared.rules:
        other = applied.norm.rules[name]
        numbers |= {column.name for column in other.inputs if column.unit}
        numbers |= {step.name for step in other.steps if step.unit}
    return numbers


def _typed(values: Mapping[str, str], numbers: set[str]) -> dict[str, object]:
    """Return values as facts: numbers, written exactly in the document, as fractions."""
    return {
        name: parse_exact(text) if name in numbers and text[:1] in _NUMBER else text
        for name, text in values.items()
    }


def _values(row: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in ("identidade", "nome")}


def _differences(who: tuple[str, str], said: Record, found: Record) -> Iterator[Finding]:
    new = {step["nome"]: step for step in found["passos"]}
    for step in said["passos"]:
        other = new.pop(step["nome"], None)
        if other is None:
            yield Finding(*who, step["rotulo"], step["valor"], "um passo que não existe")
            continue
        for place, one, two in _unlike(step, other, step["rotulo"]):
            yield Finding(*who, place, one, two, is_value=place == f"{step['rotulo']}, exato")
    for step in new.values():
        yield Finding(*who, step["rotulo"], "nada", step["valor"])
    order = [step["nome"] for step in said["passos"]]
    if not new and order != [step["nome"] for step in found["passos"]] and len(order) == len(found["passos"]):
        yield Finding(*who, "ordem dos passos", quoted(", ".join(order)), "a da norma", is_value=False)
    facts = {name: value for name, value in said["fatos"].items() if name != "origem"}
    for place, one, two in _unlike(facts, {name: found["fatos"][name] for name in facts}, "fatos"):
        yield Finding(*who, place, one, two, is_value=place.startswith("fatos, prazos"))
    for part in ("datas", "avisos"):
        for place, one, two in _unlike(said[part], found[part], part):
            yield Finding(*who, place, one, two, is_value=place.endswith(", data"))
    if said["nome"] != found["nome"]:
        yield Finding(*who, "nome", said["nome"], found["nome"], is_value=False)


def _unlike(one: object, other: object, place: str) -> Iterator[tuple[str, str, str]]:
    """Yield every leaf at which two pieces of document differ: its place, and both values."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*one, *other]):
            yield from _unlike(one.get(name), other.get(name), f"{place}, {name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True), start=1):
            yield from _unlike(left, right, f"{place}, {number}")
    elif one != other:
        yield place, _leaf(one), _leaf(other)


def _leaf(value: object) -> str:
    if isinstance(value, list) and value:
        return f"{len(value)} {'item' if len(value) == 1 else 'itens'}"
    return quoted(value) if value or value == 0 else "nada"


def _institution(made: Record) -> Institution | None:
    said = made["instituicao"]
    if not said:
        return None
    decisions = tuple(
        Decision(
            choice["nome"],
            choice["valor"],
            date.fromisoformat(choice["desde"]),
            choice["ato"],
            date.fromisoformat(choice["data_do_ato"]) if choice["data_do_ato"] else None,
            "resultado.json",
        )
        for choice in said["escolhas"]
    )
    return Institution(said["nome"], said["ficticio"], decisions)
