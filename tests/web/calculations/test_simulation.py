"""What if: facts and readings supposed otherwise, beside what was calculated; nothing of it has official value."""

import json
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pages import enter, text_of
from pypdf import PdfReader

from apura_web.audit.models import TrailEntry
from apura_web.calculations.models import Calculation, NamedScenario
from apura_web.calculations.preparing import prepare
from apura_web.calculations.selectors import scenarios_visible_to
from calculating import TWO_PLACES, g4, keep
from cast import Cast

THIRD = {"nota_item/2/situacao": "apurado", "nota_item/2/realizado": "11"}
AS_ZERO = {"leitura/item-nao-apurado": "contar como zero"}


@pytest.fixture
def kept(cast: Cast) -> Calculation:
    """The agreement whose third item was not measured: 9,51."""
    return keep(cast.house, prepare(g4(TWO_PLACES, third=None)))


def simulate(client: Client, cast: Cast, kept: Calculation, **typed: str) -> HttpResponse:
    return enter(client, cast.house, "Ana").post(reverse("calculation_simulate", args=[kept.code]), typed)


def test_every_page_says_that_it_has_no_official_value(client: Client, cast: Cast, kept: Calculation) -> None:
    url = reverse("calculation_simulate", args=[kept.code])
    said = text_of(enter(client, cast.house, "Ana").get(url))
    assert "Simulação sem valor oficial." in said
    assert "Simulação sem valor oficial." in text_of(simulate(client, cast, kept, **THIRD))


def test_supposing_an_actual_shows_before_and_after_step_by_step(
    client: Client, cast: Cast, kept: Calculation
) -> None:
    said = text_of(simulate(client, cast, kept, **THIRD))
    assert "Valor realizado de IND-3 – Postos abertos : em branco → 11" in said
    assert "IND-3 – Postos abertos: 0,00 → 9,17 pontos" in said
    assert "“Meta do período apurado” seguiu outro caminho" in said
    assert "OB – Estrutura: 9,52 → 9,35 pontos" in said
    assert "A – Acordo da Saúde: 9,51 → 9,44 pontos" in said


def test_supposing_a_weight(client: Client, cast: Cast, kept: Calculation) -> None:
    # (100 × 9,5 + 0 × 200/21) ÷ 100
    typed = {"nota_objeto/0/peso": "100", "nota_objeto/1/peso": "0"}
    assert "Acordo da Saúde: 9,51 → 9,50 pontos" in text_of(simulate(client, cast, kept, **typed))


def test_supposing_a_reading_names_it_and_the_act_gives_way(
    client: Client, cast: Cast, kept: Calculation
) -> None:
    said = text_of(simulate(client, cast, kept, **AS_ZERO))
    assert "Item não apurado ou cancelado : redistribuir o peso → contar como zero" in said
    assert "Acordo da Saúde: 9,51 → 7,60 pontos" in said
    exact = {"leitura/arredondamento-da-nota": "exata"}
    assert "Acordo da Saúde: 9,51 → 9,51 pontos cai −0,00" in text_of(simulate(client, cast, kept, **exact))


def test_numbers_are_typed_as_people_write_them(client: Client, cast: Cast, kept: Calculation) -> None:
    assert "12,5" in text_of(simulate(client, cast, kept, **{"nota_item/0/realizado": "12,5"}))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({}, "Mude ao menos um valor ou uma leitura.", id="nothing"),
        pytest.param({"nota_item/0/realizado": "muito"}, "Valor realizado de IND-1", id="no number"),
        pytest.param({"nota_item/0/realizado": "1.234"}, "Valor realizado de IND-1", id="one or a thousand"),
        pytest.param({"nota_item/0/peso": "2000"}, "está fora da faixa", id="out of range"),
        pytest.param({"nota_item/0/realizado": ""}, "está em branco; preencha", id="a blank"),
        pytest.param({"leitura/item-nao-apurado": "inventar"}, "não é uma leitura", id="no such reading"),
    ],
)
def test_what_cannot_be_supposed_is_told_and_what_was_typed_stays(
    client: Client, cast: Cast, typed: dict[str, str], said: str
) -> None:
    kept = keep(cast.house, prepare(g4(TWO_PLACES, third=None)))
    answer = simulate(client, cast, kept, **typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "O que mudaria" not in text_of(answer)
    for text in typed.values():
        assert text in answer.content.decode()


def test_files_are_marked_on_every_page(client: Client, cast: Cast, kept: Calculation) -> None:
    enter(client, cast.house, "Ana")
    pdf, made = (
        client.post(reverse("calculation_simulate_file", args=[kept.code, kind]), THIRD).content
        for kind in ("pdf", "json")
    )
    for page in PdfReader(BytesIO(pdf)).pages:
        assert "SIMULAÇÃO SEM VALOR OFICIAL" in page.extract_text()
    said = json.loads(made)
    assert said["aviso"] == "Simulação sem valor oficial"
    assert [each["rotulo"] for each in said["mudancas"]] == [
        "Situação do item de IND-3 – Postos abertos",
        "Valor realizado de IND-3 – Postos abertos",
    ]


def test_simulating_writes_nothing(client: Client, cast: Cast, kept: Calculation) -> None:
    before = TrailEntry.objects.count(), Calculation.objects.count(), NamedScenario.objects.count()
    simulate(client, cast, kept, **THIRD)
    assert before == (TrailEntry.objects.count(), Calculation.objects.count(), NamedScenario.objects.count())


def test_a_scenario_is_kept_only_with_a_name_and_opens_again(
    client: Client, cast: Cast, kept: Calculation
) -> None:
    enter(client, cast.house, "Ana")
    url = reverse("scenario_keep", args=[kept.code])
    assert client.post(url, THIRD).status_code == 422
    assert not NamedScenario.objects.exists()
    answer = client.post(url, {**THIRD, "nome": "Se os postos abrirem"}, follow=True)
    said = text_of(answer)
    assert "Cenário “Se os postos abrirem” guardado." in said
    assert "Acordo da Saúde: 9,51 → 9,44 pontos" in said
    again = client.post(url, {**THIRD, "nome": "Se os postos abrirem"})
    assert "Você já tem um cenário com este nome." in text_of(again)


def test_a_scenario_is_seen_and_deleted_only_by_who_kept_it(
    client: Client, cast: Cast, kept: Calculation
) -> None:
    enter(client, cast.house, "Ana")
    client.post(reverse("scenario_keep", args=[kept.code]), {**THIRD, "nome": "Meu"})
    scenario = NamedScenario.objects.get()
    opened = f"{reverse('calculation_simulate', args=[kept.code])}?cenario={scenario.code}"
    drop = reverse("scenario_drop", args=[kept.code, scenario.code])
    for who in ("Carla", "Ada"):
        enter(client, cast.house, who)
        assert client.get(opened).status_code == client.post(drop).status_code == 404
    assert not scenarios_visible_to(cast.twin.actor("Ana"))
    enter(client, cast.house, "Ana")
    assert "apagado" in text_of(client.post(drop, follow=True))
    assert not NamedScenario.objects.exists()


def test_who_does_not_see_the_calculation_simulates_nothing(client: Client, cast: Cast) -> None:
    kept = keep(cast.house, prepare(g4()), "EDU")
    enter(client, cast.house, "Tina")
    for name, more in (
        ("calculation_simulate", ()),
        ("calculation_simulate_file", ("pdf",)),
        ("scenario_keep", ()),
    ):
        assert client.post(reverse(name, args=[kept.code, *more]), THIRD).status_code == 404
