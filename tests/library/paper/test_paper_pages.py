"""What a reader finds on the pages of the memória de cálculo."""

from __future__ import annotations

import io
import re
from fractions import Fraction
from typing import Any

import pytest
from pypdf import PdfReader
from sample import INSTITUTION, SIMULATION, document, mean_result

from apura.paper import archival_pdf


def pages_of(result: dict[str, Any]) -> list[str]:
    reader = PdfReader(io.BytesIO(archival_pdf(result)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(result: dict[str, Any]) -> str:
    return " ".join(pages_of(result))


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return pages_of(document())


@pytest.fixture(scope="module")
def text(pages: list[str]) -> str:
    return " ".join(pages)


def test_the_first_page_says_what_was_applied_when_and_to_which_file(pages: list[str]) -> None:
    for line in (
        "Deliberação da Mesa da ALMG nº 2.554, de 21/12/2012",
        "Aplicada em 31/12/2015",
        "almg-2554-2012, edição 1 (3f9a0c3f9a0c)",
        "Calculado por apura 0.1.0",
        "almg-2015.xlsx, 3 linhas (sha256 b71eb71eb71e)",
    ):
        assert line in pages[0]


def test_the_summary_gives_each_result_with_its_criteria(pages: list[str]) -> None:
    assert "GPL Gerência-Geral de Apoio ao Plenário 1,00 2,40 1,00 0,60 3,00 0,50 8,50" in pages[0]
    assert "GCO Gerência-Geral de Apoio às Comissões 1,00 2,10 1,00 0,00 0,00 0,50 4,60" in pages[0]


def test_the_chart_says_its_finding(pages: list[str]) -> None:
    assert "Nota do órgão: de 4,60 (GCO) a 8,98 pontos (GCT)." in pages[0]


def test_what_could_not_be_computed_comes_with_what_to_do(text: str) -> None:
    assert "SGM – Nota da secretaria · art. 12, III" in text
    assert "O que fazer: Obter a redação original" in text


def test_each_interpretation_is_told_once_with_alternatives_and_who_decides(text: str) -> None:
    assert text.count("O artigo fala em “dia de atraso” sem qualificar.") == 1
    assert "Adotou-se: dia corrido. Alternativa: dia útil. Quem decide: Conselho de Diretores." in text
    assert text.count("▸ interpretação 1") == 5  # six reports, one never delivered


def test_each_parameter_is_listed_once_with_date_and_article(text: str) -> None:
    assert text.count("Perda por dia de atraso 0,20 ponto/dia 01/01/2013 art. 13, caput") == 1


def test_the_institutions_choice_comes_with_its_act(text: str) -> None:
    assert "Ata nº 3/2015 do Conselho de Diretores, de 10/02/2015" in re.sub(r"(?<=\w)- (?=\w)", "", text)


def test_a_deadline_comes_with_its_reason_and_how_late(text: str) -> None:
    assert "segunda, 15/02/2016. O último dia útil da primeira quinzena de fevereiro" in text
    assert "17/02/2016 2 dias corridos" in text
    assert "não cumprido –" in text


def test_a_step_shows_values_result_article_and_parameters(text: str) -> None:
    assert "= mín(1,00; 0,20 × 2)" in text
    assert "Perda por dia de atraso: 0,20 ponto/dia, desde 01/01/2013 (art. 13, caput)" in text
    assert "= 1,00 + 2,40 + 1,00 + 0,60 + 3,00 + 0,50" in text


def test_a_mean_shows_the_rows_that_entered_and_its_rounding() -> None:
    scores = [("GSA", Fraction(8)), ("GGP", Fraction(17, 2)), ("GPE", Fraction(17, 2))]
    text = text_of(document(0, resultados=[mean_result("DRH", scores)]))
    assert "GSA Gerência-Geral de Saúde e Assistência 8,0 " in text
    assert "GGP Gerência-Geral de Gestão de Pessoas 8,5 " in text
    assert "Arredondamento: 25/3 → 8,33, duas casas" in text


def test_an_exact_value_shown_with_two_places_is_told_as_exact() -> None:
    scores = [("GSA", Fraction(8)), ("GGP", Fraction(17, 2)), ("GPE", Fraction(17, 2))]
    result = mean_result("DRH", scores)
    result["passos"][0]["arredondamentos"] = []
    assert "Valor exato: 25/3; 8,33 somente para leitura" in text_of(document(0, resultados=[result]))


def test_whoever_checks_finds_the_whole_hashes(text: str) -> None:
    for hashed in (document()["digest"], f"sha256:{document()['origem']['sha256']}"):
        assert hashed in text


def test_pages_are_numbered_of_how_many(pages: list[str]) -> None:
    assert [re.search(r"página (\d+) de (\d+)", page).groups() for page in pages] == [  # type: ignore[union-attr]
        (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
    ]


def test_the_summary_sends_to_the_page_of_each_subject(pages: list[str]) -> None:
    sent = int(re.search(r"3,00 0,50 8,50 (\d+) GCO", pages[0]).group(1))  # type: ignore[union-attr]
    assert "GPL – Gerência-Geral de Apoio ao Plenário" in pages[sent - 1]


def test_a_simulation_says_so_on_every_page_and_why_on_the_first() -> None:
    pages = pages_of(document(simulacao=SIMULATION))
    assert all("SIMULAÇÃO SEM VALOR OFICIAL" in page for page in pages)
    assert "Os valores lançados são estimativas da GPN." in pages[0]


def test_fictitious_values_are_marked_on_every_page_whoever_declares_them() -> None:
    for result in (document(ficticio=True), document(instituicao=INSTITUTION | {"ficticio": True})):
        assert all("VALORES FICTÍCIOS" in page for page in pages_of(result))


def test_an_official_result_carries_no_warning(text: str) -> None:
    assert "SIMULAÇÃO" not in text
    assert "FICTÍCIOS" not in text


def test_a_result_of_pendencies_and_errors_alone_is_still_a_document() -> None:
    error = {"planilha": "Órgãos", "celula": "F7", "mensagem": "Texto onde se esperava um número."}
    text = text_of(document(resultados=[], erros=[error], origem=None, instituicao=None, simulacao=None))
    assert "Pendências" in text
    assert "Órgãos F7 Texto onde se esperava um número." in text


def test_thousands_of_results_print_the_summary_and_say_where_the_steps_are() -> None:
    pages = pages_of(document(400))
    assert any("ORG-0400" in page for page in pages)
    assert any("os passos de cada um não estão impressos" in page for page in pages)
    assert len(pages) < 30


def test_a_wording_held_by_interpretation_is_flagged_in_its_step() -> None:
    result = document(1)
    supposed = {"situacao": "por interpretação", "ato": "Deliberação nº 2.573", "desde": "2013-01-01"}
    result["resultados"][0]["passos"][1]["redacao"] = supposed
    assert "Redação adotada por interpretação, desde 01/01/2013" in text_of(result)


def test_the_kinds_a_rule_declares_decide_how_inputs_and_rows_are_read() -> None:
    percent = {"nome": "conformidade_parcial", "tipo": "número", "unidade": "%", "casas": 2}
    score = {"nome": "nota", "tipo": "número", "unidade": "ponto", "casas": 2}
    result = document(3)
    result["regras"] = [
        result["regras"][0] | {"entradas": [percent]},
        result["regras"][1] | {"relacoes": [{"nome": "gerencias", "colunas": [score]}]},
    ]
    result["resultados"][-1]["fatos"]["relacoes"]["gerencias"][0]["nota"] = "199/24"
    text = text_of(result)
    assert "Conformidade do relatório parcial (%): 80%" in text
    assert "199/24 ≈ 8,29" in text


def test_a_table_looked_up_is_shown_with_its_keys_and_value() -> None:
    result = document(1)
    looked_up = {"tabela": "pontuacao_maxima", "chaves": ["conteúdo do relatório parcial"], "valor": "3"}
    result["resultados"][0]["fatos"]["consultas"] = [looked_up]
    result["rotulos"]["nota_orgao"] = result["rotulos"]["nota_orgao"] | {
        "pontuacao_maxima": "Pontuação máxima"
    }
    assert "Pontuação máxima [conteúdo do relatório parcial]: 3" in text_of(result)


def test_a_result_in_words_is_printed_without_a_chart() -> None:
    result = document(2)
    for one in result["resultados"][:2]:
        one["passos"][-1] |= {"valor": "Superação", "exato": "Superação", "unidade": ""}
        one["valores"]["nota"] = "Superação"
    text = text_of(result)
    assert text.count("Superação") >= 6
    assert "Nota do órgão: de" not in text


def test_a_pendency_of_a_rule_without_results_is_still_named() -> None:
    pending = {
        "regra": "nota_titular",
        "chave": None,
        "motivo": "Falta a lista.",
        "fundamento": None,
        "o_que_fazer": "Informar.",
    }
    assert "regra “nota_titular” Falta a lista. O que fazer: Informar." in text_of(
        document(pendencias=[pending])
    )
