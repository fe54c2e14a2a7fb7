"""Doing an act to learn whether it would be refused, and undoing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rehearsal() -> Iterator[None]:
    """Undo whatever is written inside the block; refusals go through."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
