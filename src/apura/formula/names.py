"""Names: folded (accents, case) to compare, and the nearest one when a name is not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z", re.ASCII)


def fold(text: str) -> str:
    """Return the text in small letters and without accents: “Média” and “media” are one name."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def is_name(text: str) -> bool:
    """Tell whether the text is a folded name: letters, digits and `_`, not starting with a digit."""
    return _NAME.match(text) is not None


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like this one, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is already wrong

    found = get_close_matches(name[:60], list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
