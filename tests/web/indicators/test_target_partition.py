"""The targets of the periods that follow from the target of the year; every expected value was worked by hand."""

from datetime import date
from fractions import Fraction

import pytest

from apura_web.indicators.partial_targets import distribute
from apura_web.indicators.periods import Period, periods_within, year_of

YEAR = year_of(2026)
FOUR_MONTHLY = periods_within("quadrimestral", YEAR)
QUARTERLY = periods_within("trimestral", YEAR)
MONTHLY = periods_within("mensal", YEAR)
UNEVEN = [Period(date(2026, 1, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("annual", "periods", "places", "expected"),
    [
        (60, FOUR_MONTHLY, 0, ["20", "20", "20"]),  # 60 × 4/12
        (100, QUARTERLY, 0, ["25", "25", "25", "25"]),  # 100 × 3/12
        (40, UNEVEN, 0, ["10", "30"]),  # 40 × 3/12 and 40 × 9/12
        (10, QUARTERLY, 1, ["5/2"] * 4),  # 2,5 fits in one place
        (-8, QUARTERLY, 0, ["-2"] * 4),
        (0, QUARTERLY, 0, ["0"] * 4),
    ],
)
def test_a_sum_is_shared_in_proportion_to_the_months_and_says_nothing_of_a_rest(
    annual: int, periods: list[Period], places: int, expected: list[str]
) -> None:
    found = distribute(Fraction(annual), periods, "soma", places)
    assert list(found.values) == [Fraction(each) for each in expected]
    assert "sobrou" not in found.said


@pytest.mark.parametrize(
    ("annual", "periods", "places", "expected"),
    [
        ("100", FOUR_MONTHLY, 0, (["33", "33", "34"], "1")),  # 100 ÷ 3 = 33,33…; 100 − 3 × 33 = 1
        ("10", QUARTERLY, 0, (["2", "2", "2", "4"], "2")),  # 10 ÷ 4 = 2,5; 10 − 4 × 2 = 2
        ("6", MONTHLY, 0, (["0"] * 11 + ["6"], "6")),  # half a case a month cannot be promised
        ("100", FOUR_MONTHLY, 2, (["33.33", "33.33", "33.34"], "0,01")),
        ("-10", FOUR_MONTHLY, 0, (["-3", "-3", "-4"], "-1")),
    ],
)
def test_what_does_not_divide_goes_to_the_last_period_and_is_said(
    annual: str, periods: list[Period], places: int, expected: tuple[list[str], str]
) -> None:
    values, rest = expected
    found = distribute(Fraction(annual), periods, "soma", places)
    assert list(found.values) == [Fraction(each) for each in values]
    assert sum(found.values) == Fraction(annual)
    assert f"o que sobrou ({rest}) ficou no último período" in found.said


@pytest.mark.parametrize("rule", ["media", "ultimo", "razao_de_somas", "taxa"])
def test_what_is_not_a_sum_has_the_same_target_in_every_period(rule: str) -> None:
    found = distribute(Fraction("97.5"), QUARTERLY, rule, 0)
    assert found.values == (Fraction("97.5"),) * 4
    assert "cada período tem a mesma meta do ano" in found.said


def test_a_year_without_periods_has_nothing_to_share() -> None:
    assert distribute(Fraction(10), [], "soma", 0).values == ()
