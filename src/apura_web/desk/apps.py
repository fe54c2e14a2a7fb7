"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Lets search find the records of the ground floor, and follow what acts write."""

    name = "apura_web.desk"
    verbose_name = "Mesa"

    def ready(self) -> None:
        """Register the kinds and listen to the acts."""
        from apura_web.audit.journal import listen  # noqa: PLC0415 - models are not ready before
        from apura_web.desk.search import index, kinds  # noqa: PLC0415

        kinds.register_all()
        listen(index.index_written)
