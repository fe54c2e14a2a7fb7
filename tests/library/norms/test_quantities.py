"""Numbers with their unit, as people say them."""

import pytest

from apura.norms import quantity
from builders import exact


@pytest.mark.parametrize(
    ("value", "unit", "places", "said"),
    [
        ("8.5", "ponto", 2, "8,50 pontos"),
        ("0.6", "ponto", 2, "0,60 ponto"),
        ("1.5", "ponto", 2, "1,50 ponto"),
        ("1.999", "ponto", 2, "2,00 pontos"),
        ("-2", "ponto", 0, "-2 pontos"),
        ("25/3", "ponto", None, "25/3 pontos"),
        ("0", "dia", 0, "0 dia"),
        ("1", "dia", 0, "1 dia"),
        ("2", "dia", 0, "2 dias"),
        ("2", "mês", 0, "2 meses"),
        ("0.2", "ponto/dia", 2, "0,20 ponto por dia"),
        ("2", "ponto/dia", 0, "2 pontos por dia"),
        ("1234.5", "R$", 2, "R$ 1.234,50"),
        ("-5", "R$", 2, "-R$ 5,00"),
        ("5", "R$/hora", 2, "R$ 5,00 por hora"),
        ("82.5", "%", None, "82,5%"),
        ("2", "casas", 0, "2 casas"),
        ("1", "casas", 0, "1 casa"),
        ("3.5", "adimensional", None, "3,5"),
        ("3.5", None, None, "3,5"),
        ("2", "ação", 0, "2 ação"),
    ],
)
def test_a_quantity_agrees_with_its_unit(value: str, unit: str | None, places: int | None, said: str) -> None:
    assert quantity(exact(value), unit, places=places) == said
