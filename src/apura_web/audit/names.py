"""Putting names to opaque codes at display; who knows the names registers how to find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apura_web.audit.actors import SYSTEM, Actor

Finder = Callable[[Actor, set[str]], dict[str, str]]
_finders: list[Finder] = []


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
