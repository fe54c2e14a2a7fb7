"""The process above the others: starts the pages and the worker, restarts a worker that falls, stops all together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

import structlog

LOOK_EVERY, STOP_WITHIN = 1, 30  # seconds
LONGEST_PAUSE, LIVED_WELL = 60, 60
log = structlog.get_logger("apura.servico")


@dataclass
class Child:
    """A process to keep running.

    Attributes:
        name: what the log calls it.
        command: how it is started.
        is_vital: whether everything stops when it does; one that is not vital is started again.
    """

    name: str
    command: Sequence[str]
    is_vital: bool
    process: subprocess.Popen[bytes] | None = None
    started_at: int = 0
    falls: int = 0
    not_before: int = 0

    def start(self, now: int) -> None:
        """Start it."""
        self.process = subprocess.Popen(self.command)  # noqa: S603 - our own commands
        self.started_at = now

    def pause(self, now: int) -> int:
        """Say how many seconds to wait before starting it again: longer each time it falls soon after starting."""
        self.falls = 0 if now - self.started_at > LIVED_WELL else self.falls + 1
        return min(LONGEST_PAUSE, 1 << self.falls)


def children_for(address: str, port: int, *, processes: int) -> list[Child]:
    """Give the processes of the platform.

    Args:
        address: where to listen.
        port: likewise.
        processes: how many answer pages, each with four threads.
    """
    web = [
        *(sys.executable, "-m", "gunicorn", "apura_web.config.wsgi:application"),
        *("--bind", f"{address}:{port}", "--workers", str(processes)),
        *("--worker-class", "gthread", "--threads", "4", "--timeout", "60", "--graceful-timeout", "20"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000", "--log-level", "warning"),
    ]
    worker = [sys.executable, "-c", "import sys; from apura.cli import main; sys.exit(main(['trabalhar']))"]
    return [Child("páginas", web, is_vital=True), Child("trabalhos", worker, is_vital=False)]


class Supervisor:
    """Keeps some processes running until it is told to stop, or a vital one does."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.is_stopping = False

    def run(self) -> int:
        """Start the children and watch them.

        Returns:
            0 when told to stop; 1 when a vital child stopped by itself.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start(_now())
        status = 0
        while not self.is_stopping:
            time.sleep(LOOK_EVERY)
            if not self.look(_now()):
                status = 1
                break
        self.stop_all()
        return status

    def look(self, now: int) -> bool:
        """Start again what fell; False when something vital did.

        Args:
            now: a clock of seconds that never goes back.
        """
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                code, child.process = child.process.returncode, None
                if child.is_vital:
                    log.error("processo vital parou", processo=child.name, saida=code)
                    return False
                child.not_before = now + child.pause(now)
                log.warning(
                    "processo parou", processo=child.name, saida=code, volta_em=child.not_before - now
                )
            if child.process is None and now >= child.not_before:
                child.start(now)
        return True

    def stop_all(self) -> None:
        """Ask every child to end what it is doing, and wait; who does not end in time is ended."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = _now() + STOP_WITHIN
        for process in running:
            try:
                process.wait(max(0, deadline - _now()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True


def _now() -> int:
    return int(time.monotonic())
