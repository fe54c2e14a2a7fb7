"""The demonstration as a Django application."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Nothing to start."""

    name = "apura_web.demo"
    verbose_name = "Demonstração"
