"""Words as people type them, brought to one form: no accents, no plurals, no endings."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import snowballstemmer

PLURALS = (
    (r"(?:oes|aes|aos)$", "ao"),
    (r"^(l|r)eis$", r"\1ei"),
    (r"lises$", "lise"),
    (r"(\w{2})ais$", r"\1al"),
    (r"(\w{2})eis$", r"\1el"),
    (r"ois$", "ol"),
    (r"uis$", "ul"),
    (r"ens$", "em"),
    (r"ins$", "im"),
    (r"ons$", "om"),
    (r"uns$", "um"),
    (r"([rzs])es$", r"\1"),
    (r"([^si])s$", r"\1"),
)
ENDINGS = (
    (r"cao$", "ção"),
    (r"sao$", "são"),
    (r"encia$", "ência"),
    (r"ancia$", "ância"),
    (r"ario$", "ário"),
    (r"avel$", "ável"),
)
SHORTEST = 4  # shorter words, and acronyms, are kept as they are
EMPTY = frozenset("a o as os e de da do das dos em na no nas nos para por com ao aos um uma".split())  # noqa: SIM905


def words_of(text: str) -> list[str]:
    """Split a text into folded words, without those that say nothing."""
    found = re.findall(r"[0-9a-z]+", fold(text))
    return [word for word in found if word not in EMPTY]


def fold(text: str) -> str:
    """Take accents and case away."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@cache
def stem(word: str) -> str:
    """Give the common form of a folded word: singular, then without its ending.

    The ending with its accent is put back before the stemmer, which was made for written Portuguese and does not know
    “avaliacao”.
    """
    if len(word) < SHORTEST or word.isdigit():
        return word
    singular = _first(word, PLURALS)
    return fold(str(_stemmer().stemWord(_first(singular, ENDINGS))))


def indexed(text: str) -> str:
    """Give what is stored of a text: each word and its common form, set apart by spaces."""
    forms: dict[str, None] = {}
    for word in words_of(text):
        forms |= {word: None, stem(word): None}
    return f" {' '.join(forms)} " if forms else ""


def _first(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        changed, times = re.subn(pattern, replacement, word)
        if times:
            return changed
    return word


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("portuguese")
