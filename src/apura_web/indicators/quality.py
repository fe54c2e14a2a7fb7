"""Inconsistencies in what was measured, found by rules that are told beside them (Guia NGER, VII.4).

A finding is a question, never an accusation: each says what was seen and which rule saw it. The guide names the duty of
checking and no rule; these are the platform's, and their numbers are in :data:`RULES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby, pairwise

from django.db.models import TextChoices

from apura_web.indicators.attainment import Promise
from apura_web.indicators.periods import Period


class FindingKind(TextChoices):
    """What looks strange."""

    OUTLIER = "discrepante", "Valor discrepante"
    LIMITS = "limites", "Fora dos limites da ficha"
    FROZEN = "congelada", "Série congelada"
    LATE = "correcao_tardia", "Correção tardia"
    SOURCE = "fonte", "Fonte trocada"
    EXACT = "meta_exata", "Meta alcançada com exatidão demais"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the rules.

    Attributes:
        fewest: how many measured periods a series needs before a value is compared with the others.
        fence: how many interquartile ranges beyond the quartiles a value is far out (Tukey's outer fence).
        frozen: how many equal results in a row make a frozen series.
        late_days: after how many days a correction is late.
        exact: how many results equal to the target, if they are more than half, are too many.
    """

    fewest: int = 8
    fence: int = 3
    frozen: int = 4
    late_days: int = 60
    exact: int = 3


RULES = Rules()
TOLD = {
    FindingKind.OUTLIER: f"A mais de {RULES.fence} amplitudes interquartílicas dos quartis, com {RULES.fewest} ou mais "
    "períodos medidos (cerca externa de Tukey).",
    FindingKind.LIMITS: "Abaixo do menor ou acima do maior valor plausível da ficha.",
    FindingKind.FROZEN: f"{RULES.frozen} ou mais resultados iguais em seguida.",
    FindingKind.LATE: f"Corrigido mais de {RULES.late_days} dias depois do primeiro registro; o achado diz quando é "
    "revisão oficial da fonte.",
    FindingKind.SOURCE: "A fonte declarada não é a do período anterior.",
    FindingKind.EXACT: f"{RULES.exact} ou mais resultados iguais à meta, e mais da metade dos medidos.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """What stands of an indicator at a unit in a period.

    Attributes:
        sources: as declared for its variables, without the empty ones.
        first_at: when the first value of the period was recorded.
        last_at: when the one that stands was recorded.
        corrections: what the corrections that stand are, as people call them.
    """

    period: Period
    result: Fraction | None
    promise: Promise | None
    sources: frozenset[str]
    first_at: datetime
    last_at: datetime
    is_corrected: bool = False
    corrections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What the card calls plausible; None where it says nothing."""

    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something found in a series: what, in which period, and a sentence."""

    kind: FindingKind
    period: Period
    sentence: str


def oddities_in(points: Sequence[Point], limits: Limits, rules: Rules = RULES) -> list[Oddity]:
    """Give what looks strange in a series, in order of period.

    Args:
        points: of one indicator at one unit, the earliest first.
        limits: of plausibility, from the card.
        rules: the numbers of the rules.
    """
    found = [
        *_outside(points, limits),
        *_far_out(points, rules),
        *_frozen(points, rules),
        *_late(points, rules),
        *_other_source(points),
        *_exact(points, rules),
    ]
    return sorted(found, key=lambda each: (each.period, each.kind))


def quartiles(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Give the lower and upper quartiles: medians of each half, the middle value in both when their number is odd.

    Args:
        values: at least one, in any order.

    Returns:
        Tukey's hinges, exact.
    """
    ordered = sorted(values)
    half = (len(ordered) + 1) // 2
    return _median(ordered[:half]), _median(ordered[-half:])


def _median(ordered: Sequence[Fraction]) -> Fraction:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _outside(points: Sequence[Point], limits: Limits) -> Iterator[Oddity]:
    for each in points:
        if each.result is None:
            continue
        if limits.low is not None and each.result < limits.low:
            yield Oddity(FindingKind.LIMITS, each.period, "Está abaixo do menor valor plausível da ficha.")
        if limits.high is not None and each.result > limits.high:
            yield Oddity(FindingKind.LIMITS, each.period, "Está acima do maior valor plausível da ficha.")


def _far_out(points: Sequence[Point], rules: Rules) -> Iterator[Oddity]:
    measured = [(each.period, each.result) for each in points if each.result is not None]
    if len(measured) < rules.fewest:
        return
    low, high = quartiles([result for _, result in measured])
    reach = rules.fence * (high - low)
    if not reach:
        return
    for period, result in measured:
        if result < low - reach or result > high + reach:
            side = "abaixo" if result < low else "acima"
            yield Oddity(FindingKind.OUTLIER, period, f"Está muito {side} dos demais períodos.")


def _frozen(points: Sequence[Point], rules: Rules) -> Iterator[Oddity]:
    measured = [each for each in points if each.result is not None]
    for _, run in groupby(measured, key=lambda each: each.result):
        same = list(run)
        if len(same) >= rules.frozen:
            since = same[0].period.label
            yield Oddity(
                FindingKind.FROZEN,
                same[-1].period,
                f"O mesmo resultado há {len(same)} períodos, desde {since}.",
            )


def _late(points: Sequence[Point], rules: Rules) -> Iterator[Oddity]:
    for each in points:
        days = (each.last_at - each.first_at).days
        if each.is_corrected and days > rules.late_days:
            what = f": {', '.join(sorted(each.corrections))}" if each.corrections else ""
            sentence = f"Corrigido {days} dias depois do primeiro registro{what}."
            yield Oddity(FindingKind.LATE, each.period, sentence)


def _other_source(points: Sequence[Point]) -> Iterator[Oddity]:
    told = [each for each in points if each.sources]
    for before, after in pairwise(told):
        if before.sources != after.sources:
            was, now = ", ".join(sorted(before.sources)), ", ".join(sorted(after.sources))
            yield Oddity(FindingKind.SOURCE, after.period, f"Era “{was}”, passou a “{now}”.")


def _exact(points: Sequence[Point], rules: Rules) -> Iterator[Oddity]:
    promised = [
        each for each in points if each.result is not None and each.promise and each.promise.value is not None
    ]
    equal = [each for each in promised if each.promise and each.result == each.promise.value]
    if len(equal) >= rules.exact and 2 * len(equal) > len(promised):
        said = f"Igual à meta em {len(equal)} de {len(promised)} períodos medidos."
        yield Oddity(FindingKind.EXACT, equal[-1].period, said)
