"""The commands of the platform: what they print, and what they exit with."""

import re
import socket
import subprocess
import sys
from argparse import Namespace

import pytest

from apura.cli import build_parser, main
from apura_web.config import running, supervisor
from apura_web.config.supervisor import Child, Supervisor
from apura_web.foundation.append_only import remove_triggers
from apura_web.foundation.models import Institution
from apura_web.search.models import SearchEntry
from cast import Cast
from visits import already_in


def test_the_parser_is_built_without_django() -> None:
    code = "import sys, apura.cli; apura.cli.build_parser(); print('django' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "False"


@pytest.mark.parametrize(
    "words", [["servir", "--porta", "9000"], ["trabalhar"], ["migrar"], ["trilha", "--instituicao", "norte"]]
)
def test_each_command_names_what_runs_it(words: list[str]) -> None:
    module, _, name = build_parser().parse_args(words).run.partition(":")
    assert module == "apura_web.config.running"
    assert callable(getattr(running, name))


def test_a_whole_trail_is_told_in_two_lines_each(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert running.check_trail(Namespace(instituicao=None)) == 0
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 4
    assert printed[0].startswith("Estado do Norte (norte), código ")
    assert printed[1].endswith("tudo confere")


def test_a_damaged_trail_is_named_and_the_command_fails(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    person = cast.house.people["Davi"]
    person.name = "Outro"
    person.save()
    remove_triggers()
    assert running.check_trail(Namespace(instituicao="norte")) == 1
    printed = capsys.readouterr().out
    assert f"quebrado: orgs.person {person.code}: difere do que a entrada" in printed
    assert "NÃO CONFERE" in printed
    assert running.check_trail(Namespace(instituicao="sul")) == 0


def test_an_institution_that_is_not_there_is_bad_input(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running.check_trail(Namespace(instituicao="leste")) == 2
    assert "norte, sul" in capsys.readouterr().err


def test_the_index_of_search_is_made_again_and_finds_what_it_had_lost(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    SearchEntry.objects.all().delete()
    ada = already_in(cast.house, "Ada")
    assert "Atenção Básica" not in ada.get("/busca/?q=basica").content.decode()
    assert main(["indexar", "--instituicao", "norte"]) == 0
    assert re.fullmatch(
        r"Estado do Norte \(norte\): índice refeito, com \d+ registros\.\n", capsys.readouterr().out
    )
    assert "Atenção Básica" in ada.get("/busca/?q=basica").content.decode()
    assert not SearchEntry.objects.filter(institution=cast.twin.institution).exists()

    assert main(["indexar"]) == 0
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "Estado do Norte (norte)",
        "Estado do Sul (sul)",
    ]
    assert SearchEntry.objects.filter(institution=cast.twin.institution).exists()


def test_the_index_of_an_institution_that_is_not_there_is_bad_input(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = SearchEntry.objects.count()
    assert main(["indexar", "--instituicao", "leste"]) == 2
    assert "Não há esta instituição. Há: norte, sul." in capsys.readouterr().err
    assert SearchEntry.objects.count() == entries


def test_an_empty_database_has_nothing_to_index(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Institution, "objects", Institution.objects.none())
    assert main(["indexar"]) == 0
    assert "nada a indexar" in capsys.readouterr().out


def test_nothing_is_served_before_the_database_is_up_to_date(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("apura_web.config.health.missing_migrations", lambda: ["orgs.0009_x"])
    assert running.serve(Namespace(endereco="127.0.0.1", porta=1, processos=1)) == 1
    assert "apura migrar" in capsys.readouterr().err


def short(code: str, *, is_vital: bool) -> Child:
    return Child("teste", [sys.executable, "-c", code], is_vital=is_vital)


def ended(child: Child) -> None:
    assert child.process is not None
    child.process.wait()


def test_a_worker_that_falls_is_started_again_after_a_pause_that_grows() -> None:
    child = short("raise SystemExit(3)", is_vital=False)
    watch = Supervisor([child])
    child.start(0)
    ended(child)
    assert watch.look(0)
    assert (child.process, child.not_before) == (None, 2)
    assert watch.look(1)
    assert child.process is None
    assert watch.look(2)
    ended(child)
    watch.look(3)
    assert child.not_before == 3 + 4


def test_when_the_pages_stop_everything_stops() -> None:
    pages = short("pass", is_vital=True)
    worker = short("import time; time.sleep(600)", is_vital=False)
    watch = Supervisor([pages, worker])
    for child in watch.children:
        child.start(0)
    ended(pages)
    assert not watch.look(0)
    watch.stop_all()
    assert worker.process is not None
    assert worker.process.returncode != 0


def test_the_pages_and_the_worker_are_two_processes() -> None:
    pages, worker = supervisor.children_for("127.0.0.1", 8000, processes=2)
    assert "127.0.0.1:8000" in pages.command
    assert (pages.is_vital, worker.is_vital) == (True, False)


def test_a_place_where_pages_cannot_be_served_is_told_before_anything_starts(
    db: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["servir", "--porta", str(port)]) == 2
        assert "outro programa já usa este lugar" in capsys.readouterr().err
    assert main(["servir", "--porta", "99999"]) == 2
    assert "de 1 a 65535" in capsys.readouterr().err
