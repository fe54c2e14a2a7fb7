"""Reading a file of values row by row, in bounded memory: a text table, a zip of text tables, or a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any

from apura.norms import BadInput, Problem
from apura_web.indicators.loads.columns import Header, header_of

TABLES, ARCHIVE = (".csv", ".txt", ".tsv"), ".zip"
SEPARATORS = (";", ",", "\t", "|")
MEGABYTE = 1024**2
MOST_PARTS, MOST_UNPACKED, LONGEST_LINE = 2_000, 4_096 * MEGABYTE, 64 * 1024
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a file.

    Attributes:
        number: its place in the whole file, from 1.
        part: which table of the file.
        line: where it is in that table.
        values: by name of the column; stripped.
        cells: where each value is, in a workbook.
        problems: what the workbook itself has wrong, by column.
    """

    number: int
    part: int
    line: int
    values: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


class BrokenPart(Exception):
    """A table cannot be read on from a line; the message says why."""

    def __init__(self, part: int, line: int, message: str) -> None:
        super().__init__(message)
        self.part, self.line = part, line


def survey(file: IO[bytes], name: str) -> list[dict[str, Any]]:
    """Look at a text table, or at each one of a zip: its name, encoding, separator, columns and about how many rows.

    Args:
        file: the bytes, which can be gone through twice.
        name: of the file.

    Raises:
        BadInput: it is not text, or a table has not the columns; it says which.
    """
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for part_name, opened in _tables(file, name):
        with opened as stream:
            encoding, lines, complaint = _encoding_of(stream)
        if complaint:
            problems.append(Problem(complaint, part_name))
            continue
        found.append({"name": part_name, "encoding": encoding, "lines": max(0, lines - 1)})
    for part in found:
        complaint = _learn_header(file, name, part)
        if complaint:
            problems.append(Problem(complaint, part["name"]))
    if not found and not problems:
        problems.append(Problem("o arquivo não tem nenhuma tabela csv", name))
    if problems:
        raise BadInput(problems)
    return found


def records(
    file: IO[bytes], name: str, parts: list[dict[str, Any]], skip: int
) -> Generator[Record, None, None]:
    """Give the rows of a surveyed file after the first so many.

    Raises:
        BrokenPart: a table cannot be read on.
    """
    number = 0
    for place, part in enumerate(parts):
        header = header_of(part["titles"])
        with _opened(file, name, part["name"]) as stream, _text(stream, part["encoding"]) as text:
            lines = _lines(csv.reader(text, delimiter=part["separator"], strict=True), place)
            next(lines, None)
            for line, row in lines:
                if not any(row):
                    continue
                number += 1
                if number > skip:
                    yield Record(number, place, line, _values(row, header))


def _values(row: list[str], header: Header) -> dict[str, str]:
    last = len(row)
    return {name: row[place].strip() if place < last else "" for name, place in header.places.items()}


def _lines(reader: Any, place: int) -> Iterator[tuple[int, list[str]]]:
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        said = "aspas sem par, ou campo longo demais: daqui em diante o arquivo não pôde ser lido"
        raise BrokenPart(place, reader.line_num, said) from error
    except BROKEN_ZIP as error:
        raise BrokenPart(
            place, reader.line_num, "o arquivo compactado está corrompido daqui em diante"
        ) from error


@contextmanager
def _text(stream: IO[bytes], encoding: str) -> Iterator[IO[str]]:
    """Read bytes as text, leaving them open."""
    csv.field_size_limit(LONGEST_LINE)
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _learn_header(file: IO[bytes], name: str, part: dict[str, Any]) -> str:
    with _opened(file, name, part["name"]) as stream:
        first = stream.readline(LONGEST_LINE).decode(part["encoding"], "replace").strip("\r\n")
    tries = {mark: next(csv.reader([first], delimiter=mark), []) for mark in SEPARATORS}
    headers = {mark: header_of(titles) for mark, titles in tries.items()}
    separator = max(SEPARATORS, key=lambda mark: len(headers[mark].places))
    part.update(separator=separator, titles=[each[:80] for each in tries[separator]])
    lacking = headers[separator].lacking
    return f"a primeira linha não tem a coluna {'; nem '.join(lacking)}" if lacking else ""


def _encoding_of(stream: IO[bytes]) -> tuple[str, int, str]:
    """Go through a table once: its encoding, how many lines it has, and what is wrong with it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, lines, read, last = "utf-8-sig", 0, 0, b""
    try:
        while chunk := stream.read(MEGABYTE):
            read += len(chunk)
            if read > MOST_UNPACKED:
                return encoding, lines, f"a tabela passa de {MOST_UNPACKED // MEGABYTE} MB: divida-a"
            if b"\x00" in chunk:
                return encoding, lines, "não é um arquivo de texto: salve como CSV (UTF-8)"
            lines, last = lines + chunk.count(b"\n"), chunk
            if encoding != "cp1252":
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    except BROKEN_ZIP:
        return encoding, lines, "o arquivo compactado está corrompido, ou protegido por senha"
    return encoding, lines + (not last.endswith(b"\n")), "" if read else "a tabela está vazia"


def _tables(file: IO[bytes], name: str) -> Iterator[tuple[str, Any]]:
    if PurePosixPath(name).suffix.lower() != ARCHIVE:
        yield name, _opened(file, name, name)
        return
    for member in _members(file, name):
        yield member, _opened(file, name, member)


def _members(file: IO[bytes], name: str) -> list[str]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except BROKEN_ZIP as error:
        raise BadInput([Problem("não é um arquivo zip que se possa abrir", name)]) from error
    tables = [
        each
        for each in entries
        if not each.is_dir() and PurePosixPath(each.filename).suffix.lower() in TABLES
    ]
    if len(tables) > MOST_PARTS or sum(each.file_size for each in tables) > MOST_UNPACKED:
        said = f"o zip passa de {MOST_PARTS} tabelas ou de {MOST_UNPACKED // MEGABYTE} MB: divida-o"
        raise BadInput([Problem(said, name)])
    return sorted(each.filename for each in tables)


@contextmanager
def _opened(file: IO[bytes], name: str, part: str) -> Iterator[IO[bytes]]:
    file.seek(0)
    if PurePosixPath(name).suffix.lower() != ARCHIVE:
        yield file
        return
    with zipfile.ZipFile(file) as archive, archive.open(part) as stream:
        yield stream
