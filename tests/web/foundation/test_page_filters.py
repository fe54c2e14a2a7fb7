"""Values on pages: exact, Brazilian, and honest about what nobody reported."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from apura_web.foundation.templatetags.apura import (
    cpf_masked,
    day,
    initials,
    instant,
    quantity,
    weekday_day,
)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Fraction(12345, 10), "", "1.234,5"),
        (Decimal("8.50"), "ponto", "8,50 pontos"),
        (1, "ponto", "1 ponto"),
        (-12, "", "−12"),
        (0, "", "0"),
        (Fraction(25, 3), "", "25/3"),
        ("1234.50", "R$", "R$ 1.234,50"),
        (80, "%", "80%"),
    ],
)
def test_a_number_is_written_whole_and_in_the_brazilian_way(value, unit: str, written: str) -> None:
    assert quantity(value, unit) == written


def test_nothing_reported_is_not_zero() -> None:
    assert quantity(None) == quantity("") == "não informado"


def test_a_binary_float_is_refused() -> None:
    with pytest.raises(TypeError):
        quantity(0.1)  # type: ignore[arg-type]


def test_a_date_is_written_with_and_without_its_weekday() -> None:
    assert day(date(2014, 5, 30)) == "30/05/2014"
    assert weekday_day(date(2014, 5, 30)) == "sexta, 30/05/2014"
    assert day(None) == weekday_day(None) == ""


def test_an_instant_is_written_in_the_zone_of_who_reads() -> None:
    almost_midnight = datetime(2014, 5, 31, 2, 59, tzinfo=UTC)
    with timezone.override("America/Sao_Paulo"):
        assert instant(almost_midnight) == "30/05/2014 às 23:59"
        assert day(almost_midnight) == "30/05/2014"
    with timezone.override("America/Manaus"):
        assert instant(almost_midnight) == "30/05/2014 às 22:59"


def test_a_cpf_shows_only_its_middle() -> None:
    assert cpf_masked("12345678901") == cpf_masked("123.456.789-01") == "***.456.789-**"
    assert cpf_masked("123") == cpf_masked(None) == "não informado"


def test_a_monogram_takes_the_first_and_the_last_names() -> None:
    assert initials("Ana de Souza Lima") == "AL"
    assert initials("Ana") == "A"
    assert initials(None) == ""
