"""What a list is: its columns, filters and actions; and how a row becomes cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db.models import Manager, QuerySet
from django.utils.safestring import SafeString

from apura.formula import finite_places, fold, plain
from apura_web.foundation.presentation import Badge, state_badge
from apura_web.foundation.sparklines import Sparkline
from apura_web.foundation.templatetags.apura import day, instant, quantity

NO_VALUE = "—"
EXPORT_LIMIT = 20_000

Accessor = str | Callable[[Any], object]


class Kind(StrEnum):
    """How a column is written and aligned."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    BADGE = "badge"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        name: what the address calls it: lower-case Portuguese, no accents.
        value: the path of the value in the row (“unit.acronym”), or a function of it; empty for ``name``.
        sort: what it is ordered by: a path of the query, or of the row of a plain list; empty when it is not.
        link: the address a cell leads to, as a path or a function; no link when empty.
        visible: whether it is shown until the person chooses columns.
        places: decimals a number shows at least; those it has are never cut.
    """

    name: str
    label: str
    value: Accessor = ""
    sort: str = ""
    link: Accessor = ""
    kind: Kind = Kind.TEXT
    visible: bool = True
    places: int = 0

    def of(self, row: Any) -> object:
        """Take the value of this column from a row."""
        return read(row, self.value or self.name)


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """A filter by one of a few values.

    Attributes:
        path: the lookup of the query (“unit__code”), or the path in the row of a plain list.
    """

    name: str
    label: str
    path: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something done to the rows selected: a form posts them as ``linha`` to ``url``."""

    label: str
    url: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What a list is, apart from its rows.

    Attributes:
        name: identifies the list on its page and names the exported file: lower-case Portuguese, no accents.
        caption: what the list holds.
        search: the lookups (or paths, in a plain list) where the typed text is looked for.
        finder: searches a query in its own way, as by words without accents, in place of ``search``.
        order: the column it starts ordered by, with a hyphen in front for descending; empty for the rows' own order.
        key: the path of what identifies a row when several are selected.
        empty: what is said when there is nothing at all.
        prefix: put before every name in the address, for a second list on a page.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    search: Sequence[str] = ()
    finder: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    filters: Sequence[ChoiceFilter] = ()
    order: str = ""
    page_size: int = 50
    actions: Sequence[BulkAction] = ()
    key: str = "pk"
    empty: str = "Ainda não há nada aqui."
    prefix: str = ""

    @property
    def is_searched(self) -> bool:
        """Whether it offers a box to type in."""
        return bool(self.search or self.finder)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value ready to be shown."""

    text: str
    kind: Kind
    link: str = ""
    badge: Badge | None = None
    is_missing: bool = False
    drawing: SafeString | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row ready to be shown; ``key`` identifies it when selected and ``name`` says which it is."""

    key: str
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column: its label, where a click leads, and how the list is ordered by it."""

    label: str
    kind: Kind
    url: str = ""
    order: str = "none"


def read(row: Any, accessor: Accessor) -> Any:
    """Take a value from a row: by a function, or by a path whose parts are dots or, as in queries, two underscores.

    A part may be a key, an attribute or a method without arguments; whatever is missing gives None.
    """
    if callable(accessor):
        return accessor(row)
    value = row
    for part in accessor.replace("__", ".").split("."):
        value = value.get(part) if isinstance(value, dict) else getattr(value, part, None)
        if callable(value) and not isinstance(value, Manager):
            value = value()
    return value


def order_key(value: Any) -> Any:
    """Give what a value is compared by: text without accents and capitals, the rest as it is."""
    return fold(str(value)) if isinstance(value, str | Badge) else value


def cell_of(column: Column, row: Any) -> Cell:
    """Make the cell of a column in a row."""
    value = column.of(row)
    link = str(read(row, column.link) or "") if column.link else ""
    if value is None or value == "":
        return Cell(NO_VALUE, column.kind, link, is_missing=True)
    if column.kind is Kind.BADGE:
        badge = value if isinstance(value, Badge) else state_badge(str(value))
        return Cell(badge.word, column.kind, link, badge)
    if isinstance(value, Sparkline):
        return Cell(str(value), column.kind, link, drawing=value.svg)
    return Cell(text_of(value, column.places), column.kind, link)


def text_of(value: object, places: int = 0) -> str:
    """Write a value as it is read on a page, a number with at least so many decimals."""
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, int | Decimal | Fraction):
        needed = finite_places(Fraction(value))
        return quantity(value if needed is None else plain(Fraction(value), max(needed, places)))
    if isinstance(value, datetime):
        return instant(value)
    return day(value) if isinstance(value, date) else str(value)
