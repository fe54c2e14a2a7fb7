"""A confirmed import is written by the worker: once, in the name of who confirmed it, and to the last row."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pages import enter, text_of
from sheets_sent import PEOPLE, people_table, send, workbook

from apura_web.audit.models import SecurityEvent, TrailEntry
from apura_web.foundation import jobs
from apura_web.orgs.models import ImportBatch, Person
from apura_web.orgs.services import import_runs, tenures
from apura_web.orgs.services.tenures import Ending
from cast import NOON, Cast
from visits import already_in, work_off

CHUNK = 4


@pytest.fixture(autouse=True)
def _small_chunks() -> Iterator[None]:
    with patch.multiple(import_runs, CHUNK=CHUNK, BREATH=0):
        yield


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    cast.house.act("12")
    jobs.beat("vivo", timezone.now())
    return enter(client, cast.house, "Rita")


def send_people(client: Client, count: int, first: int = 1) -> str:
    return send(client, "pessoas", people_table(count, first), "pessoas.csv")


def imported() -> list[str]:
    return list(
        Person.objects.filter(name__startswith="Pessoa").order_by("pk").values_list("registration", flat=True)
    )


def numbers(count: int, first: int = 1) -> list[str]:
    return [f"{place:06}" for place in range(first, first + count)]


def after_acts(count: int, happening: Callable[[], None]) -> Callable[..., ImportBatch]:
    """Have something happen once so many acts are done, before the worker comes to the next."""
    real, left = import_runs.apply_chunk, [count]

    def perform(*args: object, **kwargs: object) -> ImportBatch:
        written = real(*args, **kwargs)  # type: ignore[arg-type]
        left[0] -= 1
        if not left[0]:
            happening()
        return written

    return perform


def die() -> None:
    raise SystemExit(9)


def test_who_confirms_may_leave_follows_from_the_first_screen_and_is_told_the_end_once(rita: Client) -> None:
    url = send_people(rita, 10)
    before = TrailEntry.objects.count()
    told = text_of(rita.post(url, follow=True))
    assert "Na fila: a gravação começa em instantes 0 de 10 (0%)" in told
    assert "Pode sair desta página" in told
    assert imported() == []
    for page in ("/", "/pessoas/", "/unidades/", "/pessoas/importar/"):
        assert "Sua importação está sendo gravada. pessoas.csv: 0 de 10 linhas" in text_of(rita.get(page)), (
            page
        )
    work_off()
    assert imported() == numbers(10)
    entries = TrailEntry.objects.filter(act="orgs.import.apply")
    assert (TrailEntry.objects.count() - before, entries.count()) == (3, 3)
    assert "Sua importação terminou. pessoas.csv: 10 de 10 linhas" in text_of(rita.get("/"))
    assert "Importação concluída" in text_of(rita.get(url))
    assert "Sua importação" not in text_of(rita.get("/")) + text_of(rita.get("/pessoas/importar/"))


def test_the_acts_are_of_who_confirmed_in_the_office_they_wore_not_of_who_sent(
    rita: Client, cast: Cast
) -> None:
    url = send_people(rita, 10)
    ada = already_in(cast.house, "Ada")
    ada.post(url)
    work_off()
    entries = TrailEntry.objects.filter(act="orgs.import.apply").select_related("detail")
    assert {entry.actor for entry in entries} == {cast.house.people["Ada"].code}
    assert all(cast.house.actor("Ada").acting_as in entry.detail.content for entry in entries)
    assert "Sua importação" not in text_of(rita.get("/"))
    assert "Sua importação terminou" in text_of(ada.get("/"))


def test_a_few_rows_are_written_at_once_and_the_job_that_comes_later_does_nothing(rita: Client) -> None:
    url = send_people(rita, CHUNK)
    assert "Importação concluída" in text_of(rita.post(url, follow=True))
    before = TrailEntry.objects.count()
    work_off()
    assert (imported(), TrailEntry.objects.count()) == (numbers(CHUNK), before)
    assert not DBTaskResult.objects.failed().exists()


def test_a_worker_killed_between_two_acts_is_replaced_and_the_rest_is_written_once(rita: Client) -> None:
    url = send_people(rita, 10)
    rita.post(url)
    with patch.object(import_runs, "apply_chunk", after_acts(1, die)):
        work_off()
    assert imported() == numbers(CHUNK)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - jobs.LEASE * 2)
    assert jobs.reclaim(timezone.now()) == 1
    told = text_of(rita.get(url))
    assert "Gravando as linhas da planilha 4 de 10 (40%)" in told
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    assert imported() == numbers(10)
    assert "Importação concluída" in text_of(rita.get(url))


def test_a_job_that_runs_twice_or_comes_from_an_earlier_turn_does_no_harm(rita: Client) -> None:
    rita.post(send_people(rita, 10))
    (stored,) = DBTaskResult.objects.ready()
    with patch.object(import_runs, "SECONDS_AT_A_TIME", -1):
        stored.task.call(**stored.task_result.kwargs)
        stored.task.call(**stored.task_result.kwargs)
    assert DBTaskResult.objects.ready().count() == 2
    work_off()
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    work_off()
    assert imported() == numbers(10)


def test_pressing_the_button_twice_asks_for_one_job_and_after_the_end_for_none(rita: Client) -> None:
    url = send_people(rita, 10)
    for _ in range(2):
        assert "Na fila" in text_of(rita.post(url, follow=True))
    assert DBTaskResult.objects.ready().count() == 1
    work_off()
    assert "Importação concluída" in text_of(rita.post(url, follow=True))
    assert (imported(), DBTaskResult.objects.ready().count()) == (numbers(10), 0)


def test_who_loses_the_office_in_the_middle_stops_and_another_goes_on_in_their_own_name(
    rita: Client, cast: Cast
) -> None:
    def withdraw() -> None:
        office = cast.house.people["Rita"].tenures.get()
        yesterday = timezone.localdate() - timedelta(days=1)
        ending = Ending(yesterday, cast.house.act("90", yesterday), "mudou de setor")
        tenures.withdraw_access(office, ending=ending, actor=cast.house.system, at=NOON)

    url = send_people(rita, 10)
    rita.post(url)
    with patch.object(import_runs, "apply_chunk", after_acts(1, withdraw)):
        work_off()
    work_off()
    assert imported() == numbers(CHUNK)
    assert rita.get(url).status_code == 403
    ada = already_in(cast.house, "Ada")
    told = text_of(ada.get(url))
    assert "A importação parou. Quem confirmou a importação deixou de exercer a função" in told
    assert "Gravadas 4 de 10 linhas" in told
    assert SecurityEvent.objects.filter(kind="orgs.import.apply", reason="audit.no_power").exists()
    assert "Continuar" in told
    ada.post(url)
    work_off()
    assert imported() == numbers(10)
    who = TrailEntry.objects.filter(act="orgs.import.apply").order_by("seq").values_list("actor", flat=True)
    assert list(who) == [cast.house.people[name].code for name in ("Rita", "Ada", "Ada")]


def test_two_people_bring_the_same_sheet_and_the_second_is_told_the_row_and_what_to_do(
    rita: Client, cast: Cast
) -> None:
    first, second = send_people(rita, 10), send_people(ada := already_in(cast.house, "Ada"), 10, first=6)
    rita.post(first)
    ada.post(second)
    work_off()
    assert imported() == numbers(10)
    assert "Importação concluída" in text_of(rita.get(first))
    assert "Sua importação parou. pessoas.csv: 0 de 10 linhas" in text_of(ada.get("/"))
    told = text_of(ada.get(second))
    assert "A gravação parou em “Pessoa 6”: Já há uma pessoa com esta matrícula" in told
    assert "envie a planilha de novo" in told
    assert "Sua importação parou" in text_of(ada.get("/pessoas/importar/"))
    again = send_people(ada, 10, first=6)
    assert "Importar 5 linhas" in text_of(ada.get(again))
    ada.post(again)
    work_off()
    assert imported() == numbers(15)


def test_what_stopped_it_corrected_the_same_import_goes_on(rita: Client) -> None:
    rows = [(f"Pessoa {place}", "", f"{place:06}", "", "", "") for place in range(1, 11)]
    url = send(rita, "pessoas", workbook("Pessoas", PEOPLE, *rows))
    rival = Person.objects.get(name="Davi de Teste", institution__code="norte")
    Person.objects.filter(pk=rival.pk).update(registration="000007")
    rita.post(url)
    work_off()
    told = text_of(rita.get(url))
    assert imported() == numbers(CHUNK)
    assert "A gravação parou em “Pessoa 7”" in told
    Person.objects.filter(pk=rival.pk).update(registration="")
    rita.post(url)
    work_off()
    assert imported() == numbers(10)


def test_a_fault_that_repeats_ends_in_words_and_pressing_again_goes_on(rita: Client) -> None:
    url = send_people(rita, 10)
    rita.post(url)
    with patch.object(import_runs, "apply_chunk", side_effect=RuntimeError("um defeito")):
        for _ in range(3):
            assert "Na fila" in text_of(rita.get(url))
            DBTaskResult.objects.update(run_after=timezone.now())
            work_off()
    told = text_of(rita.get(url))
    assert "A importação parou. A gravação foi interrompida por uma falha da plataforma." in told
    rita.post(url)
    work_off()
    assert imported() == numbers(10)


def test_with_no_worker_the_page_says_so_and_whom_to_tell_and_nothing_is_lost(rita: Client) -> None:
    url = send_people(rita, 10)
    jobs.WorkerPulse.objects.all().delete()
    told = text_of(rita.post(url, follow=True))
    assert "A gravação está à espera. O processo que grava em segundo plano não dá sinal de vida" in told
    assert "avise quem cuida da Apura" in told
    assert "À espera de quem grava 0 de 10" in told
    assert "Sua importação está à espera. pessoas.csv: 0 de 10 linhas" in text_of(rita.get("/"))
    polled = re.search(r'hx-get="([^"]+)"', rita.get(url).content.decode())
    assert polled
    assert "HX-Refresh" not in rita.get(polled[1])
    jobs.beat("vivo", timezone.now())
    assert rita.get(polled[1])["HX-Refresh"] == "true"
    assert "à espera" not in text_of(rita.get(url))
    work_off()
    assert imported() == numbers(10)


def test_the_page_asks_how_far_it_is_until_there_is_something_else_to_show(rita: Client, cast: Cast) -> None:
    url = send_people(rita, 10)
    rita.post(url)
    answer = rita.get(url + "andamento/")
    assert "0 de 10 (0%)" in text_of(answer)
    assert "HX-Refresh" not in answer
    assert "Atualizar" in text_of(answer)
    work_off()
    assert rita.get(url + "andamento/")["HX-Refresh"] == "true"
    assert already_in(cast.twin, "Rita").get(url + "andamento/").status_code == 404


def test_an_import_with_nothing_to_write_leaves_no_act_even_when_posted(rita: Client) -> None:
    url = send_people(rita, 2)
    rita.post(url)
    before = TrailEntry.objects.count()
    assert "já está registrado" in text_of(rita.post(send_people(rita, 2)))
    assert TrailEntry.objects.count() == before


def test_a_worker_just_started_knows_how_often_a_job_it_never_met_is_tried() -> None:
    script = (
        "import django; django.setup()\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "from apura_web.foundation import jobs\n"
        "stored = DBTaskResult(task_path='apura_web.orgs.services.import_runs.go_on')\n"
        "print(jobs.policy_of(stored).tries, jobs.policy_of(DBTaskResult(task_path='nada.existe')).tries)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd="tests"
    )
    assert done.stdout.split() == ["3", "1"], done.stderr
