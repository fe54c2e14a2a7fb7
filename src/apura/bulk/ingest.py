"""Facts in: files of a folder, validated against what the rules declare, kept as integers sorted by subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from apura.bulk.checks import check_records, check_repeated, check_subjects
from apura.bulk.columns import IDENTITY, Reader
from apura.bulk.engine import Engine, escaped, quoted_name
from apura.bulk.plan import RECORD, SUBJECTS, Kept, Plan, days_of
from apura.bulk.reading import INTEGERS, Given, given_file
from apura.formula.compiling import LINE, SUBJECT
from apura.norms import BadInput, Problem
from apura.norms.rule_schema import SUBJECT_KEY, Column, Relation

MOST_TOLD = 20
KEY = quoted_name(SUBJECT_KEY)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a group's facts became.

    Attributes:
        subjects: how many there are.
        records: how many records each relation has.
    """

    subjects: int
    records: dict[str, int]


def ingest(engine: Engine, plan: Plan, folder: Path) -> Ingested:
    """Validate the facts of a group and write them to a folder, sorted by subject.

    Raises:
        BadInput: something in them is wrong; problems come by file and line, and nothing is left.
        RunFailed: the engine could not.
    """
    ingesting = _Ingesting(engine, plan, folder)
    found = ingesting.write()
    _refuse(ingesting.problems)
    open_stored(engine, plan, folder)
    for name in plan.group.sources.records:
        check_repeated(engine, plan, name, ingesting.problems, is_identified=ingesting.identified[name])
        check_records(engine, plan, name, ingesting.problems)
    check_subjects(engine, plan, ingesting.problems)
    _refuse(ingesting.problems)
    return found


def open_stored(engine: Engine, plan: Plan, folder: Path) -> None:
    """Let the engine read the facts of a group that were kept in a folder."""
    root = plan.group.root.name
    views = {SUBJECTS: f"{root}.parquet"}
    views |= {kept.table: f"{root}.{name}.parquet" for name, kept in plan.layout.relations.items()}
    for view, name in views.items():
        engine.run(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM read_parquet('{escaped(folder / name)}')"
        )


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadInput(problems)


KEY_TEXT = f"trim(CAST(f.{KEY} AS VARCHAR))"


def _columns(reader: Reader, declared: Sequence[Column], kept: Sequence[Kept]) -> list[str]:
    reader.check_names(declared)
    if reader.problems:
        return []
    days = [f"{reader.day(column)} AS {name}" for name, column in days_of(declared).items()]
    return [*(f"{reader.stored(each)} AS {each.stored.column}" for each in kept), *days]


def _check_keys(reader: Reader) -> None:
    view = reader.given.view
    blank = reader.engine.rows(
        f"SELECT line FROM {view} AS f WHERE f.{KEY} IS NULL OR {KEY_TEXT} = '' ORDER BY line LIMIT {MOST_TOLD}"
    )
    for (line,) in blank:
        reader.note(f"“{SUBJECT_KEY}” está em branco", None, line)
    twice = reader.engine.rows(
        f"SELECT {KEY_TEXT}, min(line), max(line) FROM {view} AS f WHERE f.{KEY} IS NOT NULL "
        f"GROUP BY lower({KEY_TEXT}), {KEY_TEXT} HAVING count(*) > 1 ORDER BY 2 LIMIT {MOST_TOLD}"
    )
    for key, first, last in twice:
        reader.note(f"“{key}” já apareceu na linha {first}: cada sujeito vem uma vez", None, last)


def _check_owners(reader: Reader) -> None:
    """Note the records of somebody who is not in the list of subjects."""
    source = (
        f"{reader.given.view} AS f LEFT JOIN subject_keys AS k ON k.chave = {KEY_TEXT} WHERE k.chave IS NULL"
    )
    for line, key in reader.engine.rows(
        f"SELECT line, {KEY_TEXT} FROM {source} ORDER BY line LIMIT {MOST_TOLD}"
    ):
        said = "está em branco" if not key else f"“{key}” não está na lista de sujeitos"
        reader.note(f"“{SUBJECT_KEY}”: {said}", None, line)


def _check_identities(reader: Reader) -> None:
    source = f"{reader.given.view} AS f WHERE f.{IDENTITY} IS NULL"
    for (line,) in reader.engine.rows(f"SELECT line FROM {source} ORDER BY line LIMIT {MOST_TOLD}"):
        reader.note(f"“{IDENTITY}” está em branco: ou todos os registros têm o seu, ou nenhum", None, line)


def _identity(given: Given) -> str:
    """Give the expression of what names a record: a number where it is one, so that it takes little room."""
    kind = given.types.get(IDENTITY)
    if kind is None:
        return "CAST(NULL AS BIGINT)"
    return f"CAST(f.{IDENTITY} AS {'BIGINT' if kind in INTEGERS else 'VARCHAR'})"


@dataclass
class _Ingesting:
    """The files of a group being read and kept."""

    engine: Engine
    plan: Plan
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    identified: dict[str, bool] = field(default_factory=dict)

    def write(self) -> Ingested:
        """Keep the subjects, and then the records of each relation; what is wrong stops the file it is in."""
        root, sources = self.plan.group.root, self.plan.group.sources
        subjects = given_file(self.engine, sources.subjects, "given_subjects")
        are_kept = self._subjects(subjects)
        counts = {}
        for at, (name, path) in enumerate(sources.records.items(), start=1):
            relation = root.relation(name)
            assert relation is not None  # noqa: S101 - it was found in the rule
            given = given_file(self.engine, path, f"given_records{at}")
            self._records(relation, given, are_kept=are_kept)
            counts[name] = given.rows
        return Ingested(subjects.rows, counts)

    def _subjects(self, given: Given) -> bool:
        reader = Reader(self.engine, self.plan, given, [])
        columns = _columns(reader, self.plan.group.root.inputs, self.plan.facts.inputs)
        if SUBJECT_KEY in given.types:
            _check_keys(reader)
        self.problems += reader.problems
        if reader.problems:
            return False
        called = "CAST(f.nome AS VARCHAR)" if "nome" in given.types else "CAST(NULL AS VARCHAR)"
        selected = ", ".join([f"{KEY_TEXT} AS chave", f"{called} AS nome", *columns])
        rows = f"SELECT {selected} FROM {given.view} AS f {' '.join(reader.joins)}"
        path = escaped(self.folder / f"{self.plan.group.root.name}.parquet")
        self.engine.run_long(
            "Conferindo os sujeitos",
            f"COPY (SELECT row_number() OVER (ORDER BY chave) AS {SUBJECT}, * FROM ({rows}) ORDER BY {SUBJECT}) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)",
            total=given.rows,
        )
        self.engine.run(
            f"CREATE OR REPLACE TEMP TABLE subject_keys AS SELECT {SUBJECT}, chave FROM read_parquet('{path}')"
        )
        return True

    def _records(self, relation: Relation, given: Given, *, are_kept: bool) -> None:
        reader = Reader(self.engine, self.plan, given, [])
        columns = _columns(reader, relation.columns, self.plan.facts.records[relation.name])
        self.identified[relation.name] = IDENTITY in given.types
        if are_kept and SUBJECT_KEY in given.types:
            _check_owners(reader)
        if IDENTITY in given.types:
            _check_identities(reader)
        self.problems += reader.problems
        if reader.problems or not are_kept:
            return
        selected = ", ".join(
            [f"k.{SUBJECT}", f"f.line AS {LINE}", f"{_identity(given)} AS {RECORD}", *columns]
        )
        joins = " ".join([f"JOIN subject_keys AS k ON k.chave = {KEY_TEXT}", *reader.joins])
        path = escaped(self.folder / f"{self.plan.group.root.name}.{relation.name}.parquet")
        self.engine.run_long(
            f"Ordenando {relation.label.lower()}",
            f"COPY (SELECT {selected} FROM {given.view} AS f {joins} ORDER BY k.{SUBJECT}, f.line) "
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)",
            total=given.rows,
        )
