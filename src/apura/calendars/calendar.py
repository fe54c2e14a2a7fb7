"""A calendar: which days have business in a place, and why the others do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from apura.calendars.entries import FIRST_YEAR, LAST_YEAR, Jurisdiction
from apura.calendars.errors import CalendarError, DateOutOfRange
from apura.calendars.holidays import FULL_HOLIDAYS, Holiday, day_off
from apura.calendars.words import is_weekend, short_date, weekday_name


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a place: its own, those of its state and country, and days off the caller adds.

    Attributes:
        jurisdictions: The place's own data first, then its state's, then the country's.
        days_off: Days without business that the caller added, with the reason of each, in order of date.
    """

    jurisdictions: tuple[Jurisdiction, ...]
    days_off: tuple[tuple[date, str], ...] = ()
    _years: dict[int, dict[date, Holiday]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def code(self) -> str:
        """The calendar's code, as in "MG-BH"."""
        return self.jurisdictions[0].code

    @property
    def label(self) -> str:
        """The place's name, as in "Belo Horizonte (MG)"."""
        return self.jurisdictions[0].label

    def holiday_on(self, day: date) -> Holiday | None:
        """Give what is kept on a day: a holiday, a day off, an optional or half day; None on any other day.

        A holiday prevails over a day off, and a day off over an optional day. Among holidays of the same
        date the country's prevails; among optional days, the nearest jurisdiction that recorded a choice.
        An optional day is given whether it suspends business or not.

        Raises:
            DateOutOfRange: the day lies outside the years recorded.
        """
        self.refuse_outside(day)
        if day.year not in self._years:
            self._years[day.year] = self._year(day.year)
        return self._years[day.year].get(day)

    def holidays_between(self, first: date, last: date) -> tuple[Holiday, ...]:
        """Give what is kept from one day to another, both included, weekends too, in order of date."""
        self.refuse_outside(last)
        return tuple(found for day in _days(first, last) if (found := self.holiday_on(day)) is not None)

    def is_business_day(self, day: date) -> bool:
        """Whether there is business on a day."""
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Say in Portuguese why a day has no business, as in “sábado”; None when it has."""
        holiday = self.holiday_on(day)
        if is_weekend(day):
            return weekday_name(day)
        return holiday.in_words() if holiday is not None and holiday.suspends else None

    def with_days_off(self, reasons: Mapping[date, str]) -> "Calendar":
        """Give the same calendar with more days without business, as an institution's act may declare.

        Args:
            reasons: Each day with its reason, as in ``{date(2014, 4, 17): "Quinta-feira Santa"}``.

        Raises:
            CalendarError: a reason is blank.
            DateOutOfRange: a day lies outside the years recorded.
        """
        for day, reason in reasons.items():
            self.refuse_outside(day)
            if not reason.strip():
                raise CalendarError(f"Falta o motivo do dia sem expediente {short_date(day)}: escreva-o.")
        return Calendar(self.jurisdictions, tuple(sorted({**dict(self.days_off), **reasons}.items())))

    def refuse_outside(self, day: date) -> None:
        """Refuse a day outside the years recorded, and an instant where a date is wanted.

        Raises:
            DateOutOfRange: always in those cases.
        """
        if isinstance(day, datetime):
            raise DateOutOfRange(
                f"Esperava-se uma data sem hora e foi lido {day.isoformat()}: use só a data."
            )
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise DateOutOfRange(
                f"{short_date(day)} está fora dos anos que o calendário {self.code} registra "
                f"(de {FIRST_YEAR} a {LAST_YEAR}): confira o ano."
            )

    def _year(self, year: int) -> dict[date, Holiday]:
        kept: dict[date, list[Holiday]] = {}
        for holiday in self._all_in(year):
            kept.setdefault(holiday.date, []).append(holiday)
        return {day: min(candidates, key=_precedence) for day, candidates in kept.items()}

    def _all_in(self, year: int) -> Iterator[Holiday]:
        """Give everything kept in a year, nearest jurisdiction first: among equals the first prevails."""
        for day, reason in self.days_off:
            if day.year == year:
                yield day_off(day, reason, jurisdiction=self.code)
        for jurisdiction in self.jurisdictions:
            for entry in jurisdiction.entries:
                yield from entry.in_year(year, jurisdiction=jurisdiction.code)


def _precedence(holiday: Holiday) -> int:
    if holiday.kind in FULL_HOLIDAYS:
        return FULL_HOLIDAYS.index(holiday.kind)
    if holiday.kind == "dia sem expediente":
        return len(FULL_HOLIDAYS)
    return len(FULL_HOLIDAYS) + (1 if holiday.choice_recorded else 2)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
