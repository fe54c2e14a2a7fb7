"""The list of indicators and the card: what each person sees, in how many queries."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pages import enter, text_of
from pytest_django import DjangoAssertNumQueries

from addresses import add_more
from apura_web.indicators.models import Indicator
from apura_web.indicators.services import cards
from cast import NOON, Cast, House
from measuring import CASES, approved, measured_by, proposed


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def listed(client: Client, query: str = "") -> list[str]:
    """The numbers of the indicators on the page."""
    shown = client.get(f"{reverse('indicators')}{query}")
    return [row.cells[0].text for row in shown.context["table"].rows]


def revised(house: House, indicator: Indicator, from_on: date, **facts: object) -> None:
    """A second version of a card."""
    system = {"actor": house.system, "at": NOON}
    proposal = cards.propose(indicator, change_note="A fonte passou a ser o sistema novo.", **system)
    cards.draft(proposal, **facts, **system)
    cards.send(proposal, **system)
    cards.examine(proposal, opinion="De acordo com a mudança de fonte.", actor=house.actor("Sara"), at=NOON)
    approval = cards.Approval(house.act(f"9{from_on.year}"), from_on)
    cards.approve(proposal, approval=approval, **system)


def test_the_empty_list_says_what_to_do(client: Client, house: House) -> None:
    told = text_of(enter(client, house, "Ana").get(reverse("indicators")))
    assert "Nenhum indicador registrado" in told
    assert "Criar indicador" in told


def test_the_list_tells_what_the_card_in_force_says_and_is_filtered_by_it(
    client: Client, house: House
) -> None:
    approved(house, "IND-1")
    approved(house, "IND-2", "EDU", **{**CASES, "dimension": "produtividade", "polarity": "menor"})
    approved(house, "IND-3", "ATE", from_on=date(2099, 1, 1))
    proposed(house, "IND-4", "SAU")
    ana = enter(client, house, "Ana")
    assert listed(ana) == ["IND-1", "IND-2", "IND-3", "IND-4"]
    assert listed(ana, "?dimensao=produtividade") == ["IND-2"]
    assert listed(ana, "?polaridade=menor") == ["IND-2"]
    assert listed(ana, "?frequencia=quadrimestral") == ["IND-1", "IND-2"]
    assert listed(ana, "?situacao=em+elaboração") == ["IND-4"]
    assert listed(ana, "?situacao=aprovado") == ["IND-3"]
    assert listed(ana, f"?unidade={house.units['SAU'].path}") == ["IND-1", "IND-3", "IND-4"]
    assert listed(ana, "?q=IND-2") == ["IND-2"]
    assert listed(ana, "?q=prazos+processo") == ["IND-1", "IND-3", "IND-4"]
    assert listed(ana, "?ordem=-sigla") == ["IND-4", "IND-3", "IND-2", "IND-1"]


def test_an_indicator_without_a_card_is_seen_only_by_who_prepares_and_who_examines_it(
    client: Client, house: House
) -> None:
    found = proposed(house, "IND-1", "SAU").indicator
    for name, sees in (("Carla", True), ("Sara", True), ("Caio", True), ("Elisa", False), ("Davi", False)):
        enter(client, house, name)
        assert listed(client) == (["IND-1"] if sees else []), name
        assert client.get(reverse("indicator_card", args=[found.code])).status_code == (200 if sees else 404)


def test_the_list_goes_out_as_a_sheet(client: Client, house: House) -> None:
    approved(house, "IND-1")
    sheet = (
        enter(client, house, "Davi")
        .get(f"{reverse('indicators')}?formato=csv")
        .getvalue()
        .decode("utf-8-sig")
    )
    assert "IND-1" in sheet
    assert "Quanto maior, melhor" in sheet


def test_the_list_costs_the_same_with_many_indicators(
    client: Client, house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        approved(house, f"IND-{number}")
    ana = enter(client, house, "Ana")
    ana.get(reverse("indicators"))
    with django_assert_max_num_queries(26) as few:
        ana.get(reverse("indicators"))
    for number in range(3, 9):
        approved(house, f"IND-{number}", "EDU" if number % 2 else "ATE")
    with django_assert_max_num_queries(len(few)):
        assert len(listed(ana)) == 9


def test_the_card_tells_formula_variables_versions_and_who_measures(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    measured_by(house, found, "ATE")
    shown = enter(client, house, "Elisa").get(reverse("indicator_card", args=[found.code]))
    told = text_of(shown)
    for words in (
        "Ficha na versão 1, em vigor desde 02/01/2024",
        "100 vezes Processos concluídos no prazo dividido por Processos concluídos, arredondado para 2 casas decimais",
        "Decreto nº 1/2024",
        "De acordo.",
        "Contar no último dia do período.",
        "de 0 a 100",
        "desde 02/01/2024",
    ):
        assert words in told, words
    assert "<math " in shown.content.decode()
    assert "Rever ficha" not in told  # Elisa answers for another unit


def test_two_versions_are_compared_field_by_field(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    revised(house, found, date(2025, 1, 1), source="Sistema novo (fictício)")
    revised(house, found, date(2026, 1, 1), places=1)
    ana = enter(client, house, "Ana")
    url = reverse("indicator_card", args=[found.code])
    last = ana.get(url).context["changes"]
    assert [(each.label, each.before, each.after) for each in last] == [("Casas decimais", "2", "1")]
    both = ana.get(f"{url}?de=1&ate=3").context["changes"]
    assert [each.label for each in both] == ["Casas decimais", "Fonte"]
    assert "De acordo com a mudança de fonte." in text_of(ana.get(url))
    assert "por Sara de Teste" in text_of(ana.get(url))


def test_a_card_with_many_versions_costs_the_same(
    client: Client, house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = approved(house, "IND-1")
    revised(house, found, date(2025, 1, 1), places=1)
    ana, url = enter(client, house, "Ana"), reverse("indicator_card", args=[found.code])
    ana.get(url)
    with django_assert_max_num_queries(24) as few:
        ana.get(url)
    for year in (2026, 2027, 2028):
        revised(house, found, date(year, 1, 1), places=year % 5)
    measured_by(house, found, "ATE", "EDU")
    with django_assert_max_num_queries(len(few)):
        ana.get(url)
