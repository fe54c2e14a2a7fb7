"""What can go wrong with a norm, told to the person: what happened, on what basis, what to do next.

Three families: a *pack* that is broken (its keeper's problem), *bad input* (the user's file or request),
and a *refusal* (the law gives no answer here; never a default, never a zero).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class NormError(Exception):
    """Base of everything this package raises on purpose.

    Args:
        reason: what happened, one Portuguese sentence.
        what_to_do: what the reader can do next.
        cites: the provision the sentence rests on, or None.
    """

    def __init__(self, reason: str, *, what_to_do: str = "", cites: str | None = None) -> None:
        self.reason = reason
        self.what_to_do = what_to_do
        self.cites = cites
        super().__init__(" ".join(part for part in (reason, what_to_do) if part))


class PackError(NormError):
    """A pack's file says something it may not; ``file`` and ``place`` say where."""

    def __init__(self, file: str, place: str, reason: str, *, what_to_do: str = "") -> None:
        self.file = file
        self.place = place
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {reason}", what_to_do=what_to_do)


class BadRequest(NormError):
    """The request names something that does not exist: norm, rule, step, option, deadline, subject."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the facts given: where, and what to do about it."""

    message: str
    sheet: str | None = None
    cell: str | None = None
    cites: str | None = None

    def __str__(self) -> str:
        place = " ".join(part for part in (self.sheet, self.cell) if part)
        basis = f" ({self.cites})" if self.cites else ""
        return f"{place}: {self.message}{basis}" if place else f"{self.message}{basis}"


class BadInput(NormError):
    """The facts given cannot be used; ``problems`` lists every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Refusal(NormError):
    """The norm gives no result here. Running a whole norm lists it; asking for one rule raises it."""


class NormWithoutEffect(Refusal):
    """The date lies outside the days in which the norm produces effects."""

    def __init__(
        self, reason: str, *, takes_effect_on: date, last_day: date | None, what_to_do: str, cites: str | None
    ) -> None:
        self.takes_effect_on = takes_effect_on
        self.last_day = last_day
        super().__init__(reason, what_to_do=what_to_do, cites=cites)


class UnknownWording(Refusal):
    """The wording that governs this date is not in the texts at hand."""


class PendingParameter(Refusal):
    """A number the rule needs is in a text not at hand."""

    def __init__(self, name: str, reason: str, *, what_to_do: str, cites: str | None) -> None:
        self.name = name
        super().__init__(reason, what_to_do=what_to_do, cites=cites)


class FactNotAvailable(Refusal):
    """A value the rule needs was not reported, does not apply, or is still to come."""


class DependsOnRefused(Refusal):
    """The rule needs the outcome of another subject whose own result was refused."""


class NotComputable(Refusal):
    """The formula has no value for these facts: division by zero, mean of nothing, missing annex row."""
