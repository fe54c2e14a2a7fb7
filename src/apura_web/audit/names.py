"""Putting names to opaque codes at display; who knows the names registers how to find them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from apura_web.audit.actors import SYSTEM, Actor

Finder = Callable[[Actor, set[str]], dict[str, str]]
_finders: list[Finder] = []
MARK = re.compile(r"⟨([0-9a-z]+)⟩")


def register_finder(finder: Finder) -> None:
    """Let a context that knows people name them for whoever looks."""
    if finder not in _finders:
        _finders.append(finder)


def names_of(codes: Iterable[str], looker: Actor) -> dict[str, str]:
    """Give a name for each code; a code nobody names stays as it is.

    Args:
        codes: opaque codes of people.
        looker: who will read the names.
    """
    wanted = set(codes)
    found = {code: code for code in wanted} | {SYSTEM: "Plataforma"}
    for finder in _finders:
        found |= finder(looker, wanted)
    return found


def marked(code: str) -> str:
    """Write a person's code inside a text that the trail keeps: names never enter it, so that they can be erased."""
    return f"⟨{code}⟩"


def codes_in(text: str) -> set[str]:
    """Give the codes of people written inside a text."""
    return set(MARK.findall(text))


def with_names(text: str, names: dict[str, str]) -> str:
    """Put names where a text has the codes of people.

    Args:
        text: as the trail keeps it.
        names: by code, as :func:`names_of` gives them.
    """
    return MARK.sub(lambda found: names.get(found[1], found[1]), text)
