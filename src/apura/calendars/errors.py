"""What can be refused when days are counted, each with what was read and what to do."""


class CalendarError(ValueError):
    """A question about days that has no answer here; the message, in Portuguese, says why."""


class UnknownCalendar(CalendarError):
    """There is no calendar with that code."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        self.known = known
        super().__init__(
            f"Calendário desconhecido: “{code}”. Os calendários conhecidos são: {', '.join(known)}. "
            "Use um desses códigos."
        )


class DateOutOfRange(CalendarError):
    """The date lies outside the years whose holidays are recorded, or is not a plain date."""


class NoBusinessDay(CalendarError):
    """The interval holds no business day."""


class CalendarDataError(CalendarError):
    """A calendar's data file is not as it should be; only whoever edits the data meets it."""
