"""A whole norm over a fact sheet: rules in order, each reading the outcomes of those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from apura.formula import Value
from apura.norms.application import AppliedNorm
from apura.norms.calculation import Outcome, calculate_subject
from apura.norms.composition import missing_unit
from apura.norms.errors import BadInput, DependsOnRefused, FactNotAvailable, Problem, Refusal
from apura.norms.explanation import Explanation, explain_outcome
from apura.norms.facts import KEY, FactSheet, RawFacts, RelatedRow, Subject
from apura.norms.institution import Institution
from apura.norms.pack import Norm, load_norm
from apura.norms.rule_schema import Relation, Rule
from apura.norms.texts import fold, quoted, suggestion
from apura.norms.typing_facts import type_facts, type_subject

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pending:
    """A result the norm does not give: which rule and subject (None: all of them), why, and what to do.

    ``label`` is what people call the rule.
    """

    rule: str
    label: str
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
    return run_typed(applied, facts, rule=rule, progress=progress)


def run_typed(
    applied: AppliedNorm, facts: FactSheet, *, rule: str | None = None, progress: Progress | None = None
) -> Result:
    """Apply a norm, or one of its rules with those it reads, to facts that were typed and found right before.

    Raises:
        BadRequest: no such rule.
        BadInput: a unit that some result needs is missing.
        Refusal: ``rule`` was asked for and the norm refuses it.
    """
    wanted = _wanted(applied.norm, rule)
    subjects = {name: _subjects(applied.norm.rules[name], facts) for name in wanted}
    running = _Run(applied, subjects, progress or (lambda _done, _total: None))
    running.run()
    if rule is not None and (refusal := running.refusal_of(rule)) is not None:
        raise refusal
    outcomes = [outcome for found in running.outcomes.values() for outcome in found.values()]
    return Result(applied, facts, tuple(outcomes), tuple(running.pending))


def _subjects(rule: Rule, facts: FactSheet) -> tuple[Subject, ...]:
    if rule.subject.sheet is not None:
        return facts.subjects.get(rule.name, ())
    if rule.subject.of is not None:
        followed = facts.subjects.get(rule.subject.of, ())
        return tuple(replace(subject, rule=rule.name, relations={}) for subject in followed)
    return tuple(Subject(rule.name, key, name, {}) for key, name in rule.subject.keys.items())


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
            frontier += [norm.rules[name].subject.of or name]
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
    subjects: Mapping[str, tuple[Subject, ...]]
    progress: Progress
    outcomes: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    refused: dict[str, dict[str, Refusal]] = field(default_factory=dict)
    refused_rules: dict[str, Refusal] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> None:
        """Apply each rule to each of its subjects, in order.

        Raises:
            BadInput: a unit that some result needs is missing; every one is named.
        """
        total, done = sum(len(found) for found in self.subjects.values()), 0
        for name, subjects in self.subjects.items():
            rule = self.applied.norm.rules[name]
            self.outcomes[name], self.refused[name] = {}, {}
            refusal = _refusal(self.applied, rule)
            if refusal is not None:
                self.refused_rules[name] = refusal
                self.pending.append(_pending(rule, None, refusal))
            for subject in subjects:
                if refusal is None:
                    self._apply(rule, subject)
                done += 1
                self.progress(done, total)
        if self.problems:
            raise BadInput(self.problems)

    def refusal_of(self, rule: str) -> Refusal | None:
        """Why ``rule`` gave no result at all, or None if it gave some."""
        if self.outcomes[rule]:
            return None
        return next(iter(self.refused[rule].values()), None)

    def _apply(self, rule: Rule, subject: Subject) -> None:
        key = fold(subject.key)
        try:
            known = self._with_relations(rule, subject)
            if known is not None:
                self.outcomes[rule.name][key] = calculate_subject(self.applied, rule, known)
        except Refusal as error:
            self.refused[rule.name][key] = error
            self.pending.append(_pending(rule, subject, error))

    def _with_relations(self, rule: Rule, subject: Subject) -> Subject | None:
        """Return the subject with the outcomes it reads; None when a unit is missing (a problem says which)."""
        before = len(self.problems)
        relations = dict(subject.relations)
        for relation in rule.relations:
            if relation.rules:
                relations[relation.name] = tuple(self._rows(rule, subject, relation))
        return replace(subject, relations=relations) if len(self.problems) == before else None

    def _rows(self, rule: Rule, subject: Subject, relation: Relation) -> Iterator[RelatedRow]:
        for key, is_needed in self._wanted(subject, relation):
            outcome = self._outcome(rule, subject, relation, key)
            if outcome is not None:
                yield _related(outcome)
            elif is_needed:
                self._missing(rule, subject, relation, key)

    def _wanted(self, subject: Subject, relation: Relation) -> list[tuple[str, bool]]:
        """Whose outcomes the relation reads, and whether each must be there."""
        if relation.members is not None:
            units = self.applied.members(relation.members, subject.key)
            return [(unit.unit, relation.complete) for unit in units]
        if relation.by is not None:
            return [(key, True) for key in self._naming(relation, subject)]
        if relation.key_from is None:
            return [(str(relation.key), True)]
        if relation.key_from == KEY:
            return [(subject.key, True)]
        named = subject.inputs.get(relation.key_from)
        if not isinstance(named, str):
            raise FactNotAvailable(
                f"“{relation.label}” não foi informada.", what_to_do="Preencha a sigla.", cites=relation.cites
            )
        return [(self.applied.subject_called(relation.rules, named), True)]

    def _naming(self, relation: Relation, subject: Subject) -> Iterator[str]:
        """Yield the subjects that name this one, those without a result included: none is left out in silence."""
        for name in relation.rules:
            if refusal := self.refused_rules.get(name):
                raise refusal
            for other in self.subjects[name]:
                named = other.inputs.get(str(relation.by))
                if isinstance(named, str) and fold(named) == fold(subject.key):
                    yield other.key

    def _outcome(self, rule: Rule, subject: Subject, relation: Relation, key: str) -> Outcome | None:
        refusals = []
        for name in relation.rules:
            if outcome := self.outcomes[name].get(fold(key)):
                return outcome
            refusals += [
                found for found in (self.refused[name].get(fold(key)), self._whole(name, key)) if found
            ]
        if refusals:
            whose = f" de {subject.key} depende de {key}, que está pendente"
            if relation.key_from == KEY:
                whose = f" depende de “{relation.label}”, que está pendente"
            raise DependsOnRefused(
                f"“{rule.label}”{whose}: {refusals[0].reason}",
                what_to_do=refusals[0].what_to_do,
                cites=relation.cites,
            )
        return None

    def _whole(self, name: str, key: str) -> Refusal | None:
        """Return the refusal of the whole rule ``name``, if ``key`` may be one of its subjects."""
        keys = self.applied.norm.rules[name].subject.keys
        return self.refused_rules.get(name) if not keys or fold(key) in map(fold, keys) else None

    def _missing(self, rule: Rule, subject: Subject, relation: Relation, key: str) -> None:
        here = f"linha {subject.origin.row}" if subject.origin else None
        if relation.key_from is not None:
            known = [outcome.key for name in relation.rules for outcome in self.outcomes[name].values()]
            message = (
                f"{quoted(key)} não tem resultado nesta apuração{suggestion(key, known)}; confira a sigla"
            )
            own = subject.origin.sheet if subject.origin else rule.label
            self.problems.append(Problem(message, own, here, relation.cites))
            return
        sheets = [self.applied.norm.rules[name].subject.sheet for name in relation.rules]
        sheet = next((name for name in sheets if name is not None), None)
        what = missing_unit(key, rule.label, subject.key) + (f", {here}" if here else "")
        todo = f"inclua {key}, ou peça só uma das regras que não precisam dele (--regra {relation.rules[-1]})"
        self.problems.append(Problem(f"{what}; {todo}", sheet, None, relation.cites))


def _related(outcome: Outcome) -> RelatedRow:
    values: dict[str, Value] = {
        name: value for name, value in outcome.subject.inputs.items() if isinstance(value, Fraction | str)
    }
    return RelatedRow(outcome.key, outcome.subject.name, values | dict(outcome.values))


def _pending(rule: Rule, subject: Subject | None, refusal: Refusal) -> Pending:
    key = None if subject is None else subject.key
    return Pending(rule.name, rule.label, key, refusal.reason, refusal.cites, refusal.what_to_do)
