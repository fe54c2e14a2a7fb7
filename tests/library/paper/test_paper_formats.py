"""Numbers, units and dates as they are printed."""

from __future__ import annotations

import pytest

from apura.paper.formats import (
    cell,
    day,
    declared_cell,
    in_places,
    number,
    plural,
    quantity,
    short_hash,
    unit_after,
    weekday,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("8.50", "8,50"),
        ("0", "0"),
        ("1234.56", "1.234,56"),
        ("1234567", "1.234.567"),
        ("-0.50", "−0,50"),
        ("25/3", "25/3"),
        ("Superação", "Superação"),
        ("123456789012345678901234567890.10", "123.456.789.012.345.678.901.234.567.890,10"),
    ],
)
def test_a_number_is_written_with_the_very_digits_it_has(written: str, read: str) -> None:
    assert number(written) == read


@pytest.mark.parametrize(
    ("value", "unit", "read"),
    [
        ("0.20", "ponto/dia", "0,20 ponto/dia"),
        ("1.00", "ponto", "1,00 ponto"),
        ("1.90", "ponto", "1,90 ponto"),
        ("2.00", "ponto", "2,00 pontos"),
        ("3", "mês", "3 meses"),
        ("-3", "dia", "−3 dias"),
        ("80", "%", "80%"),
        ("1234.50", "R$", "R$ 1.234,50"),
        ("0.5", "adimensional", "0,5"),
        ("dia útil", "", "dia útil"),
    ],
)
def test_a_quantity_agrees_with_its_unit(value: str, unit: str, read: str) -> None:
    assert quantity(value, unit) == read


def test_words_take_no_unit() -> None:
    assert unit_after("verdadeiro", "ponto") == ""


def test_dates_are_read_day_first() -> None:
    assert day("2015-08-14") == "14/08/2015"
    assert day("agosto") == "agosto"
    assert weekday("2015-08-14") == "sexta, 14/08/2015"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, "não informado"),
        ("", "não informado"),
        ("0", "0"),
        ("2015", "2015"),
        ("1234.5", "1.234,5"),
        ("2015-08-14", "14/08/2015"),
        (True, "sim"),
        (False, "não"),
        ("entregue", "entregue"),
        ("T28.1a", "T28.1a"),
    ],
)
def test_an_input_keeps_blank_zero_code_and_number_apart(value: object, read: str) -> None:
    assert cell(value) == read


def test_places_are_said_in_words_and_hashes_shortened() -> None:
    assert in_places(2) == "duas casas"
    assert in_places(8) == "8 casas"
    assert short_hash("sha256:" + "ab" * 32) == "abababababab"


@pytest.mark.parametrize(
    ("value", "kind", "unit", "read"),
    [
        ("80", "número", "%", "80%"),
        ("12345", "número", "R$", "R$ 12.345"),
        ("25/3", "número", "ponto", "25/3 ≈ 8,33"),
        ("não informado: sistema fora do ar", "número", "%", "não informado: sistema fora do ar"),
        ("4.2", "texto", None, "4.2"),
        ("2015-08-14", "data", None, "14/08/2015"),
        ("", "opção", None, "não informado"),
        (None, "número", "%", "não informado"),
    ],
)
def test_a_declared_input_is_read_by_its_kind_and_unit(
    value: object, kind: str, unit: object, read: str
) -> None:
    assert declared_cell(value, {"tipo": kind, "unidade": unit, "casas": 2}) == read


def test_subjects_are_counted_in_the_plural() -> None:
    assert [plural(one) for one in ("órgão", "secretaria", "titular", "diretoria-geral", "Procon")] == [
        "órgãos", "secretarias", "titulares", "diretorias-gerais", "Procon",
    ]  # fmt: skip
