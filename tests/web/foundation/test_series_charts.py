"""The chart of one number through time: what is missing is no zero, what is not firm says so."""

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from apura_web.foundation.series_charts import SeriesChart, SeriesPoint, standalone


def point(label: str, value: int | None, target: int | None = 70, **more: object) -> SeriesPoint:
    exact = [None if each is None else Fraction(each) for each in (value, target)]
    return SeriesPoint(label, *exact, **more)  # type: ignore[arg-type]


def chart(*points: SeriesPoint, good: str = "up") -> SeriesChart:
    return SeriesChart("serie", "Abaixo da meta em 2014", "De 72 a 64.", points, "ponto", good=good)


def test_what_was_not_measured_is_an_empty_outline_with_a_word_and_zero_is_a_column() -> None:
    drawing = str(chart(point("1º", None), point("2º", 0)).svg)
    assert drawing.count('class="gap"') == 1
    assert drawing.count(">não medida</text>") == 1
    assert drawing.count('class="bar short"') == 1  # zero, below 70
    assert ">0</text>" in drawing


def test_what_is_not_firm_is_hatched_and_says_how() -> None:
    drawing = str(chart(point("1º", 80), point("2º", 75, firmness="provisório")).svg)
    assert drawing.count('fill="url(#serie-hachura)"') == 1
    assert ">provisório</text>" in drawing


@pytest.mark.parametrize(("good", "high"), [("up", None), ("down", None), ("between", 90)])
def test_the_good_side_of_the_target_is_shaded(good: str, high: int | None) -> None:
    one = replace(point("1º", 80), high=None if high is None else Fraction(high))
    drawing = str(chart(one, good=good).svg)
    assert drawing.count('class="good-side"') == 1
    heights = re.findall(r'class="good-side"[^>]*height="([\d.]+)"', drawing)
    assert all(not each.startswith("-") for each in heights)
    assert 'class="good-side"' not in str(chart(one, good="").svg)


def test_negative_numbers_hang_from_zero() -> None:
    drawing = str(chart(point("1º", -20, None), point("2º", 40, None)).svg)
    ys = [Fraction(each) for each in re.findall(r'class="bar"[^>]*? y="([\d.]+)"', drawing)]
    zero = Fraction(re.findall(r'class="axis"[^>]*? y1="([\d.]+)"', drawing)[0])
    assert ys[0] == zero  # downwards
    assert ys[1] < zero


def test_many_periods_keep_only_the_numbers_that_matter() -> None:
    drawing = str(chart(*(point(str(each), each) for each in range(1, 37))).svg)
    assert drawing.count('class="value') == 2  # the least; and the last, which is the greatest


def test_a_chart_of_nothing_is_still_a_drawing() -> None:
    ElementTree.fromstring(str(chart().svg))  # noqa: S314 - our own text
    ElementTree.fromstring(str(chart(point("1º", None, None)).svg))  # noqa: S314


def test_texts_are_escaped_and_a_file_of_its_own_needs_no_sheet_of_styles() -> None:
    drawn = replace(chart(point("<1º>", 80)), title="A & B <c>")
    for text in (str(drawn.svg), standalone(drawn)):
        assert "<1º>" not in text
        assert "A &amp; B &lt;c&gt;" in text
    alone = standalone(drawn)
    assert "class=" not in alone
    assert "style" not in alone
    assert ElementTree.fromstring(alone).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own text
