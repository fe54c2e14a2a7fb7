"""The demonstration's data, read from ``data/``: institutions, units and people who do not exist."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from apura.norms import load_norm

DOMAIN = "demo.example"
PASSWORD = "demonstracao-apura"  # noqa: S105 - shown on the sign-in page, and good for nothing else
ALMG_NORM = "almg-2554-2012"


@dataclass(frozen=True)
class HouseFacts:
    """An institution of the demonstration."""

    code: str
    name: str
    acronym: str
    time_zone: str
    calendar: str
    theme: str
    founded_on: date
    authority: str


@dataclass(frozen=True)
class UnitRow:
    """A unit; ``under`` is the acronym of its superior, empty at the top."""

    acronym: str
    name: str
    kind: str
    under: str


@dataclass(frozen=True)
class PersonRow:
    """A person, the one office they hold, and whether they have a login."""

    key: str
    name: str
    office: str
    unit: str
    capacity: str
    has_login: bool

    def email(self, house: str) -> str:
        """Give the e-mail by which the person signs in."""
        return f"{self.key}@{house}.{DOMAIN}"


@cache
def houses() -> tuple[HouseFacts, ...]:
    """Give the institutions, in the order of the sign-in page."""
    return tuple(
        HouseFacts(
            code=row["codigo"],
            name=row["nome"],
            acronym=row["sigla"],
            time_zone=row["fuso"],
            calendar=row["calendario"],
            theme=row["tema"],
            founded_on=date.fromisoformat(row["existe_desde"]),
            authority=row["autoridade"],
        )
        for row in rows_of("instituicoes")
    )


def units_of(code: str) -> list[UnitRow]:
    """Give the units of an institution, superiors first."""
    rows = [
        UnitRow(row["sigla"], row["nome"], row["especie"], row["superior"])
        for row in rows_of(f"{code}-unidades")
    ]
    if code == "almg":
        rows += _units_of_the_deliberation()
    return _superiors_first(rows)


@cache
def people_of(code: str) -> tuple[PersonRow, ...]:
    """Give the people of an institution."""
    return tuple(
        PersonRow(
            row["chave"], row["nome"], row["funcao"], row["unidade"], row["condicao"], row["entra"] == "1"
        )
        for row in rows_of(f"{code}-pessoas")
    )


def _units_of_the_deliberation() -> list[UnitRow]:
    members = load_norm(ALMG_NORM).members
    found = {
        member.unit: UnitRow(member.unit, member.unit_name, "unidade", member.group)
        for name in ("diretoria_geral", "orgaos")
        for member in members[name]
    }
    return list(found.values())


def _superiors_first(rows: list[UnitRow]) -> list[UnitRow]:
    placed: list[UnitRow] = []
    known = {""}
    while len(placed) < len(rows):
        ready = [row for row in rows if row.under in known and row not in placed]
        if not ready:
            raise ValueError(
                f"units without a superior: {[row.acronym for row in rows if row not in placed]}"
            )
        placed += ready
        known |= {row.acronym for row in ready}
    return placed


def rows_of(name: str) -> list[dict[str, str]]:
    """Give the rows of a table of ``data/``; none when there is no such table.

    Raises:
        ValueError: a row has more or fewer cells than there are columns.
    """
    path = files(__package__) / "data" / f"{name}.csv"
    if not path.is_file():
        return []
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter=";")
    return [dict(zip(header, row, strict=True)) for row in rows]
