"""The difference of two calculations of the same record, step by step: what changed first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apura.norms import BadInput
from apura.norms.comparison import compare as compare_results
from apura.norms.comparison import read_result
from apura.norms.comparison_document import comparison_document
from apura.paper import differences
from apura.paper.formats import number
from apura_web.audit.requests import ActorRequest
from apura_web.calculations.web.calculation_told import outcome_url
from apura_web.calculations.web.finding import Found, find
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.templatetags.apura import day, instant
from apura_web.foundation.web.access import signed_in

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
    is_first: bool


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
    """What differs under one rule; ``same`` is how many subjects do not differ."""

    label: str
    basis: str
    unit: str
    counts: str
    subjects: Sequence[SubjectChange]


@signed_in
@require_GET
def compare(request: ActorRequest, code: str, other: str) -> HttpResponse:
    """Compare a calculation with another of the same record: ``other`` is what was before."""
    after, before = find(request, code), find(request, other)
    pair = [(each.calculation.topic_kind, each.calculation.topic_code) for each in (after, before)]
    if pair[0] != pair[1]:
        raise Http404
    made = compared(before.memory.made, after.memory.made)
    context = {
        "calculation": after.calculation,
        "memory": after.memory,
        "finding": finding_of(made, ("na anterior", "na atual")),
        "first": first_of(made),
        "rules": changes_of(after.calculation.code, made, ("na anterior", "na atual")),
        "sides": [_side("Antes", before), _side("Depois", after)],
        "is_same": all(rule["resumo"]["iguais"] == len(rule["sujeitos"]) for rule in made["regras"]),
        "crumbs": after.crumbs(Crumb("Comparação")),
    }
    return render(request, "calculations/comparison.html", context)


def compared(before: Record, after: Record) -> Record:
    """Compare two documents.

    Raises:
        Http404: they are of different norms, which are not compared.
    """
    try:
        read = read_result(before, called="A"), read_result(after, called="B")
        return comparison_document(compare_results(*read))
    except BadInput as error:
        raise Http404 from error


def finding_of(made: Record, called: tuple[str, str]) -> str:
    """Say in a sentence how many results changed."""
    total = sum(made["resumo"].values())
    if made["resumo"]["iguais"] == total:
        return f"Nenhum dos {total} resultados muda."
    return f"De {total} resultados: {differences.counts(made['resumo'], called=called)}."


def first_of(made: Record) -> str:
    """Say what changed first: the deepest cause, at the first step that differs in the norm's order."""
    for rule in made["regras"]:
        for subject in rule["sujeitos"]:
            step = differences.first_step(subject)
            if step is not None:
                return f"{subject['nome'] or subject['chave']}, {step['rotulo']}: {differences.why(step)}"
    return ""


def changes_of(code: str, made: Record, called: tuple[str, str]) -> list[RuleChange]:
    """Tell what differs, rule by rule in the norm's order, so that causes come before what they cause."""
    return [
        RuleChange(
            label=rule["rotulo"],
            basis=rule["fundamento"],
            unit=differences.unit_of(rule),
            counts=differences.counts(rule["resumo"], called=called),
            subjects=[_subject(code, rule, each) for each in rule["sujeitos"] if _differs(each)],
        )
        for rule in made["regras"]
        if any(_differs(each) for each in rule["sujeitos"])
    ]


def _differs(subject: Record) -> bool:
    return subject["situacao"] != "igual" or bool(subject["passos"] or subject["sem_efeito"])


def _subject(code: str, rule: Record, subject: Record) -> SubjectChange:
    key, pending = subject["chave"], subject["pendencia"]
    steps = [*subject["passos"], *subject["sem_efeito"]]
    return SubjectChange(
        key=key,
        name="" if subject["nome"] == key else subject["nome"],
        url=outcome_url(code, rule["regra"], key) if subject["b"] else "",
        word=subject["situacao"].replace("só em A", "só na anterior").replace("só em B", "só na atual"),
        before=differences.result(subject["a"]),
        after=differences.result(subject["b"]),
        difference=differences.difference(subject, rule) if subject["situacao"] != "igual" else "",
        pending=f"{pending['motivo']} {pending['o_que_fazer']}" if pending else "",
        steps=[_step(each, is_first=each["nome"] == subject["primeiro_passo"]) for each in steps],
    )


def _step(step: Record, *, is_first: bool) -> StepChange:
    before, after = step["a"], step["b"]
    return StepChange(
        label=step["rotulo"],
        basis=step["fundamento"],
        before=number(before["valor"]) if before else "não entrou",
        after=number(after["valor"]) if after else "não entrou",
        before_count=before["com_valores"] if before else "",
        after_count=after["com_valores"] if after else "",
        why=differences.why(step),
        is_first=is_first,
    )


def _side(label: str, found: Found) -> Fact:
    kept, made = found.calculation, found.memory.made
    note = f"aplicada em {day(kept.on)}, {made['norma']}, edição {made['edicao']}"
    text = f"{kept.title}, calculado em {instant(kept.recorded_at)}"
    return Fact(label, text, kept.get_absolute_url(), note)
