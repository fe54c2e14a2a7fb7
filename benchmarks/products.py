"""A hundred thousand product rows of two hundred auditors, the same every time."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROWS, AUDITORS = 100_000, 200
BY_THE_CHIEF = ("T05", "T13", "T39")
LEVELS = ("baixa", "média", "alta")
_ANNEX = (
    Path(__file__).resolve().parent.parent / "src/apura/norms/packs/cge-mt-81-2019/tables/anexo_unico.csv"
)


def printed() -> list[dict[str, str]]:
    """Read the annex as printed."""
    with _ANNEX.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def annex() -> Iterator[tuple[str, str, str]]:
    """Yield product, complexity and points where the annex admits them."""
    for row in printed():
        yield from ((row["produto"], level, row[level]) for level in LEVELS if row[level] != "-")


def products() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each row with the auditor it belongs to."""
    rows = printed()
    for number in range(ROWS):
        row = rows[number % len(rows)]
        admitted = [level for level in LEVELS if row[level] != "-"]
        yield (
            f"A{number % AUDITORS}",
            {
                "produto": row["produto"],
                "complexidade": admitted[number % len(admitted)],
                "quantidade": 1 + number % 4,
                "sistema": "chefia imediata" if row["codigo"] in BY_THE_CHIEF else "SCI",
                "data": date(2021, 1, 1) + timedelta(days=number % 365),
            },
        )
