"""Text that people type and read: compared without its accents, quoted in messages, matched with what was meant."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from functools import lru_cache

from apura.formula import fold as fold_name
from apura.formula import nearest

_LONGEST_QUOTED = 80
_SYSTEM = {
    errno.EADDRINUSE: "outro programa já usa este lugar",
    errno.EADDRNOTAVAIL: "este endereço não é desta máquina",
    errno.ENOENT: "não existe; confira o nome e a pasta",
    errno.EEXIST: "já existe um arquivo com este nome",
    errno.ENOTDIR: "uma parte do caminho é um arquivo, e não uma pasta",
    errno.EISDIR: "é uma pasta, e não um arquivo",
    errno.EACCES: "falta permissão",
    errno.EPERM: "falta permissão",
    errno.EROFS: "o lugar só admite leitura",
    errno.ENOSPC: "o disco está cheio",
    errno.ENAMETOOLONG: "o nome é longo demais",
}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Text without accents, case or repeated spaces, for comparing what people type."""
    return " ".join(fold_name(text).split())


def told_by_the_system(error: OSError) -> str:
    """Say in Portuguese why the system refused a file or a place."""
    return _SYSTEM.get(error.errno or 0, error.strerror or "o sistema não disse por quê")


def one_line(error: Exception) -> str:
    """Return an error's message without line breaks, as a cell's note."""
    return " ".join(str(error).split())


def quoted(given: object) -> str:
    """Return what was given between quotes, on one line, cut when long, with nothing that cannot be shown."""
    try:
        text = str(given)
    except ValueError:  # an integer of more digits than Python writes
        return "um número com algarismos demais"
    shown = "".join(mark if mark.isprintable() else " " for mark in text[: 2 * _LONGEST_QUOTED])
    shown = " ".join(shown.split())
    return f"“{shown}”" if len(shown) <= _LONGEST_QUOTED else f"“{shown[: _LONGEST_QUOTED - 1]}…”"


def suggestion(given: object, known: Iterable[str]) -> str:
    """Say which known name was probably meant, as the end of a sentence; nothing when none is near."""
    folded = {fold(name): name for name in known}
    near = nearest(fold(quoted(given).strip("“”")), folded)
    return f"; talvez “{folded[near]}”" if near else ""
