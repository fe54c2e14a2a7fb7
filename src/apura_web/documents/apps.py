"""Documents as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Declares the acts of this room and lets search find legal acts."""

    name = "apura_web.documents"
    verbose_name = "Documentos"

    def ready(self) -> None:
        """Declare the acts and register what search finds."""
        from apura_web.documents import acts  # noqa: F401, PLC0415 - models are not ready before
        from apura_web.documents.searching import LEGAL_ACTS  # noqa: PLC0415
        from apura_web.search.index import register  # noqa: PLC0415

        register(LEGAL_ACTS)
