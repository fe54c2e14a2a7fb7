"""The demonstration as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Offers its logins at the entrance."""

    name = "apura_web.demo"
    verbose_name = "Demonstração"

    def ready(self) -> None:
        """Register the logins; they are shown only in demo mode."""
        from apura_web.accounts.demo_logins import register_source  # noqa: PLC0415 - models are not ready before
        from apura_web.demo.signing_in import logins  # noqa: PLC0415

        register_source(logins)
