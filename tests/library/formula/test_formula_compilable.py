"""Whether a formula can be turned into bounded integers; magnitudes worked by hand."""

import pytest
from formula_cast import SCOPE

from apura.formula import FormulaCheckError, Magnitude, NotCompilable, compilable, parse


def bounds(text: str) -> Magnitude:
    return compilable(parse(text), SCOPE)


def test_a_product_adds_scales_and_multiplies_sizes() -> None:
    # 1,00 a day held as 100, 366 days: 36 600, at two places
    assert bounds("perda_por_dia * dias_de_atraso") == Magnitude(2, 36_600)


def test_a_sum_is_brought_to_the_finer_scale() -> None:
    # 100,0 + 1 at one place: 1010
    assert bounds("indice + 1") == Magnitude(1, 1010)


def test_a_rounded_quotient_counts_twice_the_numerator_at_the_places_plus_the_divisor() -> None:
    # p = 100 * 1000, q = 1000, n = 2: 2 * 100 000 * 100 + 1000
    assert bounds("arred(100 * entregues / total; 2)") == Magnitude(2, 20_001_000)


def test_rounding_without_division_counts_the_scale_as_divisor() -> None:
    # p = 1000 (10,00), q = 100, n = 1: 2 * 1000 * 10 + 100
    assert bounds("arred(nota; 1)") == Magnitude(1, 20_100)


def test_rounding_to_more_places_than_there_are_only_changes_the_scale() -> None:
    assert bounds("arred(nota; 4)") == Magnitude(4, 100_000)


def test_a_sum_over_records_is_as_large_as_all_of_them() -> None:
    # 100 records of 100 * 10,00
    assert bounds("soma(itens.peso * itens.nota)") == Magnitude(2, 10_000_000)


def test_a_mean_divides_by_the_number_of_records() -> None:
    # p = 100 * 10,00 = 100 000 at two places, q = 100 at two places = 10 000, n = 2
    assert bounds("arred(media(itens.nota); 2)") == Magnitude(2, 2 * 100_000 * 100 + 10_000)


def test_the_places_of_a_parameter_count_at_their_most() -> None:
    # p = 1000, q = 100, n from 0 to 2: the result is held at two places
    assert bounds("arred(nota; casas_da_nota)") == Magnitude(2, 2 * 1000 * 100 + 100)


def test_a_comparison_of_quotients_multiplies_the_divisors_away() -> None:
    # 1000 / 1000 against 0,5 at one place: 10 000
    assert bounds("entregues / total > 0,5") == Magnitude(0, 10_000)


def test_dividing_by_a_power_of_two_and_five_is_a_product() -> None:
    # 10,00 * 0,25 at four places
    assert bounds("nota / 4") == Magnitude(4, 25_000)


def test_codes_and_conditions_take_no_integer() -> None:
    assert bounds('se(entregou = "S"; "S"; "N")') == Magnitude(0, 0)


def test_branches_share_one_scale() -> None:
    assert bounds("se(ativo; nota; 0,125)").scale == 3
    assert bounds("faixa(nota; 9; 0,5; 7; 2; 1)").scale == 1


def test_what_grows_past_the_engine_is_reported_not_refused() -> None:
    assert bounds("nota * nota * nota * nota * nota * nota * nota").magnitude == 10**21


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("exata(nota / 3)", "guarda a fração inteira", "arred"),
        (
            "sem_limites + 1",
            "não declara o menor valor nem o maior valor nem o número de casas",
            "low, high, places",
        ),
        ("soma(entregas.valor)", "A relação “entregas” não declara quantos registros", "max_rows"),
        (
            "arred(soma(itens.nota / itens.peso); 2)",
            "“itens.nota / itens.peso” precisa de um arredondamento próprio",
            "arred(itens.nota / itens.peso; casas)",
        ),
    ],
)
def test_what_cannot_be_bounded_is_refused_with_the_reason(text: str, reason: str, hint: str) -> None:
    with pytest.raises(NotCompilable) as refused:
        bounds(text)
    assert reason in refused.value.problem
    assert hint in refused.value.hint
    assert refused.value.line == 1


def test_a_quotient_rounded_inside_the_relation_can_be_summed() -> None:
    assert bounds("soma(arred(itens.nota / itens.peso; 2))").scale == 2


def test_a_formula_that_is_wrong_in_itself_is_refused_by_the_check() -> None:
    with pytest.raises(FormulaCheckError):
        bounds("nota + dias_de_atraso")
