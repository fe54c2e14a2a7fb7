"""A count under way: it goes from day to day over a calendar and remembers what it met."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from apura.calendars.calendar import Calendar
from apura.calendars.holidays import Holiday
from apura.calendars.words import day_in_words, is_weekend, on_day

_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Walk:
    """The days a count goes through.

    Attributes:
        calendar: Whose business days it minds.
        steps: How each day that mattered was treated, in Portuguese.
        skipped: The days without business it met, as in “na sexta, 18/04/2014, feriado nacional: …”.
        unsettled: The holidays and optional days that mattered and are not settled.
    """

    calendar: Calendar
    steps: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unsettled: list[Holiday] = field(default_factory=list)

    def count_business_days(self, start: date, days: int) -> date:
        """Go forward from the day after the start until that many business days were met; give the last."""
        day = start
        while days:
            day += _ONE_DAY
            if self._has_business(day, otherwise="não contado"):
                days -= 1
        return day

    def roll_forward(self, day: date) -> date:
        """Go forward to the first business day, the given one included."""
        while not self._has_business(day, otherwise="sem expediente; o vencimento passa adiante"):
            day += _ONE_DAY
        return day

    def step_back(self, day: date, *, until: date) -> date | None:
        """Go back to the first business day, the given one included; None when none is left."""
        while day >= until:
            if self._has_business(day, otherwise="sem expediente; vale o dia útil anterior"):
                return day
            day -= _ONE_DAY
        return None

    def _has_business(self, day: date, *, otherwise: str) -> bool:
        if is_weekend(day):
            self.calendar.refuse_outside(day)
            self.steps.append(f"{day_in_words(day)}: {otherwise}.")
            self.skipped.append(on_day(day))
            return False
        kept = self.calendar.holiday_on(day)
        if kept is None:
            return True
        if not kept.is_settled:
            self.unsettled.append(kept)
        basis = f" – {kept.basis}" if kept.basis else ""
        if not kept.suspends:
            self.steps.append(f"{day_in_words(day)}: {kept.counted_in_words()}{basis}.")
            return True
        self.steps.append(f"{day_in_words(day)}: {kept.in_words()}, {otherwise}{basis}.")
        self.skipped.append(f"{on_day(day)}, {kept.in_words()}")
        return False
