"""Jobs are tried again, taken back from workers that died, and shown when they fail for good."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from apura_web.foundation import jobs
from apura_web.foundation.jobs import LEASE, beat, job, reclaim
from apura_web.foundation.models import WorkerPulse
from apura_web.foundation.worker import Pulse
from cast import Cast
from visits import signed_in, work_off

ran: list[str] = []


@job("Anotar", tries=3, wait=timedelta(minutes=1))
def note(*, text: str, institution_id: int) -> None:
    """Note that it ran; break when told to."""
    ran.append(text)
    if text.startswith("falha"):
        raise ValueError(f"não deu, por causa de 529.982.247-25 ({institution_id})")


@pytest.fixture(autouse=True)
def _start_again() -> None:
    ran.clear()


def stored() -> DBTaskResult:
    return DBTaskResult.objects.get()


def due() -> None:
    """Let the time of waiting pass."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def held_by_the_dead(at_try: int) -> None:
    long_ago = timezone.now() - LEASE * 3
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=long_ago, worker_ids=["morto"] * at_try
    )


def test_a_job_of_a_transaction_that_was_undone_does_not_exist(db: None) -> None:
    with transaction.atomic():
        note.enqueue(text="nunca", institution_id=1)
        transaction.set_rollback(True)
    work_off()
    assert ran == []


def test_a_job_that_fails_waits_longer_each_time_and_then_stays_failed(db: None) -> None:
    note.enqueue(text="falha", institution_id=1)
    work_off()
    assert stored().status == TaskResultStatus.READY
    first = stored().run_after - timezone.now()
    assert timedelta(seconds=50) < first <= timedelta(minutes=1)
    work_off()
    assert ran == ["falha"], "it waits"
    due()
    work_off()
    assert timedelta(seconds=110) < stored().run_after - timezone.now() <= timedelta(minutes=2)
    due()
    work_off()
    assert (stored().status, len(ran)) == (TaskResultStatus.FAILED, 3)


def test_a_job_whose_worker_died_is_taken_back_and_done(db: None) -> None:
    note.enqueue(text="feito", institution_id=1)
    held_by_the_dead(at_try=1)
    assert reclaim(timezone.now()) == 1
    due()
    work_off()
    assert ran == ["feito"]
    assert stored().status == TaskResultStatus.SUCCESSFUL


def test_a_long_job_of_a_worker_that_lives_is_left_alone(db: None) -> None:
    note.enqueue(text="longo", institution_id=1)
    held_by_the_dead(at_try=1)
    beat("morto", timezone.now())
    assert reclaim(timezone.now()) == 0
    assert stored().status == TaskResultStatus.RUNNING


def test_a_job_that_keeps_killing_its_worker_ends_as_failed(db: None) -> None:
    note.enqueue(text="pesado", institution_id=1)
    held_by_the_dead(at_try=3)
    assert reclaim(timezone.now()) == 1
    assert stored().status == TaskResultStatus.FAILED
    assert [each.why for each in jobs.failed_jobs(1)] == ["O processo que a fazia parou antes de terminar."]


def test_a_pulse_renews_the_lease_and_tidies(db: None) -> None:
    note.enqueue(text="velho", institution_id=1)
    work_off()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    pulse = Pulse("vivo")
    pulse.beat_once()
    assert DBTaskResult.objects.exists()
    pulse.beat_once(is_tidying=True)
    assert not DBTaskResult.objects.exists()
    assert WorkerPulse.objects.get().worker == "vivo"
    assert jobs.is_worker_alive(timezone.now())


def failed_for_good(institution_id: int) -> None:
    note.enqueue(text=f"falha de {institution_id}", institution_id=institution_id)
    for _ in range(3):
        due()
        work_off()


def test_a_failed_job_is_shown_to_its_own_administrators_who_try_again(cast: Cast) -> None:
    failed_for_good(cast.house.institution.pk)
    client = signed_in(cast.house, "Ada")
    page = client.get("/trabalhos/").content.decode()
    assert "Anotar" in page
    assert "529.982" not in page
    assert "Nenhum trabalho falhou." in signed_in(cast.twin, "Ada").get("/trabalhos/").content.decode()

    where = f"/trabalhos/{stored().pk}/repetir/"
    assert signed_in(cast.twin, "Ada").post(where).status_code == 404
    assert signed_in(cast.house, "Caio").post(where).status_code == 403
    assert client.post(where).status_code == 302
    ran.clear()
    work_off()
    assert len(ran) == 1


@pytest.mark.parametrize(("name", "status"), [("Rita", 403), ("Ana", 403), ("Caio", 200)])
def test_failed_jobs_are_seen_by_who_administers_and_internal_control(
    cast: Cast, name: str, status: int
) -> None:
    assert signed_in(cast.house, name).get("/trabalhos/").status_code == status


def test_nobody_outside_sees_failed_jobs(db: None) -> None:
    assert Client().get("/trabalhos/").status_code == 302
