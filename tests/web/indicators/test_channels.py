"""By where each value came in: typed in the grid, by its workbook, by a program; sent in one act."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pages import confirm, enter, text_of

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.audit.verification import verify
from apura_web.indicators.models import Batch, Indicator, Measurement, Submission
from cast import Cast, House
from measuring import CASES, answer_of, approved, collection, grid, measured_by, type_in
from programs import key_for, program

FIRST_COLUMN = 4


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1", **CASES), "ATE")
    return cast.house


@pytest.fixture
def answer(house: House) -> Submission:
    return answer_of(house, collection(house), "ATE")


def type_here(client: Client, house: House, place: int, text: str) -> None:
    """Davi types in a box of the page."""
    answer = Submission.objects.get(unit=house.units["ATE"])
    box = grid(answer).boxes[place]
    body = json.dumps({"celulas": [{"key": box.key, "typed": text, "seen": str(box.edition)}]})
    url = f"{answer.get_absolute_url()}celulas/"
    sent = enter(client, house, "Davi").post(url, body, content_type="application/json")
    assert sent.status_code == 200


def fill_by_workbook(client: Client, house: House, place: int, number: int) -> None:
    """Davi fills a period in the workbook of the grid, and confirms it."""
    answer = Submission.objects.get(unit=house.units["ATE"])
    davi, url = enter(client, house, "Davi"), f"{answer.get_absolute_url()}planilha/"
    book = openpyxl.load_workbook(io.BytesIO(davi.get(f"{url}baixar/").content))
    book["Quadrimestral"].cell(4, FIRST_COLUMN + place, number)
    out = io.BytesIO()
    book.save(out)
    waiting = davi.post(url, {"file": SimpleUploadedFile("grade.xlsx", out.getvalue())})["Location"]
    assert davi.post(waiting)["Location"] == answer.get_absolute_url()


def fill_by_program(house: House, place: int, number: str) -> None:
    """A program of Mila's fills a cell."""
    answer = Submission.objects.get(unit=house.units["ATE"])
    box = grid(answer).boxes[place]
    cell = {
        "indicador": box.indicator.code,
        "inicio": box.period.start.isoformat(),
        "fim": box.period.end.isoformat(),
        "variavel": box.variable.name,
        "valor": number,
        "edicao": box.edition,
    }
    done = program(key_for(house, "Mila")).post(
        f"/api/v1/remessas/{answer.code}/celulas",
        {"celulas": [cell]},
        content_type="application/json",
        headers={"idempotency-key": "chave-0001"},
    )
    assert done.status_code == 200, done.content


def send(client: Client, house: House, answer: Submission) -> Client:
    """Mila sends the grid."""
    mila = enter(client, house, "Mila")
    confirm(mila, f"{answer.get_absolute_url()}enviar/", {"received_through": ""})
    return mila


def channels() -> dict[int, str]:
    return {int(row.value or 0): row.batch.channel for row in Measurement.objects.select_related("batch")}


def test_each_value_keeps_the_channel_by_which_it_came_and_one_act_sends_them_all(
    client: Client, house: House, answer: Submission
) -> None:
    type_here(client, house, 0, "10")
    fill_by_workbook(client, house, 1, 11)
    fill_by_program(house, 2, "12")
    before = TrailEntry.objects.count()
    mila = send(client, house, answer)
    assert channels() == {10: "grade", 11: "planilha", 12: "api"}
    assert TrailEntry.objects.count() == before + 1
    assert {(row.row_count, row.submission_id) for row in Batch.objects.all()} == {(1, answer.pk)}
    assert verify(house.institution).is_whole

    url = f"/indicadores/{Indicator.objects.get().code}/apuracoes/"
    listed = text_of(mila.get(url))
    for said in ("Grade de coleta", "Planilha", "Programa (API)"):
        assert said in listed
    assert mila.get(f"{url}?canal=planilha").context["table"].total == 1


def test_the_last_to_fill_a_cell_says_by_which_channel(
    client: Client, house: House, answer: Submission
) -> None:
    type_here(client, house, 0, "10")
    fill_by_program(house, 0, "12")
    type_here(client, house, 1, "11")
    fill_by_workbook(client, house, 1, 13)
    type_here(client, house, 1, "14")
    type_here(client, house, 2, "15")
    send(client, house, answer)
    assert channels() == {12: "api", 14: "grade", 15: "grade"}


def test_what_is_sent_again_keeps_its_first_channel_and_only_what_changed_is_written(
    client: Client, house: House, answer: Submission
) -> None:
    type_in(answer, {"IND-1": "10"}, actor=house.actor("Davi"))
    send(client, house, answer)
    carla = enter(client, house, "Carla")
    carla.post(f"{answer.get_absolute_url()}devolver/", {"comment": "Confira o 2º."})
    fill_by_workbook(client, house, 1, 11)
    send(client, house, answer)
    assert [(row.channel, row.row_count) for row in Batch.objects.order_by("id")] == [
        ("grade", 3),
        ("planilha", 1),
    ]
    assert verify(house.institution).is_whole


def test_the_explanation_of_a_number_says_the_channel(
    client: Client, house: House, answer: Submission
) -> None:
    type_here(client, house, 0, "10")
    type_here(client, house, 2, "12")
    fill_by_workbook(client, house, 1, 11)
    mila = send(client, house, answer)
    indicator, unit = Indicator.objects.get(), house.units["ATE"].code
    told = [
        text_of(mila.get(f"/indicadores/{indicator.code}/valor/{unit}/{box.period.key}/"))
        for box in grid(answer).boxes
    ]
    assert ["Planilha, digitada por" in each for each in told] == [False, True, False]
    assert ["Grade de coleta, digitada por" in each for each in told] == [True, False, True]
