"""Work done after the answer: how often a job is tried, and what becomes of one whose worker died.

A job is enqueued in the transaction of the act that asks for it, so that it exists exactly when the act does. It may
run twice (a worker may die after doing the work and before saying so): write it so that twice does no harm. What
belongs to an institution takes ``institution_id`` by keyword: only its administrators see it when it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from apura_web.foundation.masking import masked
from apura_web.foundation.models import WorkerPulse

P = ParamSpec("P")
R = TypeVar("R")

LEASE = timedelta(seconds=60)
KEEP_DONE, KEEP_FAILED = timedelta(days=1), timedelta(days=60)
WORKER_DIED = "apura_web.foundation.jobs.WorkerDied"


class WorkerDied(Exception):
    """The worker that held the job stopped without saying what became of it."""


@dataclass(frozen=True)
class Policy:
    """How a job is treated.

    Attributes:
        label: what people read when it fails, as “Enviar convite”.
        tries: how many times it runs at most.
        wait: how long before the second time; each further time waits twice as long.
    """

    label: str
    tries: int = 1
    wait: timedelta = timedelta(minutes=1)

    def pause_after(self, tries: int) -> timedelta:
        """Say how long to wait after a number of failed tries."""
        return self.wait * int(2 ** (tries - 1))


POLICIES: dict[str, Policy] = {}


def job(
    label: str, *, tries: int = 3, wait: timedelta = timedelta(minutes=1)
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a job: ``function.enqueue(…)`` asks for it, inside the transaction of whoever asks.

    Args:
        label: what people read when it fails.
        tries: how many times it runs at most.
        wait: how long before the second try; each further one waits twice as long.
    """

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        made = task()(function)
        POLICIES[made.module_path] = Policy(label, tries, wait)
        return made

    return decorate


def policy_of(stored: DBTaskResult[Any, Any]) -> Policy:
    """Give how a stored job is treated; one whose function is gone is tried no more."""
    if stored.task_path not in POLICIES:  # a worker just started has not met this job yet
        with suppress(ImportError):
            import_string(stored.task_path)
    return POLICIES.get(stored.task_path) or Policy(stored.task_path)


def try_later(stored: DBTaskResult[Any, Any], at: datetime) -> bool:
    """Put a failed job back in the queue when it has tries left; the traceback stays until it succeeds.

    Returns:
        Whether it will run again.
    """
    policy, tries = policy_of(stored), len(stored.worker_ids)
    if tries >= policy.tries:
        return False
    return _requeue(stored, at + policy.pause_after(tries))


def reclaim(at: datetime) -> int:
    """Take back the jobs held by workers that no longer give signs of life.

    Returns:
        How many were taken back: queued again, or failed when they had no tries left.
    """
    alive = set(WorkerPulse.objects.filter(seen_at__gt=at - LEASE).values_list("worker", flat=True))
    taken = 0
    for stored in DBTaskResult.objects.running().filter(started_at__lte=at - LEASE):
        if stored.worker_ids and stored.worker_ids[-1] in alive:
            continue
        taken += 1
        if not try_later(stored, at):
            _held(stored).update(
                status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=WORKER_DIED, traceback=""
            )
    return taken


def is_pending(institution_id: int, **arguments: Any) -> bool:
    """Say whether a job of an institution, asked for with these arguments, waits, runs or will be tried again."""
    unfinished = DBTaskResult.objects.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    wanted = {"institution_id": institution_id, **arguments}
    return bool(
        unfinished.filter(
            **{f"args_kwargs__kwargs__{name}": value for name, value in wanted.items()}
        ).exists()
    )


def is_worker_alive(at: datetime) -> bool:
    """Say whether some worker gave a sign of life within the lease."""
    return WorkerPulse.objects.filter(seen_at__gt=at - LEASE).exists()


def beat(worker: str, at: datetime) -> None:
    """Note that a worker lives."""
    WorkerPulse.objects.update_or_create(
        worker=worker, defaults={"seen_at": at}, create_defaults={"seen_at": at, "started_at": at}
    )


def tidy(at: datetime) -> None:
    """Forget the jobs done a day ago, those that failed two months ago, and workers long gone."""
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILED).delete()
    WorkerPulse.objects.filter(seen_at__lt=at - KEEP_DONE).delete()


@dataclass(frozen=True)
class FailedJob:
    """A job that failed for good, as administrators see it."""

    id: UUID
    label: str
    tries: int
    failed_at: datetime | None
    why: str


def failed_jobs(institution_id: int) -> list[FailedJob]:
    """Give the jobs of an institution that failed for good, the latest first, without anybody's data."""
    return [
        FailedJob(
            each.id, policy_of(each).label, len(each.worker_ids), each.finished_at, reason_of_failure(each)
        )
        for each in _failed(institution_id).order_by("-finished_at")[:200]
    ]


def try_again(job_id: UUID, institution_id: int) -> bool:
    """Queue a failed job of an institution again, with all its tries; False when there is no such job."""
    stored = _failed(institution_id).filter(pk=job_id).first()
    if stored is None:
        return False
    stored.worker_ids = []
    stored.save(update_fields=["worker_ids"])
    return _requeue(stored, timezone.now())


def reason_of_failure(stored: DBTaskResult[Any, Any]) -> str:
    """Say in a line why a job failed, without anybody's data."""
    if stored.exception_class_path == WORKER_DIED:
        return "O processo que a fazia parou antes de terminar."
    lines = [line for line in stored.traceback.splitlines() if line.strip()]
    return masked(lines[-1])[:200] if lines else stored.exception_class_path


def _failed(institution_id: int) -> QuerySet[DBTaskResult[Any, Any]]:
    mine: QuerySet[DBTaskResult[Any, Any]] = DBTaskResult.objects.failed().filter(
        args_kwargs__kwargs__institution_id=institution_id
    )
    return mine


def _held(stored: DBTaskResult[Any, Any]) -> QuerySet[DBTaskResult[Any, Any]]:
    """Give the row only if nobody took it since it was read."""
    same: QuerySet[DBTaskResult[Any, Any]] = DBTaskResult.objects.filter(
        pk=stored.pk, status=stored.status, started_at=stored.started_at
    )
    return same


def _requeue(stored: DBTaskResult[Any, Any], run_after: datetime) -> bool:
    return bool(_held(stored).update(status=TaskResultStatus.READY, run_after=run_after, finished_at=None))
