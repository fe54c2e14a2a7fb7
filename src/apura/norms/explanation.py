"""The memória de cálculo: each step with its formula, the values put in, the parameters, the article, the readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from apura.formula import Rounding, Trace, Value, canonical, exact, plain, references, trace, with_values
from apura.norms.calculation import Outcome, SubjectEnvironment
from apura.norms.facts import RelatedRow
from apura.norms.in_force import FormulaInForce, ParameterInForce, ReadingInForce
from apura.norms.rule_schema import Rule, Step


@dataclass(frozen=True, slots=True)
class StepExplanation:
    """One step, opened: everything needed to check it by hand."""

    step: Step
    value: Value
    formula: FormulaInForce
    trace: Trace
    parameters: tuple[ParameterInForce, ...]
    readings: tuple[ReadingInForce, ...]

    @property
    def name(self) -> str:
        """The step's name."""
        return self.step.name

    @property
    def label(self) -> str:
        """What people call the step."""
        return self.step.label

    @property
    def citation(self) -> str:
        """The provision the step applies on the date."""
        return self.formula.cites

    @property
    def canonical(self) -> str:
        """The formula in the language's normal form."""
        return canonical(self.formula.tree)

    @property
    def with_values(self) -> str:
        """The formula with values in place of names, only the branch taken."""
        return with_values(self.formula.tree, self.trace)

    @property
    def roundings(self) -> tuple[Rounding, ...]:
        """Every rounding the formula made, before and after."""
        return self.trace.roundings

    @property
    def shown(self) -> str:
        """The value with a point, padded to the step's places; a code or truth value as text."""
        return shown(self.value, self.step.places)

    @property
    def exact(self) -> str:
        """The value with nothing lost: as shown when that is exact, else all its digits, or p/q."""
        return shown_exact(self.value, self.step.places)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one outcome, step by step, the result last."""

    outcome: Outcome
    steps: tuple[StepExplanation, ...]

    @property
    def readings(self) -> tuple[ReadingInForce, ...]:
        """Every reading relied on, each once."""
        return tuple({reading.name: reading for step in self.steps for reading in step.readings}.values())


def shown(value: Value, places: int) -> str:
    """Return a value as documents carry it: numbers with a point and ``places`` digits, codes as they are."""
    if isinstance(value, bool):
        return "verdadeiro" if value else "falso"
    return plain(value, places) if isinstance(value, Fraction) else value


def shown_exact(value: Value, places: int) -> str:
    """Like ``shown``, but with nothing lost: more digits, or p/q where no decimal is."""
    if not isinstance(value, Fraction):
        return shown(value, places)
    displayed = plain(value, places)
    return displayed if Fraction(displayed) == value else exact(value)


def explain_outcome(outcome: Outcome) -> Explanation:
    """Open every step of ``outcome`` that was needed, in the rule's order."""
    steps = []
    for made in outcome.steps:
        formula = outcome.formula(made.step)
        watched = _Watched(
            SubjectEnvironment(outcome.applied, outcome.rule, outcome.subject, dict(outcome.values))
        )
        happened = trace(formula.tree, watched)
        known = outcome.applied.norm.parameters
        parameters = tuple(outcome.applied.parameter(name) for name in watched.read if name in known)
        readings = tuple(_readings(outcome, made.step, formula, tuple(watched.read)))
        steps.append(StepExplanation(made.step, made.value, formula, happened, parameters, readings))
    return Explanation(outcome, tuple(steps))


@dataclass(slots=True)
class _Watched:
    """An environment that remembers which names were read: those of the branch taken, and no other."""

    inside: SubjectEnvironment
    read: dict[str, None] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        self.read[name] = None
        return self.inside.value(name)

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        return self.inside.rows(relation)

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        return self.inside.look_up(table, keys)


def _readings(
    outcome: Outcome, step: Step, formula: FormulaInForce, read_names: tuple[str, ...]
) -> Iterator[ReadingInForce]:
    applied, rule = outcome.applied, outcome.rule
    names = [*step.uses, *([step.interpretation] if step.interpretation else [])]
    known = applied.norm.parameters
    names += [use for name in read_names if name in known for use in known[name].uses]
    for name in read_names:
        names += _relied(outcome, name)
    for relation in references(formula.tree).relations:
        names += _membership(outcome, rule, relation)
    if step.name == rule.result:
        names += [*rule.uses, *applied.wording(rule).uses]
    names += formula.wording.uses
    for name in dict.fromkeys(names):
        yield applied.reading(name)


def _relied(outcome: Outcome, name: str) -> list[str]:
    """Say which interpretations the value of an input relies on: its option's, or its days' counting and calendar."""
    column = outcome.rule.input(name)
    if column is None:
        return []
    value = outcome.subject.inputs.get(name)
    if column.days_after is None:
        return list(column.relies.get(value, ())) if isinstance(value, str) else []
    if not any(fact.input == name for fact in outcome.subject.deadlines):
        return []
    calendar = outcome.applied.norm.deadline(column.days_after.deadline).calendar
    return [
        column.days_after.counting,
        *([calendar] if calendar in outcome.applied.norm.interpretations else []),
    ]


def _membership(outcome: Outcome, rule: Rule, relation: str) -> list[str]:
    declared = next(known for known in rule.relations if known.name == relation)
    if declared.members is None:
        return []
    members = outcome.applied.members(declared.members, outcome.key)
    return [name for member in members for name in member.uses]
