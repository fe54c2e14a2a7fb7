"""“Minha conta”: my sessions, my keys of access, and nobody else's."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from apura_web.accounts.models import ApiToken, Login
from apura_web.accounts.services import tokens
from apura_web.accounts.services.tokens import Scope, TokenTerms
from apura_web.audit.models import TrailEntry
from apura_web.foundation.refusals import Refused
from cast import Cast
from visits import signed_in


def made(cast: Cast, name: str = "Ana", days: int = 30) -> tokens.Issued:
    login = Login.objects.get(email=f"{name.lower()}@norte.example")
    now = timezone.now()
    terms = TokenTerms("planilha", (Scope.READ,), now + timedelta(days=days))
    actor = cast.house.actor(name)
    return tokens.create(tokens.owner_of(login, actor), terms=terms, actor=actor, at=now)


def test_the_account_says_who_i_am_and_what_i_am_today(cast: Cast) -> None:
    page = signed_in(cast.house, "Ana").get("/conta/").content.decode()
    for said in ("Ana de Teste", "ana@norte.example", "Estado do Norte", "Titular"):
        assert said in page


def test_the_account_costs_a_bounded_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = signed_in(cast.house, "Ana")
    for _ in range(3):
        made(cast)
    with django_assert_max_num_queries(20):
        client.get("/conta/")


def test_other_sessions_are_ended_from_here(cast: Cast) -> None:
    here, elsewhere, of_another = (
        signed_in(cast.house, "Ana"),
        signed_in(cast.house, "Ana"),
        signed_in(cast.house, "Bruno"),
    )
    assert "Encerrar as outras" in here.get("/conta/").content.decode()
    answer = here.post("/conta/sessoes/encerrar/", follow=True)
    assert "Uma sessão encerrada." in answer.content.decode()
    assert elsewhere.get("/conta/").status_code == 302
    assert here.get("/conta/").status_code == 200
    assert of_another.get("/conta/").status_code == 200


def test_coming_in_leaves_no_second_copy_of_the_email(cast: Cast) -> None:
    signed_in(cast.house, "Ana").get("/conta/")
    assert not EmailAddress.objects.exists()


def test_a_key_is_created_by_an_act_and_its_secret_is_shown_once(cast: Cast) -> None:
    client = signed_in(cast.house, "Davi")
    answer = client.post("/conta/chaves/nova/", {"name": "planilha", "scopes": ["leitura"], "days": "90"})
    secret = re.search(r'value="(apura_\S+)"', answer.content.decode())
    assert secret
    token = ApiToken.objects.get()
    assert (token.name, token.scopes, token.login.email) == ("planilha", "leitura", "davi@norte.example")
    assert secret[1] not in str(vars(token))
    assert tokens.find(secret[1], timezone.now()) == token
    assert secret[1] not in client.get("/conta/").content.decode()
    entry = TrailEntry.objects.filter(institution=cast.house.institution).latest("seq")
    assert (entry.act, entry.actor) == ("accounts.token.create", cast.house.people["Davi"].code)


def test_a_key_revoked_or_expired_or_of_a_closed_access_serves_no_more(cast: Cast) -> None:
    client, issued, expired = signed_in(cast.house, "Ana"), made(cast), made(cast)
    assert "Revogar a chave" in client.get(f"/conta/chaves/{issued.token.code}/revogar/").content.decode()
    client.post(f"/conta/chaves/{issued.token.code}/revogar/")
    assert tokens.find(issued.secret, timezone.now()) is None
    assert tokens.find(expired.secret, timezone.now() + timedelta(days=31)) is None
    assert tokens.find(expired.secret, timezone.now()) == expired.token
    Login.objects.filter(email="ana@norte.example").update(is_active=False)
    assert tokens.find(expired.secret, timezone.now()) is None


def test_nobody_revokes_the_key_of_another(cast: Cast) -> None:
    issued = made(cast)
    assert (
        signed_in(cast.house, "Bruno").post(f"/conta/chaves/{issued.token.code}/revogar/").status_code == 404
    )
    actor = cast.house.actor("Bruno")
    owner = tokens.owner_of(Login.objects.get(email="bruno@norte.example"), actor)
    with pytest.raises(Refused):
        tokens.revoke(owner, token=issued.token, actor=actor, at=timezone.now())
    assert tokens.find(issued.secret, timezone.now()) is not None


def test_a_key_of_more_than_a_year_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        made(cast, days=400)
    assert refused.value.refusal.code == "accounts.token_too_long"


@pytest.mark.parametrize("path", ["/conta/", "/conta/chaves/nova/", "/senha/trocar/"])
def test_who_is_not_in_is_sent_to_the_door(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/entrar/?next=")
