"""What facts may not say, and what the norm answers when it gives no result: place, reason, article, what to do."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from apura.norms import (
    BadInput,
    BadRequest,
    DependsOnRefused,
    FactNotAvailable,
    NormWithoutEffect,
    Origin,
    PendingParameter,
    RawFacts,
    RawRow,
    UnknownWording,
    apply_norm,
    calculate,
    check_facts,
    explain,
    load_folder,
    run,
)
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, exact, facts, house

END_OF_2021 = date(2021, 12, 31)
GOOD = load_folder(GOOD_PACK)
DELIVERED = {"chave": "U1", "situacao": "entregue", "entrega_em": date(2021, 3, 10), "extra": 0, "itens": []}
LONG_OPINION = {"produto": "parecer", "tamanho": "longo", "quantidade": "1"}


def problems_with(changes: dict[str, Any]) -> str:
    with pytest.raises(BadInput) as refused:
        calculate(ALMG, "nota_orgao", facts(**changes), on=END_OF_2015)
    return str(refused.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"situacao_parcial": None}, "está em branco; preencha “Situação do relatório parcial”"),
        (
            {"situacao_parcial": "atrasado"},
            "“atrasado” não é uma opção; use: entregue; não entregue; no prazo",
        ),
        ({"situacao_parcial": "entrege"}, "talvez “entregue”"),
        ({"conformidade_do_relatorio_parcial": "oitenta"}, "“oitenta” não é um número"),
        ({"conformidade_do_relatorio_parcial": "1.000"}, "Se são milhares, escreva 1000"),
        (
            {"conformidade_do_relatorio_parcial": "100,5"},
            "100,5 % está fora da faixa: use um valor entre 0 e 100 %",
        ),
        ({"conformidade_do_relatorio_parcial": "-1"}, "fora da faixa"),
        ({"conformidade_do_relatorio_parcial": "80,125"}, "tem casas demais; use no máximo 2 casas decimais"),
        ({"conformidade_do_relatorio_parcial": 80.5}, "nunca float"),
        ({"conformidade_do_relatorio_parcial": True}, "não é um número exato"),
        ({"conformidade_do_relatorio_parcial": Decimal("NaN")}, "não é um número que se possa usar"),
        ({"conformidade_do_relatorio_parcial": Decimal("1E+999999999")}, "não é um número que se possa usar"),
        ({"conformidade_do_relatorio_parcial": 10**5000}, "algarismos demais"),
        ({"conformidade_do_relatorio_parcial": "não informado"}, "diga o motivo"),
        ({"conformidade_do_relatorio_parcial": "não se aplica"}, "“não se aplica” não é aceito"),
        ({"dias_de_atraso_parcial": "1,5"}, "use um número inteiro"),
        ({"entrega_parcial": "2015-02-30"}, "não existe no calendário"),
        ({"entrega_parcial": "amanhã"}, "“amanhã” não é uma data; use dd/mm/aaaa"),
        ({"entrega_parcial": date(2014, 8, 14)}, "14/08/2014 é anterior ao ano apurado (2015)"),
        ({"entrega_parcial": date(2030, 8, 14)}, "fora da faixa"),
        ({"entrega_parcial": date(2999, 8, 14)}, "confira"),
        (
            {"entrega_parcial": date(2015, 8, 18), "dias_de_atraso_parcial": 1},
            "mas a data dá 4 (vencia sexta",
        ),
        ({"situacao_parcial": "não entregue"}, "deve ficar em branco, salvo quando"),
        ({"conformidade_da_apresentacao_anual": None}, "obrigatório quando"),
        ({"situacao_parcal": "entregue"}, "não é entrada desta regra; talvez “situacao_parcial”"),
        ({"chave": "GPLL"}, "“GPLL” não é órgão da composição nesta data; talvez “GPL”"),
        ({"chave": ""}, "falta a sigla"),
        ({"chave": 3.5}, "não é um texto"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused_saying_what_it_should_be(
    changes: dict[str, Any], said: str
) -> None:
    assert said in problems_with(changes)


def test_every_problem_is_listed_with_its_article() -> None:
    said = problems_with({"situacao_parcial": "x", "situacao_anual": "y"})

    assert said.count("não é uma opção") == 2
    assert said.count("(Anexo II)") == 2


def test_a_blank_situation_is_told_once_and_not_through_what_depends_on_it() -> None:
    assert problems_with({"situacao_parcial": None}).count("\n") == 0


@pytest.mark.parametrize("given", [None, [], "texto", 3])
def test_facts_that_are_no_mapping_are_refused(given: Any) -> None:
    with pytest.raises(BadInput, match="os fatos devem ter nomes e valores"):
        calculate(ALMG, "nota_orgao", given, on=END_OF_2015)


@pytest.mark.parametrize("given", ["2015-12-31", None, 2015])
def test_a_date_of_application_that_is_no_date_is_refused(given: Any) -> None:
    with pytest.raises(BadRequest, match="não é uma data de aplicação"):
        calculate(ALMG, "nota_orgao", facts(), on=given)


def test_unknown_norm_rule_and_step_are_refused_naming_those_there_are() -> None:
    with pytest.raises(BadRequest, match="almg-2554-2012"):
        calculate("almg", "nota_orgao", facts(), on=END_OF_2015)
    with pytest.raises(BadRequest, match=r"não tem regra “nota”.*nota_orgao"):
        calculate(ALMG, "nota", facts(), on=END_OF_2015)
    outcome = calculate(ALMG, "nota_orgao", facts(), on=END_OF_2015)
    with pytest.raises(BadRequest, match="não existe nesta regra"):
        outcome.step("bonus")


def test_a_report_still_in_term_leaves_the_body_and_its_directorate_pending_with_the_due_date() -> None:
    changed = {
        "GSA": {
            "situacao_anual": "no prazo",
            "dias_de_atraso_anual": None,
            "conformidade_do_relatorio_anual": None,
            "conformidade_da_apresentacao_anual": None,
        }
    }

    result = run(apply_norm(ALMG, on=END_OF_2015), house(changed))

    assert {(one.rule, one.key) for one in result.pending} == {
        ("nota_orgao", "GSA"),
        ("nota_diretoria", "DRH"),
        ("nota_diretoria_geral", "DGE"),
    }
    assert "segunda, 15/02/2016" in result.pending[0].reason
    assert "depende de GSA" in result.pending[1].reason
    assert result.pending[1].cites == "art. 12, I; Anexo I"


def test_a_value_not_reported_keeps_its_reason() -> None:
    unknown = facts(conformidade_do_relatorio_anual="não informado: parecer da GPN pendente")

    with pytest.raises(FactNotAvailable, match="parecer da GPN pendente") as refused:
        calculate(ALMG, "nota_orgao", unknown, on=END_OF_2015)
    assert refused.value.cites == "art. 13, parágrafo único"


def test_a_unit_missing_from_a_mean_is_named_and_nothing_is_computed() -> None:
    with pytest.raises(BadInput) as refused:
        run(apply_norm(ALMG, on=END_OF_2015), house(without=("GGP", "PGD")))

    said = str(refused.value)
    assert "falta GGP, que entra em “Nota da diretoria” de DRH" in said
    assert "falta PGD, que entra em “Nota da Procuradoria-Geral” de PGA" in said
    assert "art. 12, I; Anexo I" in said


def test_one_rule_can_be_asked_for_without_the_units_only_others_need() -> None:
    result = run(apply_norm(ALMG, on=END_OF_2015), house(without=("GGP",)), rule="nota_orgao")

    assert len(result.outcomes) == 21


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"chave": "GSA", "nota": "9"}, {"chave": "GGP", "nota": "9"}], "falta GPE, que entra em"),
        (
            [{"chave": unit, "nota": "9"} for unit in ("GSA", "GGP", "GPE", "GTI")],
            "“GTI” não compõe DRH em 31/12/2015",
        ),
        ([{"chave": unit, "nota": "9"} for unit in ("GSA", "GGP", "GPE", "GSA")], "GSA aparece duas vezes"),
        ([{"nota": "9"}], "não diz de quem é"),
        ([{"chave": "GSA", "nota": "nove"}], "“nove” não é um número"),
        ([{"chave": "GSA", "note": "9"}], "“note” não é coluna; talvez “nota”"),
        (["GSA"], "deve ter nomes e valores"),
        ("GSA", "deve ser uma lista"),
    ],
)
def test_a_mean_called_from_python_takes_exactly_the_members_of_the_group(rows: Any, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        calculate(ALMG, "nota_diretoria", {"chave": "DRH", "gerencias": rows}, on=END_OF_2015)
    assert said in str(refused.value)


def test_a_subject_the_rule_does_not_have_is_refused_naming_those_it_has() -> None:
    with pytest.raises(BadInput, match="“DRX” não é diretoria desta regra; são: DGA, DPL"):
        calculate(ALMG, "nota_diretoria", {"chave": "DRX", "gerencias": []}, on=END_OF_2015)
    with pytest.raises(BadInput, match="informe “chave”"):
        calculate(ALMG, "nota_diretoria", {"gerencias": []}, on=END_OF_2015)


def test_a_head_of_an_unknown_unit_is_told_at_the_head_s_row_with_the_likely_unit() -> None:
    with pytest.raises(BadInput, match=r"Titulares linha 2: “GPLL” não tem resultado.*talvez “GPL”"):
        run(apply_norm(ALMG, on=END_OF_2015), house(heads={"T-1": "GPLL"}))


def test_a_body_typed_twice_is_told_by_row_however_it_is_written() -> None:
    rows = [RawRow(facts(chave=key), {}, Origin("Órgãos", line)) for line, key in ((2, "GPL"), (3, "gpl"))]

    (problem,) = check_facts(apply_norm(ALMG, on=END_OF_2015), RawFacts({"nota_orgao": rows}))

    assert (problem.message, problem.sheet) == ("“gpl” já está na linha 2; cada um aparece uma vez", "Órgãos")


def test_two_heads_whose_codes_differ_only_in_case_are_not_taken_for_one() -> None:
    with pytest.raises(BadInput, match="“t-1” já está na linha 2"):
        run(apply_norm(ALMG, on=END_OF_2015), house(heads={"T-1": "GPL", "t-1": "GCO"}))


def test_nothing_filled_in_is_refused() -> None:
    with pytest.raises(BadInput, match="Órgãos: nenhuma linha preenchida"):
        run(apply_norm(ALMG, on=END_OF_2015), RawFacts({}))


def test_out_of_effect_running_lists_the_refusal_of_every_rule_and_asking_for_one_raises_it() -> None:
    applied = apply_norm(ALMG, on=date(2012, 12, 31))

    result = run(applied, house())

    assert result.outcomes == ()
    assert {one.rule for one in result.pending} == set(applied.norm.rules)
    with pytest.raises(NormWithoutEffect):
        run(applied, house(), rule="nota_orgao")


def test_a_simulation_goes_on_where_the_norm_would_refuse_and_says_why() -> None:
    applied = apply_norm(ALMG, on=date(2012, 12, 31), simulation=True)

    result = run(applied, house())

    assert len(result.outcomes) == 34
    assert any("fora dos efeitos" in reason for reason in applied.reasons)
    assert any("desconhecida" in reason for reason in applied.reasons)


def test_a_parameter_whose_text_is_not_at_hand_leaves_the_rule_pending_until_an_act_supplies_it() -> None:
    rows = {"chave": "G1", "grupo": [{"chave": "G1", "nota": "2"}]}

    with pytest.raises(PendingParameter, match="O ato que fixa o abono") as refused:
        calculate(GOOD, "com_abono", rows, on=END_OF_2021)
    assert refused.value.cites == "art. 4º"
    supplied = calculate(GOOD, "com_abono", rows, on=END_OF_2021, institution=decided("abono", "1,5"))
    assert supplied.number == exact("3.5")
    (parameter,) = explain(supplied).steps[-1].parameters
    assert (parameter.act, parameter.cites) == ("Ata nº 1", "art. 4º")


def test_dated_values_change_on_their_day() -> None:
    late = DELIVERED | {"entrega_em": None, "dias": 2, "itens": [LONG_OPINION]}

    before = calculate(GOOD, "ponto", late, on=date(2020, 12, 31))
    after = calculate(GOOD, "ponto", late, on=date(2021, 1, 1))

    assert (before.number, after.number) == (exact("2"), exact("1.5"))


def test_a_rule_refused_as_a_whole_leaves_what_reads_it_pending_and_not_missing() -> None:
    result = run(apply_norm(GOOD, on=date(2020, 12, 31)), _group("U1", "U2", "U3"))

    assert ("equipe", None) in {(one.rule, one.key) for one in result.pending}
    with pytest.raises(UnknownWording, match="só é conhecido na redação de 2021"):
        run(apply_norm(GOOD, on=date(2020, 12, 31)), _group("U1", "U2", "U3"), rule="equipe")


def test_those_who_name_a_unit_are_never_left_out_in_silence_when_their_own_result_is_refused() -> None:
    raw = _group("U1", "U2", agents={"A": "U1", "B": "U1"}, refused="U1")

    result = run(apply_norm(GOOD, on=END_OF_2021), raw)

    assert ("equipe", "U1") in {(one.rule, one.key) for one in result.pending}
    with pytest.raises(DependsOnRefused):
        run(apply_norm(GOOD, on=END_OF_2021), raw, rule="equipe")


def _group(*units: str, agents: dict[str, str] | None = None, refused: str = "") -> RawFacts:
    def row(unit: str) -> RawRow:
        in_term = {"situacao": "no prazo"} if unit == refused else {"situacao": "não entregue", "extra": "1"}
        return RawRow({"chave": unit, **in_term}, {}, Origin("Unidades", 2))

    heads = [RawRow({"chave": code, "unidade": unit}) for code, unit in (agents or {}).items()]
    return RawFacts({"ponto": [row(unit) for unit in units], "agente": heads})


def test_a_child_row_the_annex_does_not_admit_is_refused_by_its_cell() -> None:
    forbidden = DELIVERED | {"itens": [{"produto": "nota", "tamanho": "longo", "quantidade": 1}]}

    with pytest.raises(BadInput) as refused:
        calculate(GOOD, "ponto", forbidden, on=END_OF_2021)

    (problem,) = refused.value.problems
    assert problem.message == "“Peso do produto” não tem valor para “nota”, “longo”"
    assert problem.cites == "Anexo"
    assert "tamanho" in str(problem)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([LONG_OPINION] * 4, "tem 4 linhas em “Produtos”, que tem no máximo 3"),
        ([LONG_OPINION | {"quantidade": None}], "está em branco"),
        ([LONG_OPINION | {"peso": 3}], "“peso” não é coluna"),
    ],
)
def test_child_rows_are_held_to_what_their_relation_declares(items: list[Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        calculate(GOOD, "ponto", DELIVERED | {"itens": items}, on=END_OF_2021)
    assert said in str(refused.value)


def test_a_child_row_of_nobody_is_told() -> None:
    child = RawRow({"chave": "U9", **LONG_OPINION}, {}, Origin("Produtos", 2))
    raw = _group("U1", "U2")

    with pytest.raises(BadInput, match="Produtos chave: “U9” não está em “Unidades”"):
        run(apply_norm(GOOD, on=END_OF_2021), RawFacts(raw.subjects, {("ponto", "itens"): [child]}))


def test_a_fraction_and_a_brazilian_number_are_the_same_fact() -> None:
    numbers = [Fraction(5, 2), "2,5", "2.5", Decimal("2.5"), "5/2"]

    given = [
        calculate(
            GOOD,
            "media",
            {"chave": "G1", "unidades": [{"chave": "U1", "nota": number}, {"chave": "U2", "nota": 0}]},
            on=END_OF_2021,
        ).number
        for number in numbers
    ]

    assert set(given) == {exact("1.25")}
