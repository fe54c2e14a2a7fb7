"""Where what formulas read is stored: tables and columns whose names are made here, never taken from a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apura.formula.compiling.terms import Failure, Term, failing

SUBJECT, LINE = "sid", "line"
"""The columns that say whose a row is, by number, and which line of the source it was."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A column: integers at the declared places, numbers of codes, or truth values."""

    column: str
    is_nullable: bool = False

    @property
    def term(self) -> Term:
        """What a formula reads there; of what was not given, an error."""
        if not self.is_nullable:
            return Term(self.column)
        return Term(f"COALESCE({self.column}, 0)", error=failing(f"{self.column} IS NULL", Failure.NOT_GIVEN))


@dataclass(frozen=True, slots=True)
class StoredRelation:
    """The records of a relation: their table, with a column for each of theirs."""

    table: str
    columns: Mapping[str, Stored]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """An annex: the numbers of its keys and what each row gives, at the declared places.

    Raises:
        ValueError: the same keys come twice.
    """

    rows: Sequence[tuple[tuple[int, ...], int]]

    def __post_init__(self) -> None:
        if len({keys for keys, _value in self.rows}) != len(self.rows):
            raise ValueError("an annex has two rows with the same keys")


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything formulas read.

    Attributes:
        subjects: the table of the subjects, one row each.
        names: the columns of their values.
        singles: the columns that hold those of relations with exactly one record.
        codes: the number of each code, over every column, so that any two compare.
        constants: the values of names that are the same for every subject, as integers at the declared places.
    """

    subjects: str
    names: Mapping[str, Stored] = field(default_factory=dict)
    singles: Mapping[tuple[str, str], Stored] = field(default_factory=dict)
    relations: Mapping[str, StoredRelation] = field(default_factory=dict)
    tables: Mapping[str, StoredTable] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, int] = field(default_factory=dict)
