"""Plain builders of what tests start from: facts worth ten points, a house of 22 bodies, a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from apura.formula import parse_exact
from apura.norms import Decision, Institution, Origin, RawFacts, RawRow, load_norm

ALMG = "almg-2554-2012"
END_OF_2015 = date(2015, 12, 31)
GOOD_PACK = Path(__file__).parent / "library" / "norms" / "good_pack"
ALMG_BODIES = tuple(
    dict.fromkeys(member.unit for member in load_norm(ALMG).members["orgaos"] if member.until is None)
)
"""The 22 bodies of Anexo I, in the order of the text."""


def exact(text: str) -> Fraction:
    """The number a document writes as ``text``: "8.50", "25/3"."""
    return parse_exact(text)


def facts(**changes: Any) -> dict[str, Any]:
    """The facts of a body that did everything well and on time, but for ``changes``; None takes a fact away.

    A date given takes the place of the days of the same report.
    """
    known: dict[str, Any] = {"chave": "GPL"}
    for report in ("parcial", "anual"):
        known |= {
            f"situacao_{report}": "entregue",
            f"dias_de_atraso_{report}": 0,
            f"conformidade_do_relatorio_{report}": "100",
            f"conformidade_da_apresentacao_{report}": "100",
        }
        if f"entrega_{report}" in changes:
            del known[f"dias_de_atraso_{report}"]
    return {name: value for name, value in (known | changes).items() if value is not None}


def undelivered(report: str, **changes: Any) -> dict[str, Any]:
    """Changes that say a report ("parcial" or "anual") was never delivered."""
    return {
        f"situacao_{report}": "não entregue",
        f"dias_de_atraso_{report}": None,
        f"conformidade_do_relatorio_{report}": None,
        **changes,
    }


def house(
    changed: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    without: tuple[str, ...] = (),
    heads: Mapping[str, str] | None = None,
) -> RawFacts:
    """The facts of all 22 bodies, as read from a sheet.

    Args:
        changed: changes to the facts of some bodies, as for ``facts``.
        without: bodies left out.
        heads: code of each head and the unit they head.
    """
    bodies = [unit for unit in ALMG_BODIES if unit not in without]
    return RawFacts(
        {
            "nota_orgao": tuple(_rows(bodies, changed or {})),
            "nota_titular": tuple(
                RawRow({"chave": code, "unidade": unit}, {}, Origin("Titulares", line))
                for line, (code, unit) in enumerate((heads or {}).items(), start=2)
            ),
        }
    )


def _rows(bodies: list[str], changed: Mapping[str, Mapping[str, Any]]) -> Iterator[RawRow]:
    for line, unit in enumerate(bodies, start=2):
        values = facts(**changed.get(unit, {})) | {"chave": unit}
        cells = {name: f"{chr(ord('A') + position)}{line}" for position, name in enumerate(values)}
        yield RawRow(values, cells, Origin("Órgãos", line))


def decided(
    name: str, value: str, *, since: date = date(2013, 1, 1), act: str | None = "Ata nº 1"
) -> Institution:
    """An institution that decided one thing, by an act, from a day on."""
    return Institution(
        "Casa de teste", fictitious=True, decisions=(Decision(name, value, since, act, since, "teste"),)
    )
