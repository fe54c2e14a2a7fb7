"""The engine of a run: DuckDB in this process, with bounded memory, and what goes wrong in it said in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from apura.bulk.errors import RunFailed

Progress = Callable[[str, int, int], None]
"""Told the stage, how much is done and of how much."""
POLL_SECONDS = 1
WHOLE = 100
FULL_DISK = ("No space left", "not enough space", "File too large", "Disk quota")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine a run may take.

    Attributes:
        memory: as the engine reads it, such as ``512MB``; empty for its own choice.
        threads: 0 for as many as the machine has.
    """

    memory: str = ""
    threads: int = 0


class Engine:
    """A connection for one run.

    Args:
        limits: what it may take.
        scratch: folder for what does not fit in memory.
        progress: told how far a long query is.
    """

    def __init__(self, limits: Limits, scratch: Path, progress: Progress | None = None) -> None:
        settings: dict[str, Any] = {"temp_directory": str(scratch), "autoinstall_known_extensions": False}
        if limits.memory:
            settings["memory_limit"] = limits.memory
        if limits.threads:
            settings["threads"] = limits.threads
        self._progress = progress
        with told_failures("abrir o motor"):
            self._connection = duckdb.connect(config=settings)
            self._connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")

    def close(self) -> None:
        """Let go of memory and scratch files."""
        self._connection.close()

    def run(self, text: str, given: Sequence[Any] = ()) -> None:
        """Run a statement.

        Raises:
            RunFailed: the engine could not; the message says why and what to do.
        """
        with told_failures("calcular"):
            self._connection.execute(text, list(given))

    def rows(self, text: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and give its rows.

        Raises:
            RunFailed: the engine could not.
        """
        with told_failures("calcular"):
            return self._connection.execute(text, list(given)).fetchall()

    def records(self, text: str, given: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run a query and give its rows by column.

        Raises:
            RunFailed: the engine could not.
        """
        with told_failures("ler o lote"):
            found = self._connection.execute(text, list(given))
            names = [each[0] for each in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def one(self, text: str, given: Sequence[Any] = ()) -> Any:
        """Run a query of one value and give it."""
        return self.rows(text, given)[0][0]

    def fill(self, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
        """Make a small table out of rows."""
        self.run(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
        if rows:
            holes = ", ".join("?" for _each in rows[0])
            with told_failures("calcular"):
                self._connection.executemany(
                    f"INSERT INTO {table} VALUES ({holes})", [list(row) for row in rows]
                )

    def run_long(self, stage: str, text: str, given: Sequence[Any] = (), *, total: int = WHOLE) -> None:
        """Run a statement that may take minutes, telling how far it is.

        Args:
            stage: what it does, for people.
            text: the statement.
            given: its parameters.
            total: how many rows it goes through.

        Raises:
            RunFailed: the engine could not.
        """
        failures: list[BaseException] = []

        def work() -> None:
            try:
                self.run(text, given)
            except BaseException as error:
                failures.append(error)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            while worker.is_alive():
                worker.join(POLL_SECONDS)
                self._tell(stage, total)
        except BaseException:
            self._connection.interrupt()
            worker.join()
            raise
        if failures:
            raise failures[0]
        if self._progress is not None:
            self._progress(stage, total, total)

    def _tell(self, stage: str, total: int) -> None:
        if self._progress is not None:
            done = max(0, int(self._connection.query_progress()))
            self._progress(stage, min(done, WHOLE) * total // WHOLE, total)


@contextmanager
def told_failures(what: str) -> Iterator[None]:
    """Say in words what the engine says in its own.

    Raises:
        RunFailed: in place of the engine's error.
    """
    try:
        yield
    except duckdb.Error as error:
        reason, todo = _told(error)
        raise RunFailed(f"Não foi possível {what}: {reason}.", what_to_do=todo) from error


def _told(error: duckdb.Error) -> tuple[str, str]:
    said = str(error)
    if isinstance(error, duckdb.OutOfMemoryException):
        return (
            "faltou memória ao motor",
            "Aumente --memoria, ou libere espaço em disco para o que não cabe nela.",
        )
    if any(each in said for each in FULL_DISK):
        return "o disco está cheio", "Libere espaço e repita o comando: o que já foi conferido é aproveitado."
    if isinstance(error, duckdb.InvalidInputException | duckdb.IOException | duckdb.SerializationException):
        where = said.split(chr(10), maxsplit=1)[0][:300]
        return f"um arquivo não pôde ser lido ({where})", "Gere o arquivo de novo e repita o comando."
    return said.split(chr(10), maxsplit=1)[0][:300], "Guarde esta mensagem e avise quem mantém a Apura."


def quoted_name(name: str) -> str:
    """Write a column's name for the engine, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def escaped(path: Path) -> str:
    """Write a path inside the quotes of a text of the engine."""
    return str(path).replace("'", "''")
