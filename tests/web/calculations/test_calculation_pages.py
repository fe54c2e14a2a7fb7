"""The pages of a calculation: the result, how it came to be, where each fact came from, and what changed."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pages import enter, text_of
from pytest_django import DjangoAssertNumQueries

from apura_web.audit.trail import head_of
from apura_web.calculations.models import Calculation
from apura_web.calculations.preparing import prepare, sha256_of
from calculating import APRIL, AS_ZERO, BY_DAYS, TWO_PLACES, calculated, g4, item, keep, partial
from cast import Cast


@pytest.fixture
def kept(cast: Cast) -> Calculation:
    return calculated(cast.house)


def page(client: Client, cast: Cast, calculation: Calculation, *rest: str, who: str = "Ana") -> str:
    url = reverse("outcome", args=[calculation.code, *rest]) if rest else calculation.get_absolute_url()
    answer = enter(client, cast.house, who).get(url)
    assert answer.status_code == 200, url
    return text_of(answer)


def test_the_page_tells_result_norm_day_and_that_it_holds(
    client: Client, cast: Cast, kept: Calculation
) -> None:
    said = page(client, cast, kept)
    assert "Nota final de 2014" in said
    assert "9,44 : como se chegou a este número pontos" in said
    assert "Decreto nº 8.170, de 02/06/2014" in said
    assert "Aplicada em 31/12/2014" in said
    assert "Feito de novo da folha de fatos, dá o mesmo." in said
    assert "arredondamento" in said.lower()
    assert "Ata nº 1 da CMA, de 20/03/2014; vale desde 01/01/2014" in said


def test_the_page_says_what_was_known(client: Client, cast: Cast) -> None:
    seq = head_of(cast.house.institution.pk).seq
    said = page(client, cast, keep(cast.house, prepare(g4(TWO_PLACES, at_seq=seq))))
    assert f"o registrado até a entrada {seq} da trilha (10/03/2026 às 12:00)" in said


def test_invented_values_are_told_on_every_page(client: Client, cast: Cast, kept: Calculation) -> None:
    for rest in ((), ("nota_item", "IND-1")):
        assert "Valores fictícios" in page(client, cast, kept, *rest)


def test_every_number_of_the_page_opens(client: Client, cast: Cast, kept: Calculation) -> None:
    answer = enter(client, cast.house, "Ana").get(kept.get_absolute_url()).content.decode()
    urls = {part.split('"')[0].split("#")[0] for part in answer.split('href="')[1:] if kept.code in part[:40]}
    explained = {url for url in urls if "/nota_" in url or "/dados_" in url}
    assert len(explained) == 8
    assert {client.get(url).status_code for url in urls} == {200}


def test_a_result_is_explained_step_by_step(client: Client, cast: Cast, kept: Calculation) -> None:
    said = page(client, cast, kept, "nota_item", "IND-3")
    assert "Nota do item: 9,17 pontos" in said
    assert "Com os valores: 11 ÷ 12 = 0,9167" in said
    assert "Valor exato: 55/6; 9,17 somente para leitura" in said
    assert "art. 12, § 1º" in said
    assert "Valor realizado 11 Apuração de IND-3, jan a abr/2014" in said
    assert "Meta do fim do período 12 Cláusula 4ª do acordo" in said
    assert "Linha de base em branco" in said
    assert "Interpretação: Item não apurado ou cancelado, “redistribuir o peso”" in said
    assert "Também se poderia ler: “contar como zero”" in said


def test_the_act_that_adopted_a_reading_is_told(client: Client, cast: Cast, kept: Calculation) -> None:
    said = page(client, cast, kept, "nota_acordo", "A")
    assert "Arredondamento da nota, “duas casas na nota do acordo”" in said
    assert "Adotada por Ata nº 1 da CMA, de 20/03/2014." in said
    assert "Fim do período avaliatório 31/12/2014" in said
    assert "Meses decorridos 12 meses contado a partir das datas informadas" in said


def test_a_formula_is_drawn_and_said_in_words(client: Client, cast: Cast, kept: Calculation) -> None:
    answer = enter(client, cast.house, "Ana").get(reverse("outcome", args=[kept.code, "nota_objeto", "OB"]))
    content = answer.content.decode()
    assert "<math" in content
    assert "<mfrac>" in content


def test_one_goes_up_and_down_among_results(client: Client, cast: Cast, kept: Calculation) -> None:
    enter(client, cast.house, "Ana")
    content = client.get(reverse("outcome", args=[kept.code, "nota_objeto", "OB"])).content.decode()
    for rule, key in (("nota_item", "IND-3"), ("nota_item", "IND-4"), ("nota_acordo", "A")):
        assert reverse("outcome", args=[kept.code, rule, key]) in content
    assert reverse("outcome", args=[kept.code, "nota_item", "IND-1"]) not in content


def test_a_source_leads_to_the_record_only_who_may_see_it(client: Client, cast: Cast) -> None:
    other_unit = cast.house.units["EDU"]
    kept = keep(cast.house, prepare(g4(unit=other_unit.code)))
    url = reverse("outcome", args=[kept.code, "nota_item", "IND-1"])
    for who, leads in (("Ana", True), ("Tina", False)):
        answer = enter(client, cast.house, who).get(url)
        assert "Apuração de IND-1, jan a abr/2014" in text_of(answer)
        assert (other_unit.get_absolute_url() in answer.content.decode()) is leads


def test_what_was_not_measured_is_told_as_blank_and_its_weight_does_not_count(
    client: Client, cast: Cast
) -> None:
    kept = keep(cast.house, prepare(g4(TWO_PLACES, third=None)))
    said = page(client, cast, kept, "nota_item", "IND-3")
    assert "Valor realizado em branco Apuração de IND-3" in said
    assert "Situação do item não apurado" in said
    assert "Peso considerado (0: o item não conta) 0,0000" in said
    assert "9,51" in page(client, cast, kept)


def test_what_the_norm_refused_is_told_with_what_to_do_and_never_as_zero(client: Client, cast: Cast) -> None:
    kept = keep(cast.house, prepare(g4(only="condicoes_do_bonus", on=APRIL)))
    said = page(client, cast, kept)
    assert "A norma não deu resultado, e isso não é zero." in said
    assert "Condições do bônus" in said
    assert "Use uma data desde 14/11/2014" in said


def test_a_key_of_any_letters_has_a_page(client: Client, cast: Cast) -> None:
    key = "IND 1/2014 – ação & “só”? #3"
    kept = keep(cast.house, prepare(partial([item(key, "80", "76")])))
    assert "9,50" in page(client, cast, kept, "nota_item", key)


def test_one_that_was_superseded_says_so_and_leads_to_the_new_one(client: Client, cast: Cast) -> None:
    first = keep(cast.house, prepare(g4(TWO_PLACES, third=None)))
    second = keep(cast.house, prepare(g4(TWO_PLACES, AS_ZERO, third=None)), supersedes=first)
    assert "Este cálculo foi substituído" in page(client, cast, first)
    assert second.get_absolute_url() in client.get(first.get_absolute_url()).content.decode()
    assert "Este cálculo foi substituído" in page(client, cast, first, "nota_acordo", "A")
    said = page(client, cast, second)
    assert "Este cálculo foi substituído" not in said
    assert "Comparar com a anterior" in said


def test_a_comparison_says_what_changed_first_and_what_followed(client: Client, cast: Cast) -> None:
    first = keep(cast.house, prepare(g4(TWO_PLACES, third=None)))
    second = keep(cast.house, prepare(g4(TWO_PLACES, AS_ZERO, third=None)), supersedes=first)
    answer = enter(client, cast.house, "Ana").get(
        reverse("calculation_compare", args=[second.code, first.code])
    )
    said = text_of(answer)
    assert "De 8 resultados: 2 caem, 6 iguais." in said
    assert (
        "O que mudou primeiro: Postos abertos, Peso considerado (0: o item não conta): interpretação" in said
    )
    assert "OB – Estrutura: 9,52 → 4,76 pontos" in said
    assert "A – Acordo da Saúde: 9,51 → 7,60 pontos" in said
    assert "cai −1,91" in said
    assert "IND-3 – Postos abertos" in said
    assert "0,00 → 0,00 pontos o resultado não muda" in said
    assert "O mesmo resultado, por outro caminho: IND-1, IND-2, IND-4." in said


def test_a_comparison_of_readings_names_the_reading(client: Client, cast: Cast) -> None:
    cumulative = [item("G1", "1200", "380", acumulacao="cumulativo")]
    first, second = (keep(cast.house, prepare(partial(cumulative, *more))) for more in ((), (BY_DAYS,)))
    answer = enter(client, cast.house, "Ana").get(
        reverse("calculation_compare", args=[second.code, first.code])
    )
    assert "interpretação “Proporção temporal”: por meses → por dias" in text_of(answer)
    assert "G1 : 9,50 → 9,63 pontos" in text_of(answer)


def test_only_calculations_of_one_record_are_compared(client: Client, cast: Cast, kept: Calculation) -> None:
    other, twin = calculated(cast.house, "EDU"), calculated(cast.twin)
    enter(client, cast.house, "Ana")
    for each in (other, twin):
        assert client.get(reverse("calculation_compare", args=[kept.code, each.code])).status_code == 404
        assert client.get(reverse("calculation_compare", args=[each.code, kept.code])).status_code == 404


NAMES = ["calculation", "calculation_pdf", "calculation_plain_pdf", "calculation_json", "calculation_facts"]


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_see_the_record_and_other_institutions_find_nothing(
    client: Client, cast: Cast, name: str
) -> None:
    kept = calculated(cast.house, "EDU")
    url = reverse(name, args=[kept.code])
    assert enter(client, cast.house, "Elisa").get(url).status_code == 200
    assert enter(client, cast.house, "Tina").get(url).status_code == 404
    assert enter(client, cast.twin, "Ada").get(url).status_code == 404


@pytest.mark.parametrize(("rule", "key"), [("nota_item", "IND-9"), ("nada", "A"), ("bonus", "A")])
def test_what_was_not_calculated_has_no_page(client: Client, cast: Cast, rule: str, key: str) -> None:
    kept = calculated(cast.house)
    url = reverse("outcome", args=[kept.code, rule, key])
    assert enter(client, cast.house, "Ana").get(url).status_code == 404


def test_files_are_the_stored_bytes(client: Client, cast: Cast, kept: Calculation) -> None:
    enter(client, cast.house, "Ana")
    document = client.get(reverse("calculation_json", args=[kept.code])).content.decode()
    facts = client.get(reverse("calculation_facts", args=[kept.code])).content.decode()
    assert (sha256_of(document), sha256_of(facts)) == (kept.sha256, kept.fact_sheet.sha256)
    assert json.loads(document)["origem"]["sha256"] == kept.fact_sheet.sha256


def test_the_pages_ask_a_bounded_number_of_questions(
    client: Client, cast: Cast, kept: Calculation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, cast.house, "Ana")
    with django_assert_max_num_queries(25):
        client.get(kept.get_absolute_url())
    with django_assert_max_num_queries(25):
        client.get(reverse("outcome", args=[kept.code, "nota_item", "IND-1"]))
