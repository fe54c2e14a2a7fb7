"""Two results compared: whose changed, by how much, at which step first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from pydantic import ValidationError

from apura.formula import parse_exact
from apura.norms.bands import Band, bands_of
from apura.norms.difference_reasons import Pair, Reason, reasons_of, step_of
from apura.norms.errors import BadInput, Problem
from apura.norms.result_schema import SCHEMA, Documento, Passo, Pendencia, Regra, Resultado, problems_of
from apura.norms.texts import fold, quoted

MOST_PROBLEMS = 5


class Change(Enum):
    """What became of one subject's result."""

    ROSE = "sobe"
    FELL = "cai"
    OTHER = "muda"
    SAME = "igual"
    ONLY_BEFORE = "só em A"
    ONLY_AFTER = "só em B"


@dataclass(frozen=True, slots=True)
class StepDifference:
    """A step whose value differs, or that only one of the results needed, and why."""

    before: Passo | None
    after: Passo | None
    reasons: tuple[Reason, ...]

    @property
    def step(self) -> Passo:
        """The step as the second result has it, or as the first had it."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference is of some step")
        return found


@dataclass(frozen=True, slots=True)
class SubjectComparison:
    """One subject of one rule in both results.

    ``steps`` holds every differing step in the rule's order. ``unfelt`` holds the steps computed otherwise (another
    formula, other values put in) that came to the same value.
    """

    key: str
    name: str
    change: Change
    before: Resultado | None
    after: Resultado | None
    steps: tuple[StepDifference, ...] = ()
    unfelt: tuple[StepDifference, ...] = ()
    pending: Pendencia | None = None

    @property
    def difference(self) -> Fraction | None:
        """How much the result changed, exact; None when it is no number or stands in one result only."""
        if self.before is None or self.after is None:
            return None
        before, after = number_of(self.before.passos[-1]), number_of(self.after.passos[-1])
        return None if before is None or after is None else after - before

    @property
    def size(self) -> Fraction:
        """How large the change is, whatever its direction; zero when it is no number."""
        return abs(self.difference or Fraction())

    @property
    def first(self) -> StepDifference | None:
        """The first step, in the rule's order, that both results have and that differs; None when none does."""
        both = (step for step in self.steps if step.before is not None and step.after is not None)
        return next(both, next(iter(self.steps), None))


@dataclass(frozen=True, slots=True)
class RuleComparison:
    """One rule in both results: every subject, and the distribution when the results are numbers."""

    rule: Regra
    subjects: tuple[SubjectComparison, ...]
    bands: tuple[Band, ...]

    def count(self, change: Change) -> int:
        """How many subjects had this change."""
        return sum(subject.change is change for subject in self.subjects)

    @property
    def changed(self) -> tuple[SubjectComparison, ...]:
        """The subjects whose result is not the same, the largest change first."""
        moved = [subject for subject in self.subjects if subject.change is not Change.SAME]
        return tuple(sorted(moved, key=lambda subject: -subject.size))

    @property
    def differs(self) -> bool:
        """Whether any subject's result differs."""
        return any(subject.change is not Change.SAME for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results of one norm: A, before, and B, after; rule by rule in the rules' order."""

    before: Documento
    after: Documento
    rules: tuple[RuleComparison, ...]

    def count(self, change: Change) -> int:
        """How many results, of all the rules, had this change."""
        return sum(rule.count(change) for rule in self.rules)

    @property
    def differs(self) -> bool:
        """Whether any result differs."""
        return any(rule.differs for rule in self.rules)

    @property
    def largest(self) -> tuple[tuple[Regra, SubjectComparison], ...]:
        """Every numeric change, with its rule, the largest first."""
        moved = [(rule.rule, subject) for rule in self.rules for subject in rule.subjects if subject.size]
        return tuple(sorted(moved, key=lambda pair: -pair[1].size))


def number_of(step: Passo) -> Fraction | None:
    """Return a step's value when it is a number, exact; None for a code or a truth value."""
    return parse_exact(step.exato) if step.unidade is not None else None


def read_result(made: object, *, called: str) -> Documento:
    """Read the parsed JSON of a result document.

    Args:
        made: the parsed JSON.
        called: what messages call it, such as its file's name.

    Raises:
        BadInput: it is no result, it has only errors, or a part of it is missing or misshapen.
    """
    if not isinstance(made, Mapping) or made.get("esquema") != SCHEMA:
        said = f'não é um resultado da Apura (falta "esquema": "{SCHEMA}"); passe um resultado.json'
        raise BadInput([Problem(said, called)])
    try:
        read = Documento.model_validate(made)
    except ValidationError as error:
        problems = problems_of(made)
        told = [replace(problem, sheet=called) for problem in problems[:MOST_PROBLEMS]]
        more = len(problems) - len(told)
        raise BadInput([*told, *([Problem(f"… e mais {more}", called)] if more else [])]) from error
    if read.erros:
        said = "é um cálculo que não foi feito, por erros na planilha; corrija-os e calcule de novo"
        raise BadInput([Problem(said, called)])
    for outcome in read.resultados:
        for step in outcome.passos:
            _require_number(step, called)
    return read


def _require_number(step: Passo, called: str) -> None:
    try:
        number_of(step)
    except ValueError as error:
        said = f"{quoted(step.exato)} não é o valor exato de “{step.rotulo}”; o documento foi alterado"
        raise BadInput([Problem(said, called)]) from error


def compare(before: Documento, after: Documento) -> Comparison:
    """Compare two results of one norm, subject by subject.

    Args:
        before: the result A, as ``read_result`` gives it.
        after: the result B.

    Returns:
        Every subject of every rule of either; differences are B − A, exact.

    Raises:
        BadInput: they are results of different norms.
    """
    if before.norma != after.norma:
        said = f"os resultados são de normas diferentes: {before.norma} (A) e {after.norma} (B)"
        raise BadInput([Problem(f"{said}; só se comparam resultados da mesma norma")])
    rules = {rule.regra: rule for rule in (*before.regras, *after.regras)}
    order = _merged([rule.regra for rule in before.regras], [rule.regra for rule in after.regras])
    grouped = _by_rule(before), _by_rule(after)
    return Comparison(before, after, tuple(_rule(rules[name], before, after, grouped) for name in order))


def _rule(
    rule: Regra,
    before: Documento,
    after: Documento,
    grouped: tuple[Mapping[str, Mapping[str, Resultado]], Mapping[str, Mapping[str, Resultado]]],
) -> RuleComparison:
    mine, theirs = (side.get(rule.regra, {}) for side in grouped)
    named = {**before.rotulos.get(rule.regra, {}), **after.rotulos.get(rule.regra, {})}
    places = {
        f"{relation.nome}.{column.nome}": column.casas or 0
        for relation in rule.relacoes
        for column in relation.colunas
    }
    subjects = []
    for key in _merged(list(mine), list(theirs)):
        one, other = mine.get(key), theirs.get(key)
        if one is not None and other is not None:
            subjects.append(_both(Pair(one, other, named, places)))
        elif one is not None:
            subjects.append(_alone(one, Change.ONLY_BEFORE, after))
        elif other is not None:
            subjects.append(_alone(other, Change.ONLY_AFTER, before))
    return RuleComparison(rule, tuple(subjects), bands_of(_numbers(mine), _numbers(theirs)))


def _numbers(outcomes: Mapping[str, Resultado]) -> list[Fraction]:
    found = (number_of(outcome.passos[-1]) for outcome in outcomes.values())
    return [number for number in found if number is not None]


def _by_rule(result: Documento) -> dict[str, dict[str, Resultado]]:
    grouped: dict[str, dict[str, Resultado]] = {rule.regra: {} for rule in result.regras}
    for outcome in result.resultados:
        grouped.setdefault(outcome.regra, {})[fold(outcome.chave)] = outcome
    return grouped


def _merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Names in the order of ``before``, those only in ``after`` placed behind the one they follow there."""
    known = set(before)
    behind: dict[str | None, list[str]] = {}
    last = None
    for name in after:
        if name in known:
            last = name
        else:
            behind.setdefault(last, []).append(name)
    followed = (each for name in before for each in (name, *behind.get(name, ())))
    return [*behind.get(None, ()), *followed]


def _alone(outcome: Resultado, change: Change, other: Documento) -> SubjectComparison:
    """One that has a result in one document only, and the refusal that the other gives for it."""
    key = fold(outcome.chave)
    refused = [
        pending
        for pending in other.pendencias
        if pending.regra == outcome.regra and (pending.chave is None or fold(pending.chave) == key)
    ]
    before, after = (outcome, None) if change is Change.ONLY_BEFORE else (None, outcome)
    return SubjectComparison(
        outcome.chave, outcome.nome, change, before, after, pending=next(iter(refused), None)
    )


def _both(pair: Pair) -> SubjectComparison:
    before, after = pair.before, pair.after
    steps, unfelt = [], []
    for name in _merged([step.nome for step in before.passos], [step.nome for step in after.passos]):
        one, other = step_of(before, name), step_of(after, name)
        if one is None or other is None or not _equal(one, other):
            steps.append(StepDifference(one, other, tuple(reasons_of(name, pair))))
        elif (one.formula, one.com_valores) != (other.formula, other.com_valores):
            unfelt.append(StepDifference(one, other, tuple(reasons_of(name, pair))))
    return SubjectComparison(
        after.chave,
        after.nome or before.nome,
        _change(before.passos[-1], after.passos[-1]),
        before,
        after,
        tuple(steps),
        tuple(unfelt),
    )


def _change(before: Passo, after: Passo) -> Change:
    if _equal(before, after):
        return Change.SAME
    one, other = number_of(before), number_of(after)
    if one is None or other is None:
        return Change.OTHER
    return Change.ROSE if other > one else Change.FELL


def _equal(one: Passo, other: Passo) -> bool:
    """Whether two steps came to the same value, however many places each shows."""
    mine, theirs = number_of(one), number_of(other)
    if mine is not None and theirs is not None:
        return mine == theirs
    return one.exato == other.exato
