"""Accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Declares the acts of this room."""

    name = "apura_web.accounts"
    verbose_name = "Contas"

    def ready(self) -> None:
        """Declare the acts, and let the worker find the jobs."""
        from apura_web.accounts import acts  # noqa: F401, PLC0415 - models are not ready before
        from apura_web.accounts.services import mail  # noqa: F401, PLC0415
