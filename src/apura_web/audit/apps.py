"""The audit as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Nothing to start."""

    name = "apura_web.audit"
    verbose_name = "Trilha"
