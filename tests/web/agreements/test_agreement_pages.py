"""The pages of an agreement besides its parts: the list, the rounds compared, comments, signatures, search and desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pages import confirm, errors_of, text_of

from addresses import add_more
from agreeing import accepted, agreed, bodies, in_force, write
from apura_web.agreements.models import Agreement, Signature
from apura_web.agreements.services import agreements, negotiation
from apura_web.agreements.services.agreements import Successor
from apura_web.documents.dependents import dependents_of
from cast import NOON, TODAY, Cast, House
from visits import already_in


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    bodies(cast.house)
    return cast.house


@pytest.fixture
def sara(house: House) -> Client:
    return already_in(house, "Sara")


def url(name: str, found: Agreement, *more: str) -> str:
    return reverse(name, args=[found.code, *more])


def test_the_list_tells_stage_turn_and_rounds_and_is_taken_away(house: House, sara: Client) -> None:
    found = agreed(house)
    negotiation.propose(found, note="", actor=house.system, at=NOON)
    in_force(house, "EDU", number="7/2025")
    shown = text_of(sara.get("/acordos/"))
    assert "1/2025 SAU Saúde 2025 em negociação Acordada 1" in shown
    assert "7/2025 EDU Educação 2025 vigente" in shown
    only = text_of(sara.get("/acordos/?etapa=negociacao"))
    assert "7/2025" not in only
    table = sara.get("/acordos/?formato=csv")
    assert "1/2025;SAU;Saúde;2025;em negociação;Acordada;1" in table.content.decode("utf-8-sig")


def test_an_empty_list_says_what_to_do(house: House, sara: Client) -> None:
    assert "Use “Iniciar acordo”" in text_of(sara.get("/acordos/"))
    assert "a unidade central ou o coordenador setorial inicia um" in text_of(
        already_in(house, "Davi").get("/acordos/")
    )


def test_the_menu_has_agreements_only_where_somebody_may_celebrate_them(cast: Cast, house: House) -> None:
    assert 'href="/acordos/"' in already_in(house, "Davi").get("/").content.decode()
    assert 'href="/acordos/"' not in already_in(cast.twin, "Davi").get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("unit", "ATE", "Nada corresponde a “ATE”"),  # it is no body
        ("number", "doze", "Escreva número e ano, como 12/2026."),
        ("year", "dois mil", "Escreva o ano com quatro algarismos, como 2026."),
        ("year", "1999", "2012"),
    ],
)
def test_an_agreement_is_opened_with_what_can_be_read(
    sara: Client, field: str, typed: str, said: str
) -> None:
    answer = sara.post("/acordos/novo/", {"unit": "SAU", "number": "12/2026", "year": "2026", field: typed})
    assert answer.status_code == 422
    assert said in errors_of(answer)


def test_a_number_is_taken_once(house: House, sara: Client) -> None:
    agreed(house, number="12/2026")
    answer = sara.post("/acordos/novo/", {"unit": "SAU", "number": "12/2026", "year": "2026"})
    assert "Já há um acordo com esse número." in errors_of(answer)


def test_two_rounds_are_compared_part_by_part_with_what_people_read(house: House, sara: Client) -> None:
    found = agreed(house)
    negotiation.propose(found, note="Primeira.", actor=house.system, at=NOON)
    write(house, found, "item-1", {"meta_final": "1450.5", "prazo": "2025-06-30", "objeto": "objeto-2"})
    negotiation.propose(found, note="Segunda.", actor=house.actor("Ana"), at=NOON)
    write(house, found, "parte-3", {"unidade": house.units["ATE"].code})
    page = sara.get(url("agreement_negotiation", found) + "?de=1&ate=2")
    assert [(each.label, each.before, each.after) for each in page.context["changes"][0].changes] == [
        ("Objeto de pactuação", "Atenção básica", "Estrutura"),
        ("Meta do fim do período", "400", "1.450,5"),
        ("Prazo do marco ou compromisso", "", "30/06/2025"),
    ]
    assert "“Segunda.”" in text_of(page)
    working = sara.get(url("agreement_negotiation", found)).context["changes"]
    assert [(each.before, each.after) for told in working for each in told.changes] == [
        ("EDU – Educação", "ATE – Atenção Básica")
    ]
    assert sara.get(url("agreement_negotiation", found) + "?de=99&ate=x").status_code == 200


def test_a_comment_is_read_by_both_sides_with_who_wrote_it(house: House, sara: Client) -> None:
    found, carla = agreed(house), already_in(house, "Carla")
    done = carla.post(url("part_comment", found, "item-1"), {"text": "A meta é alta."})
    assert done.status_code == 302
    shown = text_of(sara.get(url("agreement_negotiation", found)))
    assert "Consultas feitas A meta é alta. Carla de Teste, Acordada" in shown
    assert carla.post(url("part_comment", found, "item-1"), {"text": ""}).status_code == 422
    assert carla.get(url("part_comment", found, "item-99")).status_code == 404


def test_who_acts_on_what_another_changed_meanwhile_is_told(house: House, sara: Client) -> None:
    found = agreed(house)
    seen = sara.get(url("proposal_send", found)).context["form"]["seen"].value()
    negotiation.comment(
        found, part_key="geral", text="Espere.", actor=house.actor("Carla"), at=timezone.now()
    )
    answer = sara.post(url("proposal_send", found), {"seen": seen, "note": ""})
    assert answer.status_code == 422
    assert found.proposals.count() == 0


def test_the_same_text_is_not_sent_twice(house: House, sara: Client) -> None:
    found = agreed(house)
    assert sara.post(url("proposal_send", found), {"seen": ""}).status_code == 302
    again = sara.post(url("proposal_send", found), {"seen": ""})
    assert "O texto é o mesmo da rodada 1." in errors_of(again)


def test_the_page_of_a_signature_tells_what_is_signed_and_opens_for_who_is_in_charge(house: House) -> None:
    found = accepted(house, agreed(house))
    party = found.pacts.get().parties.get(role="acordada")
    ana = already_in(house, "Ana")
    shown = text_of(ana.get(url("pact_sign", found, party.code)))
    assert f"código de integridade {found.pacts.get().sha256[:12]}" in shown
    assert "Assinar o Acordo de Resultados nº 1/2025 por Saúde?" in shown
    assert "Saúde, Gabinete, Educação" in shown
    assert already_in(house, "Gil").get(url("pact_sign", found, party.code)).status_code == 403
    assert already_in(house, "Carla").get(url("pact_sign", found, party.code)).status_code == 403


def test_a_signature_on_paper_is_recorded_for_who_was_in_charge_that_day(house: House, sara: Client) -> None:
    found = accepted(house, agreed(house))
    party = found.pacts.get().parties.get(role="interveniente")
    today = timezone.now().date()
    for day, said in (
        (today + timedelta(days=3), "ainda não chegou"),
        (TODAY - timedelta(days=9), "aceito em"),
    ):
        answer = sara.post(url("pact_record", found), {"party": party.code, "signed_on": f"{day:%d/%m/%Y}"})
        assert said in errors_of(answer)
    done = sara.post(url("pact_record", found), {"party": party.code, "signed_on": f"{TODAY:%d/%m/%Y}"})
    assert done.status_code == 302
    signature = Signature.objects.get(party=party)
    assert (signature.on_paper, signature.tenure.person) == (True, house.people["Hugo"])
    shown = text_of(sara.get(url("agreement", found)))
    assert f"{TODAY:%d/%m/%Y}, em papel Hugo de Teste" in shown
    assert "SAU, GAB" in shown  # who still has to sign


def test_reopening_and_shelving_ask_why_and_say_what_happens(house: House, sara: Client) -> None:
    found = accepted(house, agreed(house))
    assert "Preencha este campo." in errors_of(sara.post(url("negotiation_reopen", found), {"reason": ""}))
    assert confirm(sara, url("negotiation_reopen", found), {"reason": "Erro na meta."}).status_code == 302
    assert Agreement.objects.get(pk=found.pk).state == "negociacao"
    assert confirm(sara, url("agreement_shelve", found), {"reason": "Desistência."}).status_code == 302
    shown = text_of(sara.get(url("agreement", found)))
    assert "O acordo foi arquivado antes de assinado por todos" in shown
    assert "Alterar" not in shown


def test_what_was_signed_is_read_by_everybody_and_changed_by_nobody(house: House) -> None:
    found = in_force(house)
    davi = already_in(house, "Davi")
    shown = text_of(davi.get(url("agreement", found)))
    assert "Consultas feitas" in shown
    assert "Alterar" not in shown
    assert davi.get(url("agreement_negotiation", found)).status_code == 200


def test_the_desk_says_whose_turn_it_is(house: House, sara: Client) -> None:
    found, carla = agreed(house), already_in(house, "Carla")
    title = "Acordo de Resultados nº 1/2025, SAU"
    assert title in text_of(sara.get("/"))
    assert title not in text_of(carla.get("/"))
    negotiation.propose(found, note="", actor=house.system, at=NOON)
    assert "Enviou proposta do acordo" in text_of(carla.get("/"))
    assert title in text_of(carla.get("/"))
    negotiation.accept(found, actor=house.actor("Ana"), at=NOON)
    assert "assinar por GAB" in text_of(already_in(house, "Gil").get("/"))
    assert "assinar por" not in text_of(already_in(house, "Carla").get("/"))


def test_search_finds_an_agreement_for_who_sees_it(house: House, sara: Client) -> None:
    agreed(house, number="12/2026")
    for text in ("acordo 12/2026", "saude 2025"):
        assert "Acordo de Resultados nº 12/2026" in text_of(sara.get("/busca/", {"q": text}))
    assert "nº 12/2026" not in text_of(already_in(house, "Davi").get("/busca/", {"q": "acordo 12/2026"}))


def test_a_legal_act_tells_the_successions_that_rest_on_it(house: House) -> None:
    found = in_force(house)
    basis = house.act("44")
    successor = Successor(house.units["EDU"], basis, TODAY)
    agreements.succeed(found, successor=successor, actor=house.system, at=NOON)
    told = [each.sentence for each in dependents_of(basis, house.actor("Davi"))]
    assert told == ["fez de EDU a sucessora da Acordada no Acordo de Resultados nº 1/2025, desde 10/03/2026"]
