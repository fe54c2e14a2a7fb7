"""The chart of one number through time: a column for each period, its target as a line, the good side shaded lightly.

What is provisional is hatched and says so; what was not measured is an empty outline and says so: never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString

from apura.formula import plain
from apura_web.foundation.charts import Chart, Point, at, text_at

HEIGHT, SMALL_HEIGHT = 250, 120
TOP, BOTTOM, SMALL_BOTTOM = 28, 40, 24
ROOM_FOR_TARGET = 16
"""Hundredths of the width kept at the right for the name of the target."""
WIDEST = Fraction(10)
FEW, SOME, MANY = 6, 12, 18
WORD_ROOM = 86
STANDALONE_WIDTH = 800


@dataclass(frozen=True, slots=True)
class SeriesPoint(Point):
    """What was reached in a period.

    Attributes:
        group: what several periods share, as their year; written under the first of them.
        high: the end of a target that is a band.
        firmness: “provisório” or “estimado”; empty when it is definitive.
        missing: what is written where there is no value.
    """

    group: str = ""
    high: Fraction | None = None
    firmness: str = ""
    missing: str = "não medida"


@dataclass(frozen=True, slots=True)
class SeriesChart(Chart):
    """A column for each period.

    Attributes:
        good: on which side of the target it is good: ``up``, ``down``, ``between``, or empty when no side is.
        is_small: one of several drawn side by side, without numbers but the last.
    """

    good: str = ""
    is_small: bool = False

    @property
    def steps(self) -> Sequence[SeriesPoint]:
        """The points, as this chart takes them."""
        return [each for each in self.points if isinstance(each, SeriesPoint)]

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        return self.wrap(self.height, list(self._body()))

    @property
    def height(self) -> int:
        """How high it is, in pixels."""
        return SMALL_HEIGHT if self.is_small else HEIGHT

    def _body(self) -> Iterator[str]:
        yield self._pattern()
        for place, point in enumerate(self.steps):
            yield self._shade(place, point)
        for place, point in enumerate(self.steps):
            yield self._column(place, point)
        zero = self._y(Fraction(0))
        yield f'<line class="axis" x1="0" y1="{zero}" x2="{at(self._left(len(self.points)))}" y2="{zero}"/>'
        for place, point in enumerate(self.steps):
            yield self._target(place, point)
        for place, point in enumerate(self.steps):
            yield self._words(place, point)
        yield self._target_name()

    # ── the scale ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def _numbers(self) -> list[Fraction]:
        found = [n for each in self.steps for n in (each.value, each.target, each.high) if n is not None]
        return [*found, Fraction(0)]

    def _y(self, value: Fraction) -> str:
        return plain(self._height_of(value), 2)

    def _height_of(self, value: Fraction) -> Fraction:
        low, high = min(self._numbers), max(self._numbers)
        span = high - low or Fraction(1)
        top = SMALL_BOTTOM if self.is_small else TOP
        room = self.height - top - (SMALL_BOTTOM if self.is_small else BOTTOM)
        return top + room * (high - value) / span

    def _left(self, place: int) -> Fraction:
        return Fraction((100 - ROOM_FOR_TARGET) * place, max(1, len(self.points)))

    def _middle(self, place: int) -> Fraction:
        return (self._left(place) + self._left(place + 1)) / 2

    @property
    def _width(self) -> Fraction:
        return min(WIDEST, self._left(1) * Fraction(3, 5))

    # ── what is drawn ───────────────────────────────────────────────────────────────────────────────────

    def _pattern(self) -> str:
        return (
            f'<defs><pattern id="{self.name}-hachura" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
        )

    def _shade(self, place: int, point: SeriesPoint) -> str:
        if point.target is None or not self.good:
            return ""
        top, bottom = self._y(max(self._numbers)), self._y(min(self._numbers))
        ends = {
            "up": (top, self._y(point.target)),
            "down": (self._y(point.target), bottom),
            "between": (
                self._y(point.high if point.high is not None else point.target),
                self._y(point.target),
            ),
        }
        first, last = (Fraction(each) for each in ends[self.good])
        if self.good == "up":
            first -= 8  # so that a target as high as the scale still has a good side
        height = plain(max(Fraction(2), last - first), 2)
        x, width = at(self._left(place)), at(self._left(1))
        return f'<rect class="good-side" x="{x}" y="{plain(first, 2)}" width="{width}" height="{height}"/>'

    def _column(self, place: int, point: SeriesPoint) -> str:
        x, zero = self._middle(place) - self._width / 2, self._height_of(Fraction(0))
        box = f'x="{at(x)}" width="{at(self._width)}"'
        if point.value is None:
            return f'<rect class="gap" {box} y="{plain(zero - 20, 2)}" height="20" rx="2"/>'
        y = self._height_of(point.value)
        top, height = min(y, zero), max(Fraction(2), abs(zero - y))
        look, fill = "bar short" if point.misses else "bar", ""
        if point.firmness:
            look, fill = look.replace("bar", "hatched"), f' fill="url(#{self.name}-hachura)"'
        size = f'y="{plain(top, 2)}" height="{plain(height, 2)}"'
        return f'<rect class="{look}" {box} {size} rx="2"{fill}/>'

    def _target(self, place: int, point: SeriesPoint) -> str:
        first, last = at(self._left(place)), at(self._left(place + 1))
        levels = [each for each in (point.target, point.high) if each is not None]
        return "".join(
            f'<line class="target" x1="{first}" y1="{self._y(each)}" x2="{last}" y2="{self._y(each)}"/>'
            for each in levels
        )

    def _target_name(self) -> str:
        if self.is_small:
            return self._last_number()
        last = next((each for each in reversed(self.steps) if each.target is not None), None)
        if last is None or last.target is None:
            return ""
        y = self._height_of(last.high if last.high is not None else last.target)
        return text_at("100%", y - 7, f"meta {last.shown_target}", "note end halo")

    def _last_number(self) -> str:
        """Write the last number where a larger chart names its target."""
        last = next((each for each in reversed(self.steps) if each.value is not None), None)
        if last is None or last.value is None:
            return ""
        return text_at("100%", self._height_of(last.value) + 4, last.shown, "value end")

    def _words(self, place: int, point: SeriesPoint) -> str:
        x, count = at(self._middle(place)), len(self.points)
        every = -(-count // SOME)
        parts = []
        floor = self.height - (SMALL_BOTTOM if self.is_small else BOTTOM)
        if not self.is_small and place % every == 0:
            minor = " minor" if count > FEW and place % (every * 2) else ""
            parts.append(text_at(x, floor + 16, point.label, f"note middle{minor}"))
        if point.group and (place == 0 or self.steps[place - 1].group != point.group):
            parts.append(text_at(at(self._left(place)), self.height - 6, point.group, "note", dx=2))
        is_told = not self.is_small and (place in self._key_places or count <= SOME)
        if point.value is not None and is_told:
            y = min(self._height_of(point.value), self._height_of(Fraction(0))) - 6
            minor = "" if count <= FEW or place in self._key_places else " minor"
            parts.append(text_at(x, y, point.shown, f"value middle{minor}"))
        if count <= MANY and not self.is_small:
            parts.append(self._turned(place, point))
        return "".join(parts)

    @property
    def _key_places(self) -> set[int]:
        known = [(each.value, place) for place, each in enumerate(self.steps) if each.value is not None]
        if not known:
            return set()
        return {known[-1][1], max(known)[1], min(known)[1]}

    def _turned(self, place: int, point: SeriesPoint) -> str:
        """Write upwards that a period was not measured, or that its value is not firm."""
        zero = self._height_of(Fraction(0))
        if point.value is None:
            word, y = point.missing, zero - 26
        elif point.firmness:
            top = self._height_of(point.value)
            word, y = point.firmness, zero - 6 if zero - top > WORD_ROOM else top - 22
        else:
            return ""
        return (
            f'<svg x="{at(self._middle(place))}" y="{plain(y, 2)}" width="1" height="1" overflow="visible">'
            f'<text class="missing halo" transform="rotate(-90)" dy="4">{escape(word)}</text></svg>'
        )


HEAD = 44
"""Pixels of a file for the title."""


class Drawn(Protocol):
    """A chart that knows how high it is."""

    @property
    def title(self) -> str:
        """What it finds."""

    @property
    def svg(self) -> SafeString:
        """The drawing."""

    @property
    def height(self) -> int:
        """Its height, in pixels."""


LOOKS = {
    "label": 'fill="#1c2430"',
    "note": 'fill="#4d5866" font-size="12"',
    "missing": 'fill="#4d5866" font-size="12"',
    "value": 'fill="#1c2430" font-weight="700"',
    "halo": 'paint-order="stroke" stroke="#ffffff" stroke-width="4"',
    "middle": 'text-anchor="middle"',
    "end": 'text-anchor="end"',
    "bar": 'fill="#1351b4"',
    "dot": 'fill="#1351b4"',
    "bar short": 'fill="#c8641b"',
    "dot short": 'fill="#c8641b"',
    "line": 'stroke="#1351b4" stroke-width="2.5"',
    "target": 'stroke="#1c2430" stroke-width="2" stroke-dasharray="5 4"',
    "axis": 'stroke="#868e99"',
    "good-side": 'fill="#e4f4e7"',
    "gap": 'fill="none" stroke="#868e99" stroke-dasharray="3 3"',
    "hatch": 'stroke="#1351b4" stroke-width="3"',
    "hatched": 'stroke="#1351b4" stroke-width="1.5"',
    "hatched short": 'stroke="#c8641b" stroke-width="1.5"',
}
CLASS = re.compile(r'class="([^"]*)"')


def standalone(chart: Drawn) -> str:
    """Give a chart as a file of its own, with its title, whose look does not depend on the page's sheet of styles.

    Args:
        chart: any of the charts.
    """
    drawing = CLASS.sub(lambda found: _look(found[1]), chart.svg)
    inside = drawing.replace("<svg ", f'<svg x="12" y="{HEAD}" ', 1).replace('width="100%"', 'width="776"', 1)
    height = chart.height + HEAD + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{STANDALONE_WIDTH}" height="{height}" '
        'font-family="Raleway, Verdana, sans-serif" font-size="13">'
        f'<rect width="{STANDALONE_WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="12" y="24" font-size="15" font-weight="700" fill="#1c2430">{escape(chart.title)}</text>'
        f"{inside}</svg>"
    )


def _look(classes: str) -> str:
    names = classes.split()
    if classes in LOOKS:
        return LOOKS[classes]
    return " ".join(LOOKS[each] for each in names if each in LOOKS)
