"""What the agreements of the demonstration say, read from ``data/``: clauses, objects and items, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apura_web.demo.houses import rows_of

EVERY = "*"
"""What the table of clauses writes for a clause that every agreement has."""
Parts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Codes:
    """What the platform calls what the tables name: units by acronym, indicators by number."""

    units: Mapping[str, str]
    indicators: Mapping[str, str]


def parts_of(house: str, agreement: str, codes: Codes) -> Parts:
    """Give what an agreement says, by the key of the part, as its first proposal writes it.

    Args:
        house: the institution.
        agreement: its number.
        codes: how the platform calls the units and indicators named.
    """
    return {
        **_clauses(house, agreement, codes),
        **_objects(house, agreement),
        **_items(house, agreement, codes),
    }


def numbers_named(house: str) -> set[str]:
    """Give the numbers of the indicators that some agreement names."""
    return {row["indicador"] for row in rows_of(f"{house}-acordos-itens") if row["indicador"]}


def _clauses(house: str, agreement: str, codes: Codes) -> Parts:
    """Give the clauses; what the agreement's own row leaves blank it does not have, though the others do."""
    found: Parts = {}
    for row in rows_of(f"{house}-acordos-clausulas"):
        if row["acordo"] in {EVERY, agreement}:
            value = codes.units[row["valor"]] if row["campo"] == "unidade" and row["valor"] else row["valor"]
            found.setdefault(row["parte"], {})[row["campo"]] = value
    return {key: values for key, values in found.items() if any(values.values())}


def _objects(house: str, agreement: str) -> Parts:
    rows = [row for row in rows_of(f"{house}-acordos-objetos") if row["acordo"] == agreement]
    return {f"objeto-{number}": _without(row, "acordo") for number, row in enumerate(rows, start=1)}


def _items(house: str, agreement: str, codes: Codes) -> Parts:
    rows = [row for row in rows_of(f"{house}-acordos-itens") if row["acordo"] == agreement]
    found: Parts = {}
    for number, row in enumerate(rows, start=1):
        code = codes.indicators[row["indicador"]] if row["indicador"] else ""
        found[f"item-{number}"] = {
            **_without(row, "acordo"),
            "objeto": f"objeto-{row['objeto']}",
            "indicador": code,
            "linha_de_base": str(Fraction(row["linha_de_base"])) if row["linha_de_base"] else "",
        }
    return found


def _without(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != name}
