"""Read a workbook or a text table into cells, in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from apura.norms import BadInput, Problem
from apura.sheets.cells import Cell, CellKind, SheetCells
from apura.sheets.limits import MAX_COLUMN, MAX_ROW, READER_SECONDS, TooMuch, refuse_large_file

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXT_TABLES = (".csv", ".txt")


def read_sheets(path: Path) -> dict[str, SheetCells]:
    """Return the sheets of the workbook at ``path`` (xlsx, xls, ods), by name.

    Raises:
        BadInput: the file is missing, protected, corrupt, too large or hostile.
    """
    answer = _ask_reader(path)
    return {sheet["nome"]: _sheet(sheet) for sheet in answer}


def read_table(path: Path) -> SheetCells:
    """Return the one table of a text file (csv): ``;`` or ``,`` between fields, UTF-8 or Latin-1; every cell is text.

    Raises:
        BadInput: the file is missing, too large, or is not text.
    """
    try:
        refuse_large_file(path)
        raw = path.read_bytes()
    except (OSError, TooMuch) as error:
        raise BadInput([Problem(_why(error), path.name)]) from error
    text = _decoded(raw, path)
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    rows: dict[int, dict[int, Cell]] = {}
    for number, line in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
        if number > MAX_ROW or len(line) > MAX_COLUMN:
            raise BadInput(
                [Problem(f"o arquivo passa de {MAX_ROW} linhas ou {MAX_COLUMN} colunas", path.name)]
            )
        cells = {
            column: Cell(CellKind.TEXT, value.strip())
            for column, value in enumerate(line, start=1)
            if value.strip()
        }
        if cells:
            rows[number] = cells
    return SheetCells(path.name, rows, frozenset(), ())


def _decoded(raw: bytes, path: Path) -> str:
    if b"\x00" in raw:
        raise BadInput([Problem("não é um arquivo de texto; salve como CSV (UTF-8)", path.name)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "o arquivo não existe; confira o nome e a pasta"
    if isinstance(error, IsADirectoryError):
        return "é uma pasta, não um arquivo"
    if isinstance(error, OSError):
        return f"não foi possível ler o arquivo: {error.strerror}"
    return str(error)


def _ask_reader(path: Path) -> list[dict[str, Any]]:
    try:
        refuse_large_file(path)
        with path.open("rb"):
            pass
    except (OSError, TooMuch) as error:
        raise BadInput([Problem(_why(error), path.name)]) from error
    try:
        reader = subprocess.run(  # noqa: S603 - our own module, and a path we resolved
            [sys.executable, "-m", "apura.sheets.child", str(path.resolve())],
            capture_output=True,
            timeout=READER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput(
            [Problem("a leitura demorou demais e foi interrompida; confira o arquivo", path.name)]
        ) from error
    if reader.returncode != 0:
        reason = "o arquivo derrubou o leitor: está corrompido ou foi feito para isso; salve uma cópia e tente de novo"
        raise BadInput([Problem(reason, path.name)])
    answer = json.loads(reader.stdout)
    if "motivo" in answer:
        raise BadInput([Problem(answer["motivo"], path.name)])
    found: list[dict[str, Any]] = answer["planilhas"]
    return found


def _sheet(sheet: dict[str, Any]) -> SheetCells:
    rows = {
        number: {column: Cell(CellKind(kind), text) for column, kind, text in sorted(cells)}
        for number, cells in sheet["linhas"]
    }
    return SheetCells(
        sheet["nome"], dict(sorted(rows.items())), frozenset(sheet["ocultas"]), tuple(sheet["mescladas"])
    )
