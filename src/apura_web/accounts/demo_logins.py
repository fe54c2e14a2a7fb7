"""The logins a demonstration offers at the entrance; whoever makes the demonstration says which, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings


@dataclass(frozen=True)
class DemoLogin:
    """One login of the demonstration.

    Attributes:
        institution: its name; logins of the same one are shown together.
        name: of the fictitious person.
        role: what they do, as “Coordenadora setorial · SES”.
        email: with which they sign in.
        password: known to everybody.
    """

    institution: str
    name: str
    role: str
    email: str
    password: str


Source = Callable[[], Iterable[DemoLogin]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Say where the logins come from; they are asked for when the entrance is shown, in demo mode only."""
    if source not in _sources:
        _sources.append(source)


def listed() -> list[DemoLogin]:
    """Give the logins offered; none outside a demonstration."""
    if not settings.DEMO:
        return []
    return [login for source in _sources for login in source()]


def by_institution() -> list[tuple[str, list[DemoLogin]]]:
    """Give the logins offered, those of each institution together, in the order they were given."""
    order = list(dict.fromkeys(login.institution for login in listed()))
    ranked = sorted(listed(), key=lambda login: order.index(login.institution))
    return [(name, list(logins)) for name, logins in groupby(ranked, key=lambda login: login.institution)]


def find(email: str) -> DemoLogin | None:
    """Find a login offered by its e-mail."""
    return next((login for login in listed() if login.email == email), None)
