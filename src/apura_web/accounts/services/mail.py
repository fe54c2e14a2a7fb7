"""Letters to people: the invitation and the link for a new password. The worker writes and sends them.

What waits in the queue is only the code of what is to be sent: the secrets are made again when the letter is written.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from apura_web.accounts.models import Invitation, Login
from apura_web.accounts.services.invitations import Opening, secret_of
from apura_web.audit.journal import sha256
from apura_web.foundation.jobs import job


def send_invitation(opening: Opening, base_url: str) -> None:
    """Ask for the invitation to be mailed.

    Give ``base_url`` to :func:`apura_web.orgs.services.people.invite` instead, whenever there is a request: the act
    then asks for the letter itself, in its own transaction. Do not wrap the act in another transaction to call this: a
    refusal noted in the security log would be undone with it.

    Args:
        opening: what ``invite`` returned.
        base_url: where the platform is, as ``request.build_absolute_uri("/")``.
    """
    deliver_invitation.enqueue(
        code=opening.invitation.code,
        base_url=base_url,
        institution_id=opening.invitation.institution_id,
    )


def send_password_link(login: Login, base_url: str) -> None:
    """Ask for the link that lets somebody choose a new password to be mailed."""
    deliver_password_link.enqueue(login_id=login.pk, base_url=base_url)


@job("Enviar convite", tries=5)
def deliver_invitation(*, code: str, base_url: str, institution_id: int) -> None:
    """Write and send an invitation that still serves.

    Raises:
        ValueError: the installation's secret key changed since the invitation was made; invite again.
    """
    invitation = Invitation.objects.select_related("login", "institution").get(
        code=code, institution_id=institution_id
    )
    if not invitation.is_open(timezone.now()):
        return
    secret = secret_of(invitation)
    if sha256(secret) != invitation.token_digest:
        raise ValueError(f"invitation {code} was made with another secret key")
    with timezone.override(ZoneInfo(invitation.institution.time_zone)):
        _send(
            "invitation",
            invitation.login,
            {
                "institution": invitation.institution,
                "url": urljoin(base_url, reverse("invitation", args=[secret])),
                "expires_at": invitation.expires_at,
                "has_password": invitation.login.has_usable_password(),
                "entrance": urljoin(base_url, reverse("account_login")),
            },
        )


@job("Enviar link para nova senha", tries=3)
def deliver_password_link(*, login_id: int, base_url: str) -> None:
    """Write and send the link for a new password, to somebody who may still come in."""
    login = Login.objects.filter(pk=login_id, is_active=True).first()
    if login is None:
        return
    key = {"uidb36": int_to_base36(login.pk), "key": default_token_generator.make_token(login)}
    url = urljoin(base_url, reverse("account_reset_password_from_key", kwargs=key))
    _send("password_link", login, {"url": url})


def _send(letter: str, login: Login, context: dict[str, Any]) -> None:
    text = render_to_string(f"accounts/mail/{letter}.txt", context)
    subject, _, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [login.email])
