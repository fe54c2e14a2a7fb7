"""The ledger of an indicator: every row, replaced ones too, and what was known at two points of the trail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from apura_web.audit.trail import head_of
from apura_web.foundation.clock import local_date
from apura_web.indicators.models import Indicator
from cast import NOON, Cast, House
from ledgers import BASE_DATE, promise, share
from measuring import FIRST, SECOND, approved, measured_by


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """SAU measures a share."""
    found = approved(cast.house, "IND-1")
    measured_by(cast.house, found, "SAU", "EDU")
    return found


def now_at(house: House) -> int:
    """The number of the last entry of the trail."""
    return head_of(house.institution.pk).seq


def two_points(house: House, indicator: Indicator) -> tuple[int, int]:
    """A provisional 30 of 40, later corrected to a definitive 36 of 40 with a target of 80; the two points."""
    share(house, indicator, ("SAU", FIRST), (30, 40), certainty="provisorio", based_on=BASE_DATE)
    first = now_at(house)
    share(house, indicator, ("SAU", FIRST), (36, 40))
    promise(house, indicator, ("SAU", FIRST), 80)
    return first, now_at(house)


def test_every_row_is_listed_the_replaced_ones_too(cast: Cast, client: Client, indicator: Indicator) -> None:
    two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    table = client.get(f"/indicadores/{indicator.code}/apuracoes/").context["table"]
    assert table.total == 4
    stands = [next(cell.text for cell in row.cells if cell.badge) for row in table.rows]
    assert stands == ["vale", "vale", "substituída", "substituída"]
    replaced = client.get(f"/indicadores/{indicator.code}/apuracoes/?vale=False").context["table"]
    assert replaced.total == 2


def test_at_each_point_of_the_trail_the_page_shows_what_was_known_then(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    first, second = two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    unit = cast.house.units["SAU"].code
    then, later, now = (
        text_of(client.get(f"{indicator.get_absolute_url()}?unidade={unit}{end}"))
        for end in (f"&ate={first}", f"&ate={second}", "")
    )
    # 30 ÷ 40 = 75 %, provisional and before the target; then 36 ÷ 40 = 90 %, definitive, above it.
    assert "75,00%" in then
    assert "provisório" in then
    assert "sem meta" in then
    assert "90,00%" not in then
    assert f"O que se sabia na entrada {first} da trilha." in then
    for page in (later, now):
        assert "90,00%" in page
        assert "75,00%" not in page
        assert "alcançada" in page
    listed = client.get(f"/indicadores/{indicator.code}/apuracoes/?ate={first}").context["table"]
    assert listed.total == 2
    assert {cell.text for row in listed.rows for cell in row.cells if cell.badge} >= {"vale", "provisório"}


def test_the_explanation_of_a_number_goes_back_too_and_offers_no_act_there(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    first, _second = two_points(cast.house, indicator)
    enter(client, cast.house, "Carla")
    url = f"/indicadores/{indicator.code}/valor/{cast.house.units['SAU'].code}/{FIRST.key}/"
    then, now = text_of(client.get(f"{url}?ate={first}")), text_of(client.get(url))
    assert "100 × 30 ÷ 40" in then
    assert "Corrigir apuração" not in then
    assert "100 × 36 ÷ 40" in now
    assert "Corrigir apuração" in now


def test_before_the_card_existed_there_is_nothing(cast: Cast, client: Client, indicator: Indicator) -> None:
    two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(f"{indicator.get_absolute_url()}?ate=1"))
    assert "75,00%" not in page
    assert "90,00%" not in page


def test_a_day_means_the_last_entry_by_its_end(cast: Cast, client: Client, indicator: Indicator) -> None:
    two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    house = cast.house
    day = local_date(NOON, house.institution)  # everything of these tests was recorded on this day
    before = client.get(f"{indicator.get_absolute_url()}?ate={day - timedelta(days=1):%d/%m/%Y}")
    assert "Não há essa entrada na trilha." in text_of(before)
    that_day = client.get(f"{indicator.get_absolute_url()}?ate={day:%d/%m/%Y}")
    assert f"na entrada {now_at(house)} da trilha" in text_of(that_day)


@pytest.mark.parametrize("asked", ["nada", "99999999", "-1", "31/02/2025", "9" * 40, "\x00"])
def test_what_is_no_point_of_the_trail_is_said_and_today_is_shown(
    cast: Cast, client: Client, indicator: Indicator, asked: str
) -> None:
    two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    answer = client.get(indicator.get_absolute_url(), {"ate": asked})
    assert answer.status_code == 200
    assert "90,00%" in text_of(answer)


def test_the_ledger_is_taken_away_with_exact_numbers(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("SAU", SECOND), (7, 9))
    enter(client, cast.house, "Elisa")
    lines = (
        client.get(f"/indicadores/{indicator.code}/apuracoes/?formato=csv")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert [line.split(";")[4] for line in lines] == ["Valor", "9", "7"]


def test_external_control_lists_only_the_rows_of_its_branch(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("SAU", FIRST), (30, 40))
    share(cast.house, indicator, ("EDU", FIRST), (10, 10))
    enter(client, cast.house, "Tina")
    page = client.get(f"/indicadores/{indicator.code}/apuracoes/")
    assert page.context["table"].total == 2
    assert "EDU" not in text_of(page)


def test_the_latest_moments_are_offered_in_words(cast: Cast, client: Client, indicator: Indicator) -> None:
    two_points(cast.house, indicator)
    enter(client, cast.house, "Elisa")
    page = client.get(f"/indicadores/{indicator.code}/apuracoes/").content.decode()
    assert "fixou a meta</option>" in page
    assert timezone.localtime(NOON).strftime("%d/%m/%Y") in page
