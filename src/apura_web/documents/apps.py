"""Documents as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Declares the acts of this room."""

    name = "apura_web.documents"
    verbose_name = "Documentos"

    def ready(self) -> None:
        """Declare the acts."""
        from apura_web.documents import acts  # noqa: F401, PLC0415 - models are not ready before
