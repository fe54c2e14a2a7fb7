"""Agreements as a Django application."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Declares the acts of this room and registers with the rooms below."""

    name = "apura_web.agreements"
    verbose_name = "Acordos de resultados"

    def ready(self) -> None:
        """Declare the acts and say what calculations are about."""
        from apura_web.agreements import acts  # noqa: F401, PLC0415
        from apura_web.agreements.selectors import trail  # noqa: PLC0415

        trail.register()
