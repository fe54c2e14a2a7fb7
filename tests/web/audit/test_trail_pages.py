"""Who reads the trail, what it tells, and to whom it does not tell everything."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from apura_web.audit import checking, security
from apura_web.audit.history import history_items
from apura_web.audit.models import SecurityEvent, TrailCheck, TrailEntry
from apura_web.audit.requests import ActorRequest
from apura_web.audit.trail import head_of, integrity_code
from apura_web.audit.visibility import entries_visible_to
from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.refusals import Refused
from apura_web.orgs.models import AbsenceKind
from apura_web.orgs.services import people
from apura_web.orgs.services.people import AbsenceFacts, PersonFacts
from cast import TODAY, Cast, House
from visits import signed_in, work_off

CPF = "52998224725"
MASKED = "***.982.247-**"


def entries_of(house: House) -> int:
    return TrailEntry.objects.filter(institution=house.institution).count()


def asks(house: House, name: str) -> ActorRequest:
    request = RequestFactory().get("/")
    request.actor, request.institution = house.actor(name), house.institution
    request.today, request.at = TODAY, timezone.now()
    return request


def correct(cast: Cast) -> None:
    people.correct(
        cast.house.people["Davi"],
        facts=PersonFacts("Davi Corrigido", cpf=CPF, email="davi@norte.example"),
        reason="grafia errada",
        actor=cast.house.actor("Rita"),
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Ada", 200),
        ("Rita", 200),
        ("Caio", 200),
        ("Tina", 200),
        ("Ana", 403),
        ("Carla", 403),
        ("Davi", 403),
    ],
)
def test_the_trail_is_read_by_who_administers_keeps_the_registry_or_controls(
    cast: Cast, name: str, status: int
) -> None:
    assert signed_in(cast.house, name).get("/trilha/").status_code == status


@pytest.mark.parametrize("path", ["/trilha/", "/trilha/3/", "/trilha/recusas/", "/trabalhos/"])
def test_who_is_not_in_reads_nothing(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 302


def test_the_list_says_who_did_what_and_when_in_a_bounded_number_of_queries(
    cast: Cast, django_assert_max_num_queries
) -> None:
    correct(cast)
    client = signed_in(cast.house, "Caio")
    with django_assert_max_num_queries(21):
        page = client.get("/trilha/").content.decode()
    assert "Corrigiu o cadastro da pessoa" in page
    assert "Rita de Teste" in page


def test_the_list_is_narrowed_by_act_person_record_and_days(cast: Cast) -> None:
    correct(cast)
    client, house = signed_in(cast.house, "Caio"), cast.house
    davi, rita = house.people["Davi"].code, house.people["Rita"].code
    today = timezone.localdate()
    for query, count in (
        ("ato=orgs.person.correct", "1 a 1 de 1"),
        (f"quem={rita}", "1 a 1 de 1"),
        (f"registro=orgs.person:{davi}", "1 a 4 de 4"),
        (f"de={today + timedelta(days=1):%d/%m/%Y}", "Ainda não há entradas."),
        (f"de={today:%d/%m/%Y}&ate={today:%d/%m/%Y}", "1 a 1 de 1"),
    ):
        assert count in client.get(f"/trilha/?{query}").content.decode(), query


def test_an_entry_shows_the_reason_and_what_changed(cast: Cast) -> None:
    correct(cast)
    page = signed_in(cast.house, "Caio").get(f"/trilha/{entries_of(cast.house)}/").content.decode()
    for said in ("grafia errada", "Davi de Teste → Davi Corrigido", MASKED, "Rita de Teste"):
        assert said in page


def test_the_trail_of_one_institution_is_never_seen_from_another(cast: Cast) -> None:
    correct(cast)
    correct(cast)
    last = entries_of(cast.house)
    assert last > entries_of(cast.twin)
    client = signed_in(cast.twin, "Ada")
    assert client.get(f"/trilha/{last}/").status_code == 404
    mine = entries_visible_to(cast.twin.actor("Ada"), TODAY)
    assert set(mine.values_list("institution", flat=True)) == {cast.twin.institution.pk}
    record = f"registro=orgs.person:{cast.house.people['Davi'].code}"
    assert "Ainda não há entradas." in client.get(f"/trilha/?{record}").content.decode()
    assert "Davi Corrigido" not in client.get("/trilha/").content.decode()


def test_external_control_reads_only_what_concerns_its_branch(cast: Cast) -> None:
    house = cast.house
    seen = entries_visible_to(house.actor("Tina"), TODAY)
    told = {key for entry in seen for key in entry.items.values_list("table", "key")}
    assert ("orgs.unit", house.units["ATE"].code) in told
    assert ("orgs.person", house.people["Davi"].code) in told
    of_education = TrailEntry.objects.filter(
        items__key=house.people["Elisa"].code, institution=house.institution
    )
    assert of_education.exists()
    assert not seen.filter(pk__in=of_education).exists()


def test_external_control_does_not_see_cpf_in_what_changed(cast: Cast) -> None:
    correct(cast)
    page = signed_in(cast.house, "Tina").get(f"/trilha/{entries_of(cast.house)}/").content.decode()
    assert "Davi Corrigido" in page
    assert MASKED not in page
    assert "só vê quem cuida do cadastro" in page


def test_the_history_of_a_record_tells_each_one_what_they_may_see(cast: Cast) -> None:
    correct(cast)
    davi = cast.house.people["Davi"]
    absence = AbsenceFacts(AbsenceKind.LEAVE, TODAY, TODAY)
    people.register_absence(davi, facts=absence, actor=cast.house.actor("Rita"), at=timezone.now())
    to_rita, to_ana = (str(history_items(davi, asks(cast.house, name))) for name in ("Rita", "Ana"))
    assert MASKED in to_rita
    assert CPF not in to_rita
    assert "Licença" in to_rita
    assert MASKED not in to_ana
    assert "Licença" not in to_ana
    assert "Davi de Teste → Davi Corrigido" in to_ana
    assert "/trilha/" not in to_ana


def test_the_history_costs_the_same_however_long_it_is(cast: Cast, django_assert_max_num_queries) -> None:
    unit = cast.house.units["SAU"]
    with django_assert_max_num_queries(12):
        told = history_items(unit, asks(cast.house, "Caio"))
    assert told[-1].sentence.startswith("Criou a unidade")


def test_what_was_purged_says_so_in_the_history(cast: Cast) -> None:
    davi = cast.house.people["Davi"]
    entry = TrailEntry.objects.filter(items__key=davi.code).latest("seq")
    TrailEntry.objects.filter(items__key=davi.code, act="orgs.person.register").get().detail.delete()
    first = TrailEntry.objects.filter(items__key=davi.code, act="orgs.person.invite").get().detail
    first.salt, first.content, first.purged_by = "", "", entry
    first.save()
    told = {item.sentence: item.facts for item in history_items(davi, asks(cast.house, "Caio"))}
    assert "expurgados por lei" in str(told["Convidou a pessoa a entrar"])
    assert told["Registrou a pessoa"] == []


def test_a_denial_is_listed_for_who_administers_and_for_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        people.invite(cast.house.people["Elisa"], actor=cast.house.actor("Davi"), at=timezone.now())
    security.note_denial(cast.twin.actor("Ana"), "orgs.person.purge", "audit.no_power")
    assert SecurityEvent.objects.filter(reason="audit.no_power").count() == 2
    page = signed_in(cast.house, "Ada").get("/trilha/recusas/").content.decode()
    assert "Davi de Teste" in page
    assert "Convidou a pessoa a entrar" in page
    assert "Ana de Teste" not in page
    assert signed_in(cast.house, "Rita").get("/trilha/recusas/").status_code == 403


def test_a_check_is_done_by_the_worker_and_its_result_stays(cast: Cast) -> None:
    client = signed_in(cast.house, "Caio")
    where = client.post("/trilha/conferir/")["Location"]
    assert "Conferindo a trilha" in client.get(where).content.decode()
    assert client.get(f"{where}andamento/").headers.get("HX-Refresh") is None
    work_off()
    assert client.get(f"{where}andamento/").headers["HX-Refresh"] == "true"
    page = client.get(where).content.decode()
    assert "A trilha confere" in page
    check = TrailCheck.objects.get()
    assert (check.entries, check.broken, check.done) == (entries_of(cast.house), 0, check.total)
    assert signed_in(cast.twin, "Caio").get(where).status_code == 404


def test_a_check_of_a_damaged_trail_names_what_is_broken(cast: Cast) -> None:
    remove_triggers()
    TrailEntry.objects.filter(institution=cast.house.institution, seq=5).update(actor="outro")
    client = signed_in(cast.house, "Ada")
    where = client.post("/trilha/conferir/")["Location"]
    work_off()
    page = client.get(where).content.decode()
    assert "A trilha não confere" in page
    assert "entrada 5" in page


def test_who_asks_while_a_check_runs_follows_that_one(cast: Cast) -> None:
    now = timezone.now()
    first = checking.ask(cast.house.institution.pk, asked_by="a", at=now)
    assert checking.ask(cast.house.institution.pk, asked_by="b", at=now) == first
    assert checking.ask(cast.twin.institution.pk, asked_by="b", at=now) != first


@pytest.mark.parametrize(("name", "status"), [("Rita", 302), ("Tina", 403), ("Ana", 403)])
def test_the_whole_trail_is_checked_only_by_who_reads_it_whole(cast: Cast, name: str, status: int) -> None:
    assert signed_in(cast.house, name).post("/trilha/conferir/").status_code == status


def test_anybody_checks_a_printed_code_without_coming_in(cast: Cast) -> None:
    code = integrity_code(head_of(cast.house.institution.pk))
    page = Client().get("/integridade/").content.decode()
    assert code in page
    for person in cast.house.people.values():
        assert person.name not in page
        assert person.code not in page
    correct(cast)
    asked = {"instituicao": "norte", "codigo": f" {code.upper()} "}
    assert "A trilha contém este código" in Client().get("/integridade/", asked).content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"instituicao": "norte", "codigo": "5-000000000000"}, "tem outro código"),
        ({"instituicao": "norte", "codigo": "99999-000000000000"}, "não chega à entrada 99999"),
        ({"instituicao": "nada\x00", "codigo": "5-000000000000"}, "não chega à entrada 5"),
        ({"instituicao": "norte", "codigo": "qualquer coisa"}, "O código tem um número"),
    ],
)
def test_a_code_that_is_not_in_the_chain_is_told_plainly(
    cast: Cast, asked: dict[str, str], said: str
) -> None:
    assert said in Client().get("/integridade/", asked).content.decode()
