"""What a day can be other than an ordinary one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "feriado nacional",
    "feriado estadual",
    "feriado municipal",
    "ponto facultativo",
    "meio expediente",
    "dia sem expediente",
]
Counting = Literal["dia corrido", "dia útil"]

FULL_HOLIDAYS: tuple[Kind, ...] = ("feriado nacional", "feriado estadual", "feriado municipal")
OPTIONAL_DAYS: tuple[Kind, ...] = ("ponto facultativo", "meio expediente")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday, an optional day, a half day or a day off, on one date, of one jurisdiction.

    Attributes:
        date: The day.
        name: What is kept on it, in Portuguese.
        kind: Feriado (national, state, municipal), ponto facultativo, meio expediente, dia sem expediente.
        act: The act it comes from; None when no act was read.
        confirmed: Whether the act, or an official list of the year, was read.
        jurisdiction: Code of the calendar whose data it is, as in "MG-BH".
        suspends: Whether there is no business on it, so that terms roll over it.
        until_hour: On a half day, the hour before which there is no business.
        choice_recorded: On an optional or half day, whether a choice about business is recorded.
        doubt: Why it is not confirmed, in Portuguese; empty when it is.
    """

    date: date
    name: str
    kind: Kind
    act: str | None
    confirmed: bool
    jurisdiction: str
    suspends: bool
    until_hour: int | None = None
    choice_recorded: bool = True
    doubt: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing about this day is open: it is confirmed and any choice about it is recorded."""
        return self.confirmed and self.choice_recorded

    @property
    def basis(self) -> str:
        """The act, or why there is none; empty for a day off the caller added."""
        return self.act or self.doubt.removesuffix(".")

    def in_words(self) -> str:
        """Say what the day is, as in “feriado municipal: Assunção de Nossa Senhora (não confirmado)”."""
        hour = f" (sem expediente até as {self.until_hour} h)" if self.until_hour is not None else ""
        mark = "" if self.confirmed else " (não confirmado)"
        return f"{self.kind}{hour}: {self.name}{mark}"

    def counted_in_words(self) -> str:
        """Say why the day counts as a business day although something is kept on it."""
        if self.choice_recorded:
            return f"{self.in_words()}, com expediente por escolha registrada: contado como dia útil"
        return f"{self.kind} sem escolha registrada: contado como dia útil ({self.name})"


def day_off(day: date, reason: str, *, jurisdiction: str) -> Holiday:
    """Make a day without business that the caller declares, with the caller's reason."""
    return Holiday(
        date=day,
        name=reason,
        kind="dia sem expediente",
        act=None,
        confirmed=True,
        jurisdiction=jurisdiction,
        suspends=True,
    )
