"""Facts: what somebody reported about a subject, typed, with the days counted and the place each came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.calendars import Counting, DueDate
from apura.formula import Value
from apura.norms.errors import FactNotAvailable
from apura.norms.institution import Institution
from apura.norms.rule_schema import SUBJECT_KEY, ValueState

KEY, NAME, ROW = SUBJECT_KEY, "nome", "identidade"
"""Names of the columns every sheet has: the subject's key, its name, and what identifies a child row."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A value somebody declared not to exist: it does not apply, or was not reported, and why."""

    state: ValueState
    reason: str


FactValue = Fraction | str | date | Absent


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was read."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as read, not yet typed: text, exact numbers and dates by column, with the address of each cell."""

    values: Mapping[str, object]
    cells: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file facts came from."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class RawFacts:
    """Everything read from one file or call: rows by rule, child rows by (rule, relation)."""

    subjects: Mapping[str, Sequence[RawRow]]
    children: Mapping[tuple[str, str], Sequence[RawRow]] = field(default_factory=dict)
    institution: Institution | None = None
    fictitious: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """How an input's days were counted: the due date and why, the day it was met, the counting and the calendar."""

    input: str
    deadline: str
    label: str
    due: DueDate
    done_on: date
    days: int
    counting: Counting
    calendar: str


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A row a rule reads besides its own: what names it in messages, its name, and its values."""

    identity: str
    name: str
    values: Mapping[str, Value]
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    def value(self, column: str) -> Value:
        """Return the value of ``column``.

        Raises:
            FactNotAvailable: the row has none.
        """
        if column not in self.values:
            raise FactNotAvailable(
                f"“{self.identity}” não tem “{column}”.", what_to_do="Preencha o valor ou retire a linha."
            )
        return self.values[column]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of one rule with all its facts; the only thing a calculation sees."""

    rule: str
    key: str
    name: str
    inputs: Mapping[str, FactValue]
    relations: Mapping[str, tuple[RelatedRow, ...]] = field(default_factory=dict)
    deadlines: tuple[DeadlineFact, ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A frozen snapshot of facts: subjects by rule, in the order given."""

    subjects: Mapping[str, tuple[Subject, ...]]
    institution: Institution | None = None
    fictitious: bool = False
    source: Source | None = None
