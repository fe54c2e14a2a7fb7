"""The first screen says who one is today and what one may do, and moves with the office."""

import pytest

from apura_web.foundation.models import Institution
from apura_web.orgs.models import TenureKind
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import AbsenceFacts
from apura_web.orgs.services.tenures import Appointment
from cast import NOON, START, TODAY, Cast
from visits import already_in


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def test_it_says_the_office_the_unit_and_the_act_it_rests_on(cast: Cast) -> None:
    page = already_in(cast.house, "Ana").get("/").content.decode()
    assert "Bom dia, Ana." in page or "Boa tarde, Ana." in page
    assert "Titular do órgão" in page
    assert "Decreto nº 1/2024" in page


def test_who_keeps_the_registry_has_its_doors_and_a_servant_has_none(cast: Cast) -> None:
    assert "Registrar ato" in already_in(cast.house, "Rita").get("/").content.decode()
    assert "O que posso fazer agora" not in already_in(cast.house, "Davi").get("/").content.decode()


def test_during_a_vacation_the_desk_moves_to_the_substitute_and_back_again(cast: Cast) -> None:
    house = cast.house
    facts = AbsenceFacts("ferias", TODAY, TODAY)
    assert "Nenhuma função vigente" in already_in(house, "Bruno").get("/").content.decode()
    for name in ("Ana", "Bruno"):  # both are posted there too, and nobody substitutes a posting
        posting = Appointment(TenureKind.POSTING, house.founding, START)
        tenures.appoint(
            house.units["SAU"], person=house.people[name], appointment=posting, actor=house.system, at=NOON
        )
    people.register_absence(house.people["Ana"], facts=facts, actor=house.system, at=NOON)
    substitute = already_in(house, "Bruno").get("/").content.decode()
    assert substitute.count("Você responde por Ana de Teste") == 1
    holder = already_in(house, "Ana").get("/").content.decode()
    assert "Você está em afastamento" in holder
    assert "De 10/03/2026 a 10/03/2026" in holder
    assert "Titular do órgão · SAU" not in holder


def test_notices_tell_what_others_did_about_me_and_are_read_once(cast: Cast) -> None:
    house = cast.house
    appointment = Appointment(TenureKind.PROCESS_AGENT, house.founding, TODAY)
    client = already_in(house, "Davi")
    client.get("/avisos/")
    tenures.appoint(
        house.units["ATE"],
        person=house.people["Davi"],
        appointment=appointment,
        actor=house.actor("Rita"),
        at=NOON,
    )
    assert client.get("/").context["shell"]["notices"] == 1
    assert "agente de processo" in client.get("/avisos/").content.decode()
    assert client.get("/").context["shell"]["notices"] == 0


def test_the_day_on_the_screen_is_the_institutions(cast: Cast) -> None:
    Institution.objects.filter(pk=cast.house.institution.pk).update(time_zone="Asia/Tokyo")
    assert "11/03/2026" in already_in(cast.house, "Ana").get("/").content.decode()  # past midnight there


@pytest.mark.parametrize(("address", "most"), [("/", 30), ("/busca/?q=saude", 20), ("/avisos/", 25)])
def test_the_desk_asks_a_bounded_number_of_questions(
    cast: Cast, django_assert_max_num_queries, address: str, most: int
) -> None:
    client = already_in(cast.house, "Rita")
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_each_screen_has_a_manual_page_and_the_question_mark_leads_to_it(cast: Cast) -> None:
    client = already_in(cast.house, "Rita")
    assert client.get("/unidades/").context["shell"]["help_url"] == "/ajuda/units/"
    assert "Unidades e organograma" in client.get("/ajuda/units/").content.decode()
