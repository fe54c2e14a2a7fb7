"""How results spread: how many fall in each band, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_BANDS = 12


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low``, included, to ``high``, excluded (the last band includes it): how many before and after."""

    low: Fraction
    high: Fraction
    before: int
    after: int


def bands_of(before: Sequence[Fraction], after: Sequence[Fraction]) -> tuple[Band, ...]:
    """Count the results in bands of one width: the least 1, 2 or 5 × 10ⁿ that makes at most a dozen of them.

    Args:
        before: the results before, exact, in the rule's unit.
        after: the results after.

    Returns:
        Bands from the one of the least result to the one of the greatest; none when there is nothing to spread.
    """
    values = [*before, *after]
    if not values or min(values) == max(values):
        return ()
    width = next(step for step in _steps(max(values) - min(values)) if _count(values, step) <= MOST_BANDS)
    first = min(values) // width
    total = _count(values, width)

    def place(value: Fraction) -> int:
        return min(int(value // width - first), total - 1)

    counted = [
        [sum(place(value) == band for value in side) for band in range(total)] for side in (before, after)
    ]
    return tuple(
        Band((first + band) * width, (first + band + 1) * width, counted[0][band], counted[1][band])
        for band in range(total)
    )


def _count(values: Sequence[Fraction], width: Fraction) -> int:
    """How many bands reach from the least value to the greatest, which may be the top of the last."""
    first, top = min(values) // width, max(values) / width
    return max(1, int(-(-top // 1)) - int(first))


def _steps(spread: Fraction) -> Iterator[Fraction]:
    power = Fraction(1)
    while power * MOST_BANDS > spread:
        power /= 10
    while True:
        yield from (power, power * 2, power * 5)
        power *= 10
