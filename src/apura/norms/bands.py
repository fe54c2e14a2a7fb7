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


@dataclass(frozen=True, slots=True)
class Scale:
    """Bands of one width: how many there are, and how many widths the first is from zero."""

    width: Fraction
    first: int
    total: int

    def place(self, value: Fraction) -> int:
        """Give the number of the band of a value, from zero."""
        return min(int(value // self.width - self.first), self.total - 1)

    def bands(self, before: Sequence[int], after: Sequence[int]) -> tuple[Band, ...]:
        """Give the bands, with how many fall in each."""
        ends = [(self.first + band) * self.width for band in range(self.total + 1)]
        return tuple(
            Band(ends[band], ends[band + 1], before[band], after[band]) for band in range(self.total)
        )


def scale_between(low: Fraction, high: Fraction) -> Scale | None:
    """Give the bands from a least to a greatest result; None when they are the same.

    The width is the least 1, 2 or 5 × 10ⁿ that makes at most a dozen of them.
    """
    if low == high:
        return None
    width = next(step for step in _steps(high - low) if _count(low, high, step) <= MOST_BANDS)
    return Scale(width, int(low // width), _count(low, high, width))


def bands_of(before: Sequence[Fraction], after: Sequence[Fraction]) -> tuple[Band, ...]:
    """Count the results in bands of one width.

    Args:
        before: the results before, exact, in the rule's unit.
        after: the results after.

    Returns:
        Bands from the one of the least result to the one of the greatest; none when there is nothing to spread.
    """
    values = [*before, *after]
    scale = scale_between(min(values), max(values)) if values else None
    if scale is None:
        return ()
    counted = [
        [sum(scale.place(value) == band for value in side) for band in range(scale.total)]
        for side in (before, after)
    ]
    return scale.bands(*counted)


def _count(low: Fraction, high: Fraction, width: Fraction) -> int:
    """How many bands reach from the least value to the greatest, which may be the top of the last."""
    return max(1, int(-(-(high / width) // 1)) - int(low // width))


def _steps(spread: Fraction) -> Iterator[Fraction]:
    power = Fraction(1)
    while power * MOST_BANDS > spread:
        power /= 10
    while True:
        yield from (power, power * 2, power * 5)
        power *= 10
