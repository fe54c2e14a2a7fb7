"""Keys of access of an institution's people: who sees them, and who makes one stop serving."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pages import confirm, enter, text_of

from apura_web.accounts.models import ApiToken
from apura_web.accounts.services import tokens
from apura_web.accounts.services.tokens import Issued, Scope, TokenTerms
from apura_web.audit.models import TrailEntry
from cast import Cast, House

LIST = "/acessos/chaves/"


def key_of(house: House, name: str, what: str = "painel de metas") -> Issued:
    login, now, actor = house.people[name].login, timezone.now(), house.actor(name)
    assert login is not None
    terms = TokenTerms(what, (Scope.READ,), now + timedelta(days=30))
    return tokens.create(tokens.owner_of(login, actor), terms=terms, actor=actor, at=now)


def asked(client: Client, issued: Issued) -> int:
    return client.get("/api/v1/eu", headers={"Authorization": f"Bearer {issued.secret}"}).status_code


def test_the_list_says_whose_each_key_is_and_never_the_secret_nor_what_is_of_the_twin(
    cast: Cast, client: Client
) -> None:
    issued = key_of(cast.house, "Davi")
    key_of(cast.twin, "Davi", "planilha do outro lado")
    shown = enter(client, cast.house, "Ada").get(LIST)
    page = text_of(shown)
    for said in ("Davi de Teste", "painel de metas", "Consultar unidades, atos e a trilha", "Revogar"):
        assert said in page
    assert "outro lado" not in page
    for secret in (issued.secret, issued.token.token_digest, "davi@norte.example"):
        assert secret not in shown.content.decode()


def test_internal_control_sees_the_keys_and_revokes_none(cast: Cast, client: Client) -> None:
    issued = key_of(cast.house, "Davi")
    page = text_of(enter(client, cast.house, "Caio").get(LIST))
    assert "painel de metas" in page
    assert "Revogar" not in page
    url = f"{LIST}{issued.token.code}/revogar/"
    assert client.post(url, {"reason": "x", "confirmado": "sim"}).status_code == 403
    assert asked(client, issued) == 200


@pytest.mark.parametrize("who", ["Ana", "Davi", "Rita", "Tina"])
def test_nobody_else_sees_or_revokes_the_key_of_another(cast: Cast, client: Client, who: str) -> None:
    issued = key_of(cast.house, "Elisa")
    enter(client, cast.house, who)
    assert client.get(LIST).status_code == 403
    url = f"{LIST}{issued.token.code}/revogar/"
    assert client.post(url, {"reason": "x", "confirmado": "sim"}).status_code == 404
    assert asked(client, issued) == 200


def test_an_administrator_revokes_the_key_of_somebody_with_the_reason_and_it_serves_no_more(
    cast: Cast, client: Client
) -> None:
    issued = key_of(cast.house, "Davi")
    assert asked(client, issued) == 200
    ada = enter(client, cast.house, "Ada")
    url = f"{LIST}{issued.token.code}/revogar/"
    assert "De Davi de Teste, criada em" in text_of(ada.get(url))
    assert confirm(ada, url, {"reason": "notebook perdido"})["Location"] == LIST
    assert asked(Client(), issued) == 401
    assert "Ninguém tem chave de acesso em uso." in text_of(ada.get(LIST))

    entry = TrailEntry.objects.filter(institution=cast.house.institution).latest("seq")
    assert (entry.act, entry.actor) == ("orgs.key.revoke", cast.house.people["Ada"].code)
    told = text_of(ada.get(cast.house.people["Davi"].get_absolute_url()))
    assert "Revogou a chave de acesso: Davi de Teste" in told
    assert "notebook perdido" in told


def test_a_key_is_not_revoked_without_a_reason_nor_twice(cast: Cast, client: Client) -> None:
    issued = key_of(cast.house, "Davi")
    ada = enter(client, cast.house, "Ada")
    url = f"{LIST}{issued.token.code}/revogar/"
    assert ada.post(url, {"reason": " ", "confirmado": "sim"}).status_code == 422
    assert ApiToken.objects.get(pk=issued.token.pk).revoked_at is None
    confirm(ada, url, {"reason": "vazou"})
    entries = TrailEntry.objects.count()
    assert ada.post(url, {"reason": "vazou", "confirmado": "sim"}).status_code == 404
    assert TrailEntry.objects.count() == entries


def test_the_key_of_the_twin_is_not_there(cast: Cast, client: Client) -> None:
    issued = key_of(cast.twin, "Davi")
    url = f"{LIST}{issued.token.code}/revogar/"
    assert enter(client, cast.house, "Ada").post(url, {"reason": "x", "confirmado": "sim"}).status_code == 404
    assert asked(client, issued) == 200


def test_a_key_that_expired_is_not_in_the_list(cast: Cast, client: Client) -> None:
    issued = key_of(cast.house, "Davi")
    ApiToken.objects.filter(pk=issued.token.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "painel de metas" not in text_of(enter(client, cast.house, "Ada").get(LIST))
