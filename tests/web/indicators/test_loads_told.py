"""The first screen tells who asked for a load how far it is, what awaits their confirmation, and how it ended."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pages import enter, text_of

from addresses import add_more
from apura_web.foundation import jobs
from apura_web.foundation.refusals import Refusal, Refused
from apura_web.indicators.services import load_posting, load_runs
from cast import Cast, House
from measuring import CASES, FIRST, SECOND, approved, measured_by
from visits import work_off

HEADER = "indicador;unidade;início;fim;variável;valor\n"


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1", **CASES), "ATE")
    jobs.beat("vivo", timezone.now())
    return cast.house


@pytest.fixture
def sara(client: Client, house: House) -> Client:
    return enter(client, house, "Sara")


@pytest.fixture
def by_worker() -> Iterator[None]:
    with patch.multiple(load_runs, FEW_BYTES=-1, FEW_ROWS=-1, BREATH=0):
        yield


def rows(*numbers: str) -> str:
    places = zip((FIRST, SECOND), numbers, strict=False)
    return HEADER + "".join(
        f"IND-1;ATE;{each.start:%d/%m/%Y};{each.end:%d/%m/%Y};concluidos;{number}\n"
        for each, number in places
    )


def send(client: Client, content: str) -> str:
    fields = {"reason": "Sistema antigo", "under": "", "decimals": "virgula"}
    file = SimpleUploadedFile("serie.csv", content.encode())
    return str(client.post("/cargas/lote/", {**fields, "file": file})["Location"])


def home(client: Client) -> str:
    return text_of(client.get("/"))


def test_a_load_is_told_while_it_goes_when_it_awaits_and_when_it_ends_until_seen(
    sara: Client, house: House, by_worker: None
) -> None:
    url = send(sara, rows("10", "11"))
    assert "Sua carga está sendo lida e comparada." in home(sara)
    work_off()
    page = home(sara)
    assert "Carga de serie.csv a confirmar 2 valores esperam a sua confirmação. Conferir" in page
    assert "Sua carga" not in page
    sara.post(url)
    page = home(sara)
    assert "Sua carga está sendo gravada. serie.csv: 0 de 2 linhas gravadas." in page
    assert "esperam a sua confirmação" not in page
    work_off()
    assert "Sua carga terminou. serie.csv: 2 de 2 linhas gravadas." in home(sara)
    sara.get(url)
    assert "Sua carga" not in home(sara)
    assert "serie.csv" not in home(sara)


def test_errors_and_a_load_that_brings_nothing_new_are_told_until_seen(sara: Client, house: House) -> None:
    wrong = send(sara, rows("dez", "onze"))
    assert "Sua carga tem erros, e nada dela foi gravado. serie.csv: 2 erros." in home(sara)
    sara.get(wrong)
    assert "Sua carga" not in home(sara)
    sara.post(send(sara, rows("10")))
    sara.get(sara.get("/").context["news"][0].url)
    same = send(sara, rows("10"))
    assert "Sua carga não traz nada de novo. serie.csv: 1 linha lida." in home(sara)
    sara.get(same)
    assert "Sua carga" not in home(sara)


def test_a_load_that_stopped_is_told_until_it_goes_on(sara: Client, house: House, by_worker: None) -> None:
    url = send(sara, rows("10", "11"))
    work_off()
    sara.post(url)
    with patch.object(load_posting, "write_chunk", side_effect=Refused(Refusal("teste", "Parou aqui."))):
        work_off()
    sara.get(url)
    assert "Sua carga parou. serie.csv: 0 de 2 linhas gravadas. Ver por quê e continuar" in home(sara)
    sara.post(url)
    work_off()
    assert "Sua carga terminou." in home(sara)


def test_others_are_told_nothing(client: Client, house: House) -> None:
    url = send(enter(client, house, "Sara"), rows("10", "11"))
    for who in ("Carla", "Caio", "Davi"):
        assert "serie.csv" not in home(enter(client, house, who)), who
    sara = enter(client, house, "Sara")
    sara.post(url)
    enter(client, house, "Carla").get(url)
    assert "Sua carga terminou." in home(enter(client, house, "Sara"))
