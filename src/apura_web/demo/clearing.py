"""Clearing the demonstration: only from a database where every institution is fictitious."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.models import Institution


class RealDatabase(Exception):
    """The database holds an institution that is not fictitious."""


def real_institutions() -> list[str]:
    """Name the institutions that are not fictitious; none when there is no database yet."""
    if "foundation_institution" not in connection.introspection.table_names():
        return []
    return list(Institution.objects.filter(is_fictitious=False).values_list("acronym", flat=True))


def clear() -> None:
    """Erase every row and every file of the demonstration; the triggers come back by themselves.

    Raises:
        RealDatabase: an institution is not fictitious; nothing was erased.
    """
    if real_institutions():
        raise RealDatabase(", ".join(real_institutions()))
    if "foundation_institution" in connection.introspection.table_names():
        remove_triggers()
        call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(Path(settings.MEDIA_ROOT), ignore_errors=True)
