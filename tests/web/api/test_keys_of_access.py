"""A key of access opens the API to what its owner may see and do today, in one institution, and no further."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apura_web.accounts.models import ApiToken, Login
from apura_web.accounts.services.tokens import Scope
from apura_web.audit.models import SecurityEvent
from apura_web.orgs.models import TenureKind
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.tenures import Appointment
from cast import NOON, START, Cast
from programs import SHAPE, key_for, program, told


def test_it_says_in_whose_name_it_acts(cast: Cast) -> None:
    me = told(program(key_for(cast.house, "Ana")), "eu")
    assert (me["nome"], me["instituicao"]) == ("Ana de Teste", "norte")
    assert [hat["atual"] for hat in me["funcoes"]] == [True]


@pytest.mark.parametrize("secret", ["", "apura_nao-existe", "x" * 5000])
def test_without_a_key_that_serves_nothing_is_told(cast: Cast, secret: str) -> None:
    problem = told(program(secret), "eu", 401)
    assert set(problem) == SHAPE
    assert problem["codigo"] == "accounts.no_key"


def test_a_session_of_the_pages_does_not_open_the_api(cast: Cast) -> None:
    client = Client()
    login = cast.house.people["Ana"].login
    assert login is not None
    client.force_login(login, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/eu").status_code == 401


def test_a_key_expired_revoked_or_of_a_closed_access_does_not_serve(cast: Cast) -> None:
    expired, revoked, closed = (key_for(cast.house, name) for name in ("Ana", "Davi", "Carla"))
    past, email = timezone.now() - timedelta(seconds=1), "login__email__startswith"
    ApiToken.objects.filter(**{email: "ana"}).update(expires_at=past)
    ApiToken.objects.filter(**{email: "davi"}).update(revoked_at=past)
    Login.objects.filter(email__startswith="carla").update(is_active=False)
    for secret in (expired, revoked, closed):
        told(program(secret), "eu", 401)
    assert SecurityEvent.objects.filter(kind="chave de acesso").exists()


def test_a_key_to_read_does_not_write_nor_read_people(cast: Cast) -> None:
    client = program(key_for(cast.house, "Rita", Scope.READ))
    assert told(client, "unidades")["total"] == 4
    assert told(client, "pessoas", 403)["codigo"] == "accounts.scope"
    answer = client.post(
        "/api/v1/atos", {}, content_type="application/json", headers={"idempotency-key": "k" * 8}
    )
    assert (answer.status_code, answer.json()["codigo"]) == (403, "accounts.scope")


def test_a_key_to_write_does_not_read(cast: Cast) -> None:
    told(program(key_for(cast.house, "Rita", Scope.WRITE)), "unidades", 403)


def test_the_day_of_the_last_use_is_remembered_in_one_write_a_day(cast: Cast) -> None:
    client = program(key_for(cast.house, "Ana"))
    told(client, "eu")
    assert ApiToken.objects.get().last_used_on is not None


def test_nothing_of_another_institution_is_reached(cast: Cast) -> None:
    client = program(key_for(cast.house, "Ada"))
    codes = {unit["codigo"] for unit in told(client, "unidades")["itens"]}
    assert codes == {unit.code for unit in cast.house.units.values()}
    told(client, f"unidades/{cast.twin.units['SAU'].code}", 404)
    told(client, f"atos/{cast.twin.founding.code}", 404)
    acts = {act["codigo"] for act in told(client, "atos")["itens"]}
    assert acts == {cast.house.founding.code, cast.house.letter.code}
    names = {person["codigo"] for person in told(client, "pessoas")["itens"]}
    assert names == {person.code for person in cast.house.people.values()}


def test_somebody_of_two_institutions_is_in_each_only_by_its_own_key(cast: Cast) -> None:
    facts = PersonFacts("Ana de Teste", email="ana@norte.example")
    other = people.register(cast.twin.institution, facts=facts, actor=cast.twin.system, at=NOON)
    people.invite(other, actor=cast.twin.system, at=NOON)
    appointment = Appointment(TenureKind.POSTING, cast.twin.founding, START, None, "efetivo")
    tenures.appoint(
        cast.twin.units["EDU"], person=other, appointment=appointment, actor=cast.twin.system, at=NOON
    )
    assert told(program(key_for(cast.house, "Ana")), "eu")["instituicao"] == "norte"
    cast.twin.people["Ana2"] = other
    other.refresh_from_db()
    assert told(program(key_for(cast.twin, "Ana2")), "eu")["instituicao"] == "sul"


def test_people_are_told_within_scope_and_their_registration_only_to_who_may(cast: Cast) -> None:
    davi = cast.house.people["Davi"]
    people.correct(
        davi,
        facts=PersonFacts("Davi de Teste", cpf="529.982.247-25", registration="123", email=davi.email),
        reason="completar",
        actor=cast.house.system,
        at=NOON,
    )
    keys = {name: key_for(cast.house, name) for name in ("Ana", "Rita", "Tina", "Elisa")}
    found = {name: told(program(key), "pessoas")["itens"] for name, key in keys.items()}
    of_davi = {name: [each for each in rows if each["codigo"] == davi.code] for name, rows in found.items()}
    assert (of_davi["Rita"][0]["cpf"], of_davi["Rita"][0]["matricula"]) == ("***.982.247-**", "123")
    assert (of_davi["Ana"][0]["cpf"], of_davi["Ana"][0]["matricula"]) == (None, None)
    assert of_davi["Tina"][0]["cpf"] is None
    assert [each["codigo"] for each in found["Elisa"]] == [cast.house.people["Elisa"].code]
    assert cast.house.people["Elisa"].code not in {each["codigo"] for each in found["Tina"]}


def test_external_control_is_told_only_of_its_branch(cast: Cast) -> None:
    rows = told(program(key_for(cast.house, "Tina")), "unidades")["itens"]
    assert {row["sigla"] for row in rows} == {"SAU", "ATE"}


def test_who_has_several_functions_chooses_one_of_theirs(cast: Cast) -> None:
    appointment = Appointment(TenureKind.COMMISSION_MEMBER, cast.house.founding, START, None, "efetivo")
    tenures.appoint(
        cast.house.units["EDU"],
        person=cast.house.people["Ana"],
        appointment=appointment,
        actor=cast.house.system,
        at=NOON,
    )
    secret = key_for(cast.house, "Ana")
    first = told(program(secret), "eu")
    other = next(hat for hat in first["funcoes"] if not hat["atual"])
    assert told(program(secret, **{"atuar-como": other["codigo"]}), "eu")["atuando_como"] == other["rotulo"]
    assert told(program(secret, **{"atuar-como": "outra"}), "eu", 403)["codigo"] == "orgs.unknown_hat"
