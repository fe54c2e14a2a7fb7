"""Two small charts in plain SVG: one bar per subject, or how many subjects per band when they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from apura.formula import plain
from apura.paper.formats import number
from apura.paper.glyphs import printable

FEWEST, MANY, LONGEST_KEY = 2, 45, 12
"""How many subjects make a chart, from how many on bands are counted, how long a key is shown."""
WIDTH = 482
Point = tuple[str | int, str | int]
INK, BAR, FAINT = "#1b1b1b", "#33506f", "#8a8a8a"


@dataclass(frozen=True, slots=True)
class Bar:
    """One subject's bar: the short key that names it and its result as the document writes it."""

    key: str
    result: str

    @property
    def size(self) -> Fraction:
        """The result as an exact number."""
        return Fraction(self.result)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the sentence that says what it shows, for who cannot see it."""

    svg: str
    finding: str


def chart_of(bars: Sequence[Bar], *, label: str, unit: str, maximum: str | None = None) -> Chart | None:
    """Draw the results of one rule, or nothing when a drawing would say less than the table.

    Args:
        bars: The results in the order of the table; fewer than two, all alike, or any below zero give no chart.
        label: What the results are, as in "Nota do órgão".
        unit: The unit in the plural, for the finding.
        maximum: The greatest possible result, drawn as a line; None when the norm states none.
    """
    if len(bars) < FEWEST or any(bar.size < 0 for bar in bars):
        return None
    if len({bar.size for bar in bars}) == 1:
        return None
    top = max([bar.size for bar in bars] + ([Fraction(maximum)] if maximum else []))
    finding = _finding(bars, label, unit)
    if len(bars) < MANY:
        return Chart(_bars(bars, top, maximum), finding)
    return Chart(_bands(bars, _round_up(top)), f"{finding} Quantos há em cada faixa:")


def _finding(bars: Sequence[Bar], label: str, unit: str) -> str:
    best, worst = max(bars, key=lambda b: b.size), min(bars, key=lambda b: b.size)
    of_best, of_worst = _named(bars, best), _named(bars, worst)
    return f"{label}: de {number(worst.result)} ({of_worst}) a {number(best.result)} {unit} ({of_best})."


def _named(bars: Sequence[Bar], like: Bar) -> str:
    same = [bar for bar in bars if bar.size == like.size]
    return _short(like.key) if len(same) == 1 else f"{len(same)} casos"


def _bars(bars: Sequence[Bar], top: Fraction, maximum: str | None) -> str:
    row, right = 12, 44
    left = 14 + 6 * max(len(_short(bar.key)) for bar in bars)
    scale = Fraction(WIDTH - left - right) / top
    head = 14 if maximum else 3
    parts = []
    if maximum:
        x = _at(left + Fraction(maximum) * scale)
        parts.append(_line((x, head - 2), (x, head + row * len(bars)), color=FAINT, dash="2 2"))
        parts.append(_text(x, 8, f"máximo {number(maximum)}", anchor="middle", fill="#555", size=8))
    for place, bar in enumerate(bars):
        y = head + place * row
        length = bar.size * scale
        parts.append(_text(left - 6, y + 9, _short(bar.key), anchor="end"))
        parts.append(_rect(left, y + 2, length, row - 4))
        parts.append(_text(_at(left + length + 4), y + 9, number(bar.result), halo=bool(maximum)))
    height = head + row * len(bars) + 2
    parts.append(_line((left, head), (left, height - 2), color=INK))
    return _svg(height, parts)


def _bands(bars: Sequence[Bar], top: Fraction) -> str:
    counts = [0] * 10
    for bar in bars:
        counts[min(9, int(bar.size / top * 10))] += 1
    floor, step, most = 92, Fraction(WIDTH - 20, 10), max(counts)
    parts = [_line((10, floor), (WIDTH - 10, floor), color=INK)]
    for place, count in enumerate(counts):
        height = Fraction(70 * count, most)
        x = 10 + place * step
        parts.append(_rect(_at(x + 3), _at(floor - height), step - 6, height))
        middle = _at(x + step / 2)
        parts.append(_text(middle, _at(floor - height - 3), str(count), anchor="middle"))
        low, high = (number(_decimal(top * edge / 10)) for edge in (place, place + 1))
        parts.append(_text(middle, floor + 11, f"{low} a {high}", anchor="middle", size=8))
    return _svg(floor + 15, parts)


def _round_up(value: Fraction) -> Fraction:
    """Find the least 1, 2, 5 or 10 times a power of ten that reaches the value."""
    power = Fraction(10) ** (len(str(int(value))) - 1)
    return next(power * n for n in (1, 2, 5, 10) if power * n >= value)


def _decimal(value: Fraction) -> str:
    return f"{value.numerator // value.denominator}" if value.denominator == 1 else _tenths(value)


def _tenths(value: Fraction) -> str:
    return plain(value, 2).rstrip("0")


def _at(value: Fraction | int) -> str:
    """Write a coordinate with two decimals: a place on paper, not a number anyone reads."""
    return plain(Fraction(value), 2)


def _short(key: str) -> str:
    clean = printable(key).replace("\u200b", "")
    return clean if len(clean) <= LONGEST_KEY else clean[: LONGEST_KEY - 1] + "…"


def _text(x: str | int, y: str | int, text: str, **look: str | int | bool) -> str:
    anchor, fill, size = look.get("anchor", "start"), look.get("fill", INK), look.get("size", 9)
    halo = ' stroke="#fff" stroke-width="3" paint-order="stroke"' if look.get("halo") else ""
    return (
        f'<text x="{x}" y="{y}" font-family="Libertinus Serif" font-size="{size}" '
        f'text-anchor="{anchor}" fill="{fill}"{halo}>{escape(text)}</text>'
    )


def _rect(x: str | int, y: str | int, width: Fraction, height: Fraction | int) -> str:
    return f'<rect x="{x}" y="{y}" width="{_at(width)}" height="{_at(height)}" fill="{BAR}"/>'


def _line(start: Point, end: Point, *, color: str, dash: str = "") -> str:
    (x1, y1), (x2, y2) = start, end
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}" stroke-width="0.7"{dashes}/>'


def _svg(height: int, parts: Sequence[str]) -> str:
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">{body}</svg>'
