"""The workbook somebody sent, given back with each error painted and commented in its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage

from apura.norms import BadInput, Problem
from apura.sheets import annotate


def marked_copy(storage_name: str, file_name: str, problems: Sequence[Problem]) -> bytes:
    """Mark the problems in a copy of a file that storage keeps.

    Args:
        storage_name: where storage keeps it.
        file_name: what the person calls it.
        problems: what is wrong, with sheet and cell.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    if not default_storage.exists(storage_name):
        raise BadInput([Problem("o arquivo não está mais guardado; envie-o de novo", file_name)])
    with TemporaryDirectory() as folder, default_storage.open(storage_name) as kept:
        source = Path(folder) / f"enviada{Path(file_name).suffix.lower()}"
        source.write_bytes(kept.read())
        target = Path(folder) / "anotada.xlsx"
        annotate(source, list(problems), target)
        return target.read_bytes()
