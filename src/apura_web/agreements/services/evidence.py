"""Files that go with what is recorded of agreements."""

from __future__ import annotations

from apura_web.audit import journal
from apura_web.foundation.models import Blob


def keep(document: Blob | None) -> None:
    """Put the row of a file in the base, inside an act, unless it is there already.

    Args:
        document: as ``foundation.blobs.prepare`` gave it, before the act; None when there is none.
    """
    if document is not None and document.pk is None:
        journal.create(document)
