"""Search as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Follows what acts write; each room registers the records it lets people find."""

    name = "apura_web.search"
    verbose_name = "Busca"

    def ready(self) -> None:
        """Listen to the acts."""
        from apura_web.audit.journal import listen  # noqa: PLC0415 - models are not ready before
        from apura_web.search.index import index_written  # noqa: PLC0415

        listen(index_written)
