"""Invitations: a secret that is shown once, kept only as a digest, and serves once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from apura_web.accounts.models import Invitation, Login
from apura_web.audit import journal, security
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import Refusal, refuse_if

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Opening:
    """An invitation just made, and its secret, which exists nowhere else."""

    invitation: Invitation
    secret: str


def open_invitation(login: Login, *, institution: Institution, at: datetime) -> Opening:
    """Make an invitation inside the act of whoever invites; the open ones before it stop serving.

    Args:
        login: whose password will be chosen.
        institution: who invites.
        at: from when its seven days count.
    """
    for earlier in login.invitations.filter(institution=institution, used_at=None, expires_at__gt=at):
        journal.change(earlier, expires_at=at)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        login=login, institution=institution, token_digest=journal.sha256(secret), expires_at=at + VALID_FOR
    )
    return Opening(journal.create(invitation), secret)


def find(secret: str) -> Invitation | None:
    """Find an invitation by its secret, open or not."""
    digest = journal.sha256(secret)
    return Invitation.objects.select_related("login", "institution").filter(token_digest=digest).first()


def refusal_to_accept(invitation: Invitation | None, at: datetime) -> Refusal | None:
    """Say why an invitation does not serve: unknown, used, or expired."""
    again = "Peça outro a quem cuida do cadastro na sua instituição."
    if invitation is None:
        return Refusal(
            "accounts.unknown_invitation", "Este convite não existe.", f"Confira o endereço recebido. {again}"
        )
    if invitation.used_at:
        return Refusal(
            "accounts.used_invitation",
            "Este convite já foi usado.",
            "Entre com a senha que você escolheu, ou use “Esqueci a senha”.",
            status=409,
        )
    if not invitation.is_open(at):
        return Refusal("accounts.expired_invitation", "Este convite venceu.", again)
    return None


def accept(invitation: Invitation, *, password: str, at: datetime) -> Login:
    """Set the password chosen; the invitation serves no more. Two who come together: only the first is served.

    Raises:
        Refused: the invitation does not serve.
        ValidationError: the password is weak.
    """
    validate_password(password, invitation.login)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().select_related("login").get(pk=invitation.pk)
        refuse_if(refusal_to_accept(invitation, at))
        invitation.used_at = at
        invitation.save(update_fields=["used_at"])
        invitation.login.set_password(password)
        invitation.login.save(update_fields=["password"])
    security.note("convite aceito", "senha escolhida", institution_id=invitation.institution_id)
    return invitation.login
