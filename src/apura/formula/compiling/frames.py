"""Nested selections that give names to what would otherwise be written many times over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from apura.formula.compiling.terms import Term


@dataclass
class _Layer:
    lets: list[tuple[str, str]] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)


class Script:
    """The named selections of a query, in order, and the names given out so far. Every name is made here.

    Attributes:
        tables: the selections that hold annexes, by what these are called.
    """

    def __init__(self) -> None:
        self.selections: list[tuple[str, str]] = []
        self.tables: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def fresh(self, kind: str) -> str:
        """Give a name that nothing else has."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}{self._counts[kind]}"

    def select(self, text: str) -> str:
        """Add a selection and give its name."""
        name = self.fresh("q")
        self.selections.append((name, text))
        return name

    def query(self, last: str) -> str:
        """Write the whole query, ending with a selection."""
        parts = ",\n".join(f"{name} AS ({text})" for name, text in self.selections)
        return f"WITH {parts}\n{last}" if parts else last


class Frame:
    """The rows of one selection, with the values named so far.

    A value at depth ``n`` is a column once the first ``n`` layers are written; naming it costs one layer more.

    Attributes:
        joined: what was looked up, by table and keys.
    """

    def __init__(self, script: Script, source: str) -> None:
        self.script, self.source = script, source
        self._layers: list[_Layer] = []
        self._written = 0
        self._known: dict[str, tuple[str, int]] = {}
        self._depths: dict[str, int] = {}
        self.joined: dict[tuple[str, tuple[str, ...]], Term] = {}

    def name(self, sql: str, depth: int) -> tuple[str, int]:
        """Give an expression a name, once: the name, and the depth it is a column at."""
        if sql not in self._known:
            layer = self._layer(depth)
            alias = self.script.fresh("t")
            self._layers[layer].lets.append((alias, sql))
            self._known[sql] = (alias, layer + 1)
            self._depths[alias] = layer + 1
        return self._known[sql]

    def depth_of(self, text: str) -> int:
        """Give the depth from which a text that reads only columns can be written: of a name, that of the name."""
        return self._depths.get(text, 0)

    def join(self, text: str, depth: int) -> int:
        """Join rows before a layer is selected, and give that layer; what comes of it must be named there."""
        layer = self._layer(depth)
        self._layers[layer].joins.append(text)
        return layer

    def flush(self) -> str:
        """Write the layers named so far, and give the selection that has them all as columns."""
        for layer in self._layers[self._written :]:
            if layer.lets:
                self.source = self.script.select(" ".join(self._parts(layer)))
        self._written = len(self._layers)
        return self.source

    def _parts(self, layer: _Layer) -> Iterator[str]:
        named = ", ".join(f"{sql} AS {alias}" for alias, sql in layer.lets)
        yield f"SELECT p.*, {named} FROM {self.source} AS p"
        yield from layer.joins

    def _layer(self, depth: int) -> int:
        layer = max(depth, self._written)
        while len(self._layers) <= layer:
            self._layers.append(_Layer())
        return layer
