"""Erasing by law what the trail's details hold of a record; the chain keeps the digests."""

from __future__ import annotations

from django.db import models

from apura_web.audit import journal
from apura_web.audit.journal import key_of, table_of


def purge_details(row: models.Model) -> None:
    """Ask, inside an act, that the details of every earlier entry that wrote a record be erased by that act's entry.

    Args:
        row: the record whose data are purged.
    """
    journal.current().purged.append((table_of(row), key_of(row)))
