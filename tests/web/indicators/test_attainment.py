"""Whether a target was reached: polarities, target zero, bands, and what has no answer."""

from fractions import Fraction

import pytest

from apura_web.foundation.presentation import Tone
from apura_web.indicators.attainment import Promise, badge_of, bands_complaint, standing

BANDS = 'se(valor >= meta; "alcancada"; se(valor >= meta * 0,8; "parcial"; "nao_alcancada"))'
BY_RATIO = 'se(exata(valor / meta) >= 1; "alcancada"; "nao_alcancada")'


def word(polarity: str, actual: int | None, *promise: int, **more: str) -> str:
    value = None if actual is None else Fraction(actual)
    return standing(polarity, value, Promise(*map(Fraction, promise)) if promise else None, **more)


@pytest.mark.parametrize(
    ("polarity", "actual", "promise", "expected"),
    [
        ("maior", 80, (80,), "alcançada"),
        ("maior", 79, (80,), "não alcançada"),
        ("menor", 5, (5,), "alcançada"),
        ("menor", 6, (5,), "não alcançada"),
        ("faixa", 10, (10, 20), "alcançada"),
        ("faixa", 20, (10, 20), "alcançada"),
        ("faixa", 21, (10, 20), "não alcançada"),
        ("faixa", 9, (10, 20), "não alcançada"),
        ("informativo", 9, (10,), "sem meta"),
        ("maior", None, (80,), "não medida"),
        ("maior", 80, (), "sem meta"),
        ("maior", 0, (0,), "alcançada"),
        ("menor", 0, (0,), "alcançada"),
        ("menor", 1, (0,), "não alcançada"),
        ("maior", -1, (0,), "não alcançada"),
    ],
)
def test_a_target_is_judged_by_the_polarity_of_the_card(
    polarity: str, actual: int | None, promise: tuple[int, ...], expected: str
) -> None:
    assert word(polarity, actual, *promise) == expected


@pytest.mark.parametrize(
    ("actual", "expected"), [(100, "alcançada"), (80, "parcialmente"), (79, "não alcançada")]
)
def test_bands_of_the_card_say_when_a_target_is_partly_reached(actual: int, expected: str) -> None:
    # 80 % of the target of 100 is 80.
    assert word("maior", actual, 100, bands=BANDS) == expected


def test_bands_that_divide_by_a_target_of_zero_give_no_answer_instead_of_a_fault() -> None:
    assert word("maior", 3, 0, bands=BY_RATIO) == "faixa sem resposta"
    assert badge_of("faixa sem resposta").tone == Tone.NEUTRAL


def test_wrong_bands_are_explained_and_right_ones_are_not() -> None:
    assert bands_complaint(BANDS, "unidade") == ""
    assert bands_complaint("valor + meta", "unidade") != ""


def test_what_is_not_judged_has_a_badge_of_its_own_that_is_neither_good_nor_bad() -> None:
    words = ("sem meta", "em curso", "incompleta", "sem resultado", "não medida", "não se aplica")
    assert {badge_of(each).tone for each in words} == {Tone.NEUTRAL}
    assert len({badge_of(each).icon for each in words[:4]}) == 4
