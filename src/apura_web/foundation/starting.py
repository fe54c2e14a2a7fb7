"""Starting Django for a command."""

from __future__ import annotations

import os


def start_django(*, demo: bool = False) -> None:
    """Make Django ready; for the demonstration, with its settings unless the environment says otherwise.

    Args:
        demo: whether the command is the demonstration's.
    """
    if demo:
        os.environ.setdefault("APURA_DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apura_web.config.settings")
    import django  # noqa: PLC0415 - only now

    django.setup()
