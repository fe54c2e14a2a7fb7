"""Invitations: a secret that serves once, kept only as a digest.

The secret is computed from the invitation's code with the installation's own secret key, so that the worker that mails
it can make it again: it is written in no table, not even while the mail waits.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.crypto import salted_hmac

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
    invitation = Invitation(login=login, institution=institution, expires_at=at + VALID_FOR)
    secret = secret_of(invitation)
    invitation.token_digest = journal.sha256(secret)
    return Opening(journal.create(invitation), secret)


def secret_of(invitation: Invitation) -> str:
    """Make the secret of an invitation; only this installation can."""
    made = salted_hmac("apura_web.accounts.invitation", invitation.code, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode("ascii").rstrip("=")


def find(secret: str) -> Invitation | None:
    """Find an invitation by its secret, open or not."""
    digest = journal.sha256(secret)
    return Invitation.objects.select_related("login", "institution").filter(token_digest=digest).first()


def refusal_to_accept(invitation: Invitation | None, at: datetime) -> Refusal | None:
    """Say why an invitation does not serve: unknown, used, expired, or for somebody who has a password already.

    Who has a password keeps it: otherwise whoever may invite could put themselves in another's place.
    """
    again = "Peça outro a quem cuida do cadastro na sua instituição."
    if invitation is None:
        return Refusal(
            "accounts.unknown_invitation",
            "Este convite não existe.",
            f"Confira o endereço recebido. {again}",
            status=404,
        )
    if invitation.used_at:
        return Refusal(
            "accounts.used_invitation",
            "Este convite já foi usado.",
            "Entre com a senha que você escolheu, ou use “Esqueci a senha”.",
            status=409,
        )
    if not invitation.is_open(at):
        return Refusal("accounts.expired_invitation", "Este convite venceu.", again, status=410)
    if invitation.login.has_usable_password():
        return Refusal(
            "accounts.has_password",
            "Você já tem acesso à Apura com este e-mail.",
            "Entre com a senha de sempre, ou use “Esqueci a senha”.",
            status=409,
        )
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
