"""The memória de cálculo: each step with its formula, the values put in, the parameters, the article, the readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from apura.formula import Rounding, Trace, Value, canonical, exact, plain, references, trace, with_values
from apura.norms.application import FormulaInForce, ParameterInForce, ReadingInForce
from apura.norms.calculation import Outcome, SubjectEnvironment
from apura.norms.facts import RelatedRow
from apura.norms.schema import Rule, Step


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
    """A value as documents carry it: numbers with a point and ``places`` digits, codes as they are."""
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
        watched = _Watched(SubjectEnvironment(outcome.applied, outcome.rule, outcome.subject, dict(outcome.values)))
        happened = trace(formula.tree, watched)
        known = outcome.applied.norm.parameters
        parameters = tuple(outcome.applied.parameter(name) for name in watched.read if name in known)
        readings = tuple(_readings(outcome, made.step, formula, parameters))
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
    outcome: Outcome, step: Step, formula: FormulaInForce, parameters: tuple[ParameterInForce, ...]
) -> Iterator[ReadingInForce]:
    applied, rule = outcome.applied, outcome.rule
    names = [*step.uses, *([step.interpretation] if step.interpretation else [])]
    names += [name for parameter in parameters for name in applied.norm.parameters[parameter.name].uses]
    read = references(formula.tree)
    for name in read.names:
        names += _counting(outcome, name)
    for relation in read.relations:
        names += _membership(outcome, rule, relation)
    if step.name == rule.result:
        names += [*rule.uses, *applied.wording(rule).uses]
    names += formula.wording.uses
    for name in dict.fromkeys(names):
        yield applied.reading(name)


def _counting(outcome: Outcome, name: str) -> list[str]:
    column = outcome.rule.input(name)
    if column is None or column.days_after is None:
        return []
    if not any(fact.input == name for fact in outcome.subject.deadlines):
        return []
    calendar = outcome.applied.norm.deadline(column.days_after.deadline).calendar
    return [column.days_after.counting, *([calendar] if calendar in outcome.applied.norm.interpretations else [])]


def _membership(outcome: Outcome, rule: Rule, relation: str) -> list[str]:
    declared = next(known for known in rule.relations if known.name == relation)
    if declared.members is None:
        return []
    members = outcome.applied.members(declared.members, outcome.key)
    return [name for member in members for name in member.uses]


def labels(outcome_rule: Rule, parameters: Mapping[str, str]) -> dict[str, str]:
    """What people read instead of each name a rule's formulas use."""
    named = dict(parameters)
    named |= {column.name: column.label for column in outcome_rule.inputs}
    named |= {step.name: step.label for step in outcome_rule.steps}
    for relation in outcome_rule.relations:
        named[relation.name] = relation.label
        named |= {f"{relation.name}.{column.name}": column.label for column in relation.columns}
    return named
