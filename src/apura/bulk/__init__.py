"""A norm over millions of records at once: the digits of the scalar calculation, on an engine.

Names are imported when first used: a run needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
_HOMES = {
    "Asked": "running",
    "Compared": "comparing",
    "Explained": "explaining",
    "Limits": "engine",
    "NotInBulk": "errors",
    "RunFailed": "errors",
    "Simulated": "simulating",
    "compare_runs": "comparing",
    "comparison_document": "documents",
    "explain_stored": "explaining",
    "run_in_bulk": "running",
    "simulate_run": "simulating",
    "simulation_document": "documents",
}


def __getattr__(name: str) -> object:
    """Return a public name from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
