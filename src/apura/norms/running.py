"""A whole norm over a fact sheet: rules in order, each reading the outcomes of those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.formula import Value
from apura.norms.application import AppliedNorm
from apura.norms.calculation import Outcome, calculate_subject
from apura.norms.errors import BadInput, DependsOnRefused, Problem, Refusal
from apura.norms.explanation import Explanation, explain_outcome
from apura.norms.facts import FactSheet, RawFacts, RelatedRow, Subject
from apura.norms.institution import Institution
from apura.norms.pack import Norm, load_norm
from apura.norms.rule_schema import Relation, Rule
from apura.norms.typing_facts import fold, type_facts, type_subject

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pending:
    """A result the norm does not give: which rule and subject (None: all of them), why, and what to do."""

    rule: str
    key: str | None
    reason: str
    cites: str | None
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a norm gave a fact sheet: outcomes in order, and what it refused."""

    applied: AppliedNorm
    facts: FactSheet
    outcomes: tuple[Outcome, ...]
    pending: tuple[Pending, ...]


def calculate(
    norm: str | Norm,
    rule: str,
    facts: Mapping[str, object],
    *,
    on: date,
    institution: Institution | None = None,
) -> Outcome:
    """Apply one rule to one subject's facts.

    Args:
        norm: a norm or its identifier.
        rule: the rule's name.
        facts: inputs by name; relations as lists of mappings. Numbers as text, int or Fraction, never float.
        on: the date the norm applies to; for a yearly appraisal, the last day of the year appraised.
        institution: whose recorded decisions hold.

    Raises:
        BadRequest: no such norm or rule.
        BadInput: the facts cannot be used; every problem is listed.
        Refusal: the norm gives no result; never a default, never a zero.
    """
    applied = apply_norm(norm, on=on, institution=institution)
    declared = applied.norm.rule(rule)
    applied.wording(declared)
    return calculate_subject(applied, declared, type_subject(applied, declared, facts))


def explain(outcome: Outcome) -> Explanation:
    """Open an outcome: every step with formula, values, parameters with dates, articles, readings relied on."""
    return explain_outcome(outcome)


def apply_norm(
    norm: str | Norm, *, on: date, institution: Institution | None = None, simulation: bool = False
) -> AppliedNorm:
    """Fix a norm to a date and to what an institution decided.

    Args:
        norm: a norm or its identifier.
        on: the date the norm applies to.
        institution: whose decisions hold.
        simulation: go on where the norm would refuse for date, wording or lack of an act, marked as unofficial.

    Raises:
        BadRequest: no such norm.
        BadInput: the institution decided something the norm does not let it decide.
    """
    return AppliedNorm(load_norm(norm) if isinstance(norm, str) else norm, on, institution, simulation)


def run(
    applied: AppliedNorm, raw: RawFacts, *, rule: str | None = None, progress: Progress | None = None
) -> Result:
    """Apply a norm, or one of its rules with those it reads, to everything in ``raw``.

    Args:
        applied: the norm on a date, from ``apply_norm``.
        raw: rows as read.
        rule: only this rule is asked for; its refusal is raised instead of listed.
        progress: called with (done, total) subjects.

    Raises:
        BadRequest: no such rule.
        BadInput: something in the facts is wrong; every problem is listed, and nothing is computed.
        Refusal: ``rule`` was asked for and the norm refuses it.
    """
    wanted = _wanted(applied.norm, rule)
    if rule is not None:
        applied.wording(applied.norm.rule(rule))
    governed = [name for name in wanted if _refusal(applied, applied.norm.rules[name]) is None]
    facts, problems = type_facts(applied, raw, rules=governed)
    problems += [] if problems else _nothing_to_do(applied, facts, governed)
    if problems:
        raise BadInput(problems)
    runner = _Run(applied, facts, progress or (lambda _done, _total: None))
    runner.run(wanted, only=rule)
    return Result(applied, facts, tuple(runner.listed(only=rule)), tuple(runner.pending))


def check_facts(applied: AppliedNorm, raw: RawFacts, *, rule: str | None = None) -> tuple[Problem, ...]:
    """List everything wrong with the facts, without computing anything; empty when they can be used."""
    _facts, problems = type_facts(applied, raw, rules=_wanted(applied.norm, rule))
    return tuple(problems)


def _refusal(applied: AppliedNorm, rule: Rule) -> Refusal | None:
    """Why the norm gives no result under ``rule`` on the date, or None."""
    try:
        applied.wording(rule)
    except Refusal as refusal:
        return refusal
    return None


def _wanted(norm: Norm, rule: str | None) -> tuple[str, ...]:
    if rule is None:
        return tuple(norm.rules)
    needed: set[str] = set()
    frontier = [norm.rule(rule).name]
    while frontier:
        name = frontier.pop()
        if name not in needed:
            needed.add(name)
            frontier += [other for relation in norm.rules[name].relations for other in relation.rules]
    return tuple(name for name in norm.rules if name in needed)


def _nothing_to_do(applied: AppliedNorm, facts: FactSheet, wanted: Sequence[str]) -> list[Problem]:
    sheets = [
        applied.norm.rules[name] for name in wanted if applied.norm.rules[name].subject.sheet is not None
    ]
    required = [rule for rule in sheets if not rule.subject.optional and not facts.subjects.get(rule.name)]
    return [
        Problem("nenhuma linha preenchida; preencha ao menos uma", rule.subject.sheet, None, rule.cites)
        for rule in required
    ]


@dataclass(slots=True)
class _Run:
    applied: AppliedNorm
    facts: FactSheet
    progress: Progress
    outcomes: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    refused: dict[str, dict[str, Refusal]] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self, wanted: Sequence[str], *, only: str | None) -> None:
        rules = [self.applied.norm.rules[name] for name in wanted]
        subjects = {rule.name: self._subjects(rule) for rule in rules}
        total, done = sum(len(found) for found in subjects.values()), 0
        for rule in rules:
            self.outcomes[rule.name], self.refused[rule.name] = {}, {}
            refusal = _refusal(self.applied, rule)
            for subject in subjects[rule.name]:
                self._apply(rule, subject, refusal)
                done += 1
                self.progress(done, total)
            if refusal is not None:
                self.pending.append(_pending(rule.name, None, refusal))
        if self.problems:
            raise BadInput(self.problems)
        if only is not None and not self.outcomes[only] and self.refused[only]:
            raise next(iter(self.refused[only].values()))

    def listed(self, *, only: str | None) -> Iterator[Outcome]:
        for name, outcomes in self.outcomes.items():
            if only is None or name == only or outcomes:
                yield from outcomes.values()

    def _subjects(self, rule: Rule) -> tuple[Subject, ...]:
        if rule.subject.sheet is not None:
            return self.facts.subjects.get(rule.name, ())
        return tuple(Subject(rule.name, key, name, {}) for key, name in rule.subject.keys.items())

    def _apply(self, rule: Rule, subject: Subject, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.refused[rule.name][fold(subject.key)] = refusal
            return
        try:
            known = self._with_relations(rule, subject)
            if known is not None:
                self.outcomes[rule.name][fold(subject.key)] = calculate_subject(self.applied, rule, known)
        except Refusal as error:
            self.refused[rule.name][fold(subject.key)] = error
            self.pending.append(_pending(rule.name, subject.key, error))

    def _with_relations(self, rule: Rule, subject: Subject) -> Subject | None:
        """Return the subject with the outcomes it reads; None when a unit is missing (a problem says which)."""
        before = len(self.problems)
        relations = dict(subject.relations)
        for relation in rule.relations:
            if relation.rules:
                relations[relation.name] = tuple(self._rows(rule, subject, relation))
        if len(self.problems) > before:
            return None
        return Subject(
            subject.rule,
            subject.key,
            subject.name,
            subject.inputs,
            relations,
            subject.deadlines,
            subject.origin,
        )

    def _rows(self, rule: Rule, subject: Subject, relation: Relation) -> Iterator[RelatedRow]:
        if relation.members is not None:
            units = self.applied.members(relation.members, subject.key)
            wanted = [(unit.unit, relation.complete) for unit in units]
        elif relation.by is not None:
            wanted = [(key, False) for key in self._naming(relation, subject)]
        else:
            key = relation.key if relation.key_from is None else subject.inputs.get(relation.key_from)
            wanted = [(str(key), True)]
        for key, needed in wanted:
            outcome = self._outcome(rule, subject, relation, key)
            if outcome is not None:
                yield _related(outcome)
            elif needed:
                self._missing(rule, subject, relation, key)

    def _naming(self, relation: Relation, subject: Subject) -> Iterator[str]:
        for name in relation.rules:
            for outcome in self.outcomes[name].values():
                named = outcome.subject.inputs.get(str(relation.by))
                if isinstance(named, str) and fold(named) == fold(subject.key):
                    yield outcome.key

    def _outcome(self, rule: Rule, subject: Subject, relation: Relation, key: str) -> Outcome | None:
        for name in relation.rules:
            if outcome := self.outcomes[name].get(fold(key)):
                return outcome
            if refusal := self.refused[name].get(fold(key)):
                raise DependsOnRefused(
                    f"“{rule.label}” de {subject.key} depende de {key}, que está pendente: {refusal.reason}",
                    what_to_do=refusal.what_to_do,
                    cites=relation.cites,
                )
        return None

    def _missing(self, rule: Rule, subject: Subject, relation: Relation, key: str) -> None:
        sheets = [self.applied.norm.rules[name].subject.sheet for name in relation.rules]
        sheet = next((name for name in sheets if name is not None), None)
        row = f", linha {subject.origin.row}" if subject.origin else ""
        what = f"falta {key}, que entra em “{rule.label}” de {subject.key}{row}"
        todo = f"inclua {key}, ou peça só uma das regras que não precisam dele (--regra {relation.rules[-1]})"
        self.problems.append(Problem(f"{what}; {todo}", sheet, None, relation.cites))


def _related(outcome: Outcome) -> RelatedRow:
    values: dict[str, Value] = {
        name: value for name, value in outcome.subject.inputs.items() if isinstance(value, Fraction | str)
    }
    return RelatedRow(outcome.key, outcome.subject.name, values | dict(outcome.values))


def _pending(rule: str, key: str | None, refusal: Refusal) -> Pending:
    return Pending(rule, key, refusal.reason, refusal.cites, refusal.what_to_do)
