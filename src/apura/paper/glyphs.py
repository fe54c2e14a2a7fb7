"""What the fonts carried inside the PDF writer can draw, and how any other text is made printable.

PDF/A and PDF/UA forbid a character without a drawing, and the writer refuses the whole document for one.
Names come from spreadsheets and may hold anything, so what cannot be drawn becomes “□”; the attached
JSON keeps the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Any

MISSING = "□"
"""Stands on paper for a character that no embedded font can draw."""

DRAWABLE = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x63A), (0x640, 0x64A),
    (0x660, 0x669), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052),
    (0x2054, 0x205E), (0x2070, 0x2071), (0x2074, 0x208E), (0x2090, 0x209C), (0x20A0, 0x20BF),
    (0x2100, 0x211E), (0x2122, 0x2122), (0x2126, 0x214F), (0x2153, 0x215F), (0x2190, 0x22FF),
    (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2660, 0x266F), (0x2713, 0x2714), (0xFB00, 0xFB06),
    (0xFFFD, 0xFFFD),
)  # fmt: skip
"""Ranges of code points, in order, that the embedded fonts draw in every weight used here (tested)."""

DROPPED = {"Cc", "Cf", "Mc", "Me", "Mn"}
"""Categories that leave no trace on paper: controls, formatting, marks that would stand alone."""

_STARTS = tuple(start for start, _ in DRAWABLE)
_UNBROKEN = re.compile(r"\S{25,}")
_PIECE = re.compile(r"\S{12}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_BREAK = "\u200b"


def is_drawable(character: str) -> bool:
    """Tell whether an embedded font has a drawing for the character."""
    code = ord(character)
    place = bisect_right(_STARTS, code) - 1
    return place >= 0 and code <= DRAWABLE[place][1]


def printable(text: str) -> str:
    """Make any text fit to print: one line, composed, only drawable characters, long runs breakable.

    Invisible formatting (text-direction overrides, joiners, variation selectors) is dropped, so that a name
    cannot reorder the text around it. So are accents that no composed letter takes: which of their chains can
    be drawn depends on their neighbours.
    """
    if text.isascii() and text.isprintable():
        return _breakable(text)
    composed = unicodedata.normalize("NFC", text)
    return _breakable("".join(map(_drawn, composed)))


def all_printable(value: Any) -> Any:
    """Apply ``printable`` to every text inside JSON-like data."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return [all_printable(item) for item in value]
    if isinstance(value, dict):
        return {key: all_printable(item) for key, item in value.items()}
    return value


def _drawn(character: str) -> str:
    if character.isspace():
        return "\u00a0" if character in "\u00a0\u202f" else " "
    if is_drawable(character):
        return character
    return "" if unicodedata.category(character) in DROPPED else MISSING


def _breakable(text: str) -> str:
    if _HASH.fullmatch(text):
        return text  # it has a line to itself, and must be found by who searches for it
    return _UNBROKEN.sub(lambda run: _PIECE.sub(rf"\g<0>{_BREAK}", run.group()), text)
