"""A norm over millions of records at once: the digits of the scalar calculation, on an engine."""

from apura.bulk.comparing import Compared, compare_runs
from apura.bulk.engine import Limits
from apura.bulk.errors import NotInBulk, RunFailed
from apura.bulk.explaining import Explained, explain_stored
from apura.bulk.running import Asked, run_in_bulk

__all__ = [
    "Asked",
    "Compared",
    "Explained",
    "Limits",
    "NotInBulk",
    "RunFailed",
    "compare_runs",
    "explain_stored",
    "run_in_bulk",
]
