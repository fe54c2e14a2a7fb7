"""A norm over millions of records at once: the digits of the scalar calculation, on an engine."""

from apura.bulk.comparing import Compared, compare_runs
from apura.bulk.documents import comparison_document, simulation_document
from apura.bulk.engine import Limits
from apura.bulk.errors import NotInBulk, RunFailed
from apura.bulk.explaining import Explained, explain_stored
from apura.bulk.running import Asked, run_in_bulk
from apura.bulk.simulating import Simulated, simulate_run

__all__ = [
    "Asked",
    "Compared",
    "Explained",
    "Limits",
    "NotInBulk",
    "RunFailed",
    "Simulated",
    "compare_runs",
    "comparison_document",
    "explain_stored",
    "run_in_bulk",
    "simulate_run",
    "simulation_document",
]
