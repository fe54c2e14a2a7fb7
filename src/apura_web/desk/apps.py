"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Nothing to start."""

    name = "apura_web.desk"
    verbose_name = "Mesa"
