"""Files that are there only when they are whole, and what names their content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PARTIAL = ".parcial"
"""What ends the name of what is still being made."""
CHUNK = 2**20


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def described(path: Path, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Say what a file is: its size, when it was written, and the SHA-256 of its content.

    Args:
        path: the file.
        before: what was said of it before; while size and time are the same, it is not read again.

    Raises:
        OSError: it cannot be read.
    """
    found = path.stat()
    seen = {"bytes": found.st_size, "modificado": found.st_mtime_ns}
    if before is not None and {name: before.get(name) for name in seen} == seen:
        return dict(before)
    return {**seen, "sha256": digest(path)}


def read_record(path: Path) -> Mapping[str, Any] | None:
    """Read a record that was kept; None when there is none, or it is broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_record(path: Path, content: Mapping[str, Any]) -> None:
    """Write a record, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    beside = path.with_name(path.name + PARTIAL)
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)
