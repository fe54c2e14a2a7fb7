"""What the tests on Spark share: a session of this machine, and the builders of the tests of formulas and of runs."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LIBRARY = Path(__file__).resolve().parents[1] / "library"
sys.path[:0] = [str(LIBRARY / "formula"), str(LIBRARY / "bulk")]


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    """A Spark of two workers, each a process of its own, as a cluster has them."""
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.WARNING)  # it speaks while the interpreter is being closed
    made = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("apura-testes")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield made
    made.stop()
