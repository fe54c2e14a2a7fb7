"""What names mean: declared by norm packs, agreements and indicator cards, and used by the static check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit.

    Args:
        unit: base units joined by `*` and `/`, such as `ponto/dia`; `%` and `adimensional` have no dimension.
        low: the least value, in the unit; None when not declared.
        high: the greatest value, in the unit; None when not declared.
        places: how many decimals it has at most; None when not declared.
    """

    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A code, one of the declared options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no."""


Kind: TypeAlias = Quantity | Choice | Truth
"""What a value can be."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Records with the same columns.

    Args:
        columns: what each column holds, by folded name.
        single: there is always exactly one record, so that its columns are values like any other.
        max_rows: how many records there may be; None when not declared.
    """

    columns: Mapping[str, Kind]
    single: bool = False
    max_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An annex, looked up by keys.

    Args:
        keys: the codes of each key, in order.
        result: what is found.
    """

    keys: tuple[Choice, ...]
    result: Quantity | Choice


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a formula may read: values, relations and tables, by folded name."""

    names: Mapping[str, Kind] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
