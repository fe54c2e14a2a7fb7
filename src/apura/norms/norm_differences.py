"""What changed in a norm: between two dates of one norm, or between a norm and an edited copy of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal, TypeVar

from apura.formula import Value, brazilian, portuguese
from apura.norms.application import AppliedNorm
from apura.norms.errors import Refusal
from apura.norms.labels import labels
from apura.norms.rule_schema import Rule, Step
from apura.norms.schema import Deadline, Member

Kind = Literal["regra", "redação", "fórmula", "parâmetro", "interpretação", "composição", "tabela", "prazo"]
T = TypeVar("T")
K = TypeVar("K")
_STANDS = "há esta regra"


@dataclass(frozen=True, slots=True)
class NormDifference:
    """One thing that a norm says otherwise: what, before and after in words (None: did not stand), and where."""

    kind: Kind
    name: str
    label: str
    before: str | None
    after: str | None
    cites: str | None


def norm_differences(before: AppliedNorm, after: AppliedNorm) -> tuple[NormDifference, ...]:
    """List what ``after`` says otherwise than ``before``.

    Args:
        before: a norm on a date.
        after: the same norm on another date, or an edited copy of it.

    Returns:
        Rules' wordings, formulas, parameters, readings, members, annexes and deadlines, in this order; a text that
        is not known on a date is told as such, never refused.
    """
    return (
        *_together(_rules(before, after)),
        *_parameters(before, after),
        *_readings(before, after),
        *_members(before, after),
        *_annexes(before, after),
        *_deadlines(before, after),
    )


def _paired(before: Mapping[K, T], after: Mapping[K, T]) -> Iterator[tuple[K, T | None, T | None]]:
    for name in dict.fromkeys((*before, *after)):
        yield name, before.get(name), after.get(name)


def _if(found: object, said: str) -> str | None:
    return None if found is None else said


def _together(found: Iterable[NormDifference]) -> list[NormDifference]:
    """Tell once what happened alike to the wording of several rules."""
    told: dict[tuple[str, ...], list[NormDifference]] = {}
    for one in found:
        alike = (one.kind, one.before or "", one.after or "")
        told.setdefault(alike if one.kind == "redação" else (*alike, one.label), []).append(one)
    return [
        replace(
            group[0],
            name=", ".join(one.name for one in group),
            label="; ".join(one.label for one in group),
            cites=None if len(group) > 1 else group[0].cites,
        )
        for group in told.values()
    ]


def _rules(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for name, mine, theirs in _paired(before.norm.rules, after.norm.rules):
        declared = theirs or mine
        if declared is None or mine is None or theirs is None:
            yield NormDifference(
                "regra",
                name,
                declared.label if declared else name,
                _if(mine, _STANDS),
                _if(theirs, _STANDS),
                None,
            )
            continue
        said = _wording(before, mine), _wording(after, theirs)
        if said[0] != said[1]:
            yield NormDifference("redação", name, theirs.label, *said, theirs.cites)
        yield from _formulas(before, after, name)
        if (mine.inputs, mine.relations, mine.subject) != (theirs.inputs, theirs.relations, theirs.subject):
            what = f"{theirs.label}: o que a regra lê"
            yield NormDifference("regra", name, what, "como estava", "declarado de outro modo", theirs.cites)


def _wording(applied: AppliedNorm, rule: Rule) -> str:
    """Say under which wording the rule stands: whose act, and whether it is known, supposed or not at hand."""
    try:
        wording = applied.wording(rule)
    except Refusal as refusal:
        return f"sem resultado: {refusal.reason}"
    act = wording.act or "texto original"
    return f"{act}, por interpretação ({', '.join(wording.uses)})" if wording.wording != "known" else act


def _formulas(before: AppliedNorm, after: AppliedNorm, rule: str) -> Iterator[NormDifference]:
    mine, theirs = before.norm.rules[rule], after.norm.rules[rule]
    steps = _paired({step.name: step for step in mine.steps}, {step.name: step for step in theirs.steps})
    for name, one, other in steps:
        said = _formula(before, mine, one), _formula(after, theirs, other)
        step = other or one
        if said[0] != said[1] and step is not None:
            yield NormDifference("fórmula", name, f"{theirs.label}: {step.label}", *said, step.cites)


def _formula(applied: AppliedNorm, rule: Rule, step: Step | None) -> str | None:
    """Say a step's formula with the labels people read; None when the norm has no such step."""
    if step is None:
        return None
    if step.formula_from is not None:
        return f"a que estiver em “{labels(applied.norm, rule)[step.formula_from]}”"
    try:
        return portuguese(applied.formula(rule, step).tree, labels(applied.norm, rule))
    except Refusal:
        return "não conhecida nesta data"


def _parameters(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for name, mine, theirs in _paired(before.norm.parameters, after.norm.parameters):
        declared = theirs or mine
        said = _parameter(before, name), _parameter(after, name)
        if said[0] != said[1] and declared is not None:
            cites = declared.values[0].cites if declared.values else declared.cites
            yield NormDifference("parâmetro", name, declared.label, *said, cites)


def _parameter(applied: AppliedNorm, name: str) -> str | None:
    if name not in applied.norm.parameters:
        return None
    try:
        value = applied.parameter(name)
    except Refusal:
        return "pendente: sem valor conhecido"
    act = f"; {value.act}" if value.act else ""
    return f"{brazilian(value.value, None)} {value.unit} ({value.cites}{act})"


def _readings(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for name, mine, theirs in _paired(before.norm.interpretations, after.norm.interpretations):
        declared = theirs or mine
        said = _reading(before, name), _reading(after, name)
        if said[0] != said[1] and declared is not None:
            yield NormDifference("interpretação", name, declared.text, *said, declared.cites)


def _reading(applied: AppliedNorm, name: str) -> str | None:
    if name not in applied.norm.interpretations:
        return None
    try:
        held = applied.reading(name)
    except Refusal:
        return "pendente: escolha ainda por fazer"
    return f"{held.reading} ({held.decision.act})" if held.decision and held.decision.act else held.reading


def _members(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for file in dict.fromkeys((*before.norm.members, *after.norm.members)):
        mine, theirs = _composition(before, file), _composition(after, file)
        known = {**mine, **theirs}
        for key, member in known.items():
            if (key in mine) != (key in theirs):
                label = f"{member.group}: {member.unit} – {member.unit_name}"
                sides = _if(mine.get(key), "compõe"), _if(theirs.get(key), "compõe")
                yield NormDifference("composição", file, label, *sides, member.cites)
        said = _status(mine), _status(theirs)
        if said[0] != said[1]:
            cites = next((member.cites for member in known.values()), None)
            yield NormDifference("composição", file, f"Texto da composição “{file}”", *said, cites)


def _composition(applied: AppliedNorm, file: str) -> dict[tuple[str, str], Member]:
    try:
        return {(member.group, member.unit): member for member in applied.all_members(file)}
    except (Refusal, KeyError):
        return {}


def _status(members: Mapping[Any, Member]) -> str:
    """Say on what text a composition stands: known, by which readings, or not at hand."""
    if not members:
        return "não conhecida"
    uses = sorted({name for member in members.values() for name in member.uses})
    acts = "; ".join(sorted({member.act for member in members.values()}))
    return f"{acts}, por interpretação ({', '.join(uses)})" if uses else acts


def _annexes(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for name, mine, theirs in _paired(before.norm.annexes, after.norm.annexes):
        annex = theirs or mine
        if annex is None or (mine is not None and theirs is not None and mine.rows == theirs.rows):
            continue
        changed = [
            NormDifference(
                "tabela",
                name,
                f"{annex.view.label}: {'; '.join(keys)}",
                _entry(one),
                _entry(other),
                annex.view.cites,
            )
            for keys, one, other in _paired(
                before.norm.lookups.get(name, {}), after.norm.lookups.get(name, {})
            )
            if one != other
        ]
        sides = _if(mine, "como estava"), _if(theirs, "com outras linhas")
        yield from changed or [NormDifference("tabela", name, annex.view.label, *sides, annex.view.cites)]


def _entry(value: Value | None) -> str | None:
    """Say what an annex gives: a number, or a code."""
    return brazilian(value, None) if isinstance(value, Fraction) else None if value is None else str(value)


def _deadlines(before: AppliedNorm, after: AppliedNorm) -> Iterator[NormDifference]:
    for name, mine, theirs in _paired(before.norm.deadlines, after.norm.deadlines):
        deadline = theirs or mine
        if mine != theirs and deadline is not None:
            sides = None if mine is None else _deadline(mine), None if theirs is None else _deadline(theirs)
            yield NormDifference("prazo", name, deadline.label, *sides, deadline.cites)


def _deadline(deadline: Deadline) -> str:
    between, after = deadline.last_business_day, deadline.days_after
    said = between.words if between else f"{after.days} dias ({after.counting})" if after else ""
    return f"{said}; calendário {deadline.calendar}"
