"""The calendars this library knows."""

import tomllib
from functools import cache
from importlib.resources import files

from apura.calendars.calendar import Calendar
from apura.calendars.entries import Jurisdiction, read_jurisdiction
from apura.calendars.errors import UnknownCalendar

_DATA = files("apura.calendars") / "data"


@cache
def known_calendars() -> tuple[str, ...]:
    """Give the codes of the calendars known, as in ``("BR", "GO", "GO-GYN", …)``."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _DATA.iterdir() if file.name.endswith(".toml"))
    )


def load_calendar(code: str) -> Calendar:
    """Give the calendar of a place.

    Args:
        code: As in "MG-BH"; capitals and small letters are the same.

    Raises:
        UnknownCalendar: no calendar has that code; the message lists those there are.
    """
    wanted = code.strip().upper()
    if wanted not in known_calendars():
        raise UnknownCalendar(code, known_calendars())
    return _calendar(wanted)


@cache
def _calendar(code: str) -> Calendar:
    """Give the one calendar of a place, so that each year's days are worked out once."""
    chain = [_jurisdiction(code)]
    while (parent := chain[-1].parent) is not None:
        chain.append(_jurisdiction(parent))
    return Calendar(tuple(chain))


@cache
def _jurisdiction(code: str) -> Jurisdiction:
    file = _DATA / f"{code}.toml"
    return read_jurisdiction(tomllib.loads(file.read_text(encoding="utf-8")), place=file.name)
