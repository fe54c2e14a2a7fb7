"""The charts: what they draw, what they say, and when there is none."""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree.ElementTree import fromstring

from apura.paper.charts import MANY, Bar, Chart, chart_of

SVG = "{http://www.w3.org/2000/svg}"


def chart(bars: list[Bar], maximum: str | None = None) -> Chart:
    drawn = chart_of(bars, label="Nota do órgão", unit="pontos", maximum=maximum)
    assert drawn is not None
    return drawn


def texts(drawn: Chart) -> list[str]:
    drawing = fromstring(drawn.svg)  # noqa: S314 - our own drawing
    return [one.text or "" for one in drawing.iter(f"{SVG}text")]


def test_each_bar_is_labelled_with_who_and_how_much() -> None:
    drawn = chart([Bar("GPL", "8.50"), Bar("GCO", "4.60")])
    assert texts(drawn) == ["GPL", "8,50", "GCO", "4,60"]
    assert drawn.finding == "Nota do órgão: de 4,60 (GCO) a 8,50 pontos (GPL)."


def test_lengths_are_in_proportion_and_start_at_zero() -> None:
    drawn = chart([Bar("A", "10.00"), Bar("B", "2.50")])
    long, short = (Fraction(width) for width in re.findall(r'<rect [^>]*?width="([\d.]+)"', drawn.svg))
    assert long == 4 * short


def test_the_maximum_is_a_line_with_its_value() -> None:
    drawn = chart([Bar("GPL", "8.50"), Bar("GCO", "4.60")], maximum="10.00")
    assert "máximo 10,00" in texts(drawn)
    assert "stroke-dasharray" in drawn.svg


def test_a_tie_is_told_as_such() -> None:
    three = [Bar("A", "9.00"), Bar("B", "9.00"), Bar("C", "7.00")]
    assert chart(three).finding == "Nota do órgão: de 7,00 (C) a 9,00 pontos (2 casos)."


def test_many_subjects_are_counted_in_bands() -> None:
    bars = [Bar(f"ORG-{n}", "10.00" if n % 2 else "4.60") for n in range(MANY)]
    shown = texts(chart(bars))
    assert shown[shown.index("4 a 5") - 1] == "23"
    assert shown[shown.index("9 a 10") - 1] == "22"


def test_one_result_or_one_below_zero_or_all_alike_give_no_chart() -> None:
    for bars in ([Bar("A", "1")], [Bar("A", "1"), Bar("B", "-1")], [Bar("A", "2"), Bar("B", "2.00")]):
        assert chart_of(bars, label="Nota", unit="") is None


def test_a_name_cannot_become_part_of_the_drawing() -> None:
    drawn = chart([Bar('</text><x a="', "1"), Bar("ORGANIZAÇÃO-MUITO-COMPRIDA", "2")])
    assert texts(drawn)[0] == "</text><x a…"
    assert "ORGANIZAÇÃO…" in texts(drawn)
