"""The grid of a unit: typing with and without scripts, sending, returning, accepting, reopening, chasing."""

import json
from typing import Any

import pytest
from django.test import Client
from pages import confirm, enter, text_of

from addresses import add_more
from apura_web.indicators.models import DraftCell, Measurement, Round, Submission
from cast import Cast, House
from measuring import CASES, answer_of, approved, collection, grid, measured_by, type_in


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1", **CASES), "ATE", "EDU")
    return cast.house


@pytest.fixture
def opened(house: House) -> Round:
    return collection(house)


@pytest.fixture
def davi(client: Client, house: House) -> Client:
    return enter(client, house, "Davi")


def url(answer: Submission, end: str = "") -> str:
    return f"{answer.get_absolute_url()}{end}"


def save(client: Client, answer: Submission, *cells: dict[str, Any]) -> Any:
    body = json.dumps({"celulas": list(cells)})
    return client.post(url(answer, "celulas/"), body, content_type="application/json")


def test_a_servant_types_and_each_box_says_what_became_of_it(
    davi: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    first, second, third = (box.key for box in grid(answer).boxes)
    told = save(
        davi,
        answer,
        {"key": first, "typed": "1.200,0", "seen": "0"},
        {"key": second, "typed": "12", "seen": "0"},
        {"key": third, "typed": "1.234", "seen": ""},
    ).json()
    states = {each["key"]: each["situacao"] for each in told["celulas"]}
    assert states == {first: "gravada", second: "gravada", third: "erro"}
    wrong = next(each["nota"] for each in told["celulas"] if each["key"] == third)
    assert "pode ser 1234 ou 1,234" in wrong
    assert {each["texto"] for each in told["resultados"]} == {"1.200 processos", "12 processos", ""}
    assert (told["preenchidas"], told["total"]) == (3, 3)
    assert Measurement.objects.count() == 0
    assert {cell.edited_by for cell in answer.cells.all()} == {house.people["Davi"].code}


def test_without_scripts_the_button_keeps_what_changed_and_nothing_else(
    davi: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    boxes = grid(answer).boxes
    posted = {
        f"c.{boxes[0].key}": "7",
        f"s.{boxes[0].key}": "0",
        f"c.{boxes[1].key}": "",
        f"s.{boxes[1].key}": "0",
    }
    assert davi.post(url(answer), posted).status_code == 302
    assert [(cell.typed, cell.edition) for cell in answer.cells.all()] == [("7", 1)]
    assert 'value="7"' in davi.get(url(answer)).content.decode()


def test_who_comes_second_is_told_what_the_first_wrote_and_may_insist(
    davi: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    key = grid(answer).boxes[0].key
    type_in(answer, {grid(answer).boxes[0].name: "31"}, actor=house.actor("Mila"))
    refused = save(davi, answer, {"key": key, "typed": "33", "seen": "0"})
    assert refused.status_code == 409
    cell = refused.json()["celulas"][0]
    assert (cell["situacao"], cell["seen"]) == ("conflito", 1)
    assert "“31”" in cell["nota"]
    assert DraftCell.objects.get().typed == "31"
    assert save(davi, answer, {"key": key, "typed": "33", "seen": str(cell["seen"])}).status_code == 200
    assert DraftCell.objects.get().typed == "33"


def test_a_servant_of_another_unit_neither_sees_nor_fills_the_grid(
    client: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    elisa = enter(client, house, "Elisa")
    assert elisa.get(url(answer)).status_code == 404
    assert (
        save(elisa, answer, {"key": grid(answer).boxes[0].key, "typed": "1", "seen": "0"}).status_code == 404
    )
    sara = enter(client, house, "Sara")  # the central unit reads every grid and fills none
    assert sara.get(url(answer)).status_code == 200
    assert (
        save(sara, answer, {"key": grid(answer).boxes[0].key, "typed": "1", "seen": "0"}).status_code == 403
    )


def test_sent_returned_with_a_comment_corrected_sent_again_and_accepted(
    client: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    type_in(answer, {"IND-1": "10"}, actor=house.actor("Davi"))
    mila = enter(client, house, "Mila")
    confirm(mila, url(answer, "enviar/"), {"received_through": ""})
    assert Measurement.objects.count() == 3
    closed = text_of(mila.get(url(answer)))
    assert "Enviada e em conferência" in closed
    carla = enter(client, house, "Carla")
    assert carla.post(url(answer, "devolver/"), {"comment": "Falta o posto novo no 1º."}).status_code == 302
    mila = enter(client, house, "Mila")
    assert "Falta o posto novo no 1º." in text_of(mila.get(url(answer)))
    type_in(answer_of(house, opened, "ATE"), {"IND-1, 1º": "11"}, actor=house.actor("Davi"))
    confirm(mila, url(answer, "enviar/"), {"received_through": ""})
    confirm(enter(client, house, "Carla"), url(answer, "aceitar/"), {"seen": ""})
    answer.refresh_from_db()
    assert (answer.state, answer.days_late, answer.comment) == ("aceito", 0, "")
    assert [row.value for row in Measurement.objects.order_by("id")] == [10, 10, 10, 11]


def test_sending_what_is_blank_or_wrong_is_refused_naming_the_cells(
    client: Client, house: House, opened: Round
) -> None:
    answer = answer_of(house, opened, "ATE")
    type_in(answer, {"IND-1, 1º": "dez"}, actor=house.actor("Davi"))
    refused = enter(client, house, "Mila").post(url(answer, "enviar/"), {"received_through": ""})
    told = text_of(refused)
    assert refused.status_code == 422
    assert "Falta preencher 2: IND-1, 2º quadrimestre de 2025, Processos concluídos" in told
    type_in(answer, {"IND-1, 2º": "1", "IND-1, 3º": "n/i"}, actor=house.actor("Davi"))
    told = text_of(enter(client, house, "Mila").post(url(answer, "enviar/"), {"received_through": ""}))
    assert "Há erro em 1: IND-1, 1º quadrimestre de 2025" in told
    type_in(answer, {"IND-1, 1º": "10"}, actor=house.actor("Davi"))
    told = text_of(enter(client, house, "Mila").post(url(answer, "enviar/"), {"received_through": ""}))
    assert "Falta o motivo em: IND-1, 3º quadrimestre de 2025" in told


def test_the_list_says_who_has_not_answered_and_the_coordinator_chases_them(
    client: Client, house: House, opened: Round
) -> None:
    sara = enter(client, house, "Sara")
    shown = text_of(sara.get(opened.get_absolute_url()))
    assert "0 de 2 Enviaram" in shown
    codes = [answer_of(house, opened, unit).code for unit in ("ATE", "EDU")]
    page = sara.post(f"{opened.get_absolute_url()}cobrar/", {"linha": codes})
    assert page.status_code == 302
    assert "Unidades escolhidas: ATE, EDU" in text_of(sara.get(page["Location"]))
    sent = {"linha": codes, "message": "Vence sexta-feira."}
    assert sara.post(f"{opened.get_absolute_url()}cobrar/", sent).status_code == 302
    davi = enter(client, house, "Davi")
    assert "Vence sexta-feira." in text_of(davi.get("/avisos/"))


def test_a_collection_is_opened_by_the_central_unit_for_whoever_measures(
    client: Client, house: House
) -> None:
    sara = enter(client, house, "Sara")
    typed = {
        "name": "1º quadrimestre de 2025",
        "period_start": "01/01/2025",
        "period_end": "30/04/2025",
        "opens_on": "01/03/2099",
        "due_on": "20/03/2099",
        "closes_on": "31/03/2099",
        "due_reason": "30 dias do fim do quadrimestre, art. 13",
    }
    assert sara.post("/coletas/nova/", {**typed, "closes_on": "02/03/2099"}).status_code == 422
    confirm(sara, "/coletas/nova/", typed)
    found = Round.objects.get(name="1º quadrimestre de 2025")
    assert {answer.unit.acronym for answer in found.submissions.all()} == {"ATE", "EDU"}
    assert "30 dias do fim do quadrimestre, art. 13" in text_of(sara.get(found.get_absolute_url()))
    assert enter(client, house, "Carla").get("/coletas/nova/").status_code == 403


def test_a_closed_window_says_why_and_the_central_unit_opens_it_with_a_reason(
    client: Client, house: House
) -> None:
    closed = collection(house, opens=-90, due=-60, closes=-50)
    answer = answer_of(house, closed, "ATE")
    davi = enter(client, house, "Davi")
    assert f"A coleta fechou em {closed.closes_on:%d/%m/%Y}: só a unidade central pode reabrir" in text_of(
        davi.get(url(answer))
    )
    key = grid(answer).boxes[0].key
    refused = save(davi, answer, {"key": key, "typed": "1", "seen": "0"})
    assert refused.json()["celulas"][0]["situacao"] == "recusada"
    sara = enter(client, house, "Sara")
    assert sara.post(url(answer, "reabrir/"), {"expires_on": "01/01/2025", "reason": "x"}).status_code == 422
    assert (
        sara.post(
            url(answer, "reabrir/"), {"expires_on": "31/12/2099", "reason": "Falta de sistema."}
        ).status_code
        == 302
    )
    davi = enter(client, house, "Davi")
    assert "Reaberta até 31/12/2099: Falta de sistema." in text_of(davi.get(url(answer)))
    assert (
        save(davi, answer, {"key": key, "typed": "1", "seen": "0"}).json()["celulas"][0]["situacao"]
        == "gravada"
    )


def test_the_parts_of_a_breakdown_may_be_typed_and_are_never_needed_but_have_to_add_up_or_be_justified(
    client: Client, house: House
) -> None:
    by_sex = {**CASES, "breakdowns": [{"name": "Sexo", "parts": ["feminino", "masculino"]}]}
    measured_by(house, approved(house, "IND-2", **by_sex), "SAU")
    answer = answer_of(house, collection(house), "SAU")
    assert len(grid(answer).boxes) == 9  # three periods, the whole and two parts
    carla = enter(client, house, "Carla")
    assert "Processos concluídos – Sexo: feminino" in text_of(carla.get(url(answer)))
    for period in ("1º", "2º", "3º"):
        whole = next(box for box in grid(answer).boxes if f"IND-2, {period}" in box.name and box.is_needed)
        assert save(carla, answer, {"key": whole.key, "typed": "10", "seen": "0"}).status_code == 200
    parts = [box for box in grid(answer).boxes if "IND-2, 1º" in box.name and box.part]
    told = save(
        carla,
        answer,
        {"key": parts[0].key, "typed": "6", "seen": "0"},
        {"key": parts[1].key, "typed": "5", "seen": "0"},
    ).json()
    assert (told["preenchidas"], told["total"]) == (3, 3)
    doubt = next(each["nota"] for each in told["celulas"] if each["key"] == parts[1].key)
    assert doubt == "As partes de Sexo somam 11, e o todo é 10."
    refused = text_of(carla.post(url(answer, "enviar/"), {"received_through": ""}))
    assert (
        "pedem justificativa: IND-2, 1º quadrimestre de 2025, Processos concluídos – Sexo: masculino"
        in refused
    )
    save(carla, answer, {"key": parts[1].key, "typed": "4", "seen": "1"})
    confirm(carla, url(answer, "enviar/"), {"received_through": ""})
    assert sorted(Measurement.objects.exclude(breakdown="").values_list("breakdown", "value")) == [
        ("Sexo: feminino", 6),
        ("Sexo: masculino", 4),
    ]
