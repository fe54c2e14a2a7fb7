"""The norm of the auditors of Mato Grosso: every expectation worked by hand, from the text and the adopted readings."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from apura.norms import (
    BadInput,
    Decision,
    FactNotAvailable,
    Institution,
    Outcome,
    PendingParameter,
    RawFacts,
    RawRow,
    UnknownWording,
    apply_norm,
    calculate,
    explain,
    load_norm,
    run,
)
from builders import decided, exact

CGE = "cge-mt-81-2019"
END_OF_2020, END_OF_2021 = date(2020, 12, 31), date(2021, 12, 31)
PRODUCT = {
    "produto": "Relatório de Auditoria",
    "complexidade": "média",
    "quantidade": 1,
    "sistema": "SCI",
    "data": date(2021, 3, 10),
}
FROM_THE_CHIEF = {"sistema": "chefia imediata", "complexidade": "baixa"}
CUT_OFFS = {"media_da_superacao": "90", "media_do_atendimento": "70", "media_do_atendimento_parcial": "50"}
WEIGHTS = {
    "peso_da_produtividade": "0,5",
    "peso_da_qualidade": "0,3",
    "peso_da_capacitacao": "0,2",
    "casas_da_nota_final": "2",
}


def productivity(*products: dict[str, Any], reading: str | None = None, **facts: Any) -> Outcome:
    return calculate(
        CGE,
        "pontos_produtividade",
        {"dias_de_substituicao": 0, "horas_aula": 0, "entregas": list(products)} | facts,
        on=END_OF_2021,
        institution=decided("art-12-a-c", reading) if reading else None,
    )


def refused(product: dict[str, Any], **facts: Any) -> str:
    with pytest.raises(BadInput) as found:
        productivity(PRODUCT | product, **facts)
    return str(found.value)


def test_reports_manifestations_hours_with_the_public_and_substitution_give_a_hundred_and_a_half() -> None:
    # 1 × 30 + 1 × 60 + 3 × 1 + 20 × 0,125 = 95,5; and 5 days × 1,0 = 5.
    outcome = productivity(
        PRODUCT,
        PRODUCT | {"complexidade": "alta"},
        PRODUCT | {"produto": "Manifestação Técnica", "complexidade": "baixa", "quantidade": 3},
        PRODUCT | FROM_THE_CHIEF | {"produto": "T39", "quantidade": 20},
        dias_de_substituicao=5,
    )

    assert {made.name: (made.shown, made.citation) for made in explain(outcome).steps} == {
        "produtos": ("95.500", "art. 10, § 5º; Anexo Único"),
        "substituicao": ("5.000", "art. 10, § 9º"),
        "instrutoria": ("0.000", "art. 12-A"),
        "total": ("100.500", "art. 10"),
    }
    assert outcome.number == exact("100.5")


@pytest.mark.parametrize(
    ("reading", "productive", "training"),
    [
        ("produtividade", 16, 16),  # 8 × (1 + 0,5 + 0,5) and 8 × 2
        ("capacitação", 12, 20),  # 8 × (1 + 0,5) and 8 × (2 + 0,5)
    ],
)
def test_an_instructor_of_eight_hours_scores_by_the_reading_of_the_item_left_unsaid(
    reading: str, productive: int, training: int
) -> None:
    trained = calculate(
        CGE,
        "pontos_capacitacao",
        {"dias_de_substituicao": 0, "horas_aula": 8},
        on=END_OF_2021,
        institution=decided("art-12-a-c", reading),
    )

    assert productivity(horas_aula=8, reading=reading).number == productive
    assert trained.number == training


def test_the_chief_s_score_is_a_quarter_and_three_quarters_rounded_half_up() -> None:
    # 0,25 × 1,55 = 0,3875; 0,75 × 5,09 = 3,8175; together 4,205, which goes up to 4,21.
    facts = {"ipe": "1.55", "icptl": "5.09"}
    outcome = calculate(CGE, "fap_chefia", facts, on=END_OF_2021)
    reading = decided("arredondamento-da-chefia", "exata")

    assert outcome.step("soma_ponderada").value == exact("4.205")
    assert outcome.number == exact("4.21")
    (rounding,) = explain(outcome).steps[-1].roundings
    assert (rounding.before, rounding.after) == (exact("4.205"), exact("4.21"))
    assert calculate(CGE, "fap_chefia", facts, on=END_OF_2021, institution=reading).number == exact("4.205")


@pytest.mark.parametrize(
    ("reading", "until", "productive", "training"),
    [
        ("por meses", date(2021, 5, 31), "62.5", "50"),  # 250 × 3 ÷ 12; 200 × 3 ÷ 12
        ("por dias", date(2021, 5, 29), "61.64", "49.32"),  # 250 × 90 ÷ 365; 200 × 90 ÷ 365
    ],
)
def test_points_agreed_are_in_proportion_to_the_pact(
    reading: str, until: date, productive: str, training: str
) -> None:
    outcome = calculate(
        CGE,
        "pactuacao",
        {"inicio": date(2021, 3, 1), "fim": until},
        on=END_OF_2021,
        institution=decided("proporcao-do-pacto", reading),
    )

    assert outcome.step("produtividade").value == exact(productive)
    assert outcome.step("capacitacao").value == exact(training)


def test_a_pact_that_is_not_of_whole_months_has_no_proportion_by_months() -> None:
    with pytest.raises(FactNotAvailable, match="01/03/2021 a 29/05/2021 não é de meses inteiros"):
        calculate(CGE, "pactuacao", {"inicio": date(2021, 3, 1), "fim": date(2021, 5, 29)}, on=END_OF_2021)


def test_a_pact_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput, match="vem antes do começo"):
        calculate(CGE, "pactuacao", {"inicio": date(2021, 5, 1), "fim": date(2021, 4, 30)}, on=END_OF_2021)


@pytest.mark.parametrize(
    ("year", "share", "own", "score"),
    [
        (2020, "183/366", False, 90),  # exactly half: the last appraisal
        (2021, "183/365", True, 120),  # 2 July is day 183, and 2 × 183 = 366 > 365: the year's own
    ],
)
def test_in_office_since_july_the_second_a_leap_year_is_exactly_half(
    year: int, share: str, own: bool, score: int
) -> None:
    facts = {
        "entrada_em_exercicio": date(year, 7, 2),
        "saida_do_exercicio": date(year, 12, 31),
        "pontuacao_propria": 120,
        "ultima_pontuacao": 90,
    }

    outcome = calculate(CGE, "avaliacao_considerada", facts, on=date(year, 12, 31))

    worked, total = outcome.subject.inputs["dias_em_exercicio"], outcome.subject.inputs["dias_do_periodo"]
    assert f"{worked}/{total}" == share
    assert (outcome.step("propria").value, outcome.number) == (own, score)


@pytest.mark.parametrize(
    ("last", "said"), [({}, "em branco"), ({"ultima_pontuacao": "não se aplica"}, "não se aplica")]
)
def test_an_auditor_without_a_previous_appraisal_is_left_without_a_score_and_not_with_zero(
    last: dict[str, str], said: str
) -> None:
    facts = {"entrada_em_exercicio": date(2021, 9, 1), "saida_do_exercicio": END_OF_2021}

    with pytest.raises(FactNotAvailable, match=f"Pontuação da última avaliação.*{said}") as found:
        calculate(CGE, "avaliacao_considerada", facts | {"pontuacao_propria": 120} | last, on=END_OF_2021)
    assert found.value.cites == "art. 21"


@pytest.mark.parametrize(
    ("level", "breaches", "months", "until"),
    [
        ("P", 2, 4, date(2022, 2, 28)),  # four months from 31/10, and February has no 31
        ("N", 1, 5, date(2022, 3, 31)),
        ("A", 3, 3, date(2022, 1, 31)),
        ("A", 2, 0, None),
        ("P", 1, 0, None),
        ("S", 9, 0, None),  # art. 15, I: the terms missed do not interfere
    ],
)
def test_breaches_bar_remote_work_by_level_from_date_to_date(
    level: str, breaches: int, months: int, until: date | None
) -> None:
    outcome = calculate(
        CGE,
        "trabalho_nao_presencial",
        {"nivel": level, "descumprimentos": breaches, "ultimo_descumprimento": date(2021, 10, 31)},
        on=END_OF_2021,
    )

    assert (outcome.number, outcome.step("impedido").value) == (months, months > 0)
    assert [day for _, day in outcome.dates] == ([until] if until else [])


@pytest.mark.parametrize("named", ["Relatório de Auditoria", "relatorio de AUDITORIA", "T28", "t28"])
def test_a_product_is_known_by_its_name_however_accented_or_by_its_code(named: str) -> None:
    assert productivity(PRODUCT | {"produto": named}).number == 30


@pytest.mark.parametrize(
    ("product", "said"),
    [
        (
            FROM_THE_CHIEF | {"produto": "T05", "complexidade": "média"},
            "complexidade: “Pontos do produto” não tem valor para “Capacitação (por hora de evento)”, “média”",
        ),
        ({"produto": "T29", "complexidade": "alta"}, "“alta” (Anexo Único)"),
        ({"sistema": "Planilha"}, "sistema: “Planilha” não é uma opção; use: Monitoramento; SCI; SISCOR"),
        (
            {"sistema": "chefia imediata"},
            "sistema: este produto só conta se lançado nos sistemas Monitoramento, SCI, SISCOR ou Pergunte",
        ),
        (
            {"produto": "T39", "complexidade": "baixa"},
            "sistema: este produto é lançado pela chefia imediata, e não por sistema (art. 10, § 5º)",
        ),
        ({"data": date(2020, 12, 31)}, "data: 31/12/2020 está fora do período avaliado (2021)"),
        ({"data": date(2022, 1, 1)}, "data: 01/01/2022 está fora do período avaliado (2021)"),
        ({"produto": "Manuais, Cartilhas"}, "produto: “Manuais, Cartilhas” não é uma opção"),
        ({"quantidade": "-1"}, "fora da faixa"),
    ],
)
def test_a_product_the_norm_does_not_admit_is_refused_by_its_cell(product: dict[str, Any], said: str) -> None:
    assert said in refused(product)


def test_hours_taught_do_not_count_again_as_the_product_training() -> None:
    training = FROM_THE_CHIEF | {"produto": "Capacitação (por hora de evento)", "quantidade": 8}

    assert "as mesmas horas contariam duas vezes" in refused(training, horas_aula=8)
    assert productivity(PRODUCT | training).number == 1  # 8 × 0,125


def test_every_wrong_cell_of_a_product_is_told_at_once() -> None:
    said = refused({"sistema": "Planilha", "data": date(2020, 1, 1), "complexidade": "altíssima"})

    assert said.count("\n") == 2


def test_the_points_of_2020_stand_in_texts_not_found_and_are_not_taken_from_2021() -> None:
    with pytest.raises(UnknownWording, match="tabela de pontos e os artigos anteriores") as found:
        calculate(CGE, "pontos_produtividade", {"horas_aula": 0}, on=END_OF_2020)
    assert "086/2019" in found.value.what_to_do


def fictitious(**values: str) -> Institution:
    since = date(2020, 1, 1)
    decisions = tuple(
        Decision(name, value, since, "Ata fictícia", since, "teste") for name, value in values.items()
    )
    return Institution("Controladoria de teste", fictitious=True, decisions=decisions)


def graded(*grades: int) -> RawFacts:
    productive, quality, training = grades
    row = {
        "chave": "1000",
        "grau_de_produtividade": productive,
        "grau_de_qualidade": quality,
        "grau_de_capacitacao": training,
    }
    auditor = {"chave": "1000", "dias_de_substituicao": 5, "horas_aula": 0}
    return RawFacts({"pontos_produtividade": [RawRow(auditor)], "nota_final": [RawRow(row)]})


def test_while_weights_and_cut_offs_are_pending_the_level_is_refused_and_the_rest_stands() -> None:
    result = run(apply_norm(CGE, on=END_OF_2021), graded(90, 90, 90))

    assert [(one.rule, one.key, one.cites) for one in result.pending] == [
        ("nota_final", "1000", "art. 2º"),
        ("nivel", "1000", "art. 2º"),
    ]
    assert "não foi localizado" in result.pending[0].reason
    assert {outcome.rule.name: outcome.number for outcome in result.outcomes} == {
        "pontos_produtividade": 5,
        "pontos_capacitacao": 0,
    }


def test_the_cut_offs_alone_missing_are_asked_for_with_their_article() -> None:
    with pytest.raises(PendingParameter, match="Média mínima do nível Superação") as found:
        run(
            apply_norm(CGE, on=END_OF_2021, institution=fictitious(**WEIGHTS)),
            graded(90, 90, 90),
            rule="nivel",
        )
    assert found.value.cites == "art. 3º"


@pytest.mark.parametrize(
    ("on", "grades", "score", "level"),
    [
        (END_OF_2021, (90, 90, 90), "90", "S"),  # 0,5 × 90 + 0,3 × 90 + 0,2 × 90; the cut-off itself
        (END_OF_2021, (90, 90, 85), "89", "A"),  # 45 + 27 + 17
        (END_OF_2020, (90, 90, 85), "89", "S"),  # in 2020 the cut-off is 90 − 1
        (END_OF_2020, (88, 90, 87), "88.4", "A"),  # 44 + 27 + 17,4 < 89
        (END_OF_2021, (50, 50, 45), "49", "N"),  # 25 + 15 + 9 < 50
        (END_OF_2020, (50, 50, 45), "49", "P"),  # 50 − 1
    ],
)
def test_with_what_an_institution_supplies_the_level_is_given_and_in_2020_a_point_lower(
    on: date, grades: tuple[int, ...], score: str, level: str
) -> None:
    applied = apply_norm(CGE, on=on, institution=fictitious(**WEIGHTS, **CUT_OFFS))

    outcomes = {outcome.rule.name: outcome for outcome in run(applied, graded(*grades)).outcomes}

    assert outcomes["nota_final"].number == exact(score)
    assert outcomes["nivel"].value == level


def test_the_point_less_of_2020_is_shown_with_the_act_that_gives_it() -> None:
    applied = apply_norm(CGE, on=END_OF_2020, institution=fictitious(**WEIGHTS, **CUT_OFFS))
    outcome = next(one for one in run(applied, graded(90, 90, 85)).outcomes if one.rule.name == "nivel")

    parameters = {one.name: one for one in explain(outcome).steps[-1].parameters}

    assert parameters["reducao_das_medias"].value == 1
    assert parameters["reducao_das_medias"].cites == "Portaria nº 0003/2021, art. 2º"
    assert {reading.name for reading in explain(outcome).readings} >= {"medias-dos-niveis"}


def test_every_row_of_the_annex_follows_from_its_hours_and_the_factors_printed_above_it() -> None:
    rows = load_norm(CGE).annexes["pontos_do_produto"].rows
    factors = {"baixa": Fraction(1), "média": Fraction(3, 2), "alta": Fraction(3)}

    for row in rows:
        base = exact(row["base"])
        assert base == Fraction(int(row["esforco"])) / 8, row
        for complexity, factor in factors.items():
            assert row[complexity] == "-" or exact(row[complexity]) == base * factor, row

    admitted = [sum(row[complexity] != "-" for complexity in factors) for row in rows]
    assert [admitted.count(3), admitted.count(2), admitted.count(1)] == [35, 1, 4]
    assert [row["codigo"] for row in rows] == [f"T{number:02}" for number in range(1, 41)]


def test_every_product_of_the_annex_has_who_enters_it() -> None:
    norm = load_norm(CGE)
    by_chief = [row for row in norm.annexes["lancado_por"].rows if row["lancamento"] == "chefia imediata"]

    assert {row["produto"] for row in norm.annexes["lancado_por"].rows} == {
        row["produto"] for row in norm.annexes["pontos_do_produto"].rows
    }
    assert [row["produto"].split(" ")[0] for row in by_chief] == [
        "Capacitação",
        "Oitiva/Interrogatório",
        "Reunião/Atendimento",
    ]
