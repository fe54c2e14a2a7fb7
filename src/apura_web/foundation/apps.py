"""The foundation as a Django application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    """Installs the triggers of the append-only tables after every migration."""

    name = "apura_web.foundation"
    verbose_name = "Fundação"

    def ready(self) -> None:
        """Ask to be called when a migration ends; SQLite drops triggers when it remakes a table."""
        from apura_web.foundation.append_only import install_triggers  # noqa: PLC0415 - models are not ready before

        post_migrate.connect(install_triggers, dispatch_uid="apura_web.foundation.append_only")
