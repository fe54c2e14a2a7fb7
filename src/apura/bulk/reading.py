"""A file of facts as it is: its columns, its rows, and the type of each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from apura.bulk.engine import Engine
from apura.norms import BadInput, Problem

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "HUGEINT"}
FLOATS = {"FLOAT", "DOUBLE"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file, under a name the engine knows, with its line numbers.

    Attributes:
        view: what the engine calls it; it has the columns of the file and ``line``.
        types: the engine's type of each column of the file.
        rows: how many it has.
    """

    path: Path
    view: str
    types: Mapping[str, str]
    rows: int


def given_file(engine: Engine, path: Path, view: str) -> Given:
    """Let the engine read a Parquet or CSV file.

    Raises:
        BadInput: it cannot be read, or has no rows.
        RunFailed: the engine cannot read it.
    """
    literal = "'" + str(path).replace("'", "''") + "'"
    if path.suffix == ".parquet":
        source = f"SELECT *, file_row_number + 1 AS line FROM read_parquet({literal}, file_row_number = true)"
        hidden = {"line", "file_row_number"}
    else:
        read = f"read_csv({literal}, delim = ';', header = true, all_varchar = true, quote = '\"', sample_size = -1)"
        source = f"SELECT *, row_number() OVER () + 1 AS line FROM {read}"
        hidden = {"line"}
    if path.stat().st_size == 0:
        raise BadInput([Problem("o arquivo está vazio", path.name)])
    engine.run(f"CREATE OR REPLACE TEMP VIEW {view} AS {source}")
    described = engine.rows(f"DESCRIBE {view}")
    types = {name: kind for name, kind, *_rest in described if name not in hidden}
    rows = engine.one(f"SELECT count(*) FROM {view}")
    if not rows:
        raise BadInput([Problem("o arquivo não tem nenhuma linha", path.name)])
    return Given(path, view, types, rows)
