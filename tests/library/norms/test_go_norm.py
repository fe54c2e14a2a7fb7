"""The agreements and the bonus of Goiás: every expectation worked by hand, from the text and the adopted readings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from apura.norms import (
    BadInput,
    NotComputable,
    Outcome,
    PendingParameter,
    RawFacts,
    RawRow,
    Result,
    UnknownWording,
    apply_norm,
    calculate,
    explain,
    run,
)
from builders import decided, exact

GO = "go-8170-2014"
END_OF_APRIL, END_OF_2014 = date(2014, 4, 30), date(2014, 12, 31)
SINCE = date(2014, 1, 1)
ITEM = {
    "acordo": "A",
    "objeto": "O",
    "peso": 1,
    "situacao": "apurado",
    "acumulacao": "média",
    "meta_final": 80,
    "realizado": 76,
    "metodo": "razão",
    "acordo_do_item": [{"chave": "A", "apuracao": "final", "escala": 10, "fracao": 1}],
}


def item(**changes: Any) -> Outcome:
    known = {name: value for name, value in (ITEM | changes).items() if value is not None}
    return calculate(GO, "nota_item", known, on=END_OF_2014)


def refused(text: str) -> str:
    with pytest.raises(BadInput) as found:
        item(metodo=text)
    (problem,) = found.value.problems
    assert problem.cites == "art. 12, § 1º"
    return problem.message


def agreement(last_day: date, *, stage: str) -> dict[str, Any]:
    return {
        "chave": "A",
        "apuracao": stage,
        "escala": 10,
        "inicio_do_periodo": date(2014, 1, 1),
        "fim_do_periodo": END_OF_2014,
        "fim_da_apuracao": last_day,
    }


def april(reading: str, **item_facts: Any) -> Outcome:
    """The one item of an agreement scored at the end of April, by months or by days."""
    facts = RawFacts(
        {
            "dados_do_acordo": [RawRow(agreement(END_OF_APRIL, stage="parcial"))],
            "nota_objeto": [RawRow({"chave": "O", "acordo": "A", "peso": 1})],
            "nota_item": [RawRow(own_facts(item_facts) | {"chave": "1"})],
        }
    )
    institution = decided("proporcao-temporal", reading, since=SINCE)
    applied = apply_norm(GO, on=END_OF_APRIL, institution=institution)
    return of(run(applied, facts), "nota_item")["1"]


def own_facts(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (ITEM | changes).items() if name != "acordo_do_item"}


def of(result: Result, rule: str) -> dict[str, Outcome]:
    return {outcome.key: outcome for outcome in result.outcomes if outcome.rule.name == rule}


CUMULATIVE = {"acumulacao": "cumulativo", "meta_final": 1200, "realizado": 380}


@pytest.mark.parametrize(
    ("reading", "facts", "due_now", "shown"),
    [
        ("por meses", CUMULATIVE, "400", "9.50"),  # 1.200 × 4 ÷ 12
        ("por dias", CUMULATIVE, "28800/73", "9.63"),  # 1.200 × 120 ÷ 365 = 394,52
        ("por meses", {"acumulacao": "média"}, "80", "9.50"),  # a mean's target is not shared out in time
        ("por meses", {"acumulacao": "fim do período"}, "80", "9.50"),
        ("por meses", {"acumulacao": "cumulativo"}, "80/3", "28.50"),  # 26,67: why it must be chosen
    ],
)
def test_the_target_of_april_follows_the_accumulation_and_the_proportion(
    reading: str, facts: dict[str, Any], due_now: str, shown: str
) -> None:
    outcome = april(reading, **facts)

    assert outcome.step("meta").value == exact(due_now)
    assert explain(outcome).steps[-1].shown == shown


def test_at_the_end_of_the_period_the_whole_target_counts_even_for_what_accumulates() -> None:
    assert item(acumulacao="cumulativo", meta_final=400, realizado=380).step("meta").value == 400


def whole_agreement(first_of_b: Mapping[str, Any]) -> RawFacts:
    """Object A (weight 60): two items of 9,5, weights 3 and 2. Object B (40): 55/60 and 20/21, of equal weights."""
    items = {
        "A1": {"objeto": "OA", "peso": 3, "meta_final": 400, "realizado": 380},
        "A2": {"objeto": "OA", "peso": 2, "meta_final": 80, "realizado": 76},
        "B1": {"objeto": "OB", "peso": 1, "meta_final": 60, "realizado": 55, **first_of_b},
        "B2": {
            "objeto": "OB",
            "peso": 1,
            "meta_final": 20,
            "realizado": 21,
            "metodo": "Razão inversa, menor é melhor",
        },
    }
    objects = [
        RawRow({"chave": key, "acordo": "A", "peso": weight}) for key, weight in (("OA", 60), ("OB", 40))
    ]
    return RawFacts(
        {
            "dados_do_acordo": [RawRow(agreement(END_OF_2014, stage="final"))],
            "nota_objeto": objects,
            "nota_item": [
                RawRow(
                    {
                        name: value
                        for name, value in own_facts(facts).items()
                        if not (name == "realizado" and facts.get("situacao", "apurado") != "apurado")
                    }
                    | {"chave": key}
                )
                for key, facts in items.items()
            ],
        }
    )


@pytest.mark.parametrize(
    ("first_of_b", "reading", "of_b", "shown"),
    [
        # (9,1667 + 9,5238) ÷ 2 = 785/84; 0,6 × 9,5 + 0,4 × 9,3452 = 5,7 + 3,7381
        ({}, "redistribuir o peso", "785/84", "9.44"),
        # B is its second item alone, 200/21: 5,7 + 3,8095
        ({"situacao": "não apurado"}, "redistribuir o peso", "200/21", "9.51"),
        ({"situacao": "cancelado"}, "redistribuir o peso", "200/21", "9.51"),
        # (0 + 9,5238) ÷ 2 = 100/21: 5,7 + 1,9048
        ({"situacao": "não apurado"}, "contar como zero", "100/21", "7.60"),
    ],
)
def test_an_agreement_is_scored_from_its_items_through_its_objects(
    first_of_b: dict[str, str], reading: str, of_b: str, shown: str
) -> None:
    institution = decided("item-nao-apurado", reading, since=SINCE)

    result = run(apply_norm(GO, on=END_OF_2014, institution=institution), whole_agreement(first_of_b))

    objects = of(result, "nota_objeto")
    assert (objects["OA"].number, objects["OB"].number) == (exact("9.5"), exact(of_b))
    scored = of(result, "nota_acordo")["A"]
    assert scored.number == (60 * exact("9.5") + 40 * exact(of_b)) / 100
    assert explain(scored).steps[-1].shown == shown


def test_the_score_of_the_agreement_is_rounded_only_by_the_reading_that_says_so() -> None:
    rounding = decided("arredondamento-da-nota", "duas casas na nota do acordo", since=SINCE)

    scored = of(run(apply_norm(GO, on=END_OF_2014, institution=rounding), whole_agreement({})), "nota_acordo")

    assert scored["A"].number == exact("9.44")


def test_an_item_not_measured_says_on_which_reading_its_weight_rests() -> None:
    outcome = item(situacao="não apurado", realizado=None)

    assert (outcome.number, outcome.step("peso_considerado").value) == (0, 0)
    readings = {reading.name: reading.reading for reading in explain(outcome).readings}
    assert readings["item-nao-apurado"] == "redistribuir o peso"


def test_the_whole_year_rests_on_recorded_readings() -> None:
    assert {reading.name for reading in explain(item()).readings} >= {
        "atos-antes-da-vigencia",
        "atos-depois-da-revogacao",
    }


@pytest.mark.parametrize(
    ("reading", "leaves", "deducted", "total"),
    [
        ("soma no exercício", (10, 8), 18, 25),  # 35 − 30 = 5; 10 + 8 = 18 > 15; 2 absences
        ("cada afastamento", (10, 8), 0, 7),
        ("soma no exercício", (15,), 0, 7),
        ("soma no exercício", (16,), 16, 23),  # art. 31, § 1º: the whole leave, not the day in excess
        ("cada afastamento", (16, 8), 16, 23),
        ("soma no exercício", (), 0, 7),
    ],
)
def test_days_leave_the_base_of_the_bonus_by_vacation_leaves_and_absences(
    reading: str, leaves: tuple[int, ...], deducted: int, total: int
) -> None:
    facts = {"dias_de_ferias": 35, "faltas": 2, "afastamentos": [{"dias": days} for days in leaves]}

    outcome = calculate(
        GO,
        "base_do_bonus",
        facts,
        on=END_OF_2014,
        institution=decided("afastamentos", reading, since=SINCE),
    )

    assert outcome.step("ferias_deduzidas").value == 5
    assert (outcome.step("afastamentos_deduzidos").value, outcome.number) == (deducted, total)


@pytest.mark.parametrize(
    ("weekly", "daily", "days", "warned"),
    [
        (40, 8, "260", False),
        (30, 6, "260", False),
        (20, 4, "260", False),
        (40, 10, "208", False),
        (44, 8, "286", False),  # 5,5 × 52
        (42, 12, "182", False),  # 3,5 × 52
        (40, 6, "1040/3", True),  # 6,67 × 52 = 346,67
    ],
)
def test_working_days_foreseen_that_are_not_whole_are_warned_and_the_others_are_not(
    weekly: int, daily: int, days: str, warned: bool
) -> None:
    hours = {"horas_semanais": weekly, "horas_diarias": daily}

    outcome = calculate(GO, "dias_uteis_esperados", hours, on=END_OF_2014)

    assert outcome.number == exact(days)
    assert [told.cites for told in outcome.warnings] == (["art. 31, § 2º"] if warned else [])
    if warned:
        assert explain(outcome).steps[-1].shown == "346.67"
        assert "não é inteiro" in outcome.warnings[0].message


FUND = {
    "valor_previsto": 500,
    "incremento_de_receita": 3000,
    "captacao": 1000,
    "receita_de_pessoal": 50,
    "operacoes_de_credito": 100,
    "devolucao_de_convenios": 0,
}


def test_the_order_of_the_discounts_must_be_chosen_and_each_reading_is_named() -> None:
    with pytest.raises(PendingParameter, match="Escolha, por ato, uma das ordens") as found:
        calculate(GO, "montante", FUND, on=END_OF_2014)

    for reading in (
        "limitar e depois descontar",
        "descontar e depois limitar",
        "descontar da base do limite",
    ):
        assert f"“{reading}”" in str(found.value)


@pytest.mark.parametrize(
    ("reading", "fund"),
    [
        ("limitar e depois descontar", 250),  # min(500; 10 % of 4.000) − 150
        ("descontar e depois limitar", 350),  # min(500 − 150; 400)
        ("descontar da base do limite", 385),  # min(500; 10 % of (4.000 − 150))
    ],
)
def test_each_order_of_the_discounts_gives_another_fund(reading: str, fund: int) -> None:
    institution = decided("ordem-dos-descontos", reading, since=SINCE)

    outcome = calculate(GO, "montante", FUND, on=END_OF_2014, institution=institution)

    assert outcome.number == fund


def test_discounts_never_leave_less_than_nothing() -> None:
    institution = decided("ordem-dos-descontos", "limitar e depois descontar", since=SINCE)
    discounted = FUND | {"devolucao_de_convenios": 1000}

    assert calculate(GO, "montante", discounted, on=END_OF_2014, institution=institution).number == 0


def test_the_bonus_itself_is_pending_on_the_law_not_found() -> None:
    with pytest.raises(
        PendingParameter, match=r"Lei nº 17\.867/2012, que calcula o bônus, não foi localizado"
    ):
        calculate(GO, "bonus", {"dias_de_ferias": 30, "faltas": 0}, on=END_OF_2014)


def conditions(*met: str) -> dict[str, Any]:
    return {
        "condicoes": [
            {"condicao": f"condição {number}", "cumprida": answer}
            | ({"prova": f"documento {number}"} if answer == "sim" else {})
            for number, answer in enumerate(met, start=1)
        ]
    }


@pytest.mark.parametrize(
    ("met", "due"), [(("sim", "sim"), True), (("sim", "não"), False), (("não",), False), ((), False)]
)
def test_the_mean_is_due_only_when_every_condition_is_met(met: tuple[str, ...], due: bool) -> None:
    assert calculate(GO, "condicoes_do_bonus", conditions(*met), on=END_OF_2014).value is due


def test_a_condition_met_names_the_document_that_proves_it() -> None:
    with pytest.raises(BadInput, match="preencha “Documento que comprova”"):
        calculate(
            GO,
            "condicoes_do_bonus",
            {"condicoes": [{"condicao": "regularidade", "cumprida": "sim"}]},
            on=END_OF_2014,
        )


def test_the_conditions_are_asked_from_14_november_2014_and_not_known_before() -> None:
    assert calculate(GO, "condicoes_do_bonus", conditions("sim"), on=date(2014, 11, 14)).value is True
    with pytest.raises(UnknownWording, match=r"só existe desde o Decreto nº 8\.276/2014"):
        calculate(GO, "condicoes_do_bonus", conditions("sim"), on=date(2014, 11, 13))


def test_the_individual_appraisal_is_the_mean_of_its_cycles() -> None:
    facts = {"ciclos": [{"nota": "8"}, {"nota": "9"}]}

    assert calculate(GO, "adi", facts, on=END_OF_2014).number == exact("8.5")
    with pytest.raises(NotComputable, match="Não há registros"):
        calculate(GO, "adi", {"ciclos": []}, on=END_OF_2014)


def test_the_report_of_the_second_four_months_is_due_on_30_september_and_the_opinion_on_30_october() -> None:
    applied = apply_norm(GO, on=date(2014, 8, 31))

    report = applied.due_after("rgm", date(2014, 8, 31))  # a Sunday, excluded
    opinion = applied.due_after("parecer_tecnico", report.date)

    assert (report.date, opinion.date) == (date(2014, 9, 30), date(2014, 10, 30))
    assert "30 dias corridos" in report.reason


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("max(0; min(1; exata(realizado / meta)))", "9.5"),  # 10 × 76 ÷ 80
        ("faixa(exata(realizado / meta); 0,9; 1; 0,7; 0,5; 0)", "10"),  # 0,95 falls in the first band
        ("arred(realizado / meta; 1)", "10"),  # 0,95 → 1,0
        ("exata((realizado - linha_de_base) / (meta - linha_de_base))", "8"),  # (76 − 60) ÷ (80 − 60)
    ],
)
def test_an_item_may_carry_the_formula_of_its_agreement(text: str, score: str) -> None:
    outcome = item(metodo=text, linha_de_base=60, clausula="cláusula 5ª")

    assert outcome.number == exact(score)
    (made,) = (step for step in explain(outcome).steps if step.step.name == "grau")
    assert made.formula.text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("realizado / meta", "Linha 1, coluna 11: A divisão por “meta” não diz como arredonda"),
        ("realizado * peso", "Linha 1, coluna 13: Não existe o nome “peso”"),
        ("exata(realizado / meta", "Linha 1, coluna 23: Li o fim da fórmula"),
        ("1 +", "Linha 1, coluna 4: Li o fim da fórmula"),
        ('se(realizado > meta; "sim"; "não")', "Linha 1, coluna 1: O resultado da fórmula não é o que foi"),
        ("realizado > meta", "Linha 1, coluna 11: O resultado da fórmula não é o que foi declarado"),
        ("conta(itens)", "Linha 1, coluna 7: Não existe a relação “itens”"),
        ("pontos[realizado]", "Linha 1, coluna 1: Não existe a tabela “pontos”"),
        ("faixa(realizado; 10; 1; 20; 0,5; 0)", "Linha 1, coluna 25: Os pisos de faixa precisam descer"),
    ],
)
def test_a_formula_that_cannot_be_computed_is_refused_by_its_cell_and_place(text: str, said: str) -> None:
    assert refused(text).startswith(f"a fórmula não serve: {said}")


@pytest.mark.parametrize(
    "name", ["razao_limitada", "razão limitada", "Razão limitada à meta", "RAZAO LIMITADA A META"]
)
def test_a_method_is_chosen_by_its_name_or_by_what_people_call_it(name: str) -> None:
    assert item(metodo=name, realizado=90).number == 10  # 90 ÷ 80, held at 1


def test_a_method_that_does_not_exist_is_told_with_those_that_do_and_not_as_a_broken_formula() -> None:
    said = refused("Razão limitada na meta")

    assert said.startswith(
        "“Razão limitada na meta” não é um método que sirva aqui; talvez “Razão limitada à meta”"
    )
    assert "são: Razão; Razão limitada à meta; Razão inversa, menor é melhor" in said
    assert "Linha 1" not in said


def test_a_method_that_asks_for_more_than_an_item_has_is_not_offered() -> None:
    said = refused("Tabela de percentual de execução")

    assert said.startswith("“Tabela de percentual de execução” não é um método que sirva aqui")
    assert "Tabela" not in said.partition("são:")[2]


def test_a_target_of_zero_has_no_ratio_and_the_refusal_says_what_is_zero() -> None:
    with pytest.raises(NotComputable, match="Divisão por zero: “meta” vale 0") as found:
        item(meta_final=0)
    assert found.value.cites == "art. 12, § 1º"


def test_an_object_whose_items_are_all_unmeasured_has_no_score_and_its_agreement_waits_for_it() -> None:
    facts = whole_agreement({"situacao": "não apurado"})
    unmeasured = RawRow(
        own_facts({"objeto": "OC", "situacao": "cancelado", "realizado": None}) | {"chave": "C1"}
    )
    third = RawRow({"chave": "OC", "acordo": "A", "peso": 10})
    whole = {
        name: [*rows, *({"nota_item": [unmeasured], "nota_objeto": [third]}.get(name, []))]
        for name, rows in facts.subjects.items()
    }

    result = run(apply_norm(GO, on=END_OF_2014), RawFacts(whole))

    assert [(one.rule, one.key) for one in result.pending] == [("nota_objeto", "OC"), ("nota_acordo", "A")]
    assert "OC, que está pendente" in result.pending[1].reason
