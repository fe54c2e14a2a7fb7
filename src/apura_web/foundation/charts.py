"""Charts drawn by the server as SVG, each with the sentence it shows and the table it comes from.

Widths are percentages and texts keep their size, so that a chart is read on a phone. No colour speaks alone: values
are written beside the bars and the target is a tick with its name. Style comes from the sheet, by classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from apura.formula import plain
from apura_web.foundation.templatetags.apura import quantity

BAR_ROW, LINE_HEIGHT = 46, 220
PLOT_TOP, PLOT_BOTTOM = 26, 28
LEFT, RIGHT = Fraction(4), Fraction(92)
BAR_ROOM, NEAR = Fraction(84), Fraction(9)
"""The part of the width bars may take, and how near a target's tick covers the number after the bar, in hundredths."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was reached at one place of a chart; None when it was not measured.

    Attributes:
        text: the value as it is read, when it is shown rounded; empty shows it exactly.
        target_text: the same of the target.
        is_short: whether it missed its target; None when less than the target is short of it.
    """

    label: str
    value: Fraction | None
    target: Fraction | None = None
    text: str = ""
    target_text: str = ""
    is_short: bool | None = None

    @property
    def misses(self) -> bool:
        """Whether it missed its target."""
        if self.is_short is not None:
            return self.is_short
        return self.value is not None and self.target is not None and self.value < self.target

    @property
    def shown(self) -> str:
        """The value as it is read."""
        return self.text or quantity(self.value)

    @property
    def shown_target(self) -> str:
        """The target as it is read."""
        return self.target_text or quantity(self.target)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        name: identifies it on the page.
        title: what it finds, when known: “Abaixo da meta desde maio”.
        finding: the same for who does not see it, with the numbers that matter.
        unit: the unit in the singular.
        legend: what its lines, shades and patterns mean, in words.
    """

    name: str
    title: str
    finding: str
    points: Sequence[Point]
    unit: str = ""
    legend: str = ""

    @property
    def has_targets(self) -> bool:
        """Whether any point has a target."""
        return any(point.target is not None for point in self.points)

    @property
    def top(self) -> Fraction:
        """The greatest number drawn, at least one so that nothing divides by zero."""
        numbers = [n for point in self.points for n in (point.value, point.target) if n is not None]
        return max([*numbers, Fraction(0)]) or Fraction(1)

    def wrap(self, height: int, body: Sequence[str]) -> SafeString:
        """Close the drawing with its title and description."""
        title, finding = escape(self.title), escape(self.finding)
        text = (
            f'<svg class="drawing" role="img" width="100%" height="{height}" '
            f'aria-labelledby="{self.name}-titulo {self.name}-descricao">'
            f'<title id="{self.name}-titulo">{title}</title><desc id="{self.name}-descricao">{finding}</desc>'
            f"{''.join(body)}</svg>"
        )
        return mark_safe(text)  # noqa: S308 - every text in it was escaped where it was put


class BarChart(Chart):
    """A bar for each point, its label above and its value after it, its target as a tick."""

    __slots__ = ()

    @property
    def height(self) -> int:
        """How high it is, in pixels."""
        return BAR_ROW * len(self.points) + 4

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        return self.wrap(self.height, [self._row(*each) for each in enumerate(self.points)])

    def _row(self, place: int, point: Point) -> str:
        y = place * BAR_ROW
        parts = [text_at("0", y + 14, point.label, "label")]
        if point.value is None:
            parts.append(text_at("0", y + 34, "não medida", "missing"))
        else:
            width, mark = self._at(point.value), self._at(point.target or Fraction(0))
            state = " short" if point.misses else ""
            parts.append(
                f'<rect class="bar{state}" x="0" y="{y + 20}" width="{at(width)}" height="18" rx="2"/>'
            )
            end = mark if 0 <= mark - width < NEAR else width
            parts.append(text_at(at(end), y + 34, point.shown, "value", dx=6))
        if point.target is not None:
            x = at(self._at(point.target))
            parts.append(f'<line class="target" x1="{x}" y1="{y + 16}" x2="{x}" y2="{y + 42}"/>')
            parts.append(text_at("100%", y + 14, f"meta {point.shown_target}", "note end"))
        return "".join(parts)

    def _at(self, value: Fraction) -> Fraction:
        return max(Fraction(0), value) / self.top * BAR_ROOM


class LineChart(Chart):
    """A line from point to point, broken where nothing was measured; the target is a dashed line."""

    __slots__ = ()

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        floor = LINE_HEIGHT - PLOT_BOTTOM
        body = [f'<line class="axis" x1="0" y1="{floor}" x2="100%" y2="{floor}"/>']
        body += self._segments([point.target for point in self.points], "target")
        body += self._segments([point.value for point in self.points], "line")
        body += [self._mark(*each) for each in enumerate(self.points)]
        return self.wrap(LINE_HEIGHT, body)

    def _segments(self, values: Sequence[Fraction | None], look: str) -> list[str]:
        return [
            f'<line class="{look}" x1="{self._x(place)}" y1="{self._y(value)}" '
            f'x2="{self._x(place + 1)}" y2="{self._y(following)}"/>'
            for place, (value, following) in enumerate(pairwise(values))
            if value is not None and following is not None
        ]

    def _mark(self, place: int, point: Point) -> str:
        x, floor = self._x(place), LINE_HEIGHT - PLOT_BOTTOM
        parts = [text_at(x, floor + 18, point.label, "note middle")]
        if point.value is None:
            parts.append(text_at(x, floor - 6, "sem medida", "missing middle"))
        else:
            y = self._y(point.value)
            state = " short" if point.misses else ""
            parts.append(f'<circle class="dot{state}" cx="{x}" cy="{y}" r="5"/>')
            parts.append(text_at(x, Fraction(y) - 10, point.shown, "value middle"))
        return "".join(parts)

    def _x(self, place: int) -> str:
        steps = max(1, len(self.points) - 1)
        return at(LEFT + (RIGHT - LEFT + 4) * Fraction(place, steps))

    def _y(self, value: Fraction) -> str:
        room = LINE_HEIGHT - PLOT_BOTTOM - PLOT_TOP
        return plain(PLOT_TOP + room * (1 - value / self.top), 2)


def at(percentage: Fraction) -> str:
    """Write a place along the width."""
    return f"{plain(percentage, 2)}%"


def text_at(x: str, y: Fraction | int, text: str, look: str, *, dx: int = 0) -> str:
    """Write a text of a drawing."""
    moved = f' dx="{dx}"' if dx else ""
    return f'<text class="{look}" x="{x}" y="{plain(Fraction(y), 2)}"{moved}>{escape(text)}</text>'
