"""Accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Nothing to start."""

    name = "apura_web.accounts"
    verbose_name = "Contas"
