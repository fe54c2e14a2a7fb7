"""Writing a card: variables as rows, the live check of the formula, errors that name the field and lose nothing."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pages import enter, errors_of, text_of

from addresses import add_more
from apura_web.audit.models import TrailEntry
from apura_web.indicators.attainment import bands_complaint
from apura_web.indicators.models import CardProposal, Indicator
from apura_web.indicators.web.card_forms import BANDS_EXAMPLE
from cast import Cast, House
from measuring import CASES, approved

CARD: dict[str, Any] = {
    "number": "IND-9",
    "name": "Processos concluídos no prazo",
    "unit": "SAU",
    "purpose": "Dizer se os processos terminam quando deviam.",
    "dimension": "tempestividade",
    "measure": "%",
    "places": "2",
    "formula": "arred(100 * no_prazo / concluidos; 2)",
    "polarity": "maior",
    "frequency": "quadrimestral",
    "accumulation": "razao_de_somas",
    "source": "Sistema de protocolo",
    "procedure": "Contar no último dia do período.",
    "linhas": "2",
    "v0-label": "No prazo",
    "v0-unit": "unidade",
    "v0-places": "0",
    "v0-low": "0",
    "v0-over_time": "soma",
    "v1-label": "Concluídos",
    "v1-name": "Concluídos",
    "v1-unit": "unidade",
    "v1-places": "0",
    "v1-over_time": "soma",
}


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    return cast.house


@pytest.fixture
def carla(client: Client, house: House) -> Client:
    return enter(client, house, "Carla")


def new(client: Client, **typed: str) -> Any:
    return client.post(reverse("indicator_new"), {**CARD, **typed})


def refused(client: Client, **typed: str) -> str:
    """The errors of a card typed wrong, which wrote nothing and lost nothing."""
    before = TrailEntry.objects.count()
    answer = new(client, **typed)
    assert answer.status_code == 422
    assert TrailEntry.objects.count() == before
    page = answer.content.decode()
    for text in (
        "IND-9",
        "Contar no último dia do período.",
        *(text for text in typed.values() if '"' not in text),
    ):
        assert text.split("\n")[0].replace("<", "&lt;").replace(">", "&gt;") in page, text
    form = answer.context["form"]
    return "\n".join([errors_of(answer), *(each for field in form for each in field.errors)])


def test_a_card_is_written_and_becomes_the_first_proposal(carla: Client, house: House) -> None:
    answer = new(
        carla,
        breakdowns="Sexo: feminino; masculino",
        plausible_low="0",
        plausible_high="100",
        responsible="Davi de Teste",
    )
    assert answer.status_code == 302, errors_of(answer)
    proposal = CardProposal.objects.select_related("indicator", "unit").get()
    assert answer["Location"] == proposal.get_absolute_url()
    assert (proposal.indicator.number, proposal.unit.acronym, proposal.state) == ("IND-9", "SAU", "rascunho")
    assert [(each.name, each.label) for each in proposal.read_variables] == [
        ("no_prazo", "No prazo"),  # the name was suggested from the label
        ("concluidos", "Concluídos"),  # the name typed lost its accent and its capital
    ]
    assert proposal.breakdowns == [{"name": "Sexo", "parts": ["feminino", "masculino"]}]
    assert proposal.responsible == house.people["Davi"]


def test_custom_periods_are_typed_in_lines(carla: Client) -> None:
    periods = "01/07/2026 a 31/12/2026\r\n01/02/2026 a 30/06/2026"
    assert new(carla, frequency="personalizada", custom_periods=periods).status_code == 302
    assert CardProposal.objects.get().custom_periods == [
        ["2026-02-01", "2026-06-30"],
        ["2026-07-01", "2026-12-31"],
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"formula": "100 * no_prazo / concluidos"}, "não diz como arredonda"),
        ({"formula": "arred(100 * no_prazo / total; 2)"}, "Não existe o nome “total”"),
        ({"formula": "arred(100 * (no_prazo / concluidos; 2)"}, "formula"),
        ({"formula": "no_prazo", "measure": "unidade"}, "não usa “Concluídos”"),
        ({"v1-name": "no prazo"}, "não serve de nome"),
        ({"v1-label": "", "v1-name": "concluidos"}, "Diga o que se mede"),
        ({"v0-low": "9", "v0-high": "3"}, "O máximo é menor que o mínimo"),
        ({"v0-low": "abc"}, "Escreva um número, como 1.234,56."),
        ({"v1-name": "no_prazo"}, "aparece duas vezes"),
        ({"plausible_low": "10", "plausible_high": "9,5"}, "confira os dois"),
        ({"bands": "se(valor >= meta; 1; 0)"}, "Escreva, por exemplo"),
        ({"frequency": "personalizada"}, "pede os períodos"),
        ({"frequency": "personalizada", "custom_periods": "fevereiro a junho"}, "não é um período"),
        ({"frequency": "personalizada", "custom_periods": "01/02/2026 a 31/06/2026"}, "não é um dia"),
        (
            {
                "frequency": "personalizada",
                "custom_periods": "01/01/2026 a 30/06/2026\n30/06/2026 a 31/12/2026",
            },
            "se sobrepõem",
        ),
        ({"breakdowns": "Sexo"}, "dois-pontos e as partes"),
        ({"unit": "EDU"}, "não cria indicador de EDU"),
        ({"unit": "XYZ"}, "Nada corresponde a “XYZ”"),
        ({"name": ""}, "Preencha este campo"),
        ({"polarity": ""}, "Escolha uma opção"),
        ({"v0-indicator": "IND-77"}, "Não há na instituição o indicador “IND-77”"),
        ({"v0-indicator": "IND-9"}, "calculado a partir de si mesmo: IND-9 › IND-9"),
    ],
)
def test_a_wrong_card_says_the_field_the_reason_and_what_to_do(
    carla: Client, typed: dict[str, str], said: str
) -> None:
    assert said in refused(carla, **typed)


def test_the_examples_of_the_form_are_right(carla: Client) -> None:
    assert bands_complaint(BANDS_EXAMPLE, "%") == ""
    assert new(carla, bands=BANDS_EXAMPLE).status_code == 302


def test_a_number_is_not_repeated(carla: Client, house: House) -> None:
    approved(house, "IND-9", "EDU")
    assert "Já há um indicador com essa sigla ou número" in refused(carla)


def test_a_circle_through_another_indicator_is_named(carla: Client, house: House) -> None:
    assert new(carla).status_code == 302
    variables = [{"name": "outro", "label": "Outro", "unit": "unidade", "indicator": "IND-9"}]
    approved(house, "IND-8", **{**CASES, "formula": "outro", "variables": variables})
    url = reverse("card_edit", args=[Indicator.objects.get(number="IND-9").code])
    answer = carla.post(url, {**CARD, "change_note": "Novo cálculo.", "v0-indicator": "IND-8"})
    assert "IND-9 › IND-8 › IND-9" in errors_of(answer)


def test_errors_of_variables_are_listed_by_row_with_the_way_to_the_field(carla: Client) -> None:
    page = new(carla, **{"v1-low": "abc"}).content.decode()
    assert re.search(r'<a href="#id_v1-low">Variável 2, mínimo: Escreva um número', page)


def test_rows_are_put_in_and_taken_out_without_scripts_and_nothing_typed_is_lost(carla: Client) -> None:
    before = TrailEntry.objects.count()
    shown = new(carla, acao="acrescentar")
    assert [row["label"].value() for row in shown.context["form"].rows] == ["No prazo", "Concluídos", None]
    assert shown.status_code == 200
    assert "Falta corrigir" not in text_of(shown)
    fewer = new(carla, acao="retirar-0").context["form"]
    assert [row["label"].value() for row in fewer.rows] == ["Concluídos"]
    assert fewer["procedure"].value() == CARD["procedure"]
    assert TrailEntry.objects.count() == before


@pytest.mark.parametrize(
    "typed", [{"linhas": "999"}, {"linhas": "-1"}, {"linhas": "²"}, {"acao": "retirar-99"}]
)
def test_odd_requests_for_rows_do_no_harm(carla: Client, typed: dict[str, str]) -> None:
    answer = new(carla, **typed)
    assert answer.status_code in {200, 302, 422}
    assert len(answer.context["form"].rows) <= 20 if answer.status_code != 302 else True


@pytest.mark.parametrize(
    "query",
    [
        "?linhas=1&linhas=2",
        "?unit=a&unit=b",
        "?v0-label=Casos&linhas=1",
        "?unit=%00",
        "?formula=" + "(" * 300,
    ],
)
def test_odd_addresses_open_the_form_all_the_same(carla: Client, query: str) -> None:
    assert carla.get(f"{reverse('indicator_new')}{query}").status_code == 200


def test_the_formula_is_tried_with_numbers_and_computed_exactly(carla: Client) -> None:
    shown = carla.post(reverse("formula_try"), {**CARD, "exemplo-no_prazo": "1", "exemplo-concluidos": "3"})
    told = text_of(shown)
    assert "A fórmula está em ordem" in told
    assert "100 vezes No prazo dividido por Concluídos" in told
    assert "Resultado: 33,33 %" in told  # 100 ÷ 3 rounded as the formula says
    exact = {"formula": "exata(no_prazo / concluidos)", "measure": "adimensional"}
    told = text_of(
        carla.post(
            reverse("formula_try"), {**CARD, **exact, "exemplo-no_prazo": "1", "exemplo-concluidos": "3"}
        )
    )
    assert "Resultado: 1/3 adimensional , que se mostra como 0,33 adimensional" in told.replace(" </", "</")


def test_the_try_says_what_is_missing_wrong_or_impossible(carla: Client) -> None:
    def told(**typed: str) -> str:
        return text_of(carla.post(reverse("formula_try"), {**CARD, **typed}))

    assert "falta “Concluídos”" in told(**{"exemplo-no_prazo": "1"})
    assert "não é um número" in told(**{"exemplo-no_prazo": "um"})
    assert "não pode ser menor que 0" in told(**{"exemplo-no_prazo": "-1"})
    assert "Ainda sem resultado" in told(**{"exemplo-no_prazo": "1", "exemplo-concluidos": "0"})
    assert "Linha 1, coluna" in told(formula="100 * no_prazo / concluidos")
    assert "Escreva a fórmula" in told(formula=" ")
    assert "não pode ser maior" not in told(**{"exemplo-no_prazo": "9" * 9000, "exemplo-concluidos": "1"})
    assert "Variável 1, mínimo: Escreva um número" in told(**{"v0-low": "abc"})


def test_the_check_works_by_a_button_too(carla: Client) -> None:
    told = text_of(new(carla, acao="conferir", **{"exemplo-no_prazo": "3", "exemplo-concluidos": "4"}))
    assert "Resultado: 75 %" in told  # 100 × 3 ÷ 4


@pytest.mark.parametrize("name", ["Davi", "Elisa", "Caio", "Tina", "Rita"])
def test_who_writes_no_card_does_not_try_formulas(client: Client, house: House, name: str) -> None:
    assert enter(client, house, name).post(reverse("formula_try"), CARD).status_code == 403


def test_markup_typed_is_shown_as_text(carla: Client) -> None:
    shown = new(carla, acao="conferir", **{"v0-label": "<b>No prazo</b>", "v0-name": "no_prazo"})
    assert "<b>No prazo</b>" not in shown.content.decode()


def test_who_came_second_is_told_and_keeps_what_was_typed(carla: Client, house: House) -> None:
    assert new(carla).status_code == 302
    url = reverse("card_edit", args=[Indicator.objects.get(number="IND-9").code])
    typed = {**CARD, "change_note": "Primeira ficha.", "seen": carla.get(url).context["form"]["seen"].value()}
    assert carla.post(url, {**typed, "source": "Sistema A"}).status_code == 302
    second = carla.post(url, {**typed, "source": "Sistema B"})
    assert second.status_code == 422
    assert "Enquanto você editava" in errors_of(second)
    assert "Sistema B" in second.content.decode()
    assert CardProposal.objects.get().source == "Sistema A"


def test_an_author_who_may_not_see_the_responsible_person_keeps_them(client: Client, house: House) -> None:
    assert new(enter(client, house, "Carla"), responsible="Davi de Teste").status_code == 302
    url = reverse("card_edit", args=[Indicator.objects.get(number="IND-9").code])
    sara = enter(client, house, "Sara")
    form = sara.get(url).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() is not None}
    saved = sara.post(url, {**typed, "linhas": "2", "change_note": "Sem mudança de pessoa."})
    assert saved.status_code == 302, errors_of(saved)
    assert CardProposal.objects.get().responsible == house.people["Davi"]
