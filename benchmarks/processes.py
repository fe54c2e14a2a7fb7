"""A process measured whole, by the operating system's account.

Keep the one that measures small: on Linux a child's peak memory counts what its parent held when it was made.
"""

import os
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measure:
    """One run of a process: seconds, seconds of processor, MiB at its peak."""

    wall: float
    processor: float
    memory: float


def measure(command: list[str]) -> Measure:
    """Run ``command`` once and say what it took, by the operating system's account."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=surroundings())
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode != 0:
        raise SystemExit(f"falhou: {' '.join(command)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measure(wall, processor, used.ru_maxrss / 1024)


def surroundings() -> dict[str, str]:
    """Give the environment, with bytecode kept: an installed program finds its own, and the warm-up makes ours."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
