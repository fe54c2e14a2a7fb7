"""Prove a pack: its worked cases give what was worked by hand, and every provision of the text is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apura.calendars import CalendarError
from apura.formula import Value, parse_exact
from apura.norms import editions
from apura.norms.application import AppliedNorm
from apura.norms.errors import NormError
from apura.norms.explanation import explain_outcome, shown, shown_exact
from apura.norms.institution import Decision, Institution
from apura.norms.pack import Norm, shipped_ids
from apura.norms.running import calculate
from apura.norms.schema import Case

COVERAGE = {
    "encoded": "codificados",
    "interpretation": "por interpretação",
    "pending": "pendentes",
    "not_computable": "sem cálculo",
}
"""The states of a provision, in the words people read."""


@dataclass(frozen=True, slots=True)
class CaseChecked:
    """A worked case and what it gave instead of what was worked by hand; nothing, if it holds."""

    case: Case
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved of a norm: cases, provisions by state, what does not agree, and what is still to be recorded."""

    norm: Norm
    cases: tuple[CaseChecked, ...]
    coverage: Mapping[str, int]
    complaints: tuple[str, ...]
    notice: str | None = None

    @property
    def holds(self) -> bool:
        """Whether every case holds and nothing disagrees."""
        return not self.complaints and not any(checked.differences for checked in self.cases)


def verify(norm: Norm) -> Verification:
    """Run every worked case of ``norm`` and count what became of each provision of its text."""
    cases = tuple(CaseChecked(case, tuple(_differences(norm, case))) for case in norm.cases)
    coverage = Counter[str](provision.status for provision in norm.provisions)
    counted = {status: coverage.get(status, 0) for status in COVERAGE}
    return Verification(norm, cases, counted, tuple(_complaints(norm)), editions.notice(norm))


def _differences(norm: Norm, case: Case) -> Iterator[str]:
    try:
        if case.rule is None or case.on is None:
            yield from _wrong_date(norm, case)
        else:
            yield from _wrong_values(norm, case, rule=case.rule, on=case.on)
    except (NormError, CalendarError) as error:
        yield f"não deu resultado: {error}"


def _wrong_date(norm: Norm, case: Case) -> Iterator[str]:
    deadline = norm.deadline(str(case.deadline))
    on = case.event or date(case.year or norm.identity.takes_effect_on.year, 12, 31)
    applied = AppliedNorm(norm, on, _deciding(case))
    calendar = applied.calendar(deadline, case.calendar).with_days_off(
        dict.fromkeys(case.days_off, "sem expediente")
    )
    if case.event is not None:
        due = applied.due_after(str(case.deadline), case.event, calendar=calendar)
    else:
        due = applied.due_in_year(str(case.deadline), on.year, calendar=calendar)
    if due.date != case.due:
        yield f"vencimento: esperado {case.due:%d/%m/%Y}, obtido {due.date:%d/%m/%Y}"


def _wrong_values(norm: Norm, case: Case, *, rule: str, on: date) -> Iterator[str]:
    facts = {"chave": case.key, **case.facts} if case.key else case.facts
    outcome = calculate(norm, rule, facts, on=on, institution=_deciding(case))
    dates = {made.name: day for made, day in outcome.dates}
    for name, day in case.expects_dates.items():
        if dates.get(name) != day:
            yield f"{name}: esperado {day:%d/%m/%Y}, obtido {dates.get(name)}"
    explained = {step.step.name: step for step in explain_outcome(outcome).steps}
    for name, expected in case.expects.items():
        if name not in explained:
            yield f"{name}: esperado {expected}, mas o passo não foi necessário"
        elif not _same(explained[name].value, expected):
            found = shown_exact(explained[name].value, explained[name].step.places)
            yield f"{name}: esperado {expected}, obtido {found}"


def _same(value: Value, expected: str) -> bool:
    return value == parse_exact(expected) if isinstance(value, Fraction) else shown(value, 0) == expected


def _deciding(case: Case) -> Institution | None:
    if not case.readings:
        return None
    decisions = tuple(
        Decision(name, reading, date.min, "caso de teste", None, "cases.toml")
        for name, reading in case.readings.items()
    )
    return Institution("caso de teste", fictitious=True, decisions=decisions)


def _complaints(norm: Norm) -> Iterator[str]:
    known = {provision.ref for provision in norm.provisions}
    mentioned = set()
    for place, cites in _citations(norm):
        for part in _parts(cites):
            mentioned.add(part)
            if part not in known and OTHER_ACT not in part:
                yield f"{place} cita “{part}”, que não está em provisions.toml"
    for provision in norm.provisions:
        if provision.status in ("encoded", "interpretation") and provision.ref not in mentioned:
            yield f"“{provision.ref}” consta como {COVERAGE[provision.status]}, mas nada o cita"
    for rule in norm.rules.values():
        for step in rule.steps:
            if step.methods is not None and step.methods not in shipped_ids():
                yield f"{rule.name}.{step.name} toma métodos de “{step.methods}”, que não é norma instalada (methods)"
    yield from editions.complaints(norm)


OTHER_ACT = "nº"
"""What marks a citation of another act, which the norm's own list of provisions need not hold."""


def _parts(cites: str) -> Iterator[str]:
    """Return the provisions a citation names, one by one."""
    yield from (part.strip() for part in cites.split(";") if part.strip())


def _citations(norm: Norm) -> Iterator[tuple[str, str]]:
    yield "norm.toml", norm.identity.effect_cites
    yield "norm.toml, before", norm.identity.before_cites or norm.identity.effect_cites
    for name, parameter in norm.parameters.items():
        yield from ((f"{name} {value.starts}", value.cites) for value in parameter.values)
        if parameter.cites:
            yield name, parameter.cites
    yield from ((name, interpretation.cites) for name, interpretation in norm.interpretations.items())
    yield from ((name, deadline.cites) for name, deadline in norm.deadlines.items())
    yield from ((name, annex.view.cites) for name, annex in norm.annexes.items())
    for rule in norm.rules.values():
        yield rule.name, rule.cites
        columns = (column for relation in rule.relations for column in relation.columns)
        parts = (*rule.inputs, *rule.relations, *columns, *rule.steps, *rule.dates)
        yield from ((f"{rule.name}.{part.name}", part.cites) for part in parts)
        told = [*rule.checks, *(made for relation in rule.relations for made in relation.checks)]
        yield from ((f"{rule.name}, checks, {made.column}", made.cites) for made in told)
        yield from ((f"{rule.name}, warnings", doubt.cites) for doubt in rule.warnings)
        yield from (
            (f"{rule.name}.{step.name} {own.starts}", own.cites)
            for step in rule.steps
            for own in step.wordings
            if own.cites
        )
        yield from (
            (f"{rule.name}.{step.name}, scale", step.scale.cites) for step in rule.steps if step.scale
        )
