"""People as the registry keeps them, and what each may see of the others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pages import confirm, enter, errors_of, text_of

from apura_web.audit.models import TrailDetail
from apura_web.orgs.models import Absence, Person, Tenure
from apura_web.orgs.web.middleware import HAT
from cast import Cast

CPF = "529.982.247-25"


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    return enter(client, cast.house, "Rita")


def page(name: str, person: Person) -> str:
    return reverse(name, args=[person.code])


def days(count: int) -> str:
    return f"{timezone.localdate() + timedelta(days=count):%d/%m/%Y}"


def test_a_person_is_registered_and_the_cpf_is_never_shown_whole(rita: Client, cast: Cast) -> None:
    done = rita.post(
        reverse("person_register"), {"name": "Nara  Nova", "cpf": CPF, "registration": "123"}, follow=True
    )
    told = text_of(done)
    assert "***.982.247-**" in told
    assert Person.objects.get(name="Nara Nova").cpf == "52998224725"
    for answer in (
        done,
        rita.get(reverse("people") + "?colunas=cpf"),
        rita.get(page("person_correct", Person.objects.get(name="Nara Nova"))),
    ):
        assert "52998224725" not in answer.content.decode()
        assert CPF not in answer.content.decode()


@pytest.mark.parametrize("typed", ["111.111.111-11", "529.982.247-24", "123", "abc"])
def test_a_cpf_that_does_not_check_is_refused(rita: Client, typed: str) -> None:
    shown = rita.post(reverse("person_register"), {"name": "Nara Nova", "cpf": typed})
    assert "O CPF não confere" in errors_of(shown)


def test_two_people_of_an_institution_never_have_the_same_cpf(rita: Client, cast: Cast) -> None:
    rita.post(reverse("person_register"), {"name": "Nara Nova", "cpf": CPF})
    shown = rita.post(reverse("person_register"), {"name": "Outra Pessoa", "cpf": CPF})
    assert "Já há uma pessoa com este CPF" in errors_of(shown)
    twin = enter(Client(), cast.twin, "Rita")
    assert twin.post(reverse("person_register"), {"name": "Nara Lá", "cpf": CPF}).status_code == 302


def test_correcting_the_registration_keeps_the_cpf_when_it_is_left_blank(rita: Client, cast: Cast) -> None:
    rita.post(reverse("person_register"), {"name": "Nara Nova", "cpf": CPF})
    nara = Person.objects.get(name="Nara Nova")
    rita.post(page("person_correct", nara), {"name": "Nara Novaes", "reason": "casamento"})
    nara.refresh_from_db()
    assert (nara.name, nara.cpf) == ("Nara Novaes", "52998224725")
    rita.post(
        page("person_correct", nara), {"name": "Nara Novaes", "no_cpf": "on", "reason": "de outra pessoa"}
    )
    nara.refresh_from_db()
    assert nara.cpf == ""


def test_two_who_correct_the_same_person_do_not_overwrite_each_other(rita: Client, cast: Cast) -> None:
    url = page("person_correct", cast.house.people["Davi"])
    seen = rita.get(url).context["form"]["seen"].value()
    rita.post(url, {"name": "Davi Primeiro", "reason": "teste", "seen": seen})
    late = rita.post(url, {"name": "Davi Segundo", "reason": "teste", "seen": seen})
    assert late.status_code == 422
    assert "corrigiu o cadastro da pessoa" in errors_of(late)
    assert "Davi Segundo" in late.content.decode()
    assert Person.objects.get(pk=cast.house.people["Davi"].pk).name == "Davi Primeiro"


def test_an_absence_tells_who_acts_meanwhile_before_it_is_registered(rita: Client, cast: Cast) -> None:
    ana = cast.house.people["Ana"]
    typed = {"kind": "ferias", "from_on": days(1), "until_on": days(20)}
    told = text_of(rita.post(page("absence_register", ana), typed))
    assert (
        f"Titular do órgão de SAU, a partir de {days(1)}: responde Bruno de Teste, substituto legal" in told
    )
    assert not Absence.objects.exists()
    confirm(rita, page("absence_register", ana), typed)
    again = rita.post(page("absence_register", ana), typed)
    assert "Já há um afastamento" in errors_of(again)


def test_an_absence_that_leaves_an_office_with_nobody_says_so(rita: Client, cast: Cast) -> None:
    typed = {"kind": "ferias", "from_on": days(1), "until_on": days(5)}
    told = text_of(rita.post(page("absence_register", cast.house.people["Carla"]), typed))
    assert "Coordenador setorial de SAU" in told
    assert "ninguém responde" in told


def test_the_reason_of_an_absence_is_for_the_person_the_registry_and_control_only(
    rita: Client, cast: Cast
) -> None:
    ana = cast.house.people["Ana"]
    confirm(rita, page("absence_register", ana), {"kind": "licenca", "from_on": days(0), "until_on": days(9)})
    unit = reverse("unit", args=[cast.house.units["SAU"].code])
    for name, sees in (("Rita", True), ("Caio", True), ("Elisa", False), ("Carla", False)):
        told = text_of(enter(rita, cast.house, name).get(unit))
        assert ("em licença" in told, f"até {days(9)}" in told) == (sees, True), name
    assert "licença" in text_of(enter(rita, cast.house, "Ana").get(page("person", ana))).lower()
    carla = enter(rita, cast.house, "Carla")
    assert "licença" not in text_of(carla.get(page("person", ana))).lower()


def test_a_cancelled_absence_gives_the_office_back(rita: Client, cast: Cast) -> None:
    ana = cast.house.people["Ana"]
    confirm(rita, page("absence_register", ana), {"kind": "ferias", "from_on": days(0), "until_on": days(9)})
    absence = Absence.objects.get()
    rita.post(reverse("absence_cancel", args=[ana.code, absence.code]), {"reason": "interrompidas"})
    assert "Titular do órgão · SAU" in text_of(rita.get(page("person", ana)))


def test_a_designation_is_registered_ended_and_told(rita: Client, cast: Cast) -> None:
    house = cast.house
    house.act("12")
    typed = {
        "person": "Davi de Teste",
        "kind": "chefia",
        "capacity": "efetivo",
        "unit": "ATE",
        "legal_act": "12/2026",
    }
    confirm(rita, reverse("tenure_appoint"), typed)
    told = text_of(rita.get(page("person", house.people["Davi"])))
    assert "Chefia de unidade" in told
    assert "Portaria nº 12/2026" in told
    tenure = Tenure.objects.get(kind="chefia", institution=house.institution)
    confirm(
        rita, page("tenure_end", tenure), {"ended_on": days(-1), "legal_act": "12/2026", "reason": "a pedido"}
    )
    assert "encerrada" in text_of(rita.get(page("person", house.people["Davi"])))


def test_an_office_that_is_taken_and_a_second_posting_are_refused(rita: Client, cast: Cast) -> None:
    cast.house.act("12")
    common = {"legal_act": "12/2026", "capacity": "efetivo"}
    head = rita.post(
        reverse("tenure_appoint"), {**common, "person": "Davi de Teste", "kind": "titular", "unit": "SAU"}
    )
    assert "Ana de Teste já ocupa" in errors_of(head)
    posted = rita.post(
        reverse("tenure_appoint"), {**common, "person": "Davi de Teste", "kind": "lotacao", "unit": "EDU"}
    )
    assert "já está lotada em ATE" in errors_of(posted)


def test_no_access_role_is_given_by_the_page_of_designations(rita: Client, cast: Cast) -> None:
    cast.house.act("12")
    typed = {
        "person": "Davi de Teste",
        "kind": "administrador",
        "capacity": "efetivo",
        "legal_act": "12/2026",
    }
    assert rita.post(reverse("tenure_appoint"), typed).status_code == 422
    assert rita.get(reverse("access_grant")).status_code == 403
    assert rita.get(reverse("accesses")).status_code == 403


def test_external_control_is_given_only_by_a_letter_with_a_scope_and_a_term(
    client: Client, cast: Cast
) -> None:
    ada = enter(client, cast.house, "Ada")
    cast.house.act("12")
    typed = {
        "person": "Elisa de Teste",
        "kind": "controle_externo",
        "unit": "EDU",
        "legal_act": "12/2026",
        "until_on": days(90),
    }
    assert "se apoia no ofício" in errors_of(ada.post(reverse("access_grant"), typed))
    typed["legal_act"] = "Ofício nº 7/2024"
    assert "tem prazo" in errors_of(ada.post(reverse("access_grant"), {**typed, "until_on": ""}))
    confirm(ada, reverse("access_grant"), typed)
    assert "Elisa de Teste" in text_of(ada.get(reverse("accesses")))


def test_the_last_administrator_is_never_left_without_a_successor(client: Client, cast: Cast) -> None:
    ada = enter(client, cast.house, "Ada")
    tenure = Tenure.objects.get(kind="administrador", institution=cast.house.institution)
    shown = ada.post(page("access_withdraw", tenure), {"ended_on": days(0), "legal_act": "1/2024"})
    assert "ficaria sem administrador" in errors_of(shown)


def test_an_invitation_shows_its_link_once_where_no_letter_goes_out(
    rita: Client, cast: Cast, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    url = page("person_invite", cast.house.people["Davi"])
    assert "/convite/" in rita.post(url).content.decode()
    assert "/convite/" not in rita.get(url).content.decode()


def test_purging_erases_the_person_here_and_in_the_history_and_keeps_the_tenures(
    client: Client, cast: Cast
) -> None:
    ada, davi = enter(client, cast.house, "Ada"), cast.house.people["Davi"]
    cast.house.act("12")
    assert "ainda ocupa" in errors_of(ada.post(page("person_purge", davi), {"reason": "pedido do titular"}))
    tenure = Tenure.objects.get(person=davi)
    confirm(ada, page("tenure_end", tenure), {"ended_on": days(-1), "legal_act": "12/2026"})
    confirm(ada, page("person_purge", davi), {"reason": "pedido do titular"})
    told = text_of(ada.get(page("person", davi)))
    assert "Davi" not in told
    assert "Dados pessoais expurgados" in told
    assert "Lotação" in told
    left = TrailDetail.objects.filter(entry__institution=cast.house.institution, content__contains="Davi")
    assert not left.exists()


def test_a_servant_opens_only_the_own_page_and_a_head_those_of_the_branch(client: Client, cast: Cast) -> None:
    people = cast.house.people
    davi = enter(client, cast.house, "Davi")
    assert davi.get(page("person", people["Davi"])).status_code == 200
    assert davi.get(page("person", people["Elisa"])).status_code == 404
    ana = enter(client, cast.house, "Ana")
    assert ana.get(page("person", people["Davi"])).status_code == 200
    assert ana.get(page("person", people["Elisa"])).status_code == 404


def test_no_page_of_a_person_opens_from_another_institution(client: Client, cast: Cast) -> None:
    rita, other = enter(client, cast.twin, "Ada"), cast.house.people["Davi"]
    for name in ("person", "person_correct", "person_invite", "person_purge", "absence_register"):
        assert rita.get(page(name, other)).status_code == 404, name
    tenure = Tenure.objects.get(person=other)
    assert rita.get(page("tenure_end", tenure)).status_code == 404


def test_one_acts_only_as_a_hat_of_today_and_goes_back_only_inside(client: Client, cast: Cast) -> None:
    house = cast.house
    ana = enter(client, house, "Ana")
    house_hat = Tenure.objects.get(person=house.people["Ana"]).code
    foreign = Tenure.objects.get(person=house.people["Rita"]).code
    ana.post(reverse("acting_as"), {"hat": foreign})
    assert HAT not in ana.session
    done = ana.post(reverse("acting_as"), {"hat": house_hat, "next": "https://example.org/"})
    assert (ana.session[HAT], done["Location"]) == (house_hat, "/")
