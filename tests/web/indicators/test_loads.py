"""Values that come in files: staged, every error listed, confirmed, written once, blanks still blank."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pages import enter, text_of

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.foundation import jobs
from apura_web.foundation.models import Blob
from apura_web.indicators.models import Batch, Load, LoadProblem, LoadRow, Measurement, Target
from apura_web.indicators.periods import YEAR, cut
from apura_web.indicators.selectors.ledger import series_of, standing_only
from apura_web.indicators.services import load_posting, load_reading, load_runs
from cast import Cast, House
from measuring import CASES, approved, measured_by
from visits import already_in, work_off

HEADER = "indicador;unidade;início;fim;variável;valor;situação;firmeza;data-base;motivo;desagregação\n"
MONTHS = [cut(2024 + place // YEAR, place % YEAR, 1) for place in range(24)]
VALUE = "concluidos"


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    parts = [{"name": "Sexo", "parts": ["feminino", "masculino"]}]
    monthly = {**CASES, "frequency": "mensal", "breakdowns": parts}
    measured_by(cast.house, approved(cast.house, "IND-1", **monthly), "ATE", "EDU")
    measured_by(cast.house, approved(cast.house, "IND-2"), "ATE")
    jobs.beat("vivo", timezone.now())
    return cast.house


@pytest.fixture
def sara(client: Client, house: House) -> Client:
    return enter(client, house, "Sara")


@pytest.fixture
def by_worker() -> Iterator[None]:
    """Nothing is done in the request, and everything by small pieces."""
    with (
        patch.multiple(load_runs, FEW_BYTES=-1, FEW_ROWS=-1, BREATH=0),
        patch.object(load_reading, "PIECE", 4),
        patch.object(load_posting, "CHUNK", 4),
    ):
        yield


def lines(count: int, unit: str = "ATE", first: int = 0) -> str:
    """So many monthly values of IND-1: the first is of January 2024."""
    return "".join(
        f"IND-1;{unit};{each.start:%d/%m/%Y};{each.end:%d/%m/%Y};{VALUE};{place + 1};;;;;\n"
        for place, each in list(enumerate(MONTHS))[first : first + count]
    )


def send(client: Client, content: str | bytes, name: str = "v.csv", kind: str = "lote", **typed: str) -> str:
    data = content.encode() if isinstance(content, str) else content
    fields = {"reason": "Sistema antigo, 2024 e 2025", "under": "", "decimals": "virgula", **typed}
    done = client.post(f"/cargas/{kind}/", {**fields, "file": SimpleUploadedFile(name, data)})
    assert done.status_code == 302, text_of(done)
    return str(done["Location"])


def values() -> list[int]:
    rows = Measurement.objects.filter(variable=VALUE, indicator__number="IND-1").order_by(
        "unit", "period_start"
    )
    return [int(row.value) for row in rows if row.value is not None]


def sheet(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["indicador", "unidade", "período", "variável", "valor", "meta"])
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def after(count: int, happening: Callable[[], None], real: Callable[..., Any]) -> Callable[..., Any]:
    """Have something happen once something was done so many times."""
    left = [count]

    def perform(*args: Any, **kwargs: Any) -> Any:
        done = real(*args, **kwargs)
        left[0] -= 1
        if not left[0]:
            happening()
        return done

    return perform


def die() -> None:
    raise SystemExit(9)


def bury() -> None:
    """Let the job of a worker that died be taken up by another."""
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - jobs.LEASE * 2)
    jobs.reclaim(timezone.now())
    DBTaskResult.objects.update(run_after=timezone.now())


# ── in bulk ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_read_shown_confirmed_and_written_as_one_act_with_the_file_kept(
    sara: Client, house: House
) -> None:
    url = send(sara, HEADER + lines(24))
    told = text_of(sara.get(url))
    assert "Linhas lidas 24" in told
    assert "Gravar 24 valores" in told
    assert Measurement.objects.count() == 0
    before = TrailEntry.objects.count()
    sara.post(url)
    assert "Carga concluída" in text_of(sara.get(url))
    assert values() == list(range(1, 25))
    batch = Batch.objects.get()
    assert (batch.channel, batch.row_count, batch.typed_by) == ("carga", 24, house.people["Sara"].code)
    assert (batch.reason, batch.document.media_type) == ("Sistema antigo, 2024 e 2025", "text/csv")
    with default_storage.open(batch.document.storage_name) as kept:
        assert kept.read().decode() == HEADER + lines(24)
    assert TrailEntry.objects.count() == before + 1
    assert not LoadRow.objects.exists()
    assert {row.version.indicator_id for row in Measurement.objects.all()} == {
        batch.measurements.first().indicator_id
    }
    assert verify(house.institution).is_whole


def test_blanks_stay_blank_in_a_zip_of_many_tables_as_national_open_data_comes(
    sara: Client, by_worker: None
) -> None:
    content, filled, blank = io.BytesIO(), 0, 0
    with zipfile.ZipFile(content, "w") as archive:
        for place in range(12):
            rows = lines(24, "ATE" if place % 2 else "EDU").splitlines()[place * 2 : place * 2 + 2]
            empty = [line.rsplit(";", 6)[0].rsplit(";", 1)[0] + ";;;;;;" for line in rows[1:]] * 9
            archive.writestr(f"dados/{place:03}.csv", HEADER + "\n".join([rows[0], *empty]) + "\n")
            filled, blank = filled + 1, blank + len(empty)
    url = send(sara, content.getvalue(), "dados.zip")
    work_off()
    told = text_of(sara.get(url))
    assert f"Linhas lidas {filled + blank} Em branco, passadas {blank}" in told
    assert "Tabelas 12" in told
    assert f"Gravar {filled} valores" in told
    sara.post(url)
    work_off()
    assert Measurement.objects.count() == filled == 12
    assert not Measurement.objects.filter(value=0).exists()
    assert not Measurement.objects.exclude(state="apurado").exists()


def test_a_reader_and_a_writer_killed_halfway_are_replaced_and_nothing_is_doubled(
    sara: Client, house: House, by_worker: None
) -> None:
    url = send(sara, HEADER + lines(24) + lines(24, "EDU"))
    with patch.object(load_reading, "_keep", after(3, die, load_reading._keep)):
        work_off()
    assert (LoadRow.objects.count(), Load.objects.get().rows_read) == (12, 12)
    bury()
    work_off()
    assert LoadRow.objects.count() == 48
    sara.post(url)
    with patch.object(load_posting, "write_chunk", after(5, die, load_posting.write_chunk)):
        work_off()
    assert (Measurement.objects.count(), LoadRow.objects.count()) == (20, 28)
    assert "Gravando no livro de apurações 20 de 48 (41%)" in text_of(sara.get(url))
    bury()
    work_off()
    assert values() == [*range(1, 25), *range(1, 25)]
    assert Batch.objects.count() == 12
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    work_off()
    assert Measurement.objects.count() == 48
    assert verify(house.institution).is_whole


def test_two_readers_at_once_keep_each_row_once(sara: Client, by_worker: None) -> None:
    send(sara, HEADER + lines(24))
    load = Load.objects.get()
    stale = Load.objects.get()
    load_runs._step(load, float("inf"))
    load_runs._step(stale, float("inf"))
    assert LoadRow.objects.count() == 24


def test_every_error_is_listed_with_its_line_and_taken_away_as_a_file(sara: Client) -> None:
    january = "IND-1;ATE;01/01/2024;31/01/2024"
    wrong = {
        f"IND-9;ATE;01/01/2024;31/01/2024;{VALUE};1;;;;;": "não há indicador “IND-9”",
        f"IND-1;XYZ;01/01/2024;31/01/2024;{VALUE};1;;;;;": "não há unidade “XYZ”",
        f"IND-1;SAU;01/01/2024;31/01/2024;{VALUE};1;;;;;": "SAU não apura IND-1",
        f"IND-1;ATE;01/01/2024;15/02/2024;{VALUE};1;;;;;": "não é período de IND-1, de apuração mensal",
        f"IND-1;ATE;01/01/2014;31/01/2014;{VALUE};1;;;;;": "nenhuma versão da ficha de IND-1 está em vigor",
        f"IND-1;ATE;ontem;31/01/2024;{VALUE};1;;;;;": "“ontem” não é uma data",
        f"{january};outra;1;;;;;": "“outra” não é variável de IND-1; são: concluidos",
        f"{january};;1;;;;;": "diga qual variável da fórmula o valor é",
        f"{january};{VALUE};1.234;;;;;": "pode ser 1234 ou 1,234",
        f"{january};{VALUE};1,5;;;;;": "é um número inteiro",
        f"{january};{VALUE};dez;;;;;": "não é um número",
        f"{january};{VALUE};99999999999999999999;;;;;": "grande demais",
        f"{january};{VALUE};n/i;;;;;": "falta o motivo de não ter sido informado",
        f"{january};{VALUE};5;não se aplica;;;;": "a situação diz “nao se aplica”, e o valor é “5”",
        f"{january};{VALUE};5;;estimado;;;": "tem data-base",
        f"{january};{VALUE};5;;;;;Cor: azul": "não é desagregação da ficha; são: Sexo: feminino; Sexo: masculino",
    }
    url = send(sara, HEADER + lines(1, "EDU") + "\n".join(wrong) + "\n" + lines(1, "EDU", 1))
    page = sara.get(f"{url}?por_pagina=50")
    told = text_of(page)
    assert "Nada foi gravado." in told
    assert "Erros 16" in told
    for line, said in enumerate(wrong.values(), start=3):
        assert f"v.csv: linha {line} " in told
        assert said in told
    assert sara.post(url).status_code == 200
    file = b"".join(sara.get(f"{url}erros/").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(file.splitlines()) == 17
    assert not LoadRow.objects.exists()
    assert Measurement.objects.count() == 0


def test_rows_that_repeat_a_cell_are_told_with_the_line_they_repeat(sara: Client) -> None:
    url = send(sara, HEADER + lines(3) + lines(1) + lines(1, "EDU"))
    assert "v.csv: linha 5 a linha toda repete a linha 2: deixe uma só" in text_of(sara.get(url))


def test_what_is_in_the_ledger_already_is_passed_over_and_what_differs_replaces_leaving_the_first(
    sara: Client,
) -> None:
    sara.post(send(sara, HEADER + lines(24)))
    assert "Nada a gravar" in text_of(sara.get(send(sara, HEADER + lines(24))))
    url = send(sara, HEADER + lines(24).replace(f"{VALUE};3;", f"{VALUE};30;"))
    told = text_of(sara.get(url))
    assert "Substituem o que havia 1" in told
    assert "Já estavam no livro 23" in told
    assert "mar/2024 concluidos 3 30" in told
    sara.post(url)
    assert Measurement.objects.count() == 25
    standing = standing_only(Measurement.objects.filter(period_start=date(2024, 3, 1))).get()
    assert (standing.value, standing.replaces.value) == (30, 3)


def test_what_somebody_puts_in_the_ledger_after_the_comparison_stops_the_load_which_compares_again(
    sara: Client,
) -> None:
    first = send(sara, HEADER + lines(24))
    second = send(sara, HEADER + lines(1).replace(f"{VALUE};1;", f"{VALUE};100;"))
    sara.post(second)
    told = text_of(sara.post(first, follow=True))
    assert "A carga parou. Enquanto isto era preparado, outra pessoa lançou valor" in told
    assert Measurement.objects.count() == 1
    told = text_of(sara.post(first, follow=True))
    assert "Substituem o que havia 1" in told
    assert "jan/2024 concluidos 100 1" in told
    sara.post(first)
    assert Measurement.objects.count() == 25


def test_numbers_with_a_decimal_point_are_read_when_the_file_says_so_and_the_rest_as_people_write(
    sara: Client, house: House
) -> None:
    money = {"name": "gasto", "label": "Gasto", "unit": "R$", "places": 2}
    facts = {**CASES, "formula": "gasto", "variables": [money], "measure": "R$", "measure_name": ""}
    measured_by(house, approved(house, "IND-3", **{**facts, "frequency": "mensal"}), "ATE")
    rows = "indicator;unit;period_start;period_end;variable;value\n" + "".join(
        f"IND-3;ATE;2024-0{month}-01;2024-0{month}-{last};gasto;{text}\n"
        for month, last, text in ((1, 31, "1.25"), (2, 29, "1234.5"), (3, 31, "n/a"))
    )
    sara.post(send(sara, rows, decimals="ponto"))
    found = Measurement.objects.filter(indicator__number="IND-3").order_by("period_start")
    assert [(row.state, row.value and str(row.value)) for row in found] == [
        ("apurado", "5/4"),
        ("apurado", "2469/2"),
        ("nao_se_aplica", None),
    ]
    told = text_of(sara.get(send(sara, rows.replace("1.25", "1.234,5"), decimals="ponto")))
    assert "“1.234,5” não está escrito como 1234.56" in told


def test_files_that_are_not_what_they_say_are_told_what_to_do(sara: Client) -> None:
    wrong = {
        "v.csv": (b"a;b\n1;2\n", "a primeira linha não tem a coluna indicador; nem unidade; nem valor"),
        "w.csv": (b"PK\x03\x04\x00\x00", "não é um arquivo de texto"),
        "x.zip": (b"nada disso", "não é um arquivo zip que se possa abrir"),
        "y.csv": ((HEADER + lines(2) + 'IND-1;ATE;"01/01').encode(), "aspas sem par"),
    }
    for name, (content, said) in wrong.items():
        assert said in text_of(sara.get(send(sara, content, name))), name
    latin = (HEADER + "IND-1;ATE;01/01/2024;31/01/2024;Processos concluídos;1;;;;;Sexo: feminino\n").encode(
        "cp1252"
    )
    sara.post(send(sara, latin))
    assert Measurement.objects.get().breakdown == "Sexo: feminino"


def test_a_coordinator_loads_only_under_their_unit_and_others_nothing(
    client: Client, house: House, sara: Client
) -> None:
    url = send(sara, HEADER + lines(1))
    carla = already_in(house, "Carla")
    assert carla.get(url).status_code == 404
    fields = {"reason": "x", "under": "", "decimals": "virgula"}
    file = SimpleUploadedFile("v.csv", (HEADER + lines(1)).encode())
    assert carla.post("/cargas/lote/", {**fields, "file": file}).status_code == 422
    mine = send(carla, HEADER + lines(1) + lines(1, "EDU"), under="SAU")
    assert "EDU não está sob a unidade desta carga" in text_of(carla.get(mine))
    mine = send(carla, HEADER + lines(1), under="SAU")
    carla.post(mine)
    assert Batch.objects.get().on_behalf_of == house.units["SAU"]
    for name in ("Davi", "Ana", "Caio", "Ada"):
        other = already_in(house, name)
        assert other.get("/cargas/").status_code == 403
        assert other.get(mine).status_code == 403


def test_nothing_of_a_load_is_seen_from_the_twin(sara: Client, cast: Cast) -> None:
    url = send(sara, HEADER + lines(1))
    add_more(cast.twin)
    twin = already_in(cast.twin, "Sara")
    assert twin.get(url).status_code == 404
    assert twin.get(f"{url}erros/").status_code == 404
    assert twin.post(f"{url}descartar/").status_code == 404


def test_what_is_not_written_may_be_forgotten_and_what_is_may_not(sara: Client) -> None:
    url = send(sara, HEADER + lines(2))
    name = Load.objects.get().storage_name
    assert default_storage.exists(name)
    sara.post(f"{url}descartar/")
    assert not Load.objects.exists()
    assert not default_storage.exists(name)
    done = send(sara, HEADER + lines(2))
    sara.post(done)
    told = text_of(sara.post(f"{done}descartar/", follow=True))
    assert "de onde nada se apaga" in told
    assert Load.objects.exists()


def test_while_nobody_works_in_the_background_the_page_says_so(sara: Client, by_worker: None) -> None:
    jobs.WorkerPulse.objects.all().delete()
    url = send(sara, HEADER + lines(10))
    told = text_of(sara.get(url))
    assert "A carga está à espera." in told
    jobs.beat("vivo", timezone.now())
    work_off()
    assert "Gravar 10 valores" in text_of(sara.get(url))


# ── last years' spreadsheets ────────────────────────────────────────────────────────────────────────────


def test_last_years_come_in_without_memory_in_one_act_and_are_told_apart(sara: Client, house: House) -> None:
    rows = [
        ("IND-2", "ATE", "2º quadrimestre de 2014", None, 81.25, None),
        ("IND-2", "ATE", "3º quadrimestre de 2014", None, None, None),
        ("IND-2", "ATE", "1º quadrimestre de 2025", "Processos concluídos", 40, 80),
        ("IND-2", "ATE", "1º quadrimestre de 2025", "no_prazo", 30, 80),
        ("IND-1", "EDU", date(2014, 3, 1), "", 12, None),
    ]
    url = send(sara, sheet(*rows), "anos.xlsx", "anos-anteriores")
    told = text_of(sara.get(url))
    assert "Linhas lidas 5 Em branco, passadas 1" in told
    assert "IND-2 ATE 2º quadrimestre de 2014 resultado, sem memória" in told
    sara.post(url)
    batch = Batch.objects.get()
    assert (batch.channel, batch.row_count) == ("importado", 4)
    assert batch.document.file_name == "anos.xlsx"
    indicator = batch.measurements.filter(indicator__number="IND-2").first().indicator
    series = {each.period.label: each for each in series_of(indicator, house.actor("Sara"))}
    assert series["2º quadrimestre de 2014"].values == {"": 325 / 4}
    assert series["2º quadrimestre de 2014"].rows[""].version is None
    assert "3º quadrimestre de 2014" not in series
    target = Target.objects.get()
    assert (target.value, target.provenance, target.period.label) == (80, "serie", "1º quadrimestre de 2025")
    assert Measurement.objects.get(indicator__number="IND-1").period.label == "mar/2014"
    assert verify(house.institution).is_whole


def test_a_sheet_of_last_years_with_errors_comes_back_marked(sara: Client) -> None:
    url = send(
        sara,
        sheet(
            ("IND-2", "ATE", "quando der", None, 1, None),
            ("IND-2", "ATE", "2014", None, "1.234", None),
            ("IND-2", "ATE", "1º quadrimestre de 2014", "no_prazo", 1, None),
            ("IND-2", "ATE", "1º quadrimestre de 2013", None, True, 2),
        ),
        "anos.xlsx",
        "anos-anteriores",
    )
    told = text_of(sara.get(url))
    assert "Sheet: C2 período “quando der” não é um período" in told
    assert "Sheet: E3 valor “1.234” pode ser 1234 ou 1,234" in told
    assert "Sheet: D4 variável em 1º quadrimestre de 2014 não há ficha em vigor" in told
    assert "Sheet: E5 valor “verdadeiro” é um valor lógico" in told
    marked = openpyxl.load_workbook(io.BytesIO(sara.get(f"{url}anotada/").content))
    assert "não é um período" in marked["Sheet"]["C2"].comment.text


def test_a_result_never_lies_over_variables_nor_variables_over_a_result(sara: Client) -> None:
    result = ("IND-2", "ATE", "1º quadrimestre de 2025", None, 81, None)
    variable = ("IND-2", "ATE", "1º quadrimestre de 2025", "no_prazo", 81, None)
    both = send(sara, sheet(result, variable), "a.xlsx", "anos-anteriores")
    assert "deixe as variáveis ou o resultado" in text_of(sara.get(both))
    sara.post(send(sara, sheet(variable), "a.xlsx", "anos-anteriores"))
    over = send(sara, sheet(result), "a.xlsx", "anos-anteriores")
    assert "um resultado sem memória não fica por cima dela" in text_of(sara.get(over))
    assert sara.post(over).status_code == 200
    assert Measurement.objects.count() == 1


def test_a_target_that_is_fixed_is_never_changed_by_an_import(sara: Client) -> None:
    row = ("IND-2", "ATE", "1º quadrimestre de 2025", "no_prazo", 81, 80)
    sara.post(send(sara, sheet(row), "a.xlsx", "anos-anteriores"))
    told = text_of(sara.get(send(sara, sheet((*row[:4], 82, 90)), "a.xlsx", "anos-anteriores")))
    assert "a meta fixada é 80: mude-a na página de metas" in told
    sara.post(send(sara, sheet((*row[:4], 82, 80)), "a.xlsx", "anos-anteriores"))
    assert Target.objects.count() == 1
    assert Measurement.objects.count() == 2


def test_the_same_file_sent_twice_is_kept_once(sara: Client) -> None:
    sara.post(send(sara, HEADER + lines(1)))
    sara.post(send(sara, HEADER + lines(2)))
    sara.get(send(sara, HEADER + lines(1)))
    assert Blob.objects.count() == 2
    assert not LoadProblem.objects.exists()
    assert sara.get("/cargas/").status_code == 200
    assert "Modelo em branco" in text_of(sara.get("/cargas/anos-anteriores/"))
    model = openpyxl.load_workbook(io.BytesIO(sara.get("/cargas/anos-anteriores/modelo/").content))
    assert [cell.value for cell in model["Apurações"][1]][:5] == [
        "indicador",
        "unidade",
        "período",
        "variável",
        "valor",
    ]
