"""Indicators for programs: exact numbers as text, cells filled all or none, sent once, as much as the owner may."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from addresses import add_more
from apura_web.accounts.services.tokens import Scope
from apura_web.indicators.models import DraftCell, Indicator, Measurement, Submission
from apura_web.indicators.services import rounds
from cast import Cast, House
from measuring import CASES, answer_of, approved, collection, grid, measured_by, type_in
from programs import SHAPE, key_for, program, told


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE", "EDU")
    measured_by(cast.house, approved(cast.house, "IND-2", **CASES), "ATE")
    return cast.house


@pytest.fixture
def answer(house: House) -> Submission:
    return answer_of(house, collection(house), "ATE")


@pytest.fixture
def mila(house: House) -> Client:
    return program(key_for(house, "Mila"))


def post(client: Client, path: str, body: object, key: str = "chave-0001") -> Any:
    return client.post(
        f"/api/v1/{path}", body, content_type="application/json", headers={"idempotency-key": key}
    )


def cell(answer: Submission, place: int, **said: Any) -> dict[str, Any]:
    box = grid(answer).boxes[place]
    return {
        "indicador": box.indicator.code,
        "inicio": box.period.start.isoformat(),
        "fim": box.period.end.isoformat(),
        "variavel": box.variable.name,
        **said,
    }


def fill_and_send(house: House, answer: Submission) -> None:
    type_in(answer, {"IND-1": "40"}, actor=house.actor("Mila"))
    type_in(answer, {"IND-2": "7"}, actor=house.actor("Mila"))
    rounds.send(answer, actor=house.actor("Mila"), at=timezone.now())


def test_a_program_reads_indicators_the_card_in_force_and_the_series_with_exact_numbers(
    house: House, answer: Submission, mila: Client
) -> None:
    fill_and_send(house, answer)
    listed = told(mila, "indicadores?numero=ind-1")
    assert [item["numero"] for item in listed["itens"]] == ["IND-1"]
    code = listed["itens"][0]["codigo"]
    card = told(mila, f"indicadores/{code}/ficha")
    assert (card["versao"], card["medida"], card["casas"]) == (1, "%", 2)
    assert [each["nome"] for each in card["variaveis"]] == ["no_prazo", "concluidos"]
    assert told(mila, f"indicadores/{code}/ficha?em=2020-01-01", 404)["codigo"]
    series = told(mila, f"indicadores/{code}/apuracoes")
    assert series["total"] == 3
    first = series["itens"][0]
    assert (first["resultado"], first["resultado_arredondado"], first["situacao"]) == (
        "100",
        "100.00",
        "apurado",
    )
    assert [(each["variavel"], each["valor"]) for each in first["valores"]] == [
        ("concluidos", "40"),
        ("no_prazo", "40"),
    ]
    assert told(mila, f"indicadores/{code}/apuracoes?conhecido_em=1")["total"] == 0
    assert told(mila, f"indicadores/{code}/metas")["itens"] == []


def test_cells_are_filled_by_program_in_the_name_of_the_owner_and_asking_twice_fills_once(
    house: House, answer: Submission, mila: Client
) -> None:
    body = {
        "celulas": [
            cell(answer, 0, valor="30"),
            cell(answer, 1, situacao="nao_informado", motivo="Fora do ar."),
            cell(answer, 2, valor="12", firmeza="provisorio", data_base="2025-08-31"),
        ]
    }
    first, again = (post(mila, f"remessas/{answer.code}/celulas", body) for _ in range(2))
    assert first.status_code == 200, first.content
    assert first.json() == again.json()
    assert [each["edicao"] for each in first.json()] == [1, 1, 1]
    assert [(each["valor"], each["situacao"]) for each in first.json()] == [
        ("30", "apurado"),
        (None, "nao_informado"),
        ("12", "apurado"),
    ]
    assert {row.edited_by for row in DraftCell.objects.all()} == {house.people["Mila"].code}
    assert Measurement.objects.count() == 0
    listed = told(mila, f"remessas/{answer.code}/celulas?limite=2")
    assert (listed["total"], [each["digitado"] for each in listed["itens"]]) == (9, ["30", "n/i"])
    assert told(mila, "coletas")["itens"][0]["remessas"][0]["codigo"] == answer.code


def test_all_cells_are_filled_or_none_and_each_wrong_one_is_told(answer: Submission, mila: Client) -> None:
    body = {
        "celulas": [
            cell(answer, 0, valor="30"),
            cell(answer, 1, valor="1.5"),
            cell(answer, 2),
            {**cell(answer, 3, valor="1"), "variavel": "outra"},
            cell(answer, 4, valor="1", firmeza="estimado"),
        ]
    }
    refused = post(mila, f"remessas/{answer.code}/celulas", body)
    assert refused.status_code == 422
    assert set(refused.json()) == SHAPE
    fields = refused.json()["campos"]
    assert set(fields) == {"celulas.1.valor", "celulas.2.valor", "celulas.3", "celulas.4.valor"}
    assert "é um número inteiro" in fields["celulas.1.valor"][0]
    assert not DraftCell.objects.exists()
    binary = {"celulas": [cell(answer, 0, valor=0.1)]}
    assert post(mila, f"remessas/{answer.code}/celulas", binary, "chave-0002").status_code == 422
    many = {"celulas": [cell(answer, 0, valor="1")] * 201}
    assert post(mila, f"remessas/{answer.code}/celulas", many, "chave-0003").status_code == 422


def test_a_program_never_overwrites_what_it_had_not_seen(
    house: House, answer: Submission, mila: Client
) -> None:
    type_in(answer, {"IND-1": "5"}, actor=house.actor("Davi"))
    body = {"celulas": [cell(answer, 0, valor="9")]}
    refused = post(mila, f"remessas/{answer.code}/celulas", body)
    assert (refused.status_code, refused.json()["codigo"]) == (409, "indicators.cell_changed")
    assert DraftCell.objects.order_by("id").first().typed == "5"
    body = {"celulas": [cell(answer, 0, valor="9", edicao=1)]}
    assert post(mila, f"remessas/{answer.code}/celulas", body).status_code == 200


def test_sending_by_program_asks_the_same_as_the_page_and_happens_once(
    house: House, answer: Submission, mila: Client
) -> None:
    early = post(mila, f"remessas/{answer.code}/envio", {})
    assert (early.status_code, early.json()["codigo"]) == (422, "indicators.blank_cells")
    type_in(answer, {"IND-1": "40"}, actor=house.actor("Mila"))
    type_in(answer, {"IND-2": "7"}, actor=house.actor("Mila"))
    first, again = (post(mila, f"remessas/{answer.code}/envio", {}, "chave-0009") for _ in range(2))
    assert first.json() == again.json() == {"situacao": "enviado", "dias_de_atraso": 0}
    assert Measurement.objects.count() == 9
    closed = post(
        mila, f"remessas/{answer.code}/celulas", {"celulas": [cell(answer, 0, valor="1", edicao=1)]}
    )
    assert (closed.status_code, closed.json()["codigo"]) == (409, "indicators.closed")


def test_a_key_never_does_more_than_its_owner_or_its_scope(
    house: House, answer: Submission, cast: Cast
) -> None:
    body = {"celulas": [cell(answer, 0, valor="1")]}
    path = f"remessas/{answer.code}/celulas"
    assert post(program(key_for(house, "Mila", Scope.READ)), path, body).status_code == 403
    assert post(program(key_for(house, "Sara")), path, body).json()["codigo"] == "indicators.may_not_type"
    assert post(program(key_for(house, "Elisa")), path, body).status_code == 404
    assert post(program(key_for(house, "Davi")), f"remessas/{answer.code}/envio", {}).status_code == 403
    twin = program(key_for(cast.twin, "Ana"))
    assert post(twin, path, body).status_code == 404
    code = Indicator.objects.get(number="IND-1").code
    assert told(twin, f"indicadores/{code}/apuracoes", 404)["codigo"]
    assert told(twin, "indicadores")["total"] == 0
    assert not DraftCell.objects.exists()
