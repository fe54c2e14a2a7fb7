"""What formulas are worth; every expected value worked by hand."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from formula_cast import ITEMS, Values, compute, record, values

from apura.formula import (
    BandsOutOfOrder,
    DivisionByZero,
    EmptyAggregate,
    EvaluationError,
    MissingTableRow,
    NotOneRow,
    NumberTooLong,
    PlacesOutOfRange,
    Row,
    Value,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3 - 4", "3"),
        ("10 - 4 - 3", "3"),
        ("12 / 3 / 2 * 5", "10"),
        ("-(2 - 5) * 2", "6"),
        ("0,1 + 0,2", "0.3"),
        ("exata(25 / 3)", "25/3"),
        ("arred(25 / 3; 2)", "8.33"),
        ("arred(1,005; 2)", "1.01"),
        ("arred(-2,5; 0)", "-3"),
        ("arred(0,25 * 1,55 + 0,75 * 5,09; 2)", "4.21"),
        ("min(3; 1,5; 2)", "1.5"),
        ("max(3; 1,5; 7 - 2)", "5"),
        ("se(2 > 1; 10; 20)", "10"),
        ("se(2 < 1; 10; 20)", "20"),
        ("faixa(9; 9; 4; 7; 3; 5; 2; 1)", "4"),
        ("faixa(8,99; 9; 4; 7; 3; 5; 2; 1)", "3"),
        ("faixa(4; 9; 4; 7; 3; 5; 2; 1)", "1"),
    ],
)
def test_numbers_are_computed_exactly(text: str, value: str) -> None:
    assert compute(text) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("1 / 3 = 2 / 6", True),
        ("1 / 3 > 0,33", True),
        ("1 / -3 > 0", False),
        ("2 <> 2", False),
        ("2 <= 2", True),
        ("e(1 < 2; 2 < 3)", True),
        ("e(1 < 2; 2 > 3)", False),
        ("ou(1 > 2; 2 > 3)", False),
        ("ou(1 > 2; 2 < 3)", True),
        ("nao(1 > 2)", True),
    ],
)
def test_conditions_are_decided_exactly(text: str, truth: bool) -> None:
    assert compute(text) is truth


@pytest.mark.parametrize(("days", "loss"), [(0, "0"), (3, "0.6"), (5, "1"), (9, "1")])
def test_a_loss_of_a_fifth_of_a_point_a_day_stops_at_one_point(days: int, loss: str) -> None:
    case = values(perda_maxima=1, perda_por_dia="0.2", dias_de_atraso=days)
    assert compute("min(perda_maxima; perda_por_dia * dias_de_atraso)", case) == Fraction(loss)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("soma(itens.nota)", "18.75"),
        ("soma(itens.peso * itens.nota)", "50.75"),
        ('soma(itens.peso * itens.nota; itens.estado = "apurado")', "44.5"),
        ("soma(itens.nota; itens.nota > 99)", "0"),
        ("exata(media(itens.nota))", "6.25"),
        ('exata(media(itens.nota; itens.estado = "apurado"))', "8.75"),
        ("arred(soma(itens.peso * itens.nota) / soma(itens.peso); 2)", "5.08"),
        ("conta(itens)", "3"),
        ("conta(itens; itens.conta)", "2"),
        ("conta(itens; itens.nota > 99)", "0"),
        ("min(itens.nota)", "1.25"),
        ("max(itens.nota)", "9.5"),
        ('min(itens.nota; itens.estado <> "pendente")', "8"),
        ("max(itens.nota; e(itens.conta; itens.nota < 5))", "1.25"),
        ("soma(min(itens.nota; 5))", "11.25"),
        ("soma(1; itens.conta)", "2"),
        ("soma(itens.nota * orgao.fator)", "28.125"),
        ("soma(orgao.fator * itens.nota)", "28.125"),
        ("orgao.fator + orgao.meta", "5.5"),
        ("min(orgao.fator; orgao.meta)", "1.5"),
        ("max(soma(itens.nota); 20)", "20"),
        ("soma(se(itens.conta; itens.nota; 0))", "10.75"),
        ("conta(itens; itens.nota / itens.peso > 3)", "2"),
    ],
)
def test_relations_are_gathered_with_their_filters(text: str, value: str) -> None:
    assert compute(text) == Fraction(value)


def test_a_name_inside_an_aggregate_is_the_same_for_every_record() -> None:
    assert compute("soma(itens.nota * fator)", values(fator=2)) == Fraction("37.5")


def test_codes_come_out_of_branches_and_bands_and_are_compared_exactly() -> None:
    case = values(entregou="S")
    assert compute('se(entregou = "S"; "sim"; "não")', case) == "sim"
    assert compute('faixa(8; 9; "A"; 7; "B"; "C")') == "B"
    assert compute('entregou = "s"', case) is False
    assert compute('entregou = "não"', values(entregou="na\u0303o")) is True


def test_tables_give_the_value_of_their_keys() -> None:
    assert compute('pontos_do_produto["A"; entregou] * 2', values(entregou="S")) == 60


@pytest.mark.parametrize(
    "text",
    [
        "se(a = 0; 1; 1 / proibido)",
        "se(a <> 0; proibido; 1)",
        "e(a <> 0; proibido > 1)",
        "ou(a = 0; proibido > 1)",
        "faixa(5; 4; 1; proibido; 2; 3)",
        "faixa(5; 4; 1; 3; proibido; 3)",
        "faixa(5; 6; proibido; 5; 1; 3)",
        "soma(proibido; 1 > 2 * itens.nota + 1)",
    ],
)
def test_what_is_not_needed_is_never_read(text: str) -> None:
    case = values(a=0)
    compute(text, case)
    assert "proibido" not in case.read


def test_a_rounded_number_may_take_its_places_from_a_parameter() -> None:
    assert compute("arred(2 / 3; casas)", values(casas=2)) == Fraction("0.67")


@pytest.mark.parametrize("places", [-1, 11, "1.5"])
def test_places_that_are_not_a_whole_number_from_0_to_10_are_refused(places: int | str) -> None:
    with pytest.raises(PlacesOutOfRange, match=r"precisam ser um número inteiro de 0 a 10"):
        compute("arred(2 / 3; casas)", values(casas=places))


def test_dividing_by_zero_names_the_divisor_and_the_place() -> None:
    with pytest.raises(DivisionByZero) as refused:
        compute("arred(100 * entregues / total; 2)", values(entregues=1, total=0))
    assert str(refused.value) == (
        "Linha 1, coluna 23: Divisão por zero: “total” vale 0.\n"
        "    arred(100 * entregues / total; 2)\n"
        "                          ^\n"
        "Confira o valor informado, ou trate o caso com se(divisor = 0; …; …)."
    )


def test_dividing_by_zero_inside_a_relation_names_the_record() -> None:
    rows = (record("linha 2", nota=1, peso=1), record("linha 3", nota=1, peso=0))
    with pytest.raises(DivisionByZero, match=r"“itens.peso” vale 0 \(no registro “linha 3”\)") as refused:
        compute("arred(soma(itens.nota / itens.peso); 2)", Values(relations={"itens": rows}))
    assert refused.value.record == "linha 3"


@pytest.mark.parametrize(
    "text", ["exata(media(itens.nota))", "min(itens.nota)", "max(itens.nota; itens.nota > 1)"]
)
def test_a_mean_or_an_extreme_of_nothing_is_an_error_not_zero(text: str) -> None:
    with pytest.raises(EmptyAggregate, match=r"Não há registros para calcular"):
        compute(text, Values(relations={"itens": ()}))


def test_a_sum_or_a_count_of_nothing_is_zero() -> None:
    nothing = Values(relations={"itens": ()})
    assert compute("soma(itens.nota) + conta(itens)", nothing) == 0


def test_a_missing_row_of_a_table_names_the_table_the_keys_and_the_record() -> None:
    rows = (record("linha 7", produto="B", nivel="S"),)
    with pytest.raises(MissingTableRow) as refused:
        compute(
            "soma(pontos_do_produto[entregas.produto; entregas.nivel])", Values(relations={"entregas": rows})
        )
    error = refused.value
    assert (error.table, error.keys, error.record) == ("pontos_do_produto", ("B", "S"), "linha 7")
    assert (
        error.problem == "Na tabela “pontos_do_produto”, não há linha para “B”, “S” (no registro “linha 7”)."
    )
    assert error.column == 6


def test_a_row_marked_as_not_admitted_keeps_its_reason() -> None:
    class Dashes(Values):
        def look_up(self, table: str, keys: tuple[str, ...]) -> Value:
            raise MissingTableRow(table, keys, reason="a linha traz “-” para")

    with pytest.raises(MissingTableRow, match=r"a linha traz “-” para “A”"):
        compute('t["A"]', Dashes())


def test_floors_that_do_not_go_down_are_an_error_up_to_the_band_that_was_hit() -> None:
    with pytest.raises(BandsOutOfOrder, match=r"depois de 5 vem 7"):
        compute("faixa(1; 5; 4; piso; 3; 2)", values(piso=7))
    assert compute("faixa(5; 5; 4; piso; 3; 2)", values(piso=7)) == 4


def test_a_column_outside_an_aggregate_needs_exactly_one_record() -> None:
    with pytest.raises(NotOneRow, match=r"A relação “itens” tem 3 registros"):
        compute("itens.nota + 1")


def test_a_value_may_not_grow_without_end() -> None:
    factors = " * ".join(["a"] * 60)
    with pytest.raises(NumberTooLong, match=r"algarismos demais"):
        compute(factors, values(a=10**29))


@pytest.mark.parametrize("error", [KeyError("x"), RuntimeError("pendente")])
def test_what_the_environment_raises_passes_untouched(error: Exception) -> None:
    class Broken(Values):
        def value(self, name: str) -> Value:  # noqa: ARG002 - it never answers
            raise error

        def rows(self, relation: str) -> Sequence[Row]:  # noqa: ARG002
            raise error

    for text in ("1 + a", "soma(itens.nota)"):
        with pytest.raises(type(error)) as raised:
            compute(text, Broken())
        assert raised.value is error


def test_every_error_of_evaluation_is_one_family() -> None:
    for error in (DivisionByZero, EmptyAggregate, MissingTableRow, BandsOutOfOrder, NumberTooLong, NotOneRow):
        assert issubclass(error, EvaluationError)


def test_evaluating_changes_nothing_so_that_it_can_be_repeated() -> None:
    before = repr(ITEMS)
    assert [compute("soma(itens.nota)") for _ in range(2)] == [Fraction("18.75")] * 2
    assert repr(ITEMS) == before
