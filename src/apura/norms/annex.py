"""An annex as printed, and the way formulas look it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apura.norms.schema import TableView


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as printed: its view and its rows, in the order of the text."""

    view: TableView
    rows: tuple[Mapping[str, str], ...]

    def columns(self) -> tuple[str, ...]:
        """Return the columns the view reads."""
        value = (self.view.value,) if self.view.value else ()
        return (*self.row_keys(), *self.view.spread, *value)

    def row_keys(self) -> tuple[str, ...]:
        """Return the keys that are columns; the last key of a spread view is the name of the value's column."""
        return self.view.keys[:-1] if self.view.spread else self.view.keys

    def entries(self) -> Iterator[tuple[int, tuple[str, ...], str]]:
        """Yield the line, the keys and the text of each cell that formulas may look up."""
        if self.view.value is None and not self.view.spread:
            return
        for line, row in enumerate(self.rows, start=2):
            keys = tuple(row[key] for key in self.row_keys())
            for column in self.view.spread:
                yield line, (*keys, column), row[column]
            if self.view.value is not None:
                yield line, keys, row[self.view.value]

    def key_options(self) -> tuple[tuple[str, ...], ...]:
        """Return what each key may be."""
        found = [tuple(dict.fromkeys(row[key] for row in self.rows)) for key in self.row_keys()]
        return (*found, *([self.view.spread] if self.view.spread else []))
