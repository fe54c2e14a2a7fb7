"""Lists that work like spreadsheets: sort, filter, choose columns, select many, go through pages, take away.

Everything is in the address, so that a list can be bookmarked and sent, and works without scripts. A page declares its
:class:`TableLayout` once; :class:`Table` puts rows and a request into it. A page costs one count and one slice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apura.formula import fold
from apura_web.foundation.table_layout import (
    EXPORT_LIMIT,
    BulkAction,
    ChoiceFilter,
    Column,
    Heading,
    Kind,
    TableLayout,
    TableRow,
    cell_of,
    order_key,
    read,
)

__all__ = ["BulkAction", "ChoiceFilter", "Column", "Kind", "Table", "TableLayout"]

PAGE_SIZES = (25, 50, 100, 200)
LONGEST_TEXT, MOST_WORDS, MOST_DIGITS = 200, 8, 7
TEMPLATE = "foundation/components/_table.html"

Rows = QuerySet[Any] | Sequence[Any]


class Table:
    """A list, as one request asks for it."""

    def __init__(self, layout: TableLayout, rows: Rows, request: HttpRequest) -> None:
        """Read what the request asks; names and values that mean nothing are passed over.

        Args:
            layout: what the list is.
            rows: a query already limited to what the person may see, or a plain list.
            request: whose address says order, filters, columns and page.
        """
        self.layout, self._rows, self.request = layout, rows, request

    # ── what was asked ──────────────────────────────────────────────────────────────────────────────────

    def param(self, name: str) -> str:
        """Give the name of a parameter of this list in the address."""
        return f"{self.layout.prefix}-{name}" if self.layout.prefix else name

    def asked(self, name: str) -> str:
        """Give the value of a parameter, stripped and bounded."""
        value = self.request.GET.get(self.param(name), "")
        return value.replace("\x00", "").strip()[:LONGEST_TEXT]

    @cached_property
    def text(self) -> str:
        """The text looked for."""
        return self.asked("q")

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters in use and their values, only those offered."""
        wanted = {each.name: self.asked(each.name) for each in self.layout.filters}
        offered = {each.name: {value for value, _ in each.choices} for each in self.layout.filters}
        return {name: value for name, value in wanted.items() if value and value in offered[name]}

    @cached_property
    def order(self) -> str:
        """The column the list is ordered by, a hyphen in front when descending."""
        sortable = {column.name for column in self.layout.columns if column.sort}
        asked = self.asked("ordem")
        return asked if asked.removeprefix("-") in sortable else self.layout.order

    @cached_property
    def columns(self) -> list[Column]:
        """The columns shown: those chosen, else those shown from the start."""
        chosen = set(self.request.GET.getlist(self.param("colunas")))
        shown = [column for column in self.layout.columns if column.name in chosen]
        return shown or [column for column in self.layout.columns if column.visible]

    @cached_property
    def page_size(self) -> int:
        """How many rows a page has."""
        asked = self.asked("por_pagina")
        return int(asked) if asked in map(str, PAGE_SIZES) else self.layout.page_size

    @property
    def is_filtered(self) -> bool:
        """Whether the person narrowed the list."""
        return bool(self.text or self.chosen)

    @property
    def has_tools(self) -> bool:
        """Whether there is anything to search, filter or take away."""
        return bool(self.total) or self.is_filtered

    # ── the rows ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def found(self) -> Rows:
        """Every row asked for, in order; not read yet when it is a query."""
        if isinstance(self._rows, QuerySet):
            return self._ordered_query(self._filtered_query(self._rows))
        return self._ordered_list(self._filtered_list(self._rows))

    def _filtered_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for each in self.layout.filters:
            if each.name in self.chosen:
                rows = rows.filter(**{each.path: self.chosen[each.name]})
        if self.layout.finder:
            return self.layout.finder(rows, self.text) if self.text else rows
        for word in self._words() if self.layout.search else ():
            anywhere = Q()
            for lookup in self.layout.search:
                anywhere |= Q(**{f"{lookup}__icontains": word})
            rows = rows.filter(anywhere)
        return rows

    def _ordered_query(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column = self._order_column()
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        path = F(column.sort)
        descending = self.order.startswith("-")
        return rows.order_by(path.desc(nulls_last=True) if descending else path.asc(nulls_last=True), "pk")

    def _filtered_list(self, rows: Sequence[Any]) -> list[Any]:
        paths = {each.name: each.path for each in self.layout.filters}
        kept = [
            row
            for row in rows
            if all(str(read(row, paths[name])) == value for name, value in self.chosen.items())
        ]
        words = [fold(word) for word in self._words()] if self.layout.search else []
        return [row for row in kept if all(word in self._haystack(row) for word in words)]

    def _haystack(self, row: Any) -> str:
        return fold(" ".join(str(read(row, path) or "") for path in self.layout.search))

    def _ordered_list(self, rows: list[Any]) -> list[Any]:
        column = self._order_column()
        if column is None:
            return rows
        known = [row for row in rows if read(row, column.sort) is not None]
        missing = [row for row in rows if read(row, column.sort) is None]
        known.sort(key=lambda row: order_key(read(row, column.sort)), reverse=self.order.startswith("-"))
        return known + missing

    def _order_column(self) -> Column | None:
        name = self.order.removeprefix("-")
        return next((column for column in self.layout.columns if column.name == name and column.sort), None)

    def _words(self) -> list[str]:
        return self.text.split()[:MOST_WORDS]

    @cached_property
    def total(self) -> int:
        """How many rows were found."""
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)

    @cached_property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))

    @cached_property
    def page(self) -> int:
        """The page shown; past the end is the last."""
        asked = self.asked("pagina")
        is_number = asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS
        return min(max(1, int(asked)), self.pages) if is_number else 1

    @property
    def first(self) -> int:
        """The position of the first row shown; 0 when there is none."""
        return (self.page - 1) * self.page_size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The position of the last row shown."""
        return min(self.page * self.page_size, self.total)

    @cached_property
    def rows(self) -> list[TableRow]:
        """The rows of the page, ready to be shown."""
        start = (self.page - 1) * self.page_size
        return [self._row(row) for row in self.found[start : start + self.page_size]]

    def _row(self, row: Any) -> TableRow:
        cells = [cell_of(column, row) for column in self.columns]
        key = str(read(row, self.layout.key)) if self.layout.actions else ""
        return TableRow(key, cells[0].text if cells else "", cells)

    # ── addresses ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def element_id(self) -> str:
        """The identifier of the list on its page."""
        return f"lista-{self.layout.name}"

    def url(self, **changed: str | int | None) -> str:
        """Give the address of this list with some parameters changed; None takes one away."""
        query = self.request.GET.copy()
        for name, value in changed.items():
            query.pop(self.param(name), None)
            if value is not None:
                query[self.param(name)] = str(value)
        return f"?{query.urlencode()}" if query else self.request.path

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings of the columns shown."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column.label, column.kind)
        order = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.order, "none")
        following = f"-{column.name}" if order == "ascending" else column.name
        return Heading(column.label, column.kind, self.url(ordem=following, pagina=None), order)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form must carry so that filtering keeps the rest: other lists' parameters and the order."""
        own = {
            "q",
            "pagina",
            "colunas",
            "por_pagina",
            "formato",
            *(each.name for each in self.layout.filters),
        }
        taken = {self.param(name) for name in own}
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in taken
            for value in values
        ]

    @property
    def clean_url(self) -> str:
        """The address without text and filters."""
        return self.url(q=None, pagina=None, **dict.fromkeys(self.chosen))

    @property
    def page_links(self) -> list[tuple[int | None, str]]:
        """The pages offered: the first, the last, those near; None stands for those left out."""
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        offered: list[tuple[int | None, str]] = []
        for number in sorted(each for each in near if 1 <= each <= self.pages):
            if offered and offered[-1][0] != number - 1:
                offered.append((None, ""))
            offered.append((number, self.url(pagina=number)))
        return offered

    @property
    def previous_url(self) -> str:
        """The address of the page before, empty on the first."""
        return self.url(pagina=self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The address of the page after, empty on the last."""
        return self.url(pagina=self.page + 1) if self.page < self.pages else ""

    @property
    def names(self) -> dict[str, str]:
        """What the address calls each thing of this list."""
        return {name: self.param(name) for name in ("q", "colunas", "por_pagina")}

    @property
    def export_limit(self) -> int:
        """How many rows a file takes at most."""
        return EXPORT_LIMIT

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is shown."""
        return [(column, column in self.columns) for column in self.layout.columns]

    @property
    def filter_choices(self) -> list[tuple[ChoiceFilter, str, str]]:
        """Every filter, its name in the address, and the value chosen in it."""
        return [(each, self.param(each.name), self.chosen.get(each.name, "")) for each in self.layout.filters]

    @property
    def page_sizes(self) -> list[tuple[int, bool]]:
        """The sizes of page offered, and which is in use."""
        return [(size, size == self.page_size) for size in sorted({*PAGE_SIZES, self.layout.page_size})]

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        """The kinds of file offered and their addresses."""
        kinds = {"xlsx": "planilha .xlsx", "ods": "planilha .ods", "csv": "texto .csv", "json": "dados .json"}
        return [(label, self.url(formato=kind)) for kind, label in kinds.items()]

    @property
    def is_export_cut(self) -> bool:
        """Whether a file would not take every row found."""
        return self.total > EXPORT_LIMIT

    # ── the answer ──────────────────────────────────────────────────────────────────────────────────────

    def answer(self, template: str, context: Mapping[str, Any] | None = None) -> HttpResponse:
        """Answer the request: the file, when one was asked for; the list alone, to htmx; else the whole page.

        Args:
            template: the page, which includes the partial of the list with ``table``.
            context: what else the page shows.
        """
        from apura_web.foundation.table_export import export  # noqa: PLC0415 - only when a file is asked for

        if self.asked("formato"):
            return export(self, self.asked("formato"))
        if self._is_for_the_list_alone():
            return render(self.request, TEMPLATE, {"table": self})
        return render(self.request, template, {**(context or {}), "table": self})

    def _is_for_the_list_alone(self) -> bool:
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-Target", "").endswith(
            f"#{self.element_id}"
        )
