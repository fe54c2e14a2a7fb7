"""The door: people come in by invitation only, and it speaks Portuguese."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest

from apura_web.accounts.addresses import address_of
from apura_web.accounts.models import Login
from apura_web.accounts.services.mail import send_password_link

SAID = {
    "account/messages/logged_out.txt": "Você saiu.",
    "account/messages/password_changed.txt": "Senha trocada. Nos outros aparelhos, será preciso entrar de novo.",
}


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "O e-mail ou a senha não confere.",
        "enter_current_password": "Esta não é a sua senha de hoje.",
        "incorrect_password": "A senha não confere.",
        "invalid_password_reset": "Este endereço já foi usado ou venceu. Peça outro.",
        "rate_limited": "Foram muitos pedidos em pouco tempo. Espere um minuto.",
        "too_many_login_attempts": "Foram muitas tentativas seguidas. Espere alguns minutos.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse every sign-up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count attempts by the address of the person, not of the server in between."""
        return address_of(request)

    def send_password_reset_mail(self, user: Login, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Leave the letter to the worker: the page answers as fast for an address nobody has."""
        send_password_link(user, context["request"].build_absolute_uri("/"))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_rest: Any, **_more: Any
    ) -> None:
        """Say what is worth saying, in our words; that somebody came in shows by itself."""
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])
