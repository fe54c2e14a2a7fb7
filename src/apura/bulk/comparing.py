"""What two stored runs have different: who changed, by how much, and at which step first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from apura.bulk.engine import Engine, Limits, escaped, quoted_name
from apura.bulk.stored import FILE, StoredRun
from apura.formula import finite_places
from apura.norms import BadRequest
from apura.norms.bands import Band, Scale, scale_between

MOST = 40
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """How a result moved over everybody.

    Attributes:
        total: the sum of the differences, from the first run to the second; None of a code or a truth value.
        least: the largest loss, zero or less; None of a code or a truth value.
        most: the largest gain, zero or more.
    """

    column: str
    label: str
    same: int
    changed: int
    up: int = 0
    down: int = 0
    total: Any = None
    least: Any = None
    most: Any = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody whose result is not the same, and the first step that differs."""

    key: str
    before: Any
    after: Any
    step: str
    step_before: Any
    step_after: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """A group of rules in two runs.

    Attributes:
        results: each result of the group.
        first: how many of those whose main result changed differ first at each step.
        largest: those whose main result changed most.
        bands: how the main result spreads in each run; none of a code or a truth value.
        alone: the subjects that only one of the runs has: the first, the second.
    """

    label: str
    results: Sequence[Moved]
    first: Mapping[str, int]
    largest: Sequence[Changed]
    alone: tuple[int, int]
    bands: Sequence[Band] = ()


@dataclass
class _Pair:
    """A group as both runs keep it, joined by key."""

    engine: Engine
    before: Record
    after: Record
    source: str
    columns: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = {each["nome"] for each in self.after["colunas"]}
        self.columns = [each for each in self.before["colunas"] if each["nome"] in names]

    @property
    def main(self) -> Record:
        """The first result both runs have."""
        return next(each for each in self.columns if each["resultado"])

    def compared(self) -> Compared:
        """Compare the group."""
        results = [self._moved(each) for each in self.columns if each["resultado"]]
        count = f"SELECT count(*) FROM {self.source} WHERE"
        alone = (self.engine.one(f"{count} b.chave IS NULL"), self.engine.one(f"{count} a.chave IS NULL"))
        return Compared(
            self.before["rotulo"], results, self._first(), list(self._largest()), alone, self._bands()
        )

    def _moved(self, column: Record) -> Moved:
        name = quoted_name(column["nome"])
        differ = f"a.{name} IS DISTINCT FROM b.{name}"
        both = f"FROM {self.source} WHERE a.chave IS NOT NULL AND b.chave IS NOT NULL"
        same, changed = self.engine.rows(
            f"SELECT count(*) FILTER (NOT ({differ})), count(*) FILTER ({differ}) {both}"
        )[0]
        if column["casas"] is None:
            return Moved(column["nome"], column["rotulo"], same, changed)
        gap = f"(b.{name} - a.{name})"
        up, down, total, least, most = self.engine.rows(
            f"SELECT count(*) FILTER ({gap} > 0), count(*) FILTER ({gap} < 0), "
            f"sum({gap}), least(min({gap}), 0), greatest(max({gap}), 0) {both}"
        )[0]
        return Moved(column["nome"], column["rotulo"], same, changed, up, down, total, least, most)

    def _bands(self) -> Sequence[Band]:
        """Count the main result of both runs in bands of one width."""
        name, places = quoted_name(self.main["nome"]), self.main["casas"]
        if places is None:
            return ()
        ends = f"min(least(a.{name}, b.{name})), max(greatest(a.{name}, b.{name}))"
        low, high = self.engine.rows(f"SELECT {ends} FROM {self.source}")[0]
        scale = scale_between(Fraction(low), Fraction(high)) if low is not None else None
        if scale is None:
            return ()
        finest = max(places, finite_places(scale.width) or 0)
        width = int(scale.width * 10**finest)
        return scale.bands(*(self._counted(side, scale, width, finest) for side in "ab"))

    def _counted(self, side: str, scale: Scale, width: int, places: int) -> list[int]:
        name, had = f"{side}.{quoted_name(self.main['nome'])}", self.main["casas"]
        whole = f"CAST(CAST({name} AS DECIMAL(38,{had})) * {10**had} AS HUGEINT) * {10 ** (places - had)}"
        band = f"least(({whole} - {scale.first * width}) // {width}, {scale.total - 1})"
        rows = self.engine.rows(
            f"SELECT {band} AS band, count(*) FROM {self.source} WHERE {name} IS NOT NULL GROUP BY band"
        )
        found = {int(at): count for at, count in rows}
        return [found.get(at, 0) for at in range(scale.total)]

    def _differing(self) -> str:
        """Give the number of the first step that differs, in the order they are computed."""
        cases = " ".join(
            f"WHEN a.{quoted_name(each['nome'])} IS DISTINCT FROM b.{quoted_name(each['nome'])} THEN {at}"
            for at, each in enumerate(self.columns)
        )
        return f"CASE {cases} END"

    def _changed(self) -> str:
        name = quoted_name(self.main["nome"])
        return f"a.chave IS NOT NULL AND b.chave IS NOT NULL AND a.{name} IS DISTINCT FROM b.{name}"

    def _first(self) -> dict[str, int]:
        rows = self.engine.rows(
            f"SELECT {self._differing()} AS step, count(*) FROM {self.source} WHERE {self._changed()} "
            "GROUP BY step ORDER BY step"
        )
        return {self.columns[at]["rotulo"]: count for at, count in rows}

    def _largest(self) -> Iterator[Changed]:
        name = quoted_name(self.main["nome"])
        order = f"abs(b.{name} - a.{name}) DESC, a.chave" if self.main["casas"] is not None else "a.chave"
        found = self.engine.records(
            f"SELECT a.chave AS chave, {self._differing()} AS step, a, b FROM {self.source} "
            f"WHERE {self._changed()} ORDER BY {order} LIMIT {MOST}"
        )
        for row in found:
            step, main = self.columns[row["step"]], self.main["nome"]
            before, after = row["a"], row["b"]
            yield Changed(
                row["chave"],
                before[main],
                after[main],
                step["rotulo"],
                before[step["nome"]],
                after[step["nome"]],
            )


def compare_runs(before: Path, after: Path) -> list[Compared]:
    """Compare two stored runs.

    Raises:
        BadRequest: one of them is no finished run, or they have no rule in common.
        RunFailed: a file cannot be read.
    """
    first, second = StoredRun(before), StoredRun(after)
    first.close()
    second.close()
    pairs = [
        (one, other) for one in first.groups for other in second.groups if one["regra"] == other["regra"]
    ]
    if not pairs:
        raise BadRequest(
            "Os dois lotes não têm regra em comum.",
            what_to_do="Compare lotes da mesma norma e das mesmas regras.",
        )
    engine = Engine(Limits(), before)
    try:
        return [
            _Pair(engine, one, other, _joined(before, after, one, other)).compared() for one, other in pairs
        ]
    finally:
        engine.close()


def _joined(before: Path, after: Path, one: Record, other: Record) -> str:
    files = escaped(before / one[FILE]), escaped(after / other[FILE])
    return f"read_parquet('{files[0]}') AS a FULL JOIN read_parquet('{files[1]}') AS b ON a.chave = b.chave"
