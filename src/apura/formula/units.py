"""Units: base units multiplied and divided, compared as dimensions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from apura.formula.errors import FormulaCheckError

BASE_UNITS = ("ponto", "dia", "mês", "ano", "hora", "R$", "casas", "unidade")
DIMENSIONLESS = ("%", "adimensional")
_PLURALS = {
    "ponto": "pontos",
    "dia": "dias",
    "mês": "meses",
    "ano": "anos",
    "hora": "horas",
    "unidade": "unidades",
}
_PARTS = re.compile(r"([*/])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension: each base unit with its exponent, in the order of `BASE_UNITS`; empty for none."""

    powers: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit) -> Unit:
        """Return the unit of a product."""
        return _combined(self, other, 1)

    def over(self, other: Unit) -> Unit:
        """Return the unit of a quotient."""
        return _combined(self, other, -1)

    def __str__(self) -> str:
        above = [base for base, power in self.powers for _ in range(power)]
        below = [base for base, power in self.powers for _ in range(-power)]
        if not above and not below:
            return "adimensional"
        return "/".join(["*".join(above) or "1", *below])


NO_UNIT = Unit()


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit:
    """Read a unit such as `ponto`, `ponto/dia` or `R$/hora`.

    Raises:
        FormulaCheckError: a part is not a known unit.
    """
    found = NO_UNIT
    sign = "*"
    for part in _PARTS.split(text):
        word = part.strip()
        if word in {"*", "/"}:
            sign = word
            continue
        single = _base(word, text)
        found = found.times(single) if sign == "*" else found.over(single)
    return found


def in_plural(text: str) -> str:
    """Return the unit as it is written after two or more: `pontos/dia`."""
    above, slash, below = text.partition("/")
    return "*".join(_PLURALS.get(part, part) for part in above.split("*")) + slash + below


def _base(word: str, text: str) -> Unit:
    if word in DIMENSIONLESS or word == "1":
        return NO_UNIT
    if word in BASE_UNITS:
        return Unit(((word, 1),))
    raise FormulaCheckError(
        f"A unidade “{text}” não existe.",
        read=f"“{word}”",
        expected=f"uma destas: {', '.join((*BASE_UNITS, *DIMENSIONLESS))}",
        hint="Unidades compostas se escrevem com * e /, no singular: ponto/dia, R$/hora.",
    )


def _combined(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for base, power in right.powers:
        powers[base] = powers.get(base, 0) + sign * power
    return Unit(tuple((base, powers[base]) for base in BASE_UNITS if powers.get(base)))
