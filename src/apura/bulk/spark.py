"""The same query on Spark: the facts that were taken in are read by its workers, and what it makes comes back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from apura.bulk.errors import RunFailed
from apura.bulk.plan import SUBJECTS, Plan
from apura.formula.compiling import Query

SESSION = "apura-lote"
LOCAL = "local[*]"


def compute(plan: Plan, query: Query, *, facts: Path, target: Path) -> None:
    """Run the query of a plan on Spark, and write what it makes as a folder of Parquet files.

    The session is the one of the environment: without a master or a remote in it, this machine.

    Args:
        plan: whose facts were taken in.
        query: written for Spark.
        facts: the folder where they are, which every worker must reach.
        target: the folder to write, which must not exist.

    Raises:
        RunFailed: Spark is not installed, could not start, or could not finish.
    """
    session = _session()
    try:
        for view, path in _views(plan, facts).items():
            session.read.parquet(str(path)).createOrReplaceTempView(view)
        session.sql(query.text).write.parquet(str(target))
    except Exception as error:  # Spark's own errors have no common base in both of its clients
        raise RunFailed(
            f"O Spark não terminou: {str(error).splitlines()[0][:300]}.",
            what_to_do="Veja o registro do Spark; o mesmo lote se faz com --motor duckdb.",
        ) from error


def _views(plan: Plan, facts: Path) -> dict[str, Path]:
    root = plan.group.root.name
    records = {kept.table: facts / f"{root}.{name}.parquet" for name, kept in plan.layout.relations.items()}
    return {SUBJECTS: facts / f"{root}.parquet", **records}


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra of its own
    except ImportError as error:
        raise RunFailed(
            "O Spark não está instalado.", what_to_do="Instale-o com: pip install apura[spark], e o Java 17."
        ) from error
    builder = SparkSession.builder.appName(SESSION)
    if not any(
        name in os.environ for name in ("SPARK_REMOTE", "MASTER", "SPARK_CONF_DIR", "PYSPARK_SUBMIT_ARGS")
    ):
        builder = builder.master(LOCAL).config("spark.ui.enabled", "false")
    try:
        session = builder.config("spark.sql.ansi.enabled", "true").getOrCreate()
    except Exception as error:  # no Java, no cluster: each client says it in its own way
        raise RunFailed(
            f"O Spark não pôde começar: {str(error).splitlines()[0][:300]}.",
            what_to_do="Confira se há Java 17 e, com cluster, o endereço em SPARK_REMOTE ou MASTER.",
        ) from error
    return session
