"""How much a file may ask of us, and how a reader that asks for more is stopped."""

from __future__ import annotations

import resource
import sys
import zipfile
from pathlib import Path

MEGABYTE = 2**20
MAX_FILE = 50 * MEGABYTE
MAX_UNPACKED = 600 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_ROW = 300_000
MAX_COLUMN = 500
MAX_CELLS = 6_000_000
READER_MEMORY = 3 * 1024 * MEGABYTE
READER_SECONDS = 180


class TooMuch(ValueError):
    """The file asks for more than a file of facts ever needs; the message says what."""


def refuse_large_file(path: Path) -> None:
    """Refuse a file over the size.

    Raises:
        TooMuch: the file is larger than ``MAX_FILE``.
    """
    size = path.stat().st_size
    if size > MAX_FILE:
        raise TooMuch(f"o arquivo tem {size // MEGABYTE} MB; o máximo é {MAX_FILE // MEGABYTE} MB")


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse a compressed workbook that unpacks to far more than a file of facts needs.

    Raises:
        TooMuch: too many entries, or too large once unpacked.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise TooMuch(f"o arquivo tem {len(entries)} partes internas; o máximo é {MAX_ENTRIES}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise TooMuch(
            f"descompactado, o arquivo teria {unpacked // MEGABYTE} MB; o máximo é {MAX_UNPACKED // MEGABYTE} MB"
        )


def refuse_far_cell(sheet: str, row: int, column: int) -> None:
    """Refuse a cell so far away that reading up to it would exhaust memory.

    Raises:
        TooMuch: the row or the column is beyond the limits.
    """
    if row > MAX_ROW or column > MAX_COLUMN:
        raise TooMuch(
            f"na planilha “{sheet}” há conteúdo na linha {row}, coluna {column}; o máximo é a linha {MAX_ROW} e a "
            f"coluna {MAX_COLUMN}. Apague o que estiver fora da tabela"
        )


def confine_this_process() -> None:
    """Cap this process's memory and processor time, so that a hostile file kills the reader and nothing else."""
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_AS, (READER_MEMORY, READER_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (READER_SECONDS, READER_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
