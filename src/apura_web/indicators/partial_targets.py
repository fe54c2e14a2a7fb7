"""The targets of the periods that follow from the target of the year, by the accumulation rule of the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import trunc

from apura.formula import brazilian
from apura_web.indicators.aggregation import Accumulation
from apura_web.indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Partition:
    """The targets proposed for the periods, in their order, for a person to change before recording them.

    Attributes:
        said: how they were made, and what was left over, in one or two sentences.
    """

    values: tuple[Fraction, ...]
    said: str


def distribute(annual: Fraction, periods: Sequence[Period], rule: str, places: int) -> Partition:
    """Propose the targets of the periods of a year. They are not results: nothing here is rounded in silence.

    Args:
        annual: the target of the year.
        periods: of the card, inside that year, in order.
        rule: one of :class:`Accumulation`.
        places: decimals of the card; a target that has more keeps its own.
    """
    if Accumulation(rule) != Accumulation.SUM:
        said = f"Pela acumulação da ficha ({Accumulation(rule).label.lower()}), cada período tem a mesma meta do ano."
        return Partition((annual,) * len(periods), said)
    if not periods:
        return Partition((), "Não há períodos neste ano.")
    return _shared(annual, periods, places)


def _shared(annual: Fraction, periods: Sequence[Period], places: int) -> Partition:
    months = [each.months for each in periods]
    exact = [annual * count / sum(months) for count in months]
    scale = 10**places
    cut = [Fraction(trunc(share * scale), scale) for share in exact]
    rest = annual - sum(cut)
    said = "A meta do ano foi repartida na proporção dos meses de cada período; somadas, as parciais dão a do ano."
    if not rest:
        return Partition(tuple(cut), said)
    told = brazilian(rest, None)
    decimals = "sem casas decimais" if not places else f"com {places} casas decimais"
    cut[-1] += rest
    more = f" Ela não se reparte exatamente {decimals}: o que sobrou ({told}) ficou no último período."
    return Partition(tuple(cut), said + more)
