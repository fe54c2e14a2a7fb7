"""How much a file may ask of us, and how a process that asks for more is stopped."""

from __future__ import annotations

import sys
import zipfile

MEGABYTE = 2**20
MAX_FILE = 50 * MEGABYTE
MAX_UNPACKED = 600 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_SHEETS = 300
MAX_ROW = 300_000
MAX_COLUMN = 500
MAX_CELLS = 1_500_000
MAX_AREA = 40_000_000
"""Cells between the first and the last of a sheet, blank ones included: the reader lays them all out."""
MAX_CHARACTERS = 100_000_000
MAX_ANSWER = 512 * MEGABYTE
CHILD_MEMORY = 3 * 1024 * MEGABYTE
CHILD_SECONDS = 180


class TooMuch(ValueError):
    """The file asks for more than a file of facts ever needs; the message says what."""


def refuse_large_file(size: int) -> None:
    """Refuse a file of ``size`` bytes over the maximum.

    Raises:
        TooMuch: the file is larger than ``MAX_FILE``.
    """
    if size > MAX_FILE:
        raise TooMuch(
            f"o arquivo tem {size // MEGABYTE} MB; o máximo é {MAX_FILE // MEGABYTE} MB: deixe só o que vai ser lido"
        )


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse a compressed file that unpacks to far more than a file of facts needs.

    Raises:
        TooMuch: too many entries, or too large once unpacked.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise TooMuch(
            f"o arquivo tem {len(entries)} partes internas; o máximo é {MAX_ENTRIES}: deixe só o que vai ser lido"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise TooMuch(
            f"descompactado, o arquivo teria {unpacked // MEGABYTE} MB; o máximo é {MAX_UNPACKED // MEGABYTE} MB: "
            "deixe só o que vai ser lido"
        )


def refuse_many_sheets(count: int) -> None:
    """Refuse a workbook with more sheets than any norm has.

    Raises:
        TooMuch: ``count`` is over ``MAX_SHEETS``.
    """
    if count > MAX_SHEETS:
        raise TooMuch(
            f"o arquivo tem {count} planilhas; o máximo é {MAX_SHEETS}: deixe só as planilhas da norma"
        )


def refuse_far_cell(sheet: str, row: int, column: int) -> None:
    """Refuse a cell so far away that reading up to it would exhaust memory.

    Raises:
        TooMuch: the row or the column is beyond the limits.
    """
    if row > MAX_ROW or column > MAX_COLUMN:
        raise TooMuch(
            f"na planilha “{sheet}” há conteúdo na linha {row}, coluna {column}; o máximo é a linha {MAX_ROW} e a "
            f"coluna {MAX_COLUMN}: apague o que estiver fora da tabela"
        )


def refuse_sparse(sheet: str, rows: int, columns: int) -> None:
    """Refuse content so spread out that the blank cells in between would exhaust memory.

    Raises:
        TooMuch: the rectangle that holds the content has more than ``MAX_AREA`` cells.
    """
    if rows * columns > MAX_AREA:
        raise TooMuch(
            f"na planilha “{sheet}” o conteúdo se espalha por {rows} linhas e {columns} colunas: apague o que estiver "
            "fora da tabela"
        )


def refuse_many_cells(count: int) -> None:
    """Refuse more filled cells than can be read.

    Raises:
        TooMuch: ``count`` is over ``MAX_CELLS``.
    """
    if count > MAX_CELLS:
        raise TooMuch(
            f"o arquivo tem mais de {MAX_CELLS} células preenchidas: divida-o, ou deixe só as planilhas da norma"
        )


def confine_this_process() -> None:
    """Cap this process's memory, time and output, so that a hostile file kills it and nothing else."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    for kind, wanted in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (allowed, allowed))
