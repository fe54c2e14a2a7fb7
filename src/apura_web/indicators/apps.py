"""Indicators as a Django application."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Declares the acts of this room lets search find indicators, and tells what rests on legal acts."""

    name = "apura_web.indicators"
    verbose_name = "Indicadores"

    def ready(self) -> None:
        """Declare the acts and register with the rooms below."""
        from apura_web.documents.dependents import register_room  # noqa: PLC0415 - models are not ready before
        from apura_web.indicators import acts, resting  # noqa: F401, PLC0415
        from apura_web.indicators.searching import INDICATORS  # noqa: PLC0415
        from apura_web.indicators.selectors import trail  # noqa: PLC0415
        from apura_web.search.index import register  # noqa: PLC0415

        register(INDICATORS)
        register_room(resting)
        trail.register()
