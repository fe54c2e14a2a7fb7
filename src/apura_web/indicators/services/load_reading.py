"""Reading a load into rows that wait, by pieces: a worker that dies loses at most the piece it was reading."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Min, Window
from django.db.models.functions import RowNumber

from apura.norms import BadInput, Problem
from apura.sheets.confined import FileContents
from apura_web.indicators.loads.columns import header_of
from apura_web.indicators.loads.reading import BrokenPart, Record, records, survey
from apura_web.indicators.loads.understanding import Understanding
from apura_web.indicators.loads.workbooks import WORKBOOKS, read_workbook
from apura_web.indicators.models import Load, LoadPhase, LoadProblem, LoadRow

PIECE = 5_000
AT_A_TIME = 1_000
WHOLE_ROW = "a linha toda"
CELL = ("indicator", "unit", "period_start", "period_end", "breakdown", "variable")


@dataclass
class Piece:
    """What was read and is not kept yet."""

    rows: list[LoadRow] = field(default_factory=list)
    problems: list[LoadProblem] = field(default_factory=list)
    blanks: int = 0

    def add(self, understood: LoadRow | list[LoadProblem] | None) -> None:
        """Add what became of a row."""
        if understood is None:
            self.blanks += 1
        elif isinstance(understood, list):
            self.problems += understood
        else:
            self.rows.append(understood)


def read_some(load: Load, until: float) -> None:
    """Read a load from where it is, until it ends or the time is over.

    Args:
        load: in reading.
        until: of the clock that only goes forward.
    """
    with default_storage.open(load.storage_name) as file:
        try:
            parts, rows = _rows_of(load, file.file or file)
        except BadInput as error:
            _finish(load, list(error.problems))
            return
        if parts != load.parts:
            load.parts = parts
            titles = chain.from_iterable(header_of(part["titles"]).ignored for part in parts)
            load.ignored_columns = list(dict.fromkeys(titles))[:20]
            load.save(update_fields=["parts", "ignored_columns"])
        with closing(rows):
            is_over = _read_pieces(load, rows, until)
        if is_over:
            _finish(load, [])


def _read_pieces(load: Load, rows: Iterator[Record], until: float) -> bool:
    """Read piece after piece; False when there is more, or somebody else reads."""
    understanding, piece, number = Understanding(load), Piece(), load.rows_read
    with _telling(understanding, piece):
        for record in rows:
            number = record.number
            piece.add(understanding.of(record))
            if number - load.rows_read >= PIECE:
                if not _keep(load, piece, number):
                    return False
                piece.rows, piece.problems, piece.blanks = [], [], 0
                if time.monotonic() > until:
                    return False
    return _keep(load, piece, number)


@contextmanager
def _telling(understanding: Understanding, piece: Piece) -> Iterator[None]:
    try:
        yield
    except BrokenPart as broken:
        where = Record(0, broken.part, broken.line, {})
        piece.problems.append(understanding.problem(where, WHOLE_ROW, str(broken)))


def _rows_of(load: Load, file: IO[bytes]) -> tuple[list[dict[str, Any]], Generator[Record, None, None]]:
    suffix = PurePosixPath(load.file_name).suffix.lower()
    if suffix in WORKBOOKS:
        parts, rows = read_workbook(FileContents(load.file_name, suffix, file.read()))
        return parts, (record for record in rows if record.number > load.rows_read)
    parts = load.parts or survey(file, load.file_name)
    return parts, records(file, load.file_name, parts, load.rows_read)


def _keep(load: Load, piece: Piece, number: int) -> bool:
    """Keep a piece, unless somebody else kept it meanwhile."""
    with transaction.atomic():
        same = Load.objects.filter(pk=load.pk, phase=LoadPhase.READING, rows_read=load.rows_read)
        kept = same.update(
            rows_read=number,
            blanks=F("blanks") + piece.blanks,
            problem_count=F("problem_count") + len(piece.problems),
        )
        if kept:
            LoadRow.objects.bulk_create(piece.rows, AT_A_TIME)
            LoadProblem.objects.bulk_create(piece.problems, AT_A_TIME)
            load.rows_read = number
    return bool(kept)


def _finish(load: Load, found: list[Problem]) -> None:
    """Go on to the comparison; or to its errors, when there are any, forgetting its rows."""
    with transaction.atomic():
        if not Load.objects.filter(pk=load.pk, phase=LoadPhase.READING).update(phase=LoadPhase.COMPARING):
            return
        problems = [
            LoadProblem(
                institution_id=load.institution_id,
                load=load,
                part=(each.sheet or load.file_name)[-120:],
                column="o arquivo",
                message=each.message[:500],
            )
            for each in found
        ]
        count = len(problems)
        LoadProblem.objects.bulk_create(problems, AT_A_TIME)
        count += _note_repeated(load) + _note_mixed(load)
        Load.objects.filter(pk=load.pk).update(problem_count=F("problem_count") + count)
        load.refresh_from_db(fields=["phase", "problem_count"])
        if load.problem_count:
            load.rows.all().delete()
            load.phase = LoadPhase.REVIEW
            load.save(update_fields=["phase"])


def _note_repeated(load: Load) -> int:
    cell = [F(name) for name in CELL]
    numbered = load.rows.exclude(state="").annotate(
        nth=Window(RowNumber(), partition_by=cell, order_by=["part", "line"]),
        first=Window(Min("line"), partition_by=cell),
    )
    repeated = numbered.filter(nth__gt=1).order_by("part", "line")
    return _note(load, repeated, lambda row: f"repete a linha {row.first}: deixe uma só")


def _note_mixed(load: Load) -> int:
    place = [F(name) for name in CELL[:-1]]
    numbered = load.rows.exclude(state="").annotate(least=Window(Min("variable"), partition_by=place))
    mixed = (row for row in numbered.filter(least="").order_by("part", "line") if row.variable)
    said = "a linha traz uma variável, e outra traz o resultado do mesmo período: deixe as variáveis ou o resultado"
    return _note(load, mixed, lambda _row: said)


def _note(load: Load, rows: Iterable[LoadRow], tell: Any) -> int:
    found = [
        LoadProblem(
            institution_id=load.institution_id,
            load=load,
            part=str(load.parts[row.part]["name"])[-120:],
            line=row.line,
            column=WHOLE_ROW,
            message=tell(row),
        )
        for row in rows
    ]
    LoadProblem.objects.bulk_create(found, AT_A_TIME)
    return len(found)
