"""A run: facts in, every step out, all or nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from apura.bulk.engine import Engine, Limits, Progress, escaped
from apura.bulk.errors import RunFailed
from apura.bulk.files import PARTIAL, described, digest, read_record, write_record
from apura.bulk.groups import groups_of
from apura.bulk.ingest import Ingested, ingest, open_stored
from apura.bulk.plan import Plan, plan_of
from apura.bulk.results import described_columns, refuse_wrong, write_results
from apura.bulk.spark import compute
from apura.formula.compiling import DUCKDB, SPARK, Dialect, Query
from apura.norms import AppliedNorm, BadRequest
from apura.norms.texts import told_by_the_system

SCHEMA = "apura/lote/1"
FACTS, RUN, SCRATCH, KEPT = "entradas", "execucao.json", "rascunho", "entradas.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a run.

    Attributes:
        data: the folder of facts.
        target: the folder of the results, which must not exist.
        limits: how much of the machine it may take.
        dialect: of the engine that computes.
    """

    data: Path
    target: Path
    limits: Limits = field(default_factory=Limits)
    dialect: Dialect = DUCKDB


def run_in_bulk(applied: AppliedNorm, asked: Asked, progress: Progress | None = None) -> dict[str, Any]:
    """Compute a norm over a folder of facts and write every step, and give the record of the run.

    The target appears only when everything is in it. What was interrupted is taken up again by the same request:
    facts already validated are not read again.

    Raises:
        BadInput: facts are wrong; every problem is told by file and line, and nothing is written.
        BadRequest: there is nothing to compute, or the target exists.
        NotInBulk: a rule is of a kind that only the scalar calculation computes.
        Refusal: the norm gives no result on the date.
        RunFailed: memory, disk or the engine; nothing is left that looks like a result.
    """
    plans = [plan_of(applied, group) for group in groups_of(applied, asked.data)]
    return written_whole(asked.target, lambda partial: Run(applied, asked, partial, progress).make(plans))


def written_whole(target: Path, make: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """Make a folder of results beside its place, and put it there when everything is in it.

    Raises:
        BadRequest: the target exists.
        RunFailed: it cannot be written.
    """
    if target.exists():
        raise BadRequest(f"“{target}” já existe.", what_to_do="Indique em -o uma pasta que não exista ainda.")
    partial = target.with_name(target.name + PARTIAL)
    try:
        (partial / FACTS).mkdir(parents=True, exist_ok=True)
        made = make(partial)
        partial.replace(target)
    except OSError as error:
        raise RunFailed(
            f"Não foi possível gravar os resultados: {told_by_the_system(error)}.",
            what_to_do="Confira a pasta e o espaço em disco, e repita o comando.",
        ) from error
    return made


class Run:
    """A run being made in a folder that does not look like a result.

    Args:
        applied: the norm on the date.
        asked: what is asked; only limits and dialect matter where ``changes`` are given.
        partial: the folder.
        progress: told how far it is.
        changes: what a simulation supposes; its facts are already in the folder.
    """

    def __init__(
        self,
        applied: AppliedNorm,
        asked: Asked,
        partial: Path,
        progress: Progress | None,
        *,
        changes: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.applied, self.asked, self.partial, self.changes = applied, asked, partial, changes
        self.engine = Engine(asked.limits, partial / SCRATCH, progress)

    def make(self, plans: Sequence[Plan]) -> dict[str, Any]:
        """Make every group and the record of the run.

        Raises:
            BadInput: facts are wrong.
            RunFailed: memory, disk or the engine.
        """
        try:
            queries = [plan.query(self.asked.dialect) if plan.group.rules else None for plan in plans]
            groups = [
                self._group(plan, query) if query is not None else _only_refused(plan)
                for plan, query in zip(plans, queries, strict=True)
            ]
        finally:
            self.engine.close()
            shutil.rmtree(self.partial / SCRATCH, ignore_errors=True)
        record = self._record(groups)
        write_record(self.partial / RUN, record)
        return record

    def _group(self, plan: Plan, query: Query) -> dict[str, Any]:
        began = time.monotonic_ns()
        found, was_kept = self._facts(plan)
        taken = time.monotonic_ns()
        open_stored(self.engine, plan, self.partial / FACTS)
        root = plan.group.root
        self._compute(plan, query, total=sum(found.records.values()) or found.subjects)
        refuse_wrong(self.engine, plan, query)
        path = self.partial / f"{root.name}.parquet"
        write_results(self.engine, plan, query, path)
        done = time.monotonic_ns()
        return {
            "regra": root.name,
            "rotulo": root.label,
            "sujeitos": found.subjects,
            "registros": found.records,
            "arquivo": path.name,
            "sha256": digest(path),
            "colunas": described_columns(plan, query),
            "recusadas": {name: refusal.reason for name, refusal in plan.group.refused.items()},
            "entradas_aproveitadas": was_kept,
            "milissegundos": {"entradas": _thousandths(taken - began), "calculo": _thousandths(done - taken)},
        }

    def _compute(self, plan: Plan, query: Query, *, total: int) -> None:
        """Make the table of every step of everybody."""
        stage = f"Calculando {plan.group.root.label.lower()}"
        if self.asked.dialect == SPARK:
            target = self.partial / SCRATCH / f"{plan.group.root.name}.spark"
            shutil.rmtree(target, ignore_errors=True)
            compute(plan, query, facts=self.partial / FACTS, target=target)
            self.engine.run(
                f"CREATE OR REPLACE TEMP VIEW made AS SELECT * FROM read_parquet('{escaped(target)}/*.parquet')"
            )
        else:
            self.engine.run_long(stage, f"CREATE OR REPLACE TEMP TABLE made AS {query.text}", total=total)

    def _facts(self, plan: Plan) -> tuple[Ingested, bool]:
        """Take the facts in, or take up those that an interrupted run left validated."""
        note = self.partial / FACTS / f"{plan.group.root.name}.{KEPT}"
        kept = read_record(note)
        if kept is not None and self.changes:
            return Ingested(kept["sujeitos"], kept["registros"]), True
        sources = plan.group.sources
        before = (kept or {}).get("arquivos", {})
        known = {
            "norma": self.applied.norm.digest,
            "em": self.applied.on.isoformat(),
            "decisoes": _decided(self.applied),
            "arquivos": {
                path.name: described(path, before.get(path.name))
                for path in (sources.subjects, *sources.records.values())
            },
        }
        if kept is not None and {name: kept.get(name) for name in known} == known:
            return Ingested(kept["sujeitos"], kept["registros"]), True
        found = ingest(self.engine, plan, self.partial / FACTS)
        write_record(note, {**known, "sujeitos": found.subjects, "registros": found.records, **plan.stored})
        return found, False

    def _record(self, groups: list[dict[str, Any]]) -> dict[str, Any]:
        norm, institution = self.applied.norm, self.applied.institution
        return {
            "esquema": SCHEMA,
            "norma": norm.id,
            "edicao": norm.identity.edition,
            "titulo": norm.identity.title,
            "digesto": norm.digest,
            "em": self.applied.on.isoformat(),
            "simulacao": self.applied.simulation or bool(self.changes),
            "mudancas": list(self.changes),
            "instituicao": None
            if institution is None
            else {
                "nome": institution.name,
                "ficticio": institution.fictitious,
                "decisoes": _decided(self.applied),
            },
            "apura": version("apura"),
            "motor": self.asked.dialect.name,
            "duckdb": duckdb.__version__,
            "grupos": groups,
        }


def _decided(applied: AppliedNorm) -> list[dict[str, Any]]:
    decisions = applied.institution.decisions if applied.institution is not None else ()
    return [
        {
            "nome": each.name,
            "valor": each.value,
            "desde": each.starts.isoformat(),
            "ato": each.act,
            "data_do_ato": each.act_on.isoformat() if each.act_on else None,
        }
        for each in decisions
    ]


def _only_refused(plan: Plan) -> dict[str, Any]:
    root = plan.group.root
    refused = {name: refusal.reason for name, refusal in plan.group.refused.items()}
    return {"regra": root.name, "rotulo": root.label, "arquivo": None, "recusadas": refused}


def _thousandths(nanoseconds: int) -> int:
    return nanoseconds // 1_000_000
