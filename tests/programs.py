"""What tests of the API do before they look: make a key of access, present it, read the answer."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from apura_web.accounts.services import tokens
from apura_web.accounts.services.tokens import Scope, TokenTerms
from cast import House

SHAPE = {"codigo", "mensagem", "o_que_fazer", "fundamento", "campos", "referencia"}


def key_for(house: House, name: str, *scopes: Scope, days: int = 30) -> str:
    now, actor, login = timezone.now(), house.actor(name), house.people[name].login
    assert login is not None
    terms = TokenTerms("teste", scopes or tuple(Scope), now + timedelta(days=days))
    return tokens.create(tokens.owner_of(login, actor), terms=terms, actor=actor, at=now).secret


def program(secret: str, **headers: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}", **headers}, raise_request_exception=False)


def told(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()
