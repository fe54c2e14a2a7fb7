"""The formula of a card: read, checked against its variables, and computed exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from apura.formula import (
    EvaluationError,
    FormulaCheckError,
    FormulaError,
    Node,
    Quantity,
    Row,
    Scope,
    Trace,
    Value,
    check,
    fold,
    is_name,
    parse,
    references,
    trace,
)

UNITS = ("unidade", "%", "R$", "dia", "hora", "mês", "ano", "ponto", "adimensional")
MOST_PLACES = 6
SUM, LAST = "soma", "ultimo"
RESULT = ""
"""The name, in the ledger, of a result that came without its variables: “importado, sem memória”."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One of the numbers a formula needs.

    Attributes:
        name: as the formula writes it, folded: ``concluidos_no_prazo``.
        label: as people read it.
        unit: one of :data:`UNITS`.
        places: how many decimals it may have, from 0 to 6.
        low: the least value that makes sense; None when any does.
        high: the greatest.
        over_time: what several periods make of it, in a rate: ``soma`` or ``ultimo``.
        indicator: the number of the card whose result it is; empty when it is typed.
    """

    name: str
    label: str
    unit: str = "unidade"
    places: int = 0
    low: Fraction | None = None
    high: Fraction | None = None
    over_time: str = SUM
    indicator: str = ""

    @property
    def kind(self) -> Quantity:
        """What the checker of formulas knows of it."""
        return Quantity(self.unit, self.low, self.high, self.places)


@dataclass(frozen=True, slots=True)
class Computed:
    """What came of a formula: a value, or why there is none."""

    value: Fraction | None
    why_not: str = ""
    trace: Trace | None = field(default=None, compare=False)


class VariableError(ValueError):
    """The variables of a card are not in order; the message says which, in Portuguese."""


@dataclass(frozen=True, slots=True)
class CardFormula:
    """A formula that was checked against its variables."""

    text: str
    variables: tuple[Variable, ...]
    tree: Node

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its variables, in the order of the card."""
        return tuple(each.name for each in self.variables)

    def compute(self, values: Mapping[str, Fraction | None]) -> Computed:
        """Compute from values; what is missing gives no result, never a zero.

        Args:
            values: by name of the variable; None or absent when not measured.
        """
        missing = [each.label for each in self.variables if values.get(each.name) is None]
        if missing:
            return Computed(None, f"falta {_listed(missing)}")
        given = Given({name: value for name, value in values.items() if value is not None})
        try:
            happened = trace(self.tree, given)
        except EvaluationError as error:
            return Computed(None, self._in_words(error.sentence))
        value = happened.value
        return Computed(value if isinstance(value, Fraction) else None, trace=happened)

    def _in_words(self, said: str) -> str:
        """Put what people call the variables where the formula's names are."""
        for each in self.variables:
            said = said.replace(f"“{each.name}”", f"“{each.label}”")
        return said


@lru_cache(maxsize=4096)
def read_formula(text: str, variables: tuple[Variable, ...], unit: str) -> CardFormula:
    """Read a formula and check it against its variables and the unit of its result.

    Raises:
        VariableError: a variable has no proper name, is repeated, or the formula does not use it.
        FormulaError: the formula is wrong; it says where and what to do.
    """
    _check_variables(variables)
    tree = parse(text)
    scope = Scope(names={each.name: each.kind for each in variables})
    result = check(tree, scope, expected=Quantity(unit))
    if not isinstance(result, Quantity):  # pragma: no cover - `expected` refuses it already
        raise FormulaCheckError(read=text, expected="um número")
    used = references(tree).names
    unused = [each.label for each in variables if each.name not in used]
    if unused:
        raise VariableError(f"A fórmula não usa {_listed(unused)}: retire da lista ou inclua na fórmula.")
    return CardFormula(text, variables, tree)


def complaint(text: str, variables: Sequence[Variable], unit: str) -> str:
    """Say what is wrong with a formula; empty when nothing is."""
    try:
        read_formula(text, tuple(variables), unit)
    except (VariableError, FormulaError) as error:
        return str(error)
    return ""


def _check_variables(variables: Sequence[Variable]) -> None:
    if not variables:
        raise VariableError("Declare ao menos uma variável: o que se mede para calcular o indicador.")
    seen: set[str] = set()
    for each in variables:
        if not is_name(each.name):
            said = (
                f"“{each.name}” não serve de nome de variável: use letras, números e _, como total_de_casos."
            )
            raise VariableError(said)
        if each.name in seen:
            raise VariableError(f"A variável “{each.name}” aparece duas vezes.")
        if each.low is not None and each.high is not None and each.low > each.high:
            raise VariableError(f"Em “{each.label}”, o mínimo passa do máximo.")
        seen.add(each.name)


def name_from(label: str) -> str:
    """Suggest the name of a variable from what people call it."""
    words = "".join(char if char.isalnum() else " " for char in fold(label)).split()
    return "_".join(words)[:60]


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} e {quoted[-1]}"


class Given:
    """The environment of a card's formula: names only, no records and no tables."""

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        self.values = values

    def value(self, name: str) -> Value:
        """Give the value of a name."""
        return self.values[name]

    def rows(self, relation: str) -> Sequence[Row]:
        """Give no record: a card has none."""
        raise KeyError(relation)

    def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
        """Give nothing: a card has no table."""
        raise KeyError(table, keys)
