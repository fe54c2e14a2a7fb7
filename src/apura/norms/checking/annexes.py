"""The annexes that formulas look up: every cell a number, or “-” where the law admits none."""

from __future__ import annotations

from fractions import Fraction

from apura.formula import finite_places, parse_exact
from apura.norms.errors import PackError
from apura.norms.reading import Annex, PackFiles

NOT_ADMITTED = "-"


def lookups(files: PackFiles) -> dict[str, dict[tuple[str, ...], Fraction]]:
    """Return, for each annex with keys, the number of each row that has one.

    Raises:
        PackError: a cell holds no number, or one with more places than declared.
    """
    found: dict[str, dict[tuple[str, ...], Fraction]] = {}
    for name, annex in files.annexes.items():
        column = annex.view.value
        if column is None:
            continue
        found[name] = {
            tuple(row[key] for key in annex.view.keys): _number(annex, line, row[column])
            for line, row in enumerate(annex.rows, start=2)
            if row[column] != NOT_ADMITTED
        }
    return found


def _number(annex: Annex, line: int, text: str) -> Fraction:
    file, place = f"tables/{annex.view.file}.csv", f"linha {line}"
    try:
        value = parse_exact(text)
    except ValueError as error:
        raise PackError(
            file,
            place,
            f"“{text}” não é um número",
            what_to_do="Use ponto decimal, como em 1.5, ou “-” onde o anexo não admite valor.",
        ) from error
    places = finite_places(value)
    if places is None or places > annex.view.places:
        raise PackError(file, place, f"“{text}” tem mais casas que as declaradas ({annex.view.places})")
    return value
