"""The panel: what is missing and how it stands, compared units, small charts, files; bounded whatever the size."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from addresses import add_more
from apura_web.indicators.models import Indicator, Submission
from apura_web.indicators.periods import periods_within
from cast import Cast, House
from ledgers import BASE_DATE, promise, put, share
from measuring import CASES, FIRST, SECOND, THIRD, YEAR_2025, approved, collection, measured_by

MOST_QUERIES = 45
"""Of the whole page: who is signed in, the shell, and what the panel reads."""


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """SAU: 30 of 40 and 36 of 40; EDU: 10 of 10 and nothing; targets of 80 in the first period."""
    house = cast.house
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("SAU", FIRST), (30, 40))
    share(house, found, ("SAU", SECOND), (36, 40), certainty="provisorio", based_on=BASE_DATE)
    share(house, found, ("EDU", FIRST), (10, 10))
    for unit in ("SAU", "EDU"):
        promise(house, found, (unit, FIRST), 80)
    return found


def rows_of(client: Client, query: str = "") -> dict[str, Any]:
    """The lines of the matrix, by acronym."""
    page = client.get(f"/painel/?ano=2025{query}")
    assert page.status_code == 200
    return {row.unit.acronym: row for row in page.context["rows"]}


def test_the_matrix_counts_what_is_there_of_what_should_be_and_how_it_stands(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Elisa")
    rows = rows_of(client)
    # Of three periods, SAU has two and EDU one: 2 ÷ 3 = 66 % and 1 ÷ 3 = 33 %, in whole hundredths.
    assert [(rows[unit].measured, rows[unit].expected, rows[unit].percent) for unit in ("SAU", "EDU")] == [
        (2, 3, 66),
        (1, 3, 33),
    ]
    words = {unit: [[each.badge.word for each in cell.counts] for cell in rows[unit].cells] for unit in rows}
    assert words == {
        "SAU": [["não alcançada"], ["sem meta"], ["não medida"]],  # 75 against 80
        "EDU": [["alcançada"], ["não medida"], ["não medida"]],  # 100 against 80
    }


def test_each_indicator_has_a_line_of_its_own_with_its_numbers_when_asked(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Elisa")
    rows = rows_of(client, "&detalhe=indicadores")
    cells = rows["SAU"].indicators[0].cells
    assert [(cell.text, cell.firmness, cell.target) for cell in cells] == [
        ("75,00%", "", "80,00%"),
        ("90,00%", "provisório", ""),
        ("não medida", "", ""),
    ]
    assert cells[0].url == f"/indicadores/{indicator.code}/valor/{cast.house.units['SAU'].code}/{FIRST.key}/"


def test_a_period_that_is_not_over_is_not_missing(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Elisa")
    this_year = timezone.now().year
    over = [
        each
        for each in periods_within(
            "quadrimestral", YEAR_2025.__class__(date(this_year, 1, 1), date(this_year, 12, 31))
        )
        if each.end < timezone.now().date()
    ]
    page = client.get(f"/painel/?ano={this_year}")
    rows = {row.unit.acronym: row for row in page.context["rows"]}
    assert rows["SAU"].expected == len(over)


def test_timeliness_tells_answers_in_time_late_and_owed(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    found = collection(house, YEAR_2025, opens=-30, due=-10, closes=20)
    today = timezone.now().date()
    Submission.objects.filter(round=found, unit=house.units["SAU"]).update(
        first_sent_on=today - timedelta(days=3), days_late=7, state="enviado"
    )
    enter(client, house, "Elisa")
    rows = rows_of(client)
    assert (rows["SAU"].timeliness.late, rows["SAU"].timeliness.owed) == (1, 0)
    assert (rows["EDU"].timeliness.late, rows["EDU"].timeliness.owed) == (0, 1)
    page = text_of(client.get("/painel/?ano=2025"))
    assert "1 fora do prazo" in page
    assert "1 atrasada" in page


def test_the_branch_the_indicator_and_the_dimension_narrow_it(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    other = approved(house, "IND-2", **{**CASES, "frequency": "mensal", "dimension": "Volume"})
    measured_by(house, other, "ATE")
    enter(client, house, "Elisa")
    assert set(rows_of(client, f"&ramo={house.units['SAU'].code}")) == {"SAU", "ATE"}
    monthly = rows_of(client, "&frequencia=mensal")
    assert len(monthly["ATE"].cells) == 12
    assert monthly["SAU"].is_empty
    assert rows_of(client, f"&indicador={other.code}")["ATE"].expected == 12
    assert rows_of(client, "&dimensao=Volume&frequencia=quadrimestral")["SAU"].expected == 0


def test_units_are_compared_in_order_by_the_polarity_and_share_a_place_when_equal(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    measured_by(house, indicator, "ATE", "GAB")
    share(house, indicator, ("ATE", FIRST), (3, 4))  # 75 %, as SAU
    enter(client, house, "Elisa")
    query = f"/painel/?visao=comparar&ano=2025&indicador={indicator.code}&periodo={FIRST.key}"
    compared = client.get(query).context["compared"]
    assert [(each.place, each.item.unit.acronym) for each in compared.placed] == [
        (1, "EDU"),
        (2, "ATE"),
        (2, "SAU"),
        (None, "GAB"),
    ]
    # Together, from variables: (30 + 10 + 3) ÷ (40 + 10 + 4) = 43 ÷ 54 = 79,63 %.
    assert compared.whole_text == "79,63%"
    assert compared.whole.lacking == ("GAB",)
    drawing = client.get(f"{query}&formato=svg")
    assert drawing["Content-Type"].startswith("image/svg+xml")


def test_where_less_is_better_the_least_comes_first_and_is_not_painted_as_short(
    cast: Cast, client: Client
) -> None:
    house = cast.house
    found = approved(house, "IND-M", polarity="menor")
    measured_by(house, found, "SAU", "EDU")
    for unit, numbers in (("SAU", (4, 40)), ("EDU", (3, 10))):
        share(house, found, (unit, FIRST), numbers)  # 10 % and 30 %
        promise(house, found, (unit, FIRST), 20)
    enter(client, house, "Elisa")
    compared = client.get(f"/painel/?visao=comparar&ano=2025&indicador={found.code}").context["compared"]
    assert [each.item.unit.acronym for each in compared.placed] == ["SAU", "EDU"]
    assert [point.misses for point in compared.chart.points] == [False, True]
    assert compared.chart.title == "1 de 2 unidades alcançou a meta no 1º quadrimestre de 2025"


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ({"SAU": 4}, "A única unidade comparada alcançou a meta"),
        ({"SAU": 9}, "A única unidade comparada não alcançou a meta"),
        ({"SAU": 9, "EDU": 8}, "Nenhuma das 2 unidades alcançou a meta"),
        ({"SAU": 4, "EDU": 5}, "As 2 unidades alcançaram a meta"),
        ({"SAU": 4, "EDU": 5, "ATE": 9}, "2 de 3 unidades alcançaram a meta"),
    ],
)
def test_the_title_of_a_comparison_agrees_in_number(
    cast: Cast, client: Client, numbers: dict[str, int], title: str
) -> None:
    house = cast.house
    found = approved(house, "IND-1", polarity="menor")
    measured_by(house, found, *numbers)
    for unit, number in numbers.items():
        share(house, found, (unit, FIRST), (number, 10))  # so many times 10 %
        promise(house, found, (unit, FIRST), 50)
    add_more(house)
    enter(client, house, "Sara")
    compared = client.get(f"/painel/?visao=comparar&ano=2025&indicador={found.code}").context["compared"]
    assert compared.chart.title == f"{title} no 1º quadrimestre de 2025"


def test_there_is_a_small_chart_for_each_indicator(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Elisa")
    page = client.get("/painel/?visao=graficos&ano=2025")
    shown = page.context["shown"]
    assert [each.indicator for each in shown.charts] == [indicator]
    assert f'id="mini-{indicator.code}-titulo"' in page.content.decode()


def test_the_same_is_a_list_and_files(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Elisa")
    table = client.get("/painel/?ano=2025&visao=lista").context["table"]
    assert table.total == 6
    missing = client.get("/painel/?ano=2025&visao=lista&situacao=não medida").context["table"]
    assert missing.total == 3
    csv = client.get("/painel/?ano=2025&visao=lista&formato=csv").content.decode("utf-8-sig").splitlines()
    assert csv[1].split(";")[:5] == [
        "SAU",
        "IND-1",
        "Processos concluídos no prazo",
        "1º quadrimestre de 2025",
        "75",
    ]
    assert csv[3].split(";")[4] == ""  # missing is empty, not zero
    assert client.get("/painel/?ano=2025&visao=lista&formato=xlsx").content[:2] == b"PK"


def test_data_for_programs_has_exact_numbers_as_text_and_nothing_where_nothing_is(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("EDU", SECOND), (1, 3))  # rounded by the formula itself to 33,33
    enter(client, cast.house, "Elisa")
    data = json.loads(client.get("/painel/?ano=2025&formato=json").content, parse_float=pytest.fail)
    found = {(each["unidade"], each["inicio"]): each for each in data["resultados"]}
    assert found["SAU", "2025-01-01"]["resultado"] == "75"
    assert found["EDU", "2025-05-01"]["resultado"] == "33.33"
    assert found["EDU", "2025-09-01"]["resultado"] is None
    assert found["SAU", "2025-05-01"]["firmeza"] == "provisorio"


def test_external_control_sees_only_its_branch(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Tina")
    assert set(rows_of(client)) == {"SAU"}
    assert "EDU" not in text_of(client.get("/painel/?ano=2025&visao=comparar"))
    assert "EDU" not in client.get("/painel/?ano=2025&formato=json").content.decode()


def test_nothing_of_another_institution_is_ever_in_a_panel(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.twin, "Ada")
    page = client.get(f"/painel/?ano=2025&indicador={indicator.code}")
    assert "IND-1" not in text_of(page)


@pytest.mark.parametrize(
    "query",
    [
        "ano=x&frequencia=y&ramo=z&indicador=w&dimensao=v&valor=u&detalhe=t&pagina=-1",
        "visao=comparar&periodo=2025-99-99_x",
        "visao=graficos&pagina=99999999999",
        "visao=nada&formato=nada",
        "ramo=%00&pagina=999",
    ],
)
def test_an_address_that_asks_for_nonsense_shows_something(cast: Cast, client: Client, query: str) -> None:
    enter(client, cast.house, "Elisa")
    assert client.get(f"/painel/?{query}").status_code == 200


def crowd(house: House, indicators: int) -> None:
    for number in range(indicators):
        found = approved(house, f"X-{number}", **CASES)
        measured_by(house, found, "SAU", "EDU", "ATE", "GAB")
        for unit in ("SAU", "EDU", "ATE", "GAB"):
            for period in (FIRST, SECOND, THIRD):
                put(house, found, (unit, period), {"concluidos": number})


@pytest.mark.parametrize(
    "query", ["", "&detalhe=indicadores", "&visao=lista", "&visao=comparar", "&visao=graficos"]
)
def test_a_panel_asks_the_database_as_much_for_many_as_for_one(
    cast: Cast, client: Client, query: str, django_assert_max_num_queries: Any
) -> None:
    crowd(cast.house, 1)
    enter(client, cast.house, "Elisa")
    client.get(f"/painel/?ano=2025{query}")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(f"/painel/?ano=2025{query}")
    crowd_of = len(few.captured_queries)
    for number in range(1, 5):
        found = approved(cast.house, f"Y-{number}", **CASES)
        measured_by(cast.house, found, "SAU", "EDU", "ATE", "GAB")
        put(cast.house, found, ("SAU", FIRST), {"concluidos": number})
    with django_assert_max_num_queries(crowd_of):
        client.get(f"/painel/?ano=2025{query}")
