"""Calculations as a Django application."""

from django.apps import AppConfig


class CalculationsConfig(AppConfig):
    """Registers with the trail: which calculations a limited reader is told of, and how they are checked."""

    name = "apura_web.calculations"
    verbose_name = "Cálculos"

    def ready(self) -> None:
        """Register with the room below."""
        from apura_web.audit.verification import register_checker  # noqa: PLC0415 - models are not ready before
        from apura_web.calculations import selectors  # noqa: PLC0415
        from apura_web.calculations.rechecking import check_all  # noqa: PLC0415

        selectors.register_with_the_trail()
        register_checker(check_all)
