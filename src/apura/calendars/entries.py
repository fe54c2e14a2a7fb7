"""The lines of a calendar's data: which days they name in a year, and how a data file is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast, get_args

from apura.calendars.easter import easter_on
from apura.calendars.errors import CalendarDataError
from apura.calendars.holidays import FULL_HOLIDAYS, Holiday, Kind

FIRST_YEAR, LAST_YEAR = 2000, 2100
_LAST_HOUR = 23
_ENTRY_KEYS = {
    *("name", "kind", "day", "easter", "dates", "from", "until", "act", "confirmed", "doubt"),
    *("suspends", "until_hour", "moves", "source"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """In one year the day was kept on another date; the usual date of that year is then an ordinary day.

    ``suspends`` is the choice made with the move; None when the usual one stands.
    """

    year: int
    to: date
    act: str
    suspends: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One holiday or optional day as its jurisdiction keeps it, from one year until another.

    Exactly one of ``day`` (month, day), ``easter`` (days from Easter Sunday) and ``dates`` says when.
    ``suspends`` None on an optional day means that no choice of the jurisdiction is recorded.
    """

    name: str
    kind: Kind
    day: tuple[int, int] | None = None
    easter: int | None = None
    dates: tuple[date, ...] = ()
    first_year: int = FIRST_YEAR
    last_year: int = LAST_YEAR
    act: str | None = None
    doubt: str = ""
    suspends: bool | None = None
    until_hour: int | None = None
    moves: tuple[Move, ...] = ()

    def in_year(self, year: int, *, jurisdiction: str) -> Iterator[Holiday]:
        """Give the days this entry names in a year, moved where an act moved them."""
        if not self.first_year <= year <= self.last_year:
            return
        for usual in self._usual_dates(year):
            move = next((move for move in self.moves if move.year == year), None)
            yield self._moved(move, usual, jurisdiction) if move else self._kept(usual, jurisdiction)

    def _usual_dates(self, year: int) -> Iterator[date]:
        if self.day is not None:
            yield date(year, *self.day)
        elif self.easter is not None:
            yield easter_on(year) + timedelta(days=self.easter)
        else:
            yield from (day for day in self.dates if day.year == year)

    def _kept(self, day: date, jurisdiction: str) -> Holiday:
        return self._holiday(day, jurisdiction, act=self.act, suspends=self.suspends)

    def _moved(self, move: Move, usual: date, jurisdiction: str) -> Holiday:
        name = f"{self.name} (transferido de {usual.day:02}/{usual.month:02})"
        suspends = self.suspends if move.suspends is None else move.suspends
        return self._holiday(move.to, jurisdiction, act=move.act, suspends=suspends, name=name)

    def _holiday(
        self, day: date, jurisdiction: str, *, act: str | None, suspends: bool | None, name: str = ""
    ) -> Holiday:
        is_full = self.kind in FULL_HOLIDAYS
        return Holiday(
            date=day,
            name=name or self.name,
            kind=self.kind,
            act=act,
            confirmed=act is not None,
            jurisdiction=jurisdiction,
            suspends=is_full or suspends is True,
            until_hour=self.until_hour,
            choice_recorded=is_full or suspends is not None,
            doubt="" if act is not None else self.doubt,
        )


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One data file: the days of the country, a state or a city, and the jurisdiction it lies in."""

    code: str
    label: str
    parent: str | None
    entries: tuple[Entry, ...]


def read_jurisdiction(data: Mapping[str, Any], *, place: str) -> Jurisdiction:
    """Read a parsed data file.

    Args:
        data: What the TOML file holds.
        place: The file's name, for messages.

    Raises:
        CalendarDataError: a key is missing, unknown or does not fit the others.
    """
    _refuse_unknown(data, {"code", "label", "parent", "entries"}, place)
    entries = tuple(
        _read_entry(entry, place=f"{place}, item {number}") for number, entry in enumerate(data["entries"], 1)
    )
    return Jurisdiction(str(data["code"]), str(data["label"]), data.get("parent"), entries)


def _read_entry(data: Mapping[str, Any], *, place: str) -> Entry:
    place = f"{place} ({data.get('name', 'sem nome')})"
    _refuse_unknown(data, _ENTRY_KEYS, place)
    _refuse_contradictions(data, place)
    month_day = str(data["day"]).split("-") if "day" in data else None
    return Entry(
        name=data["name"],
        kind=cast(Kind, data["kind"]),
        day=(int(month_day[0]), int(month_day[1])) if month_day else None,
        easter=data.get("easter"),
        dates=tuple(data.get("dates", ())),
        first_year=data.get("from", FIRST_YEAR),
        last_year=data.get("until", LAST_YEAR),
        act=data.get("act"),
        doubt=data.get("doubt", ""),
        suspends=data.get("suspends"),
        until_hour=data.get("until_hour"),
        moves=tuple(Move(**move) for move in data.get("moves", ())),
    )


def _refuse_unknown(data: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise CalendarDataError(
            f"{place}: chave desconhecida {unknown[0]!r}; as conhecidas são {sorted(known)}."
        )


def _refuse_contradictions(data: Mapping[str, Any], place: str) -> None:
    for problem, is_there in (
        ("falta o nome", not data.get("name")),
        (f"a espécie {data.get('kind')!r} não existe", data.get("kind") not in get_args(Kind)),
        ("diga exatamente um entre day, easter e dates", _ways_to_say_when(data) != 1),
        ("sem ato (act), escreva confirmed = false e a dúvida (doubt)", not _has_act_or_doubt(data)),
        ("um feriado sempre suspende: retire suspends", _is_full(data) and "suspends" in data),
        (
            "até quando não há expediente (until_hour) é próprio do meio expediente",
            (data.get("kind") == "meio expediente") != ("until_hour" in data),
        ),
        (f"until_hour vai de 1 a {_LAST_HOUR}", not 1 <= data.get("until_hour", 1) <= _LAST_HOUR),
    ):
        if is_there:
            raise CalendarDataError(f"{place}: {problem}.")


def _ways_to_say_when(data: Mapping[str, Any]) -> int:
    return sum(key in data for key in ("day", "easter", "dates"))


def _has_act_or_doubt(data: Mapping[str, Any]) -> bool:
    if data.get("confirmed", True):
        return bool(data.get("act")) and "doubt" not in data
    return bool(data.get("doubt")) and "act" not in data


def _is_full(data: Mapping[str, Any]) -> bool:
    return data.get("kind") in FULL_HOLIDAYS
