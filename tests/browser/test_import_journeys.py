"""A long import, from the confirmation to its end: followed, left, found again, and with nobody to write it."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hands import facts, field, fill, press
from playwright.sync_api import Page
from rig import Visit, faults

from apura_web.foundation import jobs
from apura_web.orgs.services import import_runs
from cast import Cast, House
from visits import work_off


@pytest.fixture
def house(cast: Cast) -> House:
    """The first house of the cast, with an ordinance to rest on and a worker that lives."""
    cast.house.act("12")
    jobs.beat("vivo", timezone.now())
    return cast.house


@pytest.fixture(autouse=True)
def _small_chunks() -> Iterator[None]:
    with patch.multiple(import_runs, CHUNK=4, BREATH=0):
        yield


def test_a_long_import_is_followed_left_found_again_and_its_end_is_told(
    visit: Visit, house: House, tmp_path: Path
) -> None:
    page = confirmed(visit, house, tmp_path)
    page.get_by_text("Na fila: a gravação começa em instantes").wait_for()
    assert faults(page) == []
    page.goto("/")
    assert "Sua importação está sendo gravada. pessoas.csv: 0 de 10 linhas" in facts(page)
    assert faults(page) == []
    page.get_by_role("link", name="Acompanhar").click()
    write_some()
    page.get_by_text("4 de 10 (40%)").wait_for()
    work_off()
    page.get_by_text("Importação concluída").wait_for()
    assert faults(page) == []
    page.goto("/pessoas/")
    assert "Sua importação" not in facts(page)
    assert "Pessoa 10" in facts(page)


def test_with_no_worker_and_no_scripts_the_page_says_whom_to_tell_and_is_refreshed_by_a_link(
    visit: Visit, house: House, tmp_path: Path
) -> None:
    page = confirmed(visit, house, tmp_path, java_script_enabled=False)
    jobs.WorkerPulse.objects.all().delete()
    page.get_by_role("link", name="Atualizar").click()
    assert "avise quem cuida da Apura na sua instituição" in facts(page)
    jobs.beat("vivo", timezone.now())
    work_off()
    page.get_by_role("link", name="Atualizar").click()
    assert "Importação concluída" in facts(page)


def write_some() -> None:
    """Do one act of the import, as a worker that then gives others their turn."""
    stored = DBTaskResult.objects.ready().get()
    with patch.object(import_runs, "SECONDS_AT_A_TIME", -1):
        stored.task.call(**stored.task_result.kwargs)


def confirmed(visit: Visit, house: House, folder: Path, **context: bool) -> Page:
    """Send a sheet of ten people and confirm it."""
    sheet = folder / "pessoas.csv"
    lines = ["nome;matrícula", *(f"Pessoa {place};{place:06}" for place in range(1, 11))]
    sheet.write_text("\n".join(lines), encoding="utf-8")
    visit.sign_in(house.people["Rita"].login)
    page = visit.open("/pessoas/importar/", **context)
    field(page, "Planilha").set_input_files(sheet)
    fill(page, Ato="Portaria nº 12/2026")
    press(page, "Ver o que mudaria")
    press(page, "Importar 10 linhas")
    return page
