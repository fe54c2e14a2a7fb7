"""What differs between two documents, told to people rule by rule, so that causes come before what they cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apura.paper import differences
from apura.paper.formats import number
from apura.paper.spread_chart import ends_of
from apura_web.calculations.web.calculation_told import outcome_url

Record = Mapping[str, Any]


@dataclass(frozen=True)
class StepChange:
    """A step that differs: what was put in and what came out, before and after, and why."""

    label: str
    basis: str
    before: str
    after: str
    before_count: str
    after_count: str
    why: str


@dataclass(frozen=True)
class SubjectChange:
    """A subject whose result, or the way to it, differs."""

    key: str
    name: str
    url: str
    word: str
    before: str
    after: str
    difference: str
    pending: str
    steps: Sequence[StepChange]


@dataclass(frozen=True)
class RuleChange:
    """What differs under one rule; ``unfelt`` are the subjects with the same result by another way."""

    label: str
    basis: str
    unit: str
    counts: str
    subjects: Sequence[SubjectChange]
    unfelt: str


def finding_of(made: Record, called: tuple[str, str]) -> str:
    """Say in a sentence how many results changed."""
    total = sum(made["resumo"].values())
    if made["resumo"]["iguais"] == total:
        return f"Nenhum dos {total} resultados muda."
    return f"De {total} resultados: {differences.counts(made['resumo'], called=called)}."


def first_of(made: Record) -> str:
    """Say what changed first: the deepest cause, at the first step that differs in the norm's order."""
    subject = next((each for rule in made["regras"] for each in rule["sujeitos"] if each["passos"]), None)
    step = differences.first_step(subject) if subject else None
    if subject is None or step is None:
        return ""
    return f"{subject['nome'] or subject['chave']}, {step['rotulo']}: {differences.why(step)}"


def changes_of(code: str, made: Record, called: tuple[str, str]) -> list[RuleChange]:
    """Tell what differs, rule by rule in the norm's order, so that causes come before what they cause."""
    return [
        RuleChange(
            label=rule["rotulo"],
            basis=rule["fundamento"],
            unit=differences.unit_of(rule),
            counts=differences.counts(rule["resumo"], called=called),
            subjects=[_subject(code, rule, each, called) for each in rule["sujeitos"] if _differs(each)],
            unfelt=", ".join(each["chave"] for each in rule["sujeitos"] if _is_unfelt(each)),
        )
        for rule in made["regras"]
        if any(_differs(each) or _is_unfelt(each) for each in rule["sujeitos"])
    ]


def _differs(subject: Record) -> bool:
    return subject["situacao"] != "igual" or bool(subject["passos"])


def _is_unfelt(subject: Record) -> bool:
    return not _differs(subject) and bool(subject["sem_efeito"])


def _subject(code: str, rule: Record, subject: Record, called: tuple[str, str]) -> SubjectChange:
    key, pending = subject["chave"], subject["pendencia"]
    return SubjectChange(
        key=key,
        name="" if subject["nome"] == key else subject["nome"],
        url=outcome_url(code, rule["regra"], key) if subject["b"] else "",
        word=subject["situacao"].replace("em A", called[0]).replace("em B", called[1]),
        before=differences.result(subject["a"]),
        after=differences.result(subject["b"]),
        difference=differences.difference(subject, rule) if subject["situacao"] != "igual" else "",
        pending=f"{pending['motivo']} {pending['o_que_fazer']}" if pending else "",
        steps=[_step(each) for each in subject["passos"]],
    )


def _step(step: Record) -> StepChange:
    before, after = step["a"], step["b"]
    return StepChange(
        label=step["rotulo"],
        basis=step["fundamento"],
        before=number(before["valor"]) if before else "não entrou",
        after=number(after["valor"]) if after else "não entrou",
        before_count=before["com_valores"] if before else "",
        after_count=after["com_valores"] if after else "",
        why=differences.why(step),
    )


@dataclass(frozen=True)
class Spread:
    """How the results of a rule spread, in bands: how many before and after."""

    label: str
    unit: str
    bands: Sequence[tuple[str, int, int]]


FEWEST_SPREAD = 5


def spread_of(made: Record) -> list[Spread]:
    """Tell how results spread, of each rule with enough of them."""
    return [
        Spread(
            rule["rotulo"],
            differences.unit_of(rule),
            [(ends_of(band), band["a"], band["b"]) for band in reversed(rule["faixas"])],
        )
        for rule in made["regras"]
        if rule["faixas"] and len(rule["sujeitos"]) >= FEWEST_SPREAD
    ]
