"""One rule for one subject: facts in, values out, each step computed once and only if it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.calendars import CalendarError
from apura.formula import EvaluationError, MissingTableRow, Node, Value, evaluate
from apura.norms.application import AppliedNorm
from apura.norms.errors import BadRequest, FactNotAvailable, NotComputable
from apura.norms.facts import Absent, RelatedRow, Subject
from apura.norms.in_force import FormulaInForce
from apura.norms.rule_schema import Doubt, Input, ResultDate, Rule, Step
from apura.norms.spans import months_after

Evaluator = Callable[[Node, "SubjectEnvironment"], Value]


@dataclass(slots=True)
class SubjectEnvironment:
    """What the formulas of one rule see for one subject; a step is computed when first asked for.

    Raises (from ``value``):
        FactNotAvailable: an input was not reported, does not apply, or is blank.
        PendingParameter: a parameter has no value on the date.
        NotComputable: a step has no value for these facts.
    """

    applied: AppliedNorm
    rule: Rule
    subject: Subject
    values: dict[str, Value] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """Return the value of a step, an input or a parameter."""
        if name in self.values:
            return self.values[name]
        step = self.rule.step(name)
        if step is not None:
            self.values[name] = self._compute(step)
            return self.values[name]
        column = self.rule.input(name)
        if column is not None:
            return self._input(column)
        return self.applied.parameter(name).value

    def rows(self, relation: str) -> Sequence[RelatedRow]:
        """Return the rows of a relation."""
        return self.subject.relations.get(relation, ())

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        """Return the number an annex gives for ``keys``."""
        found = self.applied.norm.lookups[table].get(keys)
        if found is None:
            raise MissingTableRow(table, keys)
        return found

    def _compute(self, step: Step) -> Value:
        formula = formula_for(self.applied, self.rule, self.subject, step)
        try:
            return evaluate(formula.tree, self)
        except EvaluationError as error:
            raise NotComputable(
                f"“{step.label}” não tem valor: {error.sentence}",
                what_to_do=error.hint or "Confira os valores informados para este sujeito.",
                cites=step.cites,
            ) from error

    def _input(self, column: Input) -> Value:
        value = self.subject.inputs.get(column.name)
        if isinstance(value, Absent):
            reason = f": {value.reason}" if value.reason else ""
            raise FactNotAvailable(
                f"“{column.label}” está como {value.state}{reason}.",
                what_to_do="Informe o valor quando for conhecido, ou registre a decisão sobre como tratar a falta.",
                cites=column.cites,
            )
        if value is None or isinstance(value, date):
            raise FactNotAvailable(
                f"“{column.label}” está em branco.", what_to_do="Preencha o valor.", cites=column.cites
            )
        return value


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """The value of one step; exact, with the places it is shown with and the article it comes from."""

    step: Step
    value: Value
    citation: str

    @property
    def name(self) -> str:
        """The step's name."""
        return self.step.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gave a subject: the value of each step that was needed, the last being the result."""

    applied: AppliedNorm = field(repr=False)
    rule: Rule = field(repr=False)
    subject: Subject
    values: Mapping[str, Value]
    warnings: tuple[Doubt, ...] = ()

    @property
    def key(self) -> str:
        """The subject's key."""
        return self.subject.key

    @property
    def value(self) -> Value:
        """The rule's result, exact."""
        return self.values[self.rule.result]

    @property
    def number(self) -> Fraction:
        """The rule's result when it is a number.

        Raises:
            TypeError: the result is a code or a truth value.
        """
        if isinstance(self.value, Fraction):
            return self.value
        raise TypeError(f"o resultado de {self.rule.name} não é um número")

    @property
    def steps(self) -> tuple[StepOutcome, ...]:
        """The steps that were needed, in the rule's order."""
        return tuple(
            StepOutcome(step, self.values[step.name], self.formula(step).cites)
            for step in self.rule.steps
            if step.name in self.values
        )

    def step(self, name: str) -> StepOutcome:
        """Return the outcome of step ``name``.

        Raises:
            BadRequest: the rule has no such step, or these facts did not need it.
        """
        for outcome in self.steps:
            if outcome.name == name:
                return outcome
        known = self.rule.step(name) is not None
        raise BadRequest(
            f"O passo “{name}” {'não foi necessário para estes fatos' if known else 'não existe nesta regra'}.",
            what_to_do=f"Os passos calculados são: {', '.join(self.values)}.",
        )

    @property
    def dates(self) -> tuple[tuple[ResultDate, date], ...]:
        """The dates that follow from the result: each with its declaration; none where no month is counted."""
        found = []
        for made in self.rule.dates:
            months, start = self.values[made.months], self.subject.inputs.get(made.start)
            if isinstance(months, Fraction) and months > 0 and isinstance(start, date):
                found.append((made, months_after(start, int(months))))
        return tuple(found)

    def formula(self, step: Step) -> FormulaInForce:
        """Return the formula ``step`` was computed with."""
        return formula_for(self.applied, self.rule, self.subject, step)


def calculate_subject(applied: AppliedNorm, rule: Rule, subject: Subject) -> Outcome:
    """Apply ``rule`` to ``subject``.

    Raises:
        Refusal: the date, a wording, a parameter or a fact lets the norm give no result; never a default.
    """
    applied.wording(rule)
    _refuse_options(applied, rule, subject)
    environment = SubjectEnvironment(applied, rule, subject)
    for name in rule.wanted:
        environment.value(name)
    warnings = tuple(told for told in rule.warnings if evaluate(applied.norm.trees[told.when], environment))
    return Outcome(applied, rule, subject, environment.values, warnings)


def formula_for(applied: AppliedNorm, rule: Rule, subject: Subject, step: Step) -> FormulaInForce:
    """Return the formula of ``step`` for ``subject``: the norm's, or the one its facts choose or write.

    Raises:
        FactNotAvailable: the fact that should hold the formula is blank.
    """
    if step.formula_from is None:
        return applied.formula(rule, step)
    text = subject.inputs.get(step.formula_from)
    if not isinstance(text, str):
        raise FactNotAvailable(
            f"“{step.label}” não tem fórmula.", what_to_do="Informe o método.", cites=step.cites
        )
    return applied.chosen_formula(rule, step, text)


def _refuse_options(applied: AppliedNorm, rule: Rule, subject: Subject) -> None:
    for column in rule.inputs:
        given = subject.inputs.get(column.name)
        refusing = column.refuses.get(given) if isinstance(given, str) else None
        if refusing is None:
            continue
        when = ""
        if refusing.deadline is not None:
            when = f" {_due_reason(applied, refusing.deadline)}"
        raise FactNotAvailable(refusing.reason + when, what_to_do=refusing.what_to_do, cites=column.cites)


def _due_reason(applied: AppliedNorm, deadline: str) -> str:
    try:
        return applied.due_in_year(deadline, applied.on.year).reason
    except CalendarError as error:  # the refusal stands; only its date cannot be told
        return str(error)
