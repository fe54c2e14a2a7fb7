"""The page of an indicator and the page of each of its numbers: aggregates, years, figures, who sees what."""

from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from apura_web.foundation.clock import local_date
from apura_web.indicators.models import Figure, Indicator
from apura_web.indicators.periods import year_of
from apura_web.indicators.services import rounds
from cast import Cast, House
from ledgers import BASE_DATE, promise, put, share
from measuring import (
    CASES,
    CLOSED,
    FIRST,
    SECOND,
    THIRD,
    YEAR_2025,
    answer_of,
    approved,
    collection,
    measured_by,
    type_in,
)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """A share of cases closed in time, measured by SAU and EDU: 30 of 40 and 10 of 10 in the first period."""
    house = cast.house
    found = approved(house, "IND-1")
    measured_by(house, found, "SAU", "EDU")
    share(house, found, ("SAU", FIRST), (30, 40))
    share(house, found, ("EDU", FIRST), (10, 10))
    return found


def address(house: House, indicator: Indicator, unit: str = "", key: str = FIRST.key) -> str:
    place = house.units[unit].code if unit else "todas"
    return f"/indicadores/{indicator.code}/valor/{place}/{key}/"


def line_of(page: str, start: str) -> str:
    """What a page says from some words on, for a stretch."""
    assert start in page, page
    return page[page.index(start) :][:400]


def test_two_units_are_put_together_from_their_variables_never_by_the_mean_of_their_percentages(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    # (30 + 10) ÷ (40 + 10) = 40 ÷ 50 = 80 %; the mean of 75 % and 100 % would be 87,5 %.
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(indicator.get_absolute_url()))
    assert "80,00%" in page
    assert "87,5" not in page
    explained = text_of(client.get(address(cast.house, indicator)))
    assert "100 × 40 ÷ 50" in explained
    assert "75,00%" in explained
    assert "100,00%" in explained


def test_one_unit_is_chosen_in_the_address_and_explained_down_to_its_rows(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Elisa")
    unit = cast.house.units["SAU"]
    page = text_of(client.get(f"{indicator.get_absolute_url()}?unidade={unit.code}&ano=2025"))
    assert "75,00%" in page
    explained = text_of(client.get(address(cast.house, indicator, "SAU")))
    assert "100 × 30 ÷ 40" in explained
    assert "Versão 1, desde 02/01/2024" in explained
    assert "Decreto nº 1/2024" in explained
    assert "digitada por Plataforma" in explained
    assert "recebida em 10/03/2026" in explained


def test_what_is_lacking_is_named_and_the_whole_is_not_judged(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    share(house, indicator, ("SAU", SECOND), (20, 40))
    for unit in ("SAU", "EDU"):
        promise(house, indicator, (unit, SECOND), 80)
    enter(client, house, "Elisa")
    explained = text_of(client.get(address(house, indicator, "", SECOND.key)))
    assert "Falta para o todo: EDU" in explained
    assert "não entra como zero" in explained
    assert "50,00% incompleta" in explained  # 20 ÷ 40, of SAU alone
    assert "não alcançada" in text_of(client.get(address(house, indicator, "SAU", SECOND.key)))


def test_the_year_follows_the_rule_of_the_card_and_lists_its_periods(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    for period, numbers in ((SECOND, (20, 40)), (THIRD, (10, 20))):
        share(house, indicator, ("SAU", period), numbers)
    enter(client, house, "Elisa")
    # (30 + 20 + 10) ÷ (40 + 40 + 20) = 60 ÷ 100 = 60 %; the mean of 75, 50 and 50 would be 58,33 %.
    explained = text_of(client.get(address(house, indicator, "SAU", YEAR_2025.key)))
    assert "60,00%" in explained
    assert "58,33" not in explained
    assert "razão de somas" in explained
    assert "3º quadrimestre de 2025" in explained


def test_a_count_of_all_units_in_the_year_adds_and_so_do_its_targets(cast: Cast, client: Client) -> None:
    house = cast.house
    found = approved(house, "IND-2", **CASES)
    measured_by(house, found, "SAU", "EDU")
    for period in (FIRST, SECOND, THIRD):
        for unit, count in (("SAU", 100), ("EDU", 50)):
            put(house, found, (unit, period), {"concluidos": count})
            promise(house, found, (unit, period), 60)
    enter(client, house, "Elisa")
    # 3 × (100 + 50) = 450, against 3 × (60 + 60) = 360.
    explained = text_of(client.get(address(house, found, "", YEAR_2025.key)))
    assert "450 processos alcançada" in explained
    assert "Meta 360" in explained


def test_the_title_of_the_chart_says_the_finding(cast: Cast, client: Client, indicator: Indicator) -> None:
    house = cast.house
    share(house, indicator, ("SAU", SECOND), (20, 40))
    share(house, indicator, ("SAU", THIRD), (10, 20))
    for period in (FIRST, SECOND, THIRD):
        promise(house, indicator, ("SAU", period), 70)
    enter(client, house, "Elisa")
    page = client.get(f"{indicator.get_absolute_url()}?unidade={house.units['SAU'].code}").content.decode()
    assert "<strong>Abaixo da meta desde o 2º quadrimestre de 2025</strong>" in page
    assert "Quanto maior, melhor" in page


def test_lower_is_better_and_a_band_are_told_in_words(cast: Cast, client: Client) -> None:
    house = cast.house
    enter(client, house, "Elisa")
    for number, polarity, high, title in (
        ("IND-M", "menor", None, "Acima da meta em"),
        ("IND-F", "faixa", 80, "Fora da faixa da meta em"),
    ):
        found = approved(house, number, polarity=polarity)
        measured_by(house, found, "SAU")
        share(house, found, ("SAU", FIRST), (36, 40))  # 90 %
        promise(house, found, ("SAU", FIRST), 70, high=high)
        page = text_of(client.get(found.get_absolute_url()))
        assert title.replace(" em", " no 1º quadrimestre de 2025") in page


def test_a_target_of_zero_is_a_target(cast: Cast, client: Client, indicator: Indicator) -> None:
    promise(cast.house, indicator, ("SAU", FIRST), 0)
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(address(cast.house, indicator, "SAU")))
    assert "75,00% alcançada" in page
    assert "Meta 0,00%" in page


def test_a_division_by_zero_is_explained_and_is_not_zero(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("SAU", SECOND), (0, 0))
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(address(cast.house, indicator, "SAU", SECOND.key)))
    assert "Não há resultado, e isso não é zero. Divisão por zero: “Processos concluídos” vale 0." in page
    assert "0,00%" not in page


@pytest.mark.parametrize("typed", ["n/a", "n/i"])
def test_what_does_not_apply_or_was_not_reported_says_so(
    cast: Cast, client: Client, indicator: Indicator, typed: str
) -> None:
    said = {"n/a": "não se aplica", "n/i": "não informado: A fonte não divulgou."}
    put(cast.house, indicator, ("SAU", SECOND), {"no_prazo": typed, "concluidos": typed})
    enter(client, cast.house, "Elisa")
    assert said[typed] in text_of(client.get(address(cast.house, indicator, "SAU", SECOND.key)))


def test_a_result_imported_without_memory_stands_and_says_so(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    put(cast.house, indicator, ("SAU", SECOND), {"": "77.5"}, channel="importado")
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(address(cast.house, indicator, "SAU", SECOND.key)))
    assert "77,50%" in page
    assert "Resultado, sem as variáveis" in page
    assert "Importado, sem memória" in page
    whole = text_of(client.get(f"{indicator.get_absolute_url()}?unidade={cast.house.units['SAU'].code}"))
    assert "sem memória" in whole


def test_what_is_provisional_says_so_in_the_chart_and_in_the_table(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("SAU", SECOND), (20, 40), certainty="provisorio", based_on=BASE_DATE)
    enter(client, cast.house, "Elisa")
    page = client.get(
        f"{indicator.get_absolute_url()}?unidade={cast.house.units['SAU'].code}"
    ).content.decode()
    assert 'fill="url(#serie-hachura)"' in page
    assert ">provisório</text>" in page
    assert "15/05/2025" in page


def test_the_verified_figure_stands_beside_the_reported_one(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    share(cast.house, indicator, ("SAU", FIRST), (28, 40), figure=Figure.VERIFIED)
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(address(cast.house, indicator, "SAU")))
    assert "Informado 75,00%" in page
    assert "Verificado 70,00%" in page
    verified = text_of(client.get(f"{indicator.get_absolute_url()}?valor=verificado"))
    assert "70,00%" in verified
    assert "80,00%" not in verified


def test_a_breakdown_is_looked_at_by_itself(cast: Cast, client: Client, indicator: Indicator) -> None:
    share(cast.house, indicator, ("SAU", FIRST), (5, 20), breakdown="Sexo: feminino")
    enter(client, cast.house, "Elisa")
    page = text_of(client.get(f"{indicator.get_absolute_url()}?desagregacao=Sexo: feminino"))
    assert "25,00%" in page  # 5 ÷ 20


def test_an_indicator_made_of_another_is_computed_from_its_result_and_leads_to_it(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    variables = [
        {"name": "casos", "label": "Casos"},
        {"name": "prazo", "label": "Prazo", "unit": "%", "places": 2, "indicator": "IND-1"},
    ]
    facts = {**CASES, "formula": "exata(casos * prazo / 100)", "variables": variables, "measure": "unidade"}
    found = approved(house, "IND-2", **{**facts, "formula": "arred(casos * prazo; 2)"})
    measured_by(house, found, "SAU")
    put(house, found, ("SAU", FIRST), {"casos": 200})
    enter(client, house, "Elisa")
    page = client.get(address(house, found, "SAU"))
    assert "De outros indicadores" in text_of(page)
    assert address(house, indicator, "SAU") in page.content.decode()


def test_what_awaits_acceptance_is_not_seen_from_another_unit(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    house = cast.house
    answer = answer_of(house, collection(house, SECOND), "EDU")
    for name, text in ((CLOSED.label, "8"), ("Processos concluídos no prazo", "7")):
        type_in(answer, {f"IND-1, 2º quadrimestre de 2025, {name}": text}, actor=house.system)
    rounds.send(answer, actor=house.system, at=timezone.now())
    path = address(house, indicator, "EDU", SECOND.key)
    # 100 × 7 ÷ 8 = 87,5 %
    for who, sees in (("Davi", False), ("Tina", None), ("Elisa", True), ("Ada", True)):
        enter(client, house, who)
        page = client.get(path)
        assert page.status_code == (404 if sees is None else 200)
        assert ("87,50%" in text_of(page)) is bool(sees)
    rounds.accept(answer, actor=house.system, at=timezone.now())
    enter(client, house, "Davi")
    assert "87,50%" in text_of(client.get(path))


def test_external_control_sees_only_its_branch_and_is_told_so(
    cast: Cast, client: Client, indicator: Indicator
) -> None:
    enter(client, cast.house, "Tina")
    page = text_of(client.get(indicator.get_absolute_url()))
    assert "75,00%" in page  # SAU alone
    assert "80,00%" not in page
    assert "EDU" not in page
    explained = text_of(client.get(address(cast.house, indicator)))
    assert "unidades ao seu alcance" in explained or "SAU, 1º" in explained


@pytest.mark.parametrize("end", ["2025-01-01_2025-04-29", "2025", "x", "2099-01-01_2099-01-31"])
def test_what_is_no_period_of_the_card_is_not_found(
    cast: Cast, client: Client, indicator: Indicator, end: str
) -> None:
    enter(client, cast.house, "Elisa")
    assert client.get(address(cast.house, indicator, "SAU", end)).status_code == 404


def test_the_chart_is_a_picture_of_its_own(cast: Cast, client: Client, indicator: Indicator) -> None:
    enter(client, cast.house, "Elisa")
    answer = client.get(f"{indicator.get_absolute_url()}?formato=svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    drawing = answer.content.decode()
    assert "class=" not in drawing
    assert "80,00%" in drawing
    same = client.get(f"{indicator.get_absolute_url()}?formato=png")
    assert same["Content-Type"] == "image/png"
    assert same.content.startswith(b"\x89PNG")
    assert same["Content-Disposition"].endswith('.png"')


def test_results_are_never_rounded_but_to_be_read(cast: Cast) -> None:
    found = approved(cast.house, "IND-3", formula="exata(100 * no_prazo / concluidos)")
    card = found.versions.get()
    result = card.read.compute({"no_prazo": Fraction(1), "concluidos": Fraction(3)})
    assert result.value == Fraction(100, 3)


def test_the_page_asks_the_database_as_much_for_many_periods_as_for_one(
    cast: Cast, client: Client, indicator: Indicator, django_assert_max_num_queries: object
) -> None:
    for period in (SECOND, THIRD):
        share(cast.house, indicator, ("SAU", period), (20, 40))
    enter(client, cast.house, "Elisa")
    client.get(indicator.get_absolute_url())
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        client.get(indicator.get_absolute_url())


def test_a_period_that_has_not_ended_is_not_told_as_lacking(cast: Cast, client: Client) -> None:
    house = cast.house
    found = approved(house, "IND-1", frequency="anual")
    year = local_date(timezone.now(), house.institution).year
    last, this = year_of(year - 1), year_of(year)
    measured_by(house, found, "SAU", from_on=last.start)
    share(house, found, ("SAU", last), (30, 40))
    for each in (last, this):
        promise(house, found, ("SAU", each), 70)
    enter(client, house, "Elisa")
    answer = client.get(found.get_absolute_url())
    first, second, *_ = answer.context["lines"]
    assert (first.label, first.badge.word, first.text, first.note) == (
        this.label,
        "ainda não encerrado",
        "—",
        "",
    )
    assert [each.text for each in first.values] == ["—", "—"]
    assert (first.target, second.text) == ("70,00%", "75,00%")  # 30 ÷ 40
    page = text_of(answer)
    assert "não medida" not in page
    assert f"sem resultado: {this.label}" not in page
    # one of two values typed is more than nothing: what lacks is said, though the year has not ended
    put(house, found, ("SAU", this), {"no_prazo": 10})
    assert "não medida" in text_of(client.get(found.get_absolute_url()))
