"""Numbers as Brazilians write them and as JSON carries them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apura.formula import (
    FormulaError,
    brazilian,
    exact,
    parse_exact,
    plain,
    read_cell_number,
    read_number,
    round_half_away,
)

RATIONALS = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (" -3,25 ", "-3.25"),
        ("−2", "-2"),
        ("1234,5", "1234.5"),
        ("1.23", "1.23"),
        ("1.2345", "1.2345"),
        ("1,234", "1.234"),
    ],
)
def test_the_comma_is_decimal_and_a_point_too_when_it_cannot_be_thousands(text: str, value: str) -> None:
    assert read_number(text) == Fraction(value)
    assert read_cell_number(text) == Fraction(value)


@pytest.mark.parametrize(("text", "value"), [("1.234,56", "1234.56"), ("-1.234.567,8", "-1234567.8")])
def test_a_cell_also_understands_groups_of_three_followed_by_a_comma(text: str, value: str) -> None:
    assert read_cell_number(text) == Fraction(value)
    with pytest.raises(FormulaError, match=r"Escreva sem ponto de milhar"):
        read_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.234",
        "1.000",
        "1.234.567",
        "1,234.56",
        "12.34,5",
        "1..2",
        "1,2,3",
        "",
        "-",
        "1e5",
        "0x10",
        "١٢",
        "1/2",
        "10%",
        "R$ 1",
        "nan",
        "1_000",
        "--1",
        "1 000",
    ],
)
def test_what_may_mean_two_things_or_nothing_is_refused_everywhere(text: str) -> None:
    for read in (read_number, read_cell_number):
        with pytest.raises(FormulaError) as refused:
            read(text)
        assert refused.value.expected == "um número"


def test_a_thousand_with_a_point_is_refused_with_both_readings() -> None:
    with pytest.raises(
        FormulaError, match=r"Se são milhares, escreva 1234; se são casas decimais, escreva 1,234\."
    ):
        read_cell_number("1.234")


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("4.205", 2, "4.21"),
        ("-4.205", 2, "-4.21"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.0049999999999", 2, "0"),
        ("1/3", 3, "0.333"),
        ("-2/3", 3, "-0.667"),
        ("8.525", 2, "8.53"),
        ("0", 2, "0"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert round_half_away(Fraction(value), places) == Fraction(rounded)


@given(RATIONALS, st.integers(0, 10))
def test_rounding_is_never_farther_than_half_a_unit_and_the_same_on_both_sides_of_zero(
    value: Fraction, places: int
) -> None:
    rounded = round_half_away(value, places)
    assert abs(rounded - value) * 2 <= Fraction(1, 10**places)
    assert (rounded * 10**places).denominator == 1
    assert round_half_away(-value, places) == -rounded
    assert round_half_away(rounded, places) == rounded
    if abs(rounded - value) * 2 == Fraction(1, 10**places):
        assert abs(rounded) > abs(value)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("8.5", 2, "8.50"),
        ("-0.001", 2, "0.00"),
        ("12", 0, "12"),
        ("-0.5", 2, "-0.50"),
        ("0.005", 2, "0.01"),
        ("1234.5", 1, "1234.5"),
    ],
)
def test_plain_text_has_a_point_and_all_its_places(value: str, places: int, text: str) -> None:
    assert plain(Fraction(value), places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("8.5", "8.5"),
        ("-12", "-12"),
        ("25/3", "25/3"),
        ("-1/3", "-1/3"),
        ("0", "0"),
        ("1/8", "0.125"),
        ("-1/40", "-0.025"),
    ],
)
def test_exact_text_is_a_decimal_or_a_fraction_where_there_is_none(value: str, text: str) -> None:
    assert exact(Fraction(value)) == text


@given(RATIONALS, st.integers(0, 10))
def test_exact_and_plain_texts_are_read_back(value: Fraction, places: int) -> None:
    assert parse_exact(exact(value)) == value
    assert parse_exact(plain(value, places)) == round_half_away(value, places)


@pytest.mark.parametrize("text", ["", "1,5", "1/0", "1/-2", "1.5/2", "+1", " 1", "1\n", "1e3", "9" * 5000])
def test_what_is_not_an_exact_text_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_exact(text)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("1234.56", 2, "1.234,56"),
        ("1234567", 0, "1.234.567"),
        ("-1234.5", 2, "-1.234,50"),
        ("123", None, "123"),
        ("0.125", None, "0,125"),
        ("25/3", None, "25/3"),
        ("12345/7", None, "12.345/7"),
        ("8.525", 2, "8,53"),
    ],
)
def test_people_read_points_between_groups_and_a_decimal_comma(
    value: str, places: int | None, text: str
) -> None:
    assert brazilian(Fraction(value), places) == text
