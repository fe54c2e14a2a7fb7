"""Check a result document: whether its arithmetic holds, and whether the norm installed here still says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from apura.formula import FormulaError, parse_exact, with_values
from apura.norms.application import AppliedNorm
from apura.norms.calculation import calculate_subject
from apura.norms.document import SCHEMA, outcome_document
from apura.norms.errors import BadInput, BadRequest, NormError, Problem
from apura.norms.explanation import explain_outcome, shown, shown_exact
from apura.norms.facts import KEY, NAME, ROW
from apura.norms.institution import Decision, Institution
from apura.norms.pack import Norm, load_norm
from apura.norms.replay import replay
from apura.norms.rule_schema import Rule
from apura.norms.typing_facts import type_subject


class Verdict(Enum):
    """What the check found, from best to worst."""

    HOLDS = "confere"
    HOLDS_OLD_EDITION = "confere com a edição antiga"
    DIFFERS_NEW_EDITION = "difere pela edição nova"
    BROKEN = "quebrado"


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference: which outcome and step, what the document says and what was found."""

    rule: str
    key: str
    place: str
    said: str
    found: str
    is_value: bool = True

    def __str__(self) -> str:
        return f"{self.rule} de {self.key}, {self.place}: o documento diz {self.said}; a conferência dá {self.found}"


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

    First its own arithmetic: every step computed again from the formulas and facts it carries, and every outcome
    that another one read compared with it. Then, with the norm installed here, every outcome calculated anew.

    Args:
        made: the document.
        norm: the norm to compare with; by default the one installed under the document's identifier.

    Raises:
        BadInput: this is not a result document.
    """
    _require_document(made)
    findings = [found for outcome in made["resultados"] for found in _arithmetic(made, outcome)]
    findings += _links(made)
    steps = sum(len(outcome["passos"]) for outcome in made["resultados"])
    counted = len(made["resultados"]), steps
    if findings:
        return Recheck(Verdict.BROKEN, *counted, tuple(findings))
    try:
        installed = norm or load_norm(made["norma"])
    except BadRequest:
        return Recheck(Verdict.HOLDS_OLD_EDITION, *counted, ())
    findings = list(_anew(made, installed))
    if installed.digest == made["digest"]:
        return Recheck(Verdict.BROKEN if findings else Verdict.HOLDS, *counted, tuple(findings))
    values = tuple(finding for finding in findings if finding.is_value)
    verdict = Verdict.DIFFERS_NEW_EDITION if values else Verdict.HOLDS_OLD_EDITION
    return Recheck(verdict, *counted, values, len(findings) - len(values))


def _require_document(made: Mapping[str, Any]) -> None:
    if not isinstance(made, Mapping) or made.get("esquema") != SCHEMA:
        raise BadInput([Problem(f'não é um resultado da Apura (falta "esquema": "{SCHEMA}")')])
    lacking = [key for key in ("norma", "digest", "em", "regras", "resultados") if key not in made]
    if lacking:
        raise BadInput([Problem(f"o documento está incompleto: falta {', '.join(lacking)}")])
    try:
        for outcome in made["resultados"]:
            facts = outcome["fatos"]
            _ = outcome["regra"], outcome["chave"], outcome["valores"], facts["entradas"], facts["relacoes"]
            for step in outcome["passos"]:
                _ = (
                    step["nome"],
                    step["formula"],
                    step["valor"],
                    step["exato"],
                    step["casas"],
                    step["parametros"],
                )
        date.fromisoformat(made["em"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput([Problem(f"o documento está incompleto ou foi truncado: {error}")]) from error


def _arithmetic(made: Mapping[str, Any], outcome: Mapping[str, Any]) -> Iterator[Finding]:
    who = outcome["regra"], outcome["chave"]
    try:
        for said, done in zip(outcome["passos"], replay(made, outcome), strict=True):
            found = shown_exact(done.trace.value, said["casas"])
            if found != said["exato"]:
                yield Finding(*who, said["rotulo"], said["exato"], found)
            if shown(done.trace.value, said["casas"]) != said["valor"]:
                yield Finding(*who, said["rotulo"], said["valor"], shown(done.trace.value, said["casas"]))
            if outcome["valores"].get(said["nome"]) != said["valor"]:
                yield Finding(
                    *who, f"valores, {said['nome']}", str(outcome["valores"].get(said["nome"])), said["valor"]
                )
            if with_values(done.tree, done.trace) != said["com_valores"]:
                yield Finding(
                    *who,
                    f"{said['rotulo']} com valores",
                    said["com_valores"],
                    with_values(done.tree, done.trace),
                )
    except (FormulaError, NormError, StopIteration, KeyError, ValueError) as error:
        yield Finding(*who, "cálculo", "um valor", f"nenhum: {error}")


def _links(made: Mapping[str, Any]) -> list[Finding]:
    """Rows that repeat the outcome of another subject of the same document must say the same."""
    known: dict[tuple[str, str], str] = {
        (outcome["chave"], step["nome"]): step["exato"]
        for outcome in made["resultados"]
        for step in outcome["passos"][-1:]
    }
    return [
        Finding(
            outcome["regra"],
            outcome["chave"],
            f"{row['identidade']}, {name}",
            value,
            known[(row["identidade"], name)],
        )
        for outcome in made["resultados"]
        for rows in outcome["fatos"]["relacoes"].values()
        for row in rows
        for name, value in row.items()
        if (row["identidade"], name) in known and not _same(value, known[(row["identidade"], name)])
    ]


def _same(one: str, other: str) -> bool:
    try:
        return parse_exact(one) == parse_exact(other)
    except ValueError:
        return one == other


def _anew(made: Mapping[str, Any], norm: Norm) -> Iterator[Finding]:
    applied = AppliedNorm(
        norm, date.fromisoformat(made["em"]), _institution(made), made.get("simulacao") is not None
    )
    for said in made["resultados"]:
        who = said["regra"], said["chave"]
        try:
            rule = norm.rule(said["regra"])
            facts = {KEY: said["chave"], NAME: said["nome"], **_typed_inputs(rule, said["fatos"]["entradas"])}
            facts |= {
                name: [{ROW: row["identidade"], NAME: row["nome"], **_values(row)} for row in rows]
                for name, rows in said["fatos"]["relacoes"].items()
            }
            outcome = calculate_subject(applied, rule, type_subject(applied, rule, facts))
        except NormError as error:
            yield Finding(*who, "cálculo", said["passos"][-1]["valor"], f"nenhum: {error}")
            continue
        found = outcome_document(explain_outcome(outcome))
        yield from _differences(who, said, found)


def _typed_inputs(rule: Rule, inputs: Mapping[str, str]) -> dict[str, object]:
    """Return the inputs as facts: numbers, written exactly in the document, as fractions."""
    numbers = {column.name for column in rule.inputs if column.unit is not None}
    return {
        name: parse_exact(text) if name in numbers and text[:1] in "-0123456789" else text
        for name, text in inputs.items()
    }


def _values(row: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in ("identidade", "nome")}


def _differences(
    who: tuple[str, str], said: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Finding]:
    steps = {step["nome"]: step for step in found["passos"]}
    for step in said["passos"]:
        other = steps.pop(step["nome"], None)
        if other is None:
            yield Finding(*who, step["rotulo"], step["valor"], "um passo que não existe mais")
            continue
        for part in ("exato", "formula", "fundamento", "parametros", "interpretacoes", "redacao"):
            if step[part] != other[part]:
                label = f"{step['rotulo']}, {part}"
                yield Finding(*who, label, str(step[part]), str(other[part]), is_value=part == "exato")
    for name in steps:
        yield Finding(*who, name, "nada", "um passo novo")
    if said["fatos"].get("prazos") != found["fatos"]["prazos"]:
        yield Finding(*who, "prazos", str(said["fatos"].get("prazos")), str(found["fatos"]["prazos"]))


def _institution(made: Mapping[str, Any]) -> Institution | None:
    said = made.get("instituicao")
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
