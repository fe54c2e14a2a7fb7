"""What is noted when the entrance closes after wrong passwords, and who reads it."""

from django.test import Client
from pages import enter, text_of

from apura_web.audit.models import SecurityEvent
from apura_web.orgs.models import Person
from cast import PASSWORD, Cast


def lock(email: str, times: int = 5) -> int:
    client = Client()
    answers = [
        client.post("/entrar/", {"login": email, "password": "senha errada 1234"}) for _ in range(times)
    ]
    return answers[-1].status_code


def events() -> set[tuple[str | None, str, str]]:
    found = SecurityEvent.objects.filter(kind="entrada bloqueada")
    return set(found.values_list("institution__code", "actor", "reason"))


def test_who_administers_sees_whose_entrance_closed_by_the_name_and_not_by_the_email(
    cast: Cast, client: Client
) -> None:
    assert lock("Ana@Norte.example") == 429
    shown = enter(client, cast.house, "Ada").get("/trilha/recusas/")
    page = text_of(shown)
    assert "Ana de Teste Entrada bloqueada bloqueio após 5 tentativas" in page
    assert "ana@norte.example" not in shown.content.decode().lower()
    assert "Entrada bloqueada" not in text_of(enter(client, cast.twin, "Ada").get("/trilha/recusas/"))


def test_a_login_of_two_houses_is_noted_in_both(cast: Cast) -> None:
    there = cast.twin.people["Bruno"]
    Person.objects.filter(pk=there.pk).update(login=cast.house.people["Ana"].login)
    lock("ana@norte.example")
    said = "bloqueio após 5 tentativas"
    assert events() == {("norte", cast.house.people["Ana"].code, said), ("sul", there.code, said)}


def test_an_email_nobody_has_is_noted_in_no_house_answered_alike_and_kept_nowhere(
    cast: Cast, client: Client
) -> None:
    assert lock("ninguem@norte.example") == 429
    assert events() == {(None, "", "bloqueio após 5 tentativas")}
    assert "Entrada bloqueada" not in text_of(enter(client, cast.house, "Ada").get("/trilha/recusas/"))


def test_what_goes_on_being_tried_is_counted_and_not_piled_up(cast: Cast) -> None:
    lock("ana@norte.example", times=9)
    rows = SecurityEvent.objects.filter(kind="entrada bloqueada")
    assert len(rows) <= 2, "one for each minute"
    assert sum(row.times for row in rows) == 5
    assert (
        Client().post("/entrar/", {"login": "bruno@norte.example", "password": PASSWORD}).status_code == 302
    )
