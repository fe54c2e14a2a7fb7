"""Agreements as a Django application."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Declares the acts of this room and registers with the rooms below."""

    name = "apura_web.agreements"
    verbose_name = "Acordos de resultados"

    def ready(self) -> None:
        """Declare the acts and register with the rooms below."""
        from apura_web.agreements import acts, resting  # noqa: F401, PLC0415
        from apura_web.agreements.searching import AGREEMENTS  # noqa: PLC0415
        from apura_web.agreements.selectors import sources, trail  # noqa: PLC0415
        from apura_web.documents.dependents import register_room  # noqa: PLC0415
        from apura_web.search.index import register  # noqa: PLC0415

        register(AGREEMENTS)
        register_room(resting)
        trail.register()
        sources.register()
