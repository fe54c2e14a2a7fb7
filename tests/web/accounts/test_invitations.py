"""An invitation lets one person choose a password, once, in time; and it is written nowhere while it waits."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from apura_web.accounts.models import Invitation
from apura_web.audit.journal import sha256
from apura_web.audit.models import TrailDetail
from apura_web.foundation.refusals import Refused
from apura_web.orgs.models import Person
from apura_web.orgs.services import people
from apura_web.orgs.services.people import PersonFacts
from cast import Cast
from visits import work_off

GOOD = "minha senha bem comprida 7"


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    facts = PersonFacts("Nina de Teste", email="nina@norte.example")
    return people.register(cast.house.institution, facts=facts, actor=cast.house.system, at=timezone.now())


def invited(cast: Cast, person: Person) -> str:
    """The path that the letter brings."""
    people.invite(
        person, actor=cast.house.actor("Rita"), at=timezone.now(), base_url="https://apura.example/"
    )
    work_off()
    found = re.search(r"https://apura\.example(/convite/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_who_is_invited_gets_a_letter_chooses_a_password_and_is_in(cast: Cast, newcomer: Person) -> None:
    path, client = invited(cast, newcomer), Client()
    letter = mail.outbox[-1]
    assert letter.to == ["nina@norte.example"]
    assert letter.subject == "Convite para usar a Apura: Estado do Norte"

    assert "pelo menos 12 caracteres" in client.get(path).content.decode()
    assert client.post(path, {"password": GOOD, "again": GOOD}).status_code == 302
    assert "Nina de Teste" in client.get("/conta/").content.decode()
    again = Client().post("/entrar/", {"login": "nina@norte.example", "password": GOOD})
    assert again.status_code == 302


def test_the_secret_of_an_invitation_is_in_no_table(cast: Cast, newcomer: Person) -> None:
    people.invite(
        newcomer, actor=cast.house.actor("Rita"), at=timezone.now(), base_url="https://apura.example/"
    )
    waiting = str(DBTaskResult.objects.get().args_kwargs)
    work_off()
    found = re.search(r"/convite/(\S+)/", mail.outbox[-1].body)
    assert found
    assert Invitation.objects.filter(token_digest=sha256(found[1])).exists()
    assert found[1] not in waiting
    assert not TrailDetail.objects.filter(content__contains=found[1]).exists()


def test_the_letter_is_asked_for_in_the_act_and_not_when_it_is_refused(cast: Cast, newcomer: Person) -> None:
    with pytest.raises(Refused):
        people.invite(
            newcomer, actor=cast.house.actor("Davi"), at=timezone.now(), base_url="https://apura.example/"
        )
    assert not DBTaskResult.objects.exists()


def test_a_used_invitation_serves_nobody_else(cast: Cast, newcomer: Person) -> None:
    path = invited(cast, newcomer)
    Client().post(path, {"password": GOOD, "again": GOOD})
    replayed = Client().post(path, {"password": "a senha do intruso 99", "again": "a senha do intruso 99"})
    assert replayed.status_code == 409
    assert "já foi usado" in replayed.content.decode()
    intruder = Client().post("/entrar/", {"login": "nina@norte.example", "password": "a senha do intruso 99"})
    assert intruder.status_code == 200


def test_an_invitation_expires_after_seven_days_and_is_not_mailed_any_more(
    cast: Cast, newcomer: Person
) -> None:
    path = invited(cast, newcomer)
    Invitation.objects.filter(login__email="nina@norte.example").update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    answer = Client().get(path)
    assert answer.status_code == 410
    assert "Este convite venceu." in answer.content.decode()


def test_inviting_again_closes_the_invitation_before(cast: Cast, newcomer: Person) -> None:
    first = invited(cast, newcomer)
    second = invited(cast, newcomer)
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_an_unknown_invitation_says_what_to_do(db: None) -> None:
    answer = Client().get("/convite/nao-existe/")
    assert answer.status_code == 404
    assert "Este convite não existe." in answer.content.decode()


def test_who_has_a_password_keeps_it_whoever_invites(cast: Cast) -> None:
    """An administrator of another house cannot open somebody's access by inviting the same e-mail."""
    facts = PersonFacts("Ana de Teste", email="ana@norte.example")
    other = people.register(cast.twin.institution, facts=facts, actor=cast.twin.system, at=timezone.now())
    opening = people.invite(
        other, actor=cast.twin.actor("Ada"), at=timezone.now(), base_url="https://apura.example/"
    )
    work_off()
    assert "Você já tem uma senha" in mail.outbox[-1].body
    path = f"/convite/{opening.secret}/"
    assert Client().post(path, {"password": GOOD, "again": GOOD}).status_code == 409
    assert Client().post("/entrar/", {"login": "ana@norte.example", "password": GOOD}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "curta", "again": "curta"}, "Esta senha é muito curta"),
        ({"password": GOOD, "again": GOOD + "x"}, "As duas senhas são diferentes."),
        ({"password": "nina@norte.example", "again": "nina@norte.example"}, "muito parecida com"),
        ({"password": "", "again": ""}, "Preencha este campo."),
    ],
)
def test_a_password_that_does_not_serve_is_refused_and_the_invitation_stays_open(
    cast: Cast, newcomer: Person, typed: dict[str, str], said: str
) -> None:
    path = invited(cast, newcomer)
    answer = Client().post(path, typed)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Client().get(path).status_code == 200
