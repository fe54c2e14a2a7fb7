"""The annexes that formulas look up: every cell a number, or “-” where the law admits none."""

from __future__ import annotations

from fractions import Fraction

from apura.formula import Value, finite_places, parse_exact
from apura.norms.annex import Annex
from apura.norms.errors import PackError
from apura.norms.reading import PackFiles

NOT_ADMITTED = "-"


def lookups(files: PackFiles) -> dict[str, dict[tuple[str, ...], Value]]:
    """Return, for each annex with keys, the number or the code of each row that has one.

    Raises:
        PackError: a cell holds no number, or one with more places than declared.
    """
    return {
        name: {
            keys: text if annex.view.unit is None else _number(annex, line, text)
            for line, keys, text in annex.entries()
            if text != NOT_ADMITTED
        }
        for name, annex in files.annexes.items()
        if annex.view.keys
    }


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
