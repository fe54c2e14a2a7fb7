"""How many results fall in each band, before and after: one drawing, each bar with its own number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from apura.formula import brazilian, parse_exact, plain

Record = Mapping[str, Any]

WIDTH, LEFT, RIGHT = 300, 58, 58
ROW, BAR = 21, 8
INK, FAINT = "#1b1b1b", "#8a8a8a"
CALLED = ("base", "cenário")


def spread_chart(bands: Sequence[Record]) -> str:
    """Draw the bands as rows, the highest on top: a white bar for the base, a dark one for the scenario.

    Args:
        bands: the ``faixas`` of a rule of a comparison, the lowest first.
    """
    most = max(max(band["a"], band["b"]) for band in bands)
    scale = Fraction(WIDTH - LEFT - RIGHT, most)
    height = ROW * len(bands) + 4
    parts = []
    for place, band in enumerate(reversed(bands)):
        y = 2 + place * ROW
        parts.append(_text(LEFT - 6, y + 12, ends_of(band), anchor="end"))
        for line, (side, called) in enumerate(zip("ab", CALLED, strict=True)):
            top = y + 1 + line * (BAR + 1)
            fill = INK if side == "b" else "#ffffff"
            count = band[side]
            if count:
                parts.append(_bar(top, plain(count * scale, 2), fill))
            if band["a"] or band["b"]:
                label = f"{count} {called}"
                parts.append(_text(plain(LEFT + count * scale + 4, 2), top + BAR - 1, label, anchor="start"))
    parts.append(f'<line x1="{LEFT}" y1="0" x2="{LEFT}" y2="{height}" stroke="{FAINT}" stroke-width="0.7"/>')
    body = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">{body}</svg>'


def ends_of(band: Record) -> str:
    """Write the ends of a band: "8,5 a 9"."""
    return f"{_number(band['de'])} a {_number(band['ate'])}"


def spread_finding(bands: Sequence[Record], *, unit: str) -> str:
    """Say where the distribution moved most: how many lie below the end of a band, before and after.

    Args:
        bands: the ``faixas`` of a rule, the lowest first.
        unit: the unit in the plural; empty when there is none.
    """
    below, moved = [0, 0], []
    for band in bands[:-1]:
        below = [below[0] + band["a"], below[1] + band["b"]]
        moved.append((abs(below[0] - below[1]), band["ate"], *below))
    largest = max(moved, default=(0, "", 0, 0), key=lambda one: one[0])
    if not largest[0]:
        return "A distribuição pelas faixas não muda."
    _, end, before, after = largest
    ends = f"{_number(end)} {unit}".rstrip()
    return f"Abaixo de {ends}: {before} {'resultado' if before == 1 else 'resultados'} na base, {after} no cenário."


def _number(text: str) -> str:
    return brazilian(parse_exact(text), None)


def _bar(top: int, length: str, fill: str) -> str:
    return (
        f'<rect x="{LEFT}" y="{top}" width="{length}" height="{BAR}" '
        f'fill="{fill}" stroke="{INK}" stroke-width="0.7"/>'
    )


def _text(x: str | int, y: int, text: str, *, anchor: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="Libertinus Serif" font-size="8.5" '
        f'text-anchor="{anchor}" fill="{INK}">{escape(text)}</text>'
    )
