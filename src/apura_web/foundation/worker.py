"""The process that does the jobs: takes one at a time, shows that it lives, and takes back what dead workers held."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from apura_web.foundation import jobs
from apura_web.foundation.masking import masked

BEAT_EVERY = timedelta(seconds=10)
BEATS_BETWEEN_TIDYINGS = 360
log = structlog.get_logger("apura.trabalho")


class JobWorker(Worker):
    """A worker that tries failed jobs again, later."""

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one job and say what became of it."""
        super().run_task(db_task_result)
        told = {
            "trabalho": jobs.policy_of(db_task_result).label,
            "id": str(db_task_result.pk),
            "tentativa": len(db_task_result.worker_ids),
        }
        if db_task_result.status != TaskResultStatus.FAILED:
            log.info("trabalho feito", **told)
            return
        again = jobs.try_later(db_task_result, timezone.now())
        log.warning("trabalho falhou", nova_tentativa=again, erro=masked(db_task_result.traceback), **told)


class Pulse(threading.Thread):
    """Beside a worker, renews its lease even while a job is long, and takes back what others left."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="pulso", daemon=True)
        self.worker = worker
        self.stopping = threading.Event()

    def run(self) -> None:
        """Beat until told to stop."""
        beats = 0
        while not self.stopping.is_set():
            try:
                self.beat_once(is_tidying=beats % BEATS_BETWEEN_TIDYINGS == 0)
            except DatabaseError as error:  # busy or away for a moment: the next beat tries again
                log.warning("pulso adiado", erro=masked(str(error)))
            beats += 1
            self.stopping.wait(BEAT_EVERY.total_seconds())
        connection.close()

    def beat_once(self, *, is_tidying: bool = False) -> None:
        """Renew the lease, take back jobs left behind and, from time to time, forget old ones."""
        now = timezone.now()
        jobs.beat(self.worker, now)
        taken = jobs.reclaim(now)
        if taken:
            log.warning("trabalhos retomados", quantos=taken)
        if is_tidying:
            jobs.tidy(now)


def make_worker(*, batch: bool = False) -> JobWorker:
    """Make a worker with a name of its own.

    Args:
        batch: whether it stops when the queue is empty.
    """
    return JobWorker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def work(*, batch: bool = False) -> None:
    """Do jobs until told to stop, or until there is none left.

    Args:
        batch: whether to stop when the queue is empty.
    """
    worker = make_worker(batch=batch)
    pulse = Pulse(worker.worker_id)
    pulse.beat_once()
    pulse.start()
    worker.configure_signals()
    log.info("trabalhador pronto", trabalhador=worker.worker_id)
    try:
        worker.run()
    finally:
        pulse.stopping.set()
