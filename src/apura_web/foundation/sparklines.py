"""A line the size of a word: how a number went, beside the numbers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe

from apura.formula import brazilian, plain

WIDTH, HEIGHT, EDGE = 84, 24, 4


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Some numbers in order.

    Attributes:
        values: exact.
        top: what the height of the line stands for; the greatest of them when it is less.
        places: decimals they are read with.
    """

    values: Sequence[Fraction]
    top: Fraction
    places: int = 2

    def __str__(self) -> str:
        return " → ".join(brazilian(each, self.places) for each in self.values)

    @property
    def svg(self) -> SafeString:
        """The drawing; the numbers stand beside it, so who does not see it lacks nothing."""
        spots = [self._spot(*each) for each in enumerate(self.values)]
        line = " ".join(f"{x},{y}" for x, y in spots)
        x, y = spots[-1]
        return mark_safe(  # noqa: S308 - made of numbers only
            f'<svg class="sparkline" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true" focusable="false">'
            f'<polyline points="{line}"/><circle cx="{x}" cy="{y}" r="3"/></svg>'
        )

    def _spot(self, place: int, value: Fraction) -> tuple[str, str]:
        steps, top = max(1, len(self.values) - 1), max(self.top, *self.values) or Fraction(1)
        x = EDGE + Fraction((WIDTH - 2 * EDGE) * place, steps)
        y = EDGE + (HEIGHT - 2 * EDGE) * (1 - max(Fraction(0), value) / top)
        return plain(x, 1), plain(y, 1)
