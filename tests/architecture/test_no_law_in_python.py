"""No number of any law stands in Python: they are data, with a date and a source, in the norms' packs."""

import ast
from fractions import Fraction
from pathlib import Path

from repository import python_files, tree_of

from apura.norms import Norm, load_norm, shipped_ids

COUNTING = frozenset({*map(Fraction, range(13)), Fraction(100)})
"""Numbers that any program counts with, months and percentages included; a law's own cannot be told from them."""
COINCIDENCES = {("schema.py", 60): "letters of a name at most"}


def numbers_of(norm: Norm) -> set[Fraction]:
    """Every number the norm's texts fix: parameters, annexes, terms, scales."""
    found = {value.value for parameter in norm.parameters.values() for value in parameter.values}
    found |= {n for annex in norm.lookups.values() for n in annex.values() if isinstance(n, Fraction)}
    found |= {Fraction(term.days_after.days) for term in norm.deadlines.values() if term.days_after}
    scales = [step.scale for rule in norm.rules.values() for step in rule.steps if step.scale]
    return found | {scale.high for scale in scales} | {scale.low for scale in scales}


def written(file: Path) -> set[Fraction]:
    """Every number written in a Python file, text that holds nothing but a number included."""
    found = set()
    for node in ast.walk(tree_of(file)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | str)
            and not isinstance(node.value, bool)
        ):
            text = str(node.value)
            if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
                found.add(Fraction(text))
    return found


def test_no_number_of_a_law_is_written_where_laws_are_applied() -> None:
    law = set().union(*(numbers_of(load_norm(norm)) for norm in shipped_ids())) - COUNTING
    found = {
        (file.name, int(number) if number.denominator == 1 else number)
        for file in python_files("src/apura/norms/")
        for number in written(file) & law
    }

    assert len(law) > 20
    assert {place for place in found if place not in COINCIDENCES} == set()
    assert {place for place in COINCIDENCES if place not in found} == set()
