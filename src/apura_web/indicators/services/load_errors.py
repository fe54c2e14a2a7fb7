"""The workbook of a load, given back with its errors marked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage

from apura.norms import BadInput, Problem
from apura.sheets import annotate
from apura_web.indicators.models import Load
from apura_web.indicators.selectors.loads import problems_of

MOST_MARKED = 2_000


def annotated_copy(load: Load) -> bytes:
    """Give the person's own workbook back with each error painted and commented in its cell.

    Raises:
        BadInput: the file was not an xlsx workbook, or is no longer kept.
    """
    if not default_storage.exists(load.storage_name):
        raise BadInput([Problem("o arquivo não está mais guardado; envie-o de novo", load.file_name)])
    problems = [
        Problem(
            f"{each.column}: {each.message}" if each.column else each.message, each.part, each.cell or None
        )
        for each in problems_of(load)[:MOST_MARKED]
    ]
    with TemporaryDirectory() as folder, default_storage.open(load.storage_name) as kept:
        source = Path(folder) / f"enviada{Path(load.file_name).suffix.lower()}"
        source.write_bytes(kept.read())
        target = Path(folder) / "anotada.xlsx"
        annotate(source, problems, target)
        return target.read_bytes()
