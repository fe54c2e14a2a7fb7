"""A card from its proposal to its version: each step by who it is for, in its order, told on the page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pages import confirm, enter, errors_of, text_of
from pytest_django import DjangoAssertNumQueries

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.indicators.models import Assignment, CardProposal, CardVersion, Indicator
from apura_web.indicators.services import cards
from cast import NOON, Cast, House
from measuring import approved, measured_by, proposed


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


def page(name: str, indicator: Indicator) -> str:
    return reverse(name, args=[indicator.code])


def state(indicator: Indicator) -> str:
    return str(CardProposal.objects.filter(indicator=indicator).latest("pk").state)


def test_a_card_goes_from_draft_to_version_and_each_page_says_whose_turn_it_is(
    client: Client, house: House
) -> None:
    found = proposed(house, "IND-1").indicator
    house.act("12")
    carla = enter(client, house, "Carla")
    told = text_of(carla.get(page("card_proposal", found)))
    assert "Próximo passo: conferir a proposta e enviar para análise." in told
    assert "É a vez de quem redige a ficha em SAU." in told
    assert carla.post(page("card_send", found), {"seen": ""}).status_code == 302
    sara = enter(client, house, "Sara")
    assert "É a vez da unidade central." in text_of(sara.get(page("card_proposal", found)))
    sara.post(page("card_return", found), {"comment": "Falta dizer o dia da contagem."})
    assert state(found) == "devolvido"
    carla = enter(client, house, "Carla")
    shown = text_of(carla.get(page("card_proposal", found)))
    assert "Devolvida para complementação. Falta dizer o dia da contagem." in shown
    carla.post(page("card_send", found), {"seen": ""})
    sara = enter(client, house, "Sara")
    sara.post(page("card_examine", found), {"opinion": "Ficha completa."})
    assert "Próximo passo: registrar o ato que aprova a ficha." in text_of(
        sara.get(page("card_proposal", found))
    )
    confirm(sara, page("card_approve", found), {"legal_act": "Portaria nº 12/2026", "from_on": "01/04/2026"})
    version = CardVersion.objects.get()
    assert (version.number, version.from_on, version.opinion) == (1, date(2026, 4, 1), "Ficha completa.")
    assert version.opinion_by == house.people["Sara"].code
    assert "A ficha foi aprovada." in text_of(sara.get(page("card_proposal", found)))


def test_the_confirmation_of_an_approval_says_what_changes_and_what_stays(
    client: Client, house: House
) -> None:
    found = approved(house, "IND-1")
    system = {"actor": house.system, "at": NOON}
    proposal = cards.propose(found, change_note="Menos casas.", **system)
    cards.draft(proposal, places=0, **system)
    cards.send(proposal, **system)
    cards.examine(proposal, opinion="De acordo.", **system)
    house.act("12")
    sara = enter(client, house, "Sara")
    before = TrailEntry.objects.count()
    shown = sara.post(page("card_approve", found), {"legal_act": "12/2026", "from_on": "01/04/2026"})
    told = text_of(shown)
    for words in (
        "Registrar a aprovação da ficha de IND-1?",
        "A ficha proposta passa a valer em 01/04/2026",
        "A versão 1 deixa de valer na véspera.",
        "Os períodos já apurados ficam com a versão em vigor no último dia deles",
        "Portaria nº 12/2026",
        "Casas decimais alterado 2 0",
    ):
        assert words in told, words
    assert TrailEntry.objects.count() == before


def test_an_act_may_end_the_measurement(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    system = {"actor": house.system, "at": NOON}
    proposal = cards.propose(found, change_note="Deixa de ser apurado.", **system)
    cards.send(proposal, **system)
    cards.examine(proposal, opinion="De acordo.", **system)
    house.act("12")
    sara = enter(client, house, "Sara")
    typed = {"legal_act": "12/2026", "from_on": "01/04/2026", "is_last": "on"}
    assert "desde 01/04/2026 não se apura mais" in text_of(sara.post(page("card_approve", found), typed))
    confirm(sara, page("card_approve", found), typed)
    shown = text_of(sara.get(page("indicator_card", found)))
    assert "que encerrou a apuração em 01/04/2026" in shown


def test_a_version_is_refused_before_the_one_in_force_and_nothing_typed_is_lost(
    client: Client, house: House
) -> None:
    found = approved(house, "IND-1", from_on=date(2025, 1, 1))
    system = {"actor": house.system, "at": NOON}
    proposal = cards.propose(found, change_note="Outra fonte.", **system)
    cards.send(proposal, **system)
    cards.examine(proposal, opinion="De acordo.", **system)
    house.act("12")
    sara = enter(client, house, "Sara")
    answer = sara.post(page("card_approve", found), {"legal_act": "12/2026", "from_on": "31/12/2024"})
    assert answer.status_code == 422
    assert "a próxima só pode valer depois desse dia" in errors_of(answer)
    assert 'value="31/12/2024"' in answer.content.decode()


def test_a_second_proposal_is_refused_while_one_is_open(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    carla = enter(client, house, "Carla")
    first = carla.post(page("card_propose", found), {"change_note": "Outra fonte."})
    assert first["Location"] == page("card_edit", found)
    again = carla.post(page("card_propose", found), {"change_note": "Mais uma."})
    assert "Já há uma proposta de ficha em andamento" in errors_of(again)
    assert "Mais uma." in again.content.decode()


def test_steps_out_of_order_are_refused_with_where_the_proposal_is(client: Client, house: House) -> None:
    found = proposed(house, "IND-1").indicator
    house.act("12")
    sara = enter(client, house, "Sara")
    early = sara.post(page("card_examine", found), {"opinion": "De acordo."})
    assert "A proposta está “rascunho”; isto se faz quando está “enviado”." in errors_of(early)
    approval = sara.post(page("card_approve", found), {"legal_act": "12/2026"})
    assert "isto se faz quando está “analisado”" in errors_of(approval)
    assert state(found) == "rascunho"


def test_a_proposal_is_given_up_with_a_reason_after_it_is_confirmed(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    cards.propose(found, change_note="Outra fonte.", actor=house.system, at=NOON)
    carla = enter(client, house, "Carla")
    confirm(carla, page("card_drop", found), {"reason": "A fonte não mudou."})
    told = text_of(carla.get(page("card_proposal", found)))
    assert state(found) == "desistencia"
    assert "A proposta foi retirada e não tramita mais." in told
    assert "A fonte não mudou." in told


@pytest.mark.parametrize("name", ["card_return", "card_examine", "card_approve"])
def test_who_writes_a_card_never_examines_nor_approves_it(client: Client, house: House, name: str) -> None:
    found = proposed(house, "IND-1").indicator
    assert enter(client, house, "Carla").post(page(name, found), {"opinion": "x"}).status_code == 403


def test_a_unit_is_designated_once_and_its_measuring_ends_on_a_day(client: Client, house: House) -> None:
    found = approved(house, "IND-1")
    carla = enter(client, house, "Carla")
    typed = {"unit": "ATE", "from_on": "01/01/2026"}
    assert carla.post(page("indicator_assign", found), typed).status_code == 302
    twice = carla.post(page("indicator_assign", found), typed)
    assert "Esta unidade já apura o indicador." in errors_of(twice)
    row = Assignment.objects.get()
    url = reverse("assignment_end", args=[found.code, row.code])
    early = carla.post(url, {"until_on": "31/12/2025", "reason": "Engano."})
    assert "O prazo termina antes de começar." in errors_of(early)
    confirm(carla, url, {"until_on": "30/06/2026", "reason": "A atividade passou à EDU."})
    assert Assignment.objects.get().until_on == date(2026, 6, 30)
    assert "até 30/06/2026" in text_of(carla.get(page("indicator_card", found)))


def test_the_pages_of_a_proposal_cost_a_bounded_number_of_queries(
    client: Client, house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = approved(house, "IND-1")
    cards.propose(found, change_note="Outra fonte.", actor=house.system, at=NOON)
    sara = enter(client, house, "Sara")
    for name, most in (("card_proposal", 30), ("card_edit", 30), ("card_approve", 30), ("targets_set", 22)):
        sara.get(page(name, found))
        with django_assert_max_num_queries(most):
            sara.get(page(name, found))


def test_an_assignment_is_found_only_under_its_own_indicator(client: Client, house: House) -> None:
    first, second = approved(house, "IND-1"), approved(house, "IND-2")
    measured_by(house, first, "ATE")
    row = Assignment.objects.get()
    sara = enter(client, house, "Sara")
    assert sara.get(reverse("assignment_end", args=[second.code, row.code])).status_code == 404
