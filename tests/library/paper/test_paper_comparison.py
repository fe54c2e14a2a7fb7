"""What a commission reads on the pages of a simulation."""

import copy
import io
import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from pypdf import PdfReader

from apura.norms import RawFacts, apply_norm, document, run
from apura.norms.comparison import compare, read_result
from apura.norms.comparison_document import simulation_document
from apura.norms.scenario import Scenario, suppose
from apura.paper import simulation_pdf
from apura.paper.differences import changed, counts, difference, reason
from apura.paper.spread_chart import spread_chart, spread_finding
from builders import ALMG, END_OF_2015, house

FACTS = house(
    {
        "GTP": {"entrega_parcial": date(2015, 8, 17)},  # 3 days after Friday 14, 1 of them a business day
        "Gpol": {"entrega_parcial": date(2015, 8, 24)},  # 10 and 6: both lose the whole point
    }
)
BANDS = [
    {"de": "8", "ate": "8.5", "a": 1, "b": 0},
    {"de": "8.5", "ate": "9", "a": 0, "b": 0},
    {"de": "9", "ate": "9.5", "a": 2, "b": 3},
]


def simulation(scenario: Scenario, facts: RawFacts = FACTS) -> dict[str, Any]:
    base = apply_norm(ALMG, on=END_OF_2015)
    supposed, asked = suppose(base, scenario)
    sides = [read_result(document(run(applied, facts)), called="x") for applied in (base, supposed)]
    return simulation_document(compare(*sides), asked)


def pages_of(made: dict[str, Any]) -> list[str]:
    reader = PdfReader(io.BytesIO(simulation_pdf(made)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return simulation(Scenario({"art-13-dia": "dia útil"}))


@pytest.fixture(scope="module")
def pages(made: dict[str, Any]) -> list[str]:
    return pages_of(made)


def test_every_page_says_that_it_has_no_official_value(pages: list[str]) -> None:
    assert len(pages) > 1
    assert all("SIMULAÇÃO SEM VALOR OFICIAL" in page for page in pages)


def test_the_first_page_says_what_was_supposed_against_what_and_what_came_of_it(pages: list[str]) -> None:
    for line in (
        "Interpretação “Dia de atraso” (art-13-dia) · art. 13, caput",
        "O artigo fala em “dia de atraso” sem qualificar.",
        "Vale, e é a base dia corrido",
        "Simula-se dia útil",
        "De 34 resultados: 5 sobem, 29 iguais, nenhum cai. Maior mudança: +0,40 ponto (GTP).",
        "GTP Gerência-Geral de Taquigrafia e Publicação sobe 9,40 9,80 +0,40",
        "A conta muda, mas o resultado fica igual: Gpol.",
        "+0,07 (+1/15)",
    ):
        assert line in pages[0]


def test_the_distribution_says_its_finding_with_a_table_beside(pages: list[str]) -> None:
    text = " ".join(pages)

    assert "Abaixo de 9,5 pontos: 2 resultados na base, 1 no cenário." in text
    assert "Faixa, em pontos Base Cenário" in text


def test_each_differing_step_has_its_formula_and_the_values_of_both_sides(pages: list[str]) -> None:
    text = " ".join(pages)

    assert "base mín(1; 0,2 × 3) = 0,60" in text
    assert "cenário mín(1; 0,2 × 1) = 0,20" in text
    assert (
        "Por quê: interpretação art-13-dia: dia corrido → dia útil; Dias de atraso do relatório parcial: 3 → 1"
        in text
    )


def test_another_formula_is_drawn_for_each_side() -> None:
    facts = house({"GTP": {"entrega_parcial": date(2015, 8, 18)}})  # four days: 9,20; DPL: 59,2 ÷ 6 = 9,8666…
    text = " ".join(pages_of(simulation(Scenario({"art-12-media": "duas casas em cada nível"}), facts)))

    assert "Por quê: interpretação art-12-media: exata → duas casas em cada nível; outra fórmula" in text
    assert "arred(" in text


def test_a_supposition_that_changes_nothing_says_so() -> None:
    pages = pages_of(simulation(Scenario({"calendario": "MG"})))

    assert "Nada muda: os 34 resultados são iguais." in pages[0]
    assert "Passos que diferem" not in " ".join(pages)


def test_what_only_the_scenario_refuses_comes_with_what_to_do() -> None:
    text = " ".join(pages_of(simulation(Scenario(wording_on=date(2014, 12, 31)))))

    assert "SGM Secretaria-Geral da Mesa só na base" in text
    assert "pendente só no cenário" in text
    assert "O que fazer:" in text


def test_the_same_simulation_gives_the_same_bytes_and_is_archival(made: dict[str, Any]) -> None:
    pdf = simulation_pdf(made)

    assert pdf == simulation_pdf(copy.deepcopy(made))
    assert re.search(rb"pdfaid:part>2<", pdf)


def test_of_very_many_changes_the_largest_are_printed_and_the_rest_counted(made: dict[str, Any]) -> None:
    many = copy.deepcopy(made)
    rule = many["comparacao"]["regras"][0]
    gtp = next(one for one in rule["sujeitos"] if one["chave"] == "GTP")
    rule["sujeitos"] = [gtp | {"chave": f"G{number}"} for number in range(310)]
    rule["resumo"] |= {"sobem": 310, "iguais": 0}

    text = " ".join(pages_of(many))
    assert "E mais 10, com mudanças iguais ou menores: estão em simulacao.json." in text
    assert "os passos de cada um não estão impressos" in text


def test_hostile_names_are_only_text(made: dict[str, Any]) -> None:
    hostile = copy.deepcopy(made)
    gtp = next(one for one in hostile["comparacao"]["regras"][0]["sujeitos"] if one["chave"] == "GTP")
    gtp["nome"] = "#set page() \u202e 𓀀 " + "x" * 200

    assert "#set page()" in " ".join(pages_of(hostile))


def test_every_bar_is_labelled_with_how_many_and_of_which_side() -> None:
    drawing = fromstring(spread_chart(BANDS))  # noqa: S314 - our own drawing
    texts = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert texts == ["9 a 9,5", "2 base", "3 cenário", "8,5 a 9", "8 a 8,5", "1 base", "0 cenário"]


def test_the_finding_is_where_the_distribution_moved_most() -> None:
    assert spread_finding(BANDS, unit="pontos") == (
        "Abaixo de 8,5 pontos: 1 resultado na base, 0 no cenário."
    )
    still = [band | {"b": band["a"]} for band in BANDS]
    assert spread_finding(still, unit="pontos") == ("A distribuição pelas faixas não muda.")


@pytest.mark.parametrize(
    ("exact", "said"),
    [("0.4", "+0,40"), ("-1.25", "−1,25"), ("1/15", "+0,07 (+1/15)"), ("0.375", "+0,38 (+0,375)")],
)
def test_a_difference_has_its_sign_and_its_exact_value(exact: str, said: str) -> None:
    assert difference({"diferenca": exact}, {"casas": 2}) == said


def test_when_not_all_fit_the_largest_stay_whoever_gains_or_loses() -> None:
    sizes = {
        "A": ("sobe", "0.1"),
        "B": ("sobe", "2"),
        "C": ("cai", "-1"),
        "D": ("igual", "0"),
        "E": ("só em B", None),
    }
    rule = {
        "sujeitos": [
            {"chave": key, "situacao": what, "diferenca": size} for key, (what, size) in sizes.items()
        ]
    }

    assert [one["chave"] for one in changed(rule)] == ["B", "A", "C", "E"]
    assert [one["chave"] for one in changed(rule, most=3)] == ["B", "C", "E"]


def test_counts_agree_in_number() -> None:
    summary = {"sobem": 1, "caem": 2, "mudam": 0, "iguais": 1, "so_em_a": 1, "so_em_b": 0}

    assert counts(summary) == "1 sobe, 2 caem, 1 só em A, 1 igual"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        ({"tipo": "fato", "a": None, "b": "2015-08-17"}, "Data: em branco → 17/08/2015"),
        ({"tipo": "linha lida", "a": "25/3", "b": None}, "Data: ≈ 8,33 → não entra"),
        ({"tipo": "redação", "a": "Ato nº 1", "b": "Ato nº 2"}, "redação: Ato nº 1 → Ato nº 2"),
        ({"tipo": "caminho da fórmula", "a": None, "b": None}, "“Data” seguiu outro caminho"),
        ({"tipo": "o documento não diz", "a": "1", "b": "2"}, "os documentos não dizem por quê"),
    ],
)
def test_a_reason_is_told_in_words(one: dict[str, Any], said: str) -> None:
    assert reason({"nome": "data", "rotulo": "Data", **one}) == said
