"""Coming in: whose password is right, whose is not, who asks too often, and who forgot it."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django_tasks_db.models import DBTaskResult

from apura_web.accounts import demo_logins
from apura_web.accounts.demo_logins import DemoLogin
from apura_web.accounts.models import Login
from apura_web.audit.models import SecurityEvent
from cast import PASSWORD, Cast
from visits import signed_in, work_off

NEW = "outra senha comprida 43"


def the_letter() -> EmailMessage:
    work_off()
    assert len(mail.outbox) == 1
    return mail.outbox[0]


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://testserver(/\S+)", letter.body)
    assert found
    return found[1]


def attempt(client: Client, email: str, password: str = "senha errada 1234") -> int:
    return client.post("/entrar/", {"login": email, "password": password}).status_code


def test_a_person_comes_in_with_the_email_in_any_case_and_goes_where_they_were_going(cast: Cast) -> None:
    answer = Client().post(
        "/entrar/?next=/conta/", {"login": "ANA@Norte.Example", "password": PASSWORD, "next": "/conta/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/conta/")


def test_nobody_is_sent_to_another_site_after_coming_in(cast: Cast) -> None:
    data = {"login": "ana@norte.example", "password": PASSWORD, "next": "https://mau.example/"}
    assert Client().post("/entrar/", data)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_email_are_told_alike(cast: Cast) -> None:
    pages = [
        Client().post("/entrar/", {"login": email, "password": "senha errada 1234"}).content.decode()
        for email in ("ana@norte.example", "ninguem@norte.example")
    ]
    assert all("O e-mail ou a senha não confere." in page for page in pages)


def test_after_five_wrong_passwords_the_door_closes_and_says_until_when(cast: Cast) -> None:
    client = Client()
    assert [attempt(client, "ana@norte.example") for _ in range(4)] == [200] * 4
    assert attempt(client, "ANA@norte.example") == 429
    answer = client.post("/entrar/", {"login": "ana@norte.example", "password": PASSWORD})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Tente de novo daqui a <strong>15 minutos</strong>" in page
    assert SecurityEvent.objects.filter(kind="entrada bloqueada").exists()


def test_who_is_locked_out_does_not_lock_out_others(cast: Cast) -> None:
    client = Client()
    for _ in range(5):
        attempt(client, "ana@norte.example")
    assert attempt(client, "bruno@norte.example", PASSWORD) == 302


def test_a_closed_access_does_not_come_in(cast: Cast) -> None:
    Login.objects.filter(email="ana@norte.example").update(is_active=False)
    assert attempt(Client(), "ana@norte.example", PASSWORD) == 200


def test_an_access_without_a_person_is_let_out_and_told_so_instead_of_going_round(cast: Cast) -> None:
    lone = Login.objects.create(email="solto@norte.example", password=make_password(PASSWORD))
    client = Client()
    assert attempt(client, lone.email, PASSWORD) == 302
    page = client.get("/conta/", follow=True)
    assert page.status_code == 200
    assert "não está ligado a nenhuma pessoa" in page.content.decode()


@pytest.mark.parametrize("path", ["/accounts/signup/", "/cadastro/", "/signup/"])
def test_nobody_opens_an_account_by_themselves(cast: Cast, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_answer_to_a_forgotten_password_is_the_same_for_an_address_nobody_has(cast: Cast) -> None:
    answers = [
        Client().post("/senha/esqueci/", {"email": email})
        for email in ("ana@norte.example", "ninguem@norte.example")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/senha/esqueci/enviado/")
    }
    assert the_letter().to == ["ana@norte.example"]


def test_the_link_of_a_forgotten_password_waits_in_no_table(cast: Cast) -> None:
    Client().post("/senha/esqueci/", {"email": "ana@norte.example"})
    waiting = str(DBTaskResult.objects.get().args_kwargs)
    key = link_in(the_letter()).strip("/").rpartition("-")[2]
    assert key not in waiting
    assert "ana@norte.example" not in waiting


def test_a_forgotten_password_is_chosen_again_once(cast: Cast) -> None:
    client = signed_in(cast.house, "Ana")
    Client().post("/senha/esqueci/", {"email": "ana@norte.example"})
    link, visitor = link_in(the_letter()), Client()
    form = visitor.get(link, follow=True)
    assert "pelo menos 12 caracteres" in form.content.decode()
    path = form.redirect_chain[-1][0]
    done = visitor.post(path, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Senha trocada" in done.content.decode()

    assert attempt(Client(), "ana@norte.example", NEW) == 302
    assert client.get("/conta/").status_code == 302, "sessions opened with the old password have ended"
    assert "não serve mais" in Client().get(link, follow=True).content.decode()


def test_a_weak_password_is_refused_in_portuguese_and_the_old_one_stays(cast: Cast) -> None:
    client = signed_in(cast.house, "Ana")
    answer = client.post(
        "/senha/trocar/", {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    )
    page = answer.content.decode()
    assert "Esta senha é muito curta" in page
    assert attempt(Client(), "ana@norte.example", PASSWORD) == 302


def test_signing_out_by_address_asks_first(cast: Cast) -> None:
    client = signed_in(cast.house, "Ana")
    assert "Sair da Apura?" in client.get("/sair/").content.decode()
    assert client.get("/conta/").status_code == 200
    assert client.post("/sair/")["Location"] == "/entrar/"
    assert client.get("/conta/").status_code == 302


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_passwords_are_kept_with_argon2() -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$")


def offered() -> list[DemoLogin]:
    return [
        DemoLogin("Estado do Norte", "Ana de Teste", "Titular · SAU", "ana@norte.example", PASSWORD),
        DemoLogin("Estado do Sul", "Rita de Teste", "Cadastro", "rita@sul.example", PASSWORD),
        DemoLogin("Estado do Norte", "Caio de Teste", "Controle", "caio@norte.example", PASSWORD),
    ]


@pytest.fixture
def _offering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_logins, "_sources", [offered])


@pytest.mark.usefixtures("_offering")
def test_the_demonstration_lists_its_logins_by_institution_and_one_press_comes_in(cast: Cast) -> None:
    client = Client()
    with override_settings(DEMO=True):
        page = client.get("/entrar/").content.decode()
        assert page.count("</i>Estado do Norte <small>") == 1
        assert client.post("/entrar/demonstracao/", {"email": "rita@sul.example"}).status_code == 302
        assert "Rita de Teste" in client.get("/conta/").content.decode()


@pytest.mark.usefixtures("_offering")
def test_outside_a_demonstration_no_login_is_offered_nor_comes_in(cast: Cast) -> None:
    client = Client()
    assert "Experimente" not in client.get("/entrar/").content.decode()
    assert client.post("/entrar/demonstracao/", {"email": "rita@sul.example"}).status_code == 404
