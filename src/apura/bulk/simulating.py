"""A stored run made again over the same facts, with the norm supposed otherwise: who would gain and who would lose."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apura.bulk.comparing import Compared, compare_runs
from apura.bulk.engine import Limits, Progress
from apura.bulk.files import read_record
from apura.bulk.groups import groups_of
from apura.bulk.plan import plan_of
from apura.bulk.running import FACTS, KEPT, Asked, Run, written_whole
from apura.bulk.stored import StoredRun
from apura.norms.comparison_document import change_document
from apura.norms.scenario import Scenario, suppose


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation over a stored run.

    Attributes:
        record: of the run that was made; it says that it is a simulation, and what was supposed.
        compared: what it changes, group by group.
    """

    record: dict[str, Any]
    compared: Sequence[Compared]


def simulate_run(
    base: Path,
    target: Path,
    scenario: Scenario,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Simulated:
    """Compute a stored run again under what a scenario supposes, and compare the two.

    Args:
        base: the folder of the stored run.
        target: the folder to make; it must not exist.
        scenario: what to suppose.
        limits: how much of the machine it may take.
        progress: told how far it is.

    Raises:
        BadInput: what is supposed is wrong, or leaves somebody without a result.
        BadRequest: the base is no finished run, or the target exists.
        Refusal: the norm gives no result under what is supposed.
        RunFailed: memory, disk or the engine.
    """
    stored = StoredRun(base)
    stored.close()
    supposed, changes = suppose(stored.applied(), scenario)
    asked = Asked(base / FACTS, target, limits or Limits())

    def make(partial: Path) -> dict[str, Any]:
        _share(base / FACTS, partial / FACTS)
        plans = [
            plan_of(supposed, group, _codes(base, group.root.name))
            for group in groups_of(supposed, base / FACTS)
        ]
        told = [change_document(each) for each in changes]
        return Run(supposed, asked, partial, progress, changes=told).make(plans)

    record = written_whole(target, make)
    return Simulated(record, compare_runs(base, target))


def _codes(base: Path, root: str) -> list[str]:
    kept = read_record(base / FACTS / f"{root}.{KEPT}") or {"codigos": {}}
    return sorted(kept["codigos"], key=kept["codigos"].__getitem__)


def _share(facts: Path, target: Path) -> None:
    """Have the same facts in another folder, without a second copy where the disk lets files have two names."""
    for path in facts.iterdir():
        copy = target / path.name
        copy.unlink(missing_ok=True)
        try:
            os.link(path, copy)
        except OSError:
            shutil.copyfile(path, copy)
