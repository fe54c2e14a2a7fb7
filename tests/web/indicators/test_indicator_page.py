"""The page of an indicator and the page of each of its numbers: aggregates, years, figures, who sees what."""

import pytest
from django.test import Client

from apura_web.indicators.models import Figure, Indicator
from cast import Cast
from ledgers import BASE_DATE, promise, put, share
from measuring import CASES, FIRST, SECOND, THIRD, YEAR_2025, approved, measured_by
from pages import enter, text_of


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """A share of cases closed in time, measured by SAU and EDU: 30 of 40 and 10 of 10 in the first period."""
    house = cast.house
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("SAU", FIRST), (30, 40))
    share(house, found, ("EDU", FIRST), (10, 10))
    return found


def address(indicator: Indicator, unit: str = "todas", period: str = FIRST.key) -> str:
    return f"/indicadores/{indicator.code}/valor/{unit}/{period}/"


def test_two_units_are_put_together_from_their_variables_never_by_the_mean_of_their_percentages(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    # (30 + 10) ÷ (40 + 10) = 40 ÷ 50 = 80 %; the mean of 75 % and 100 % would be 87,5 %.
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(indicator.get_absolute_url()))
    assert "80,00%" in page
    assert "87,5" not in page
    explained = text_of(client.get(address(indicator)))
    assert "40 / 50" in explained or "40/50" in explained or "40 ÷ 50" in explained
    assert "75,00%" in explained
    assert "100,00%" in explained
