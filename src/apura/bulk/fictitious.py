"""The queries that write fictitious subjects and records; the options they may have wait in small tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd

from apura.bulk.admissible import NONE, MadeUpRelation, MadeUpRule
from apura.bulk.columns import IDENTITY
from apura.bulk.draws import ONE_DRAW, Draws, range_of
from apura.bulk.engine import Engine, quoted_name
from apura.norms import KEY, BadRequest
from apura.norms.rule_schema import Column

PROFILES, COMBINATIONS = "fictitious_profiles", "fictitious_combinations"
SHARES = 101
KEY_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Crowd:
    """Whom facts are made up for.

    Attributes:
        people: how many subjects each rule has; the same, by key, in every rule.
        records: how many records each relation has, all together.
        on: dates fall in the year of this one.
    """

    draws: Draws
    people: int
    records: int
    on: date


@dataclass(frozen=True, slots=True)
class SubjectSheet:
    """The rows of a rule's own sheet."""

    crowd: Crowd
    made: MadeUpRule

    @property
    def count(self) -> int:
        """How many there are."""
        return self.crowd.people

    @property
    def columns(self) -> Sequence[Column]:
        """What each has besides the key."""
        return self.made.inputs

    def check(self) -> None:
        """Accept any number of subjects."""

    def prepare(self, engine: Engine) -> None:
        """Fill the table of the profiles."""
        names = list(self.made.profiles[0])
        columns = "".join(f", p{at} VARCHAR" for at in range(len(names)))
        rows = [(at, *profile.values()) for at, profile in enumerate(self.made.profiles)]
        engine.fill(PROFILES, f"profile BIGINT{columns}", rows)

    def query(self) -> str:
        """Write the query of the rows, one for each subject."""
        profile = profile_of(self.crowd, self.made, "i")
        people = f"SELECT i, {profile} AS profile FROM range(1, {self.crowd.people + 1}) AS t(i)"
        columns = [f"{key_of(self.crowd, 'i')} AS {KEY}"]
        columns += [f"{self._value(column)} AS {quoted_name(column.name)}" for column in self.made.inputs]
        return f"SELECT {', '.join(columns)} FROM ({people}) JOIN {PROFILES} USING (profile)"

    def _value(self, column: Column) -> str:
        purpose, fixed = f"{self.made.rule.name}.{column.name}", list(self.made.profiles[0])
        if column.options:
            return f"p{fixed.index(column.name)}"
        if column.kind == "date":
            return day_of(self.crowd, "i", purpose)
        drawn = range_of(column, is_record=False)
        units = drawn.drawn(self.crowd.draws, "i", purpose)
        if column.name in fixed:
            some = drawn.some(self.crowd.draws, "i", purpose)
            units = f"CASE WHEN p{fixed.index(column.name)} = '{NONE}' THEN 0 ELSE {some} END"
        return drawn.as_decimal(units)


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The rows of a relation: out of order, and some people have many, some few, some none."""

    crowd: Crowd
    made: MadeUpRule
    relation: MadeUpRelation

    @property
    def count(self) -> int:
        """How many there are: as asked for, or one each where each subject has exactly one."""
        return self.crowd.people if self.relation.relation.single else self.crowd.records

    @property
    def columns(self) -> Sequence[Column]:
        """What each has besides the key."""
        return self.relation.columns

    def check(self) -> None:
        """Refuse more records than the relation lets the people have.

        Raises:
            BadRequest: there are too many.
        """
        most = self.relation.relation.max_rows
        if most is not None and self.count > most * self.crowd.people:
            raise BadRequest(
                f"“{self.relation.relation.label}” tem no máximo {most} registros por pessoa, e {self.count} "
                f"registros não cabem em {self.crowd.people} pessoas.",
                what_to_do="Peça menos registros, ou mais pessoas.",
            )

    def prepare(self, engine: Engine) -> None:
        """Fill the table of the admissible combinations of each profile."""
        columns = "".join(f", o{at} VARCHAR" for at in range(len(self.relation.options)))
        rows = [
            (profile, rank, *combined)
            for profile, found in enumerate(self.relation.combinations)
            for rank, combined in enumerate(found)
        ]
        engine.fill(COMBINATIONS, f"profile BIGINT, rank BIGINT{columns}", rows)

    def query(self) -> str:
        """Write the query of the rows."""
        crowd, purpose = self.crowd, f"{self.made.rule.name}.{self.relation.relation.name}"
        slots = f"SELECT i, {self._slot()} AS slot FROM range({self.count}) AS t(i)"
        owned = f"SELECT i, 1 + {self._owner(purpose)} AS person FROM ({slots})"
        profile = profile_of(crowd, self.made, "person")
        drawn = f"SELECT i, person, {profile} AS profile FROM ({owned})"
        many = f"SELECT profile, count(*) AS many FROM {COMBINATIONS} GROUP BY profile"
        rank = crowd.draws.below(ONE_DRAW, "i", f"{purpose}, opções")
        ranked = (
            f"SELECT i, person, profile, {rank} % many AS rank FROM ({drawn}) JOIN ({many}) USING (profile)"
        )
        columns = [f"{key_of(crowd, 'person')} AS {KEY}", f"i + 1 AS {IDENTITY}"]
        columns += [
            f"{self._value(column, purpose)} AS {quoted_name(column.name)}"
            for column in self.relation.columns
        ]
        return f"SELECT {', '.join(columns)} FROM ({ranked}) JOIN {COMBINATIONS} USING (profile, rank)"

    def _slot(self) -> str:
        """Write a place among the people, which each round of records visits once, in another order."""
        people = self.crowd.people
        step = next(each for each in range(people * 2 // 3, 2 * people + 2) if gcd(each, people) == 1)
        return f"((i % {people}) * {step} + (i // {people}) * {people // 7 + 1}) % {people}"

    def _owner(self, purpose: str) -> str:
        """Write whose a record is: neighbours, two by two, share theirs unevenly, if neither may have too many."""
        most, rounds = self.relation.relation.max_rows, -(-self.count // self.crowd.people)
        if self.relation.relation.single or (most is not None and 2 * rounds > most):
            return "slot"
        first, draws = "(slot - slot % 2)", self.crowd.draws
        share = draws.below(SHARES, first, f"{purpose}, parte")
        is_second = f"CAST({draws.below(SHARES - 1, 'i', f'{purpose}, de quem')} < {share} AS BIGINT)"
        return f"CASE WHEN {first} + 1 < {self.crowd.people} THEN {first} + {is_second} ELSE slot END"

    def _value(self, column: Column, purpose: str) -> str:
        purpose = f"{purpose}.{column.name}"
        if column.options:
            return f"o{self.relation.options.index(column)}"
        if column.kind == "date":
            return day_of(self.crowd, "i", purpose)
        drawn = range_of(column, is_record=True)
        return drawn.as_decimal(drawn.drawn(self.crowd.draws, "i", purpose))


def profile_of(crowd: Crowd, made: MadeUpRule, person: str) -> str:
    """Write the number of the profile of a person in a rule."""
    return crowd.draws.below(len(made.profiles), person, f"{made.rule.name}, perfil")


def key_of(crowd: Crowd, person: str) -> str:
    """Write the key of a person: “A0000001”, and longer where seven digits are not enough."""
    return f"'A' || lpad(CAST({person} AS VARCHAR), {max(KEY_DIGITS, len(str(crowd.people)))}, '0')"


def day_of(crowd: Crowd, index: str, purpose: str) -> str:
    """Write a day of the year."""
    first = date(crowd.on.year, 1, 1)
    days = (date(crowd.on.year, 12, 31) - first).days + 1
    return f"DATE '{first}' + CAST({crowd.draws.below(days, index, purpose)} AS INTEGER)"


def sheets_of(crowd: Crowd, made: MadeUpRule) -> Sequence[tuple[str, SubjectSheet | RecordSheet]]:
    """List the sheets of a rule, each with the name of its file less the ending."""
    records = [
        (f"{made.rule.name}.{each.relation.name}", RecordSheet(crowd, made, each)) for each in made.relations
    ]
    return [(made.rule.name, SubjectSheet(crowd, made)), *records]
