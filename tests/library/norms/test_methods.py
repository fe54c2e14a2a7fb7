"""The methods in use: what each gives at the hard points, beyond the table its own cases keep."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from apura.norms import NotComputable, Outcome, calculate, load_norm, verify
from builders import exact

METHODS = "metodos-de-apuracao"
END_OF_2014 = date(2014, 12, 31)
DIVIDE_BY_TARGET = ("razao", "razao_limitada", "dois_menos_razao")


def degree(method: str, target: Any, done: Any, *, baseline: Any = None) -> Outcome:
    facts = {"meta": target, "realizado": done}
    if baseline is not None:
        facts["linha_de_base"] = baseline
    return calculate(METHODS, method, facts, on=END_OF_2014)


AT_EVERY_SHARE = {
    "razao": 5,
    "razao_limitada": 5,
    "razao_inversa": 4,  # with nothing done there is no inverse ratio
    "dois_menos_razao": 5,
    "ganho_sobre_a_linha_de_base": 5,
    "tudo_ou_nada": 5,
    "tudo_ou_nada_menor": 5,
}


def test_the_table_of_each_method_at_0_50_80_100_and_120_percent_holds() -> None:
    verification = verify(load_norm(METHODS))

    assert verification.holds
    worked = Counter(one.case.rule for one in verification.cases)
    assert {rule: worked[rule] for rule in AT_EVERY_SHARE} == AT_EVERY_SHARE
    assert set(worked) == set(load_norm(METHODS).rules)


@pytest.mark.parametrize("method", DIVIDE_BY_TARGET)
def test_with_a_target_of_zero_there_is_no_ratio(method: str) -> None:
    with pytest.raises(NotComputable, match="Divisão por zero: “meta” vale 0") as refused:
        degree(method, 0, 5)
    assert "Confira o valor informado" in refused.value.what_to_do


@pytest.mark.parametrize(
    ("method", "done", "expected"),
    [
        ("razao_inversa", 5, "0"),  # 0 ÷ 5
        ("tudo_ou_nada", 5, "1"),  # 5 ≥ 0
        ("tudo_ou_nada_menor", 5, "0"),  # 5 > 0
        ("tudo_ou_nada_menor", 0, "1"),
    ],
)
def test_methods_that_do_not_divide_by_the_target_take_a_target_of_zero(
    method: str, done: int, expected: str
) -> None:
    assert degree(method, 0, done).number == exact(expected)


def test_nothing_done_has_no_inverse_ratio() -> None:
    with pytest.raises(NotComputable, match="Divisão por zero: “realizado” vale 0"):
        degree("razao_inversa", 100, 0)


def test_a_target_equal_to_the_baseline_leaves_no_way_to_go() -> None:
    with pytest.raises(NotComputable, match="Divisão por zero: “meta - linha_de_base” vale 0"):
        degree("ganho_sobre_a_linha_de_base", 50, 60, baseline=50)


def test_a_target_below_the_baseline_is_a_reduction_and_the_gain_is_read_the_same_way() -> None:
    # From 50 down to 40; 44 is 6 of the 10: (44 − 50) ÷ (40 − 50).
    assert degree("ganho_sobre_a_linha_de_base", 40, 44, baseline=50).number == exact("0.6")


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("razao", "1.5"),  # 150 ÷ 100, and nothing holds it
        ("razao_limitada", "1"),
        ("razao_inversa", "2/3"),  # 100 ÷ 150
        ("dois_menos_razao", "0.5"),  # 2 − 1,5
        ("tudo_ou_nada", "1"),
        ("tudo_ou_nada_menor", "0"),
    ],
)
def test_an_actual_above_the_target_passes_one_only_where_the_method_says_so(
    method: str, expected: str
) -> None:
    assert degree(method, 100, 150).number == exact(expected)


def test_an_actual_above_the_target_gains_more_than_the_whole_way_from_the_baseline() -> None:
    assert degree("ganho_sobre_a_linha_de_base", 100, 150, baseline=50).number == 2  # 100 ÷ 50


def test_twice_the_target_or_more_loses_everything_and_never_less_than_nothing() -> None:
    assert degree("dois_menos_razao", 100, 200).number == 0
    assert degree("dois_menos_razao", 100, 350).number == 0


@pytest.mark.parametrize(
    ("done", "share"), [(0, "50"), (50, "50"), (51, "75"), (85, "75"), (86, "100"), (200, "100")]
)
def test_bands_of_attainment_never_give_less_than_half(done: int, share: str) -> None:
    assert degree("faixas_de_alcance", 100, done).number == exact(share)


def test_bands_of_attainment_have_no_share_of_a_target_of_zero() -> None:
    with pytest.raises(NotComputable, match="Divisão por zero: “meta” vale 0"):
        degree("faixas_de_alcance", 0, 5)


def executed(share: str) -> Outcome:
    table = [{"piso": "50", "nota": "5"}, {"piso": "80", "nota": "8"}]
    return calculate(METHODS, "tabela_de_execucao", {"execucao": share, "tabela": table}, on=END_OF_2014)


def test_a_table_of_execution_gives_the_highest_score_reached_and_none_below_its_first_floor() -> None:
    assert [executed(share).number for share in ("50", "79.99", "80", "120")] == [5, 5, 8, 8]
    with pytest.raises(NotComputable, match="Não há registros"):
        executed("49.99")


@pytest.mark.parametrize(("operator", "passes"), [("a partir de", True), ("acima de", False)])
def test_the_minimum_score_itself_passes_only_where_the_agreement_says_from(
    operator: str, passes: bool
) -> None:
    facts = {"nota": 7, "minima": 7, "operador": operator}

    assert calculate(METHODS, "nota_minima", facts, on=END_OF_2014).value is passes
