"""Fictitious facts of a norm, at any size, in the form in which a bulk run takes facts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from apura.bulk.admissible import MadeUpRule, made_up_rule, why_not
from apura.bulk.draws import MOST_INDEX, Draws
from apura.bulk.engine import Engine, Limits, Progress
from apura.bulk.fictitious import Crowd, RecordSheet, SubjectSheet, sheets_of
from apura.norms import KEY, AppliedNorm, BadRequest, Norm, RawFacts, RawRow, apply_norm, check_facts

NOTICE = "LEIA-ME.txt"
MEMORY = "700MB"
TRIAL_PEOPLE, TRIAL_RECORDS = 24, 10
"""How many people are tried first, and how many records of each."""

Sheet = SubjectSheet | RecordSheet


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be made up.

    Attributes:
        people: how many subjects each rule has.
        records: how many records each relation of a rule has, all together.
        seed: the same seed gives the same rows.
        on: the date the norm applies to; dates fall in its year.
        rules: only these and those they read; by default, every one whose facts can be made up.
    """

    people: int
    records: int
    seed: int
    on: date
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written.

    Attributes:
        rows: how many rows each file has, by its name.
        left_out: why, of each rule whose facts cannot be made up.
    """

    folder: Path
    rows: Mapping[str, int]
    left_out: Mapping[str, str] = field(default_factory=dict)


def generate(norm: str | Norm, folder: Path, trial: Trial, *, progress: Progress | None = None) -> Generated:
    """Write fictitious facts of a norm, one Parquet file for each sheet, and a notice that they are fictitious.

    The same seed gives the same rows, in no order. Options are drawn among the combinations that the reference
    accepts; numbers as ``apura.bulk.draws.Range`` says, so that scores do not all meet their limits.

    Args:
        norm: the norm, or its identifier.
        folder: where to write; it must not exist, or be empty.
        trial: how many, and of what.
        progress: told the file, how many rows are written and of how many.

    Raises:
        BadRequest: no such norm or rule; the folder holds something; the size is wrong; nothing can be made up.
        NormWithoutEffect: the date is outside the norm.
        RunFailed: the engine could not write; nothing is left.
    """
    _check(folder, trial)
    applied = apply_norm(norm, on=trial.on)
    applied.require_effect()
    rules, left_out = _rules(applied, trial.rules)
    _prove(applied, rules, trial)
    crowd = Crowd(Draws(trial.seed), trial.people, trial.records, trial.on)
    sheets = [each for made in rules for each in sheets_of(crowd, made)]
    for _name, sheet in sheets:
        sheet.check()
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".apura-", dir=folder.parent))
    try:
        rows = _write(aside, sheets, progress)
        notice = _notice(applied, trial, rows, left_out)
        (aside / NOTICE).write_text(notice, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        for name in (NOTICE, *rows):
            (aside / name).replace(folder / name)
    finally:
        shutil.rmtree(aside)
    return Generated(folder, rows, left_out)


def _check(folder: Path, trial: Trial) -> None:
    if trial.people < 1:
        raise BadRequest("Sem pessoas não há dados.", what_to_do="Peça ao menos uma, com --pessoas.")
    if trial.records < 0 or trial.seed < 0:
        raise BadRequest(
            "Nem os registros nem a semente podem ser negativos.",
            what_to_do="Informe números inteiros a partir de 0 em --registros e --semente.",
        )
    if max(trial.people, trial.records) >= MOST_INDEX:
        raise BadRequest(
            "São pessoas ou registros demais.",
            what_to_do=f"Peça menos de {MOST_INDEX}, em --pessoas e em --registros.",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadRequest(
            f"“{folder}” já existe e não está vazia; nada foi gravado.",
            what_to_do="Informe outra pasta em -o, ou apague essa.",
        )


def _rules(applied: AppliedNorm, asked: Sequence[str]) -> tuple[tuple[MadeUpRule, ...], dict[str, str]]:
    """Choose the rules, and say why the others are left out; one that was asked for is not left out."""
    norm = applied.norm
    wanted = set(_read(norm, asked)) if asked else set(norm.rules)
    found, left_out = [], {}
    for rule in norm.rules.values():
        if rule.name not in wanted or rule.subject.sheet is None:
            continue
        reason = why_not(applied, rule)
        if not reason:
            found.append(made_up_rule(applied, rule))
        elif asked:
            raise BadRequest(
                f"Não há como inventar os fatos de “{rule.label}” ({rule.name}): {reason}.",
                what_to_do="Peça outras regras com --regra, ou prepare esses fatos à mão.",
            )
        else:
            left_out[rule.name] = reason
    if not found:
        reasons = (
            "; ".join(f"{name}: {reason}" for name, reason in left_out.items()) or "nenhuma tem planilha"
        )
        raise BadRequest(
            f"Não há como inventar fatos da norma {norm.id} ({reasons}).",
            what_to_do="Use outra norma, ou prepare os fatos à mão.",
        )
    return tuple(found), left_out


def _read(norm: Norm, names: Iterable[str]) -> Iterator[str]:
    """Yield rules and every rule they read, or take their subjects from."""
    for name in names:
        rule = norm.rule(name)
        yield name
        yield from _read(norm, [rule.subject.of] if rule.subject.of else ())
        yield from _read(norm, [other for relation in rule.relations for other in relation.rules])


def _prove(applied: AppliedNorm, rules: Sequence[MadeUpRule], trial: Trial) -> None:
    """Give a few rows of each rule to the reference, before any is written.

    Raises:
        BadRequest: it refuses some.
    """
    people = min(trial.people, TRIAL_PEOPLE)
    for made in rules:
        each = min([TRIAL_RECORDS, *(of.relation.max_rows or TRIAL_RECORDS for of in made.relations)])
        crowd = Crowd(Draws(trial.seed), people, people * each, trial.on)
        own: list[RawRow] = []
        children: dict[tuple[str, str], list[RawRow]] = {}
        with (
            tempfile.TemporaryDirectory() as scratch,
            closing(Engine(Limits(MEMORY), Path(scratch))) as engine,
        ):
            for _name, sheet in sheets_of(crowd, made):
                sheet.prepare(engine)
                if isinstance(sheet, SubjectSheet):
                    own = _raw(engine, sheet)
                else:
                    children[made.rule.name, sheet.relation.relation.name] = _raw(engine, sheet)
        problems = check_facts(applied, RawFacts({made.rule.name: own}, children), rule=made.rule.name)
        if problems:
            raise BadRequest(
                f"Os fatos inventados para “{made.rule.label}” não passam nas verificações da norma: {problems[0]}.",
                what_to_do="Peça outras regras com --regra, ou prepare esses fatos à mão.",
            )


def _raw(engine: Engine, sheet: Sheet) -> list[RawRow]:
    known = {KEY, *(column.name for column in sheet.columns)}
    return [
        RawRow({name: value for name, value in row.items() if name in known})
        for row in engine.records(sheet.query())
    ]


def _write(folder: Path, sheets: Sequence[tuple[str, Sheet]], progress: Progress | None) -> dict[str, int]:
    """Write the files, and give how many rows each has."""
    rows = {}
    scratch = folder / "rascunho"
    scratch.mkdir()
    with closing(Engine(Limits(MEMORY), scratch, progress)) as engine:
        engine.run("SET preserve_insertion_order = false")
        for stem, sheet in sheets:
            name = f"{stem}.parquet"
            sheet.prepare(engine)
            target = str(folder / name).replace("'", "''")
            copied = f"COPY ({sheet.query()}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            engine.run_long(f"Gerando {name}", copied, total=sheet.count)
            rows[name] = sheet.count
    return rows


def _notice(applied: AppliedNorm, trial: Trial, rows: Mapping[str, int], left_out: Mapping[str, str]) -> str:
    identity = applied.norm.identity
    lines = [
        "DADOS FICTÍCIOS",
        "",
        "Estes dados foram inventados por programa (apura gerar-dados) para ensaio. Nenhuma pessoa, produto ou",
        "nota é real, e nada do que se calcule com eles tem valor oficial.",
        "",
        f"Norma:     {identity.id} ({identity.title})",
        f"Data:      {trial.on:%d/%m/%Y}",
        f"Pessoas:   {grouped(trial.people)}",
        f"Registros: {grouped(trial.records)} em cada relação",
        f"Semente:   {trial.seed} (a mesma semente e o mesmo tamanho dão as mesmas linhas, em qualquer ordem)",
        "",
        *(f"{name}: {grouped(count)} linhas" for name, count in rows.items()),
    ]
    if left_out:
        lines += ["", "Regras sem dados:", *(f"{name}: {reason}" for name, reason in left_out.items())]
    return "\n".join(lines) + "\n"


def grouped(count: int) -> str:
    """Write a count with its thousands apart, as people read it."""
    return f"{count:,}".replace(",", ".")
