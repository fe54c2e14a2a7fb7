"""Keys of access for programs: the secret is shown once, kept only as a digest, and does what its owner may."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from apura_web.accounts.models import ApiToken, Login
from apura_web.audit import journal
from apura_web.audit.actors import WHOLE_INSTITUTION, Actor
from apura_web.audit.acts import act
from apura_web.foundation.refusals import Refusal, refuse_if

LONGEST = timedelta(days=366)
PREFIX = "apura_"  # lets people and scanners recognise a key that was left where it should not be


class Scope(StrEnum):
    """What a key may be used for, at most."""

    READ = "leitura"
    WRITE = "escrita"
    PEOPLE = "pessoas"


SCOPE_LABELS = {
    Scope.READ: "Consultar unidades, atos e a trilha",
    Scope.PEOPLE: "Consultar pessoas: nome, CPF mascarado e funções",
    Scope.WRITE: "Praticar atos em seu nome",
}


@dataclass(frozen=True)
class TokenOwner:
    """Whose key it is, as an act sees them: in their institution, in the branch where they have some role."""

    login: Login
    institution_id: int
    scope_path: str


@dataclass(frozen=True)
class TokenTerms:
    """What is asked of a key: what it is for, what it may do, until when."""

    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime


@dataclass(frozen=True)
class Issued:
    """A key just made, and its secret, which exists nowhere else."""

    token: ApiToken
    secret: str


def owner_of(login: Login, actor: Actor) -> TokenOwner:
    """Give the owner of the keys that somebody signed in makes for themselves."""
    path = actor.grants[0].path if actor.grants else WHOLE_INSTITUTION
    return TokenOwner(login, actor.institution_id, path)


@act("accounts.token.create")
def create(owner: TokenOwner, *, terms: TokenTerms, actor: Actor, at: datetime) -> Issued:
    """Make a key of access.

    Raises:
        Refused: it would last more than a year, or serve for nothing.
    """
    refuse_if(_terms_refusal(terms, at))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        institution_id=owner.institution_id,
        login=owner.login,
        name=terms.name,
        token_digest=journal.sha256(secret),
        scopes=" ".join(sorted(terms.scopes)),
        created_at=at,
        expires_at=terms.expires_at,
    )
    return Issued(journal.create(token), secret)


@act("accounts.token.revoke")
def revoke(owner: TokenOwner, *, token: ApiToken, actor: Actor, at: datetime) -> ApiToken:
    """Make a key stop serving.

    Raises:
        Refused: it is not the owner's, or was revoked before.
    """
    if (token.login_id, token.institution_id) != (owner.login.pk, owner.institution_id):
        refuse_if(Refusal("accounts.unknown_token", "Não há esta chave entre as suas.", status=404))
    if token.revoked_at:
        refuse_if(
            Refusal("accounts.token_revoked", "Esta chave já foi revogada.", "Nada a fazer.", status=409)
        )
    return journal.change(token, revoked_at=at)


def tokens_of(login: Login, institution_id: int) -> list[ApiToken]:
    """Give somebody's keys in an institution, the latest first."""
    return list(ApiToken.objects.filter(login=login, institution_id=institution_id).order_by("-created_at"))


def find(secret: str, at: datetime) -> ApiToken | None:
    """Find the key a program presents; None when it is unknown, expired or revoked, or its owner was shut out."""
    digest = journal.sha256(secret)
    token = ApiToken.objects.select_related("login", "institution").filter(token_digest=digest).first()
    return token if token and token.is_open(at) and token.login.is_active else None


def note_use(token: ApiToken, on: date) -> None:
    """Remember the day a key was last used; one write a day at most."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)


def scopes_of(text: str) -> frozenset[str]:
    """Read the scopes of a key as kept."""
    return frozenset(text.split())


def labels_of(scopes: Iterable[str]) -> list[str]:
    """Give the scopes in words."""
    return [SCOPE_LABELS[Scope(scope)] for scope in sorted(scopes)]


def _terms_refusal(terms: TokenTerms, at: datetime) -> Refusal | None:
    if not terms.scopes:
        return Refusal(
            "accounts.token_without_scope",
            "A chave não serviria para nada.",
            "Escolha ao menos um alcance.",
        )
    if not at < terms.expires_at <= at + LONGEST:
        return Refusal(
            "accounts.token_too_long",
            "Uma chave vale por um ano, no máximo.",
            "Escolha um prazo menor; antes do fim, crie outra e revogue esta.",
        )
    return None
