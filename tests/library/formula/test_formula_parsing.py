"""From text to tree."""

import pickle
from fractions import Fraction

import pytest
from formula_cast import decomposed

from apura.formula import (
    Call,
    Code,
    Column,
    Comparison,
    FormulaSyntaxError,
    Lookup,
    Name,
    Negative,
    Number,
    Product,
    Sum,
    canonical,
    children,
    parse,
    references,
    walk,
)

A, B, C = Name("a"), Name("b"), Name("c")
TWO = Number(Fraction(2))


def test_products_hold_tighter_than_sums_and_sums_than_comparisons() -> None:
    assert parse("a + b * 2 > c") == Comparison(
        ">", Sum((("+", A), ("+", Product((("*", B), ("*", TWO)))))), C
    )


def test_a_chain_is_one_node_with_all_its_terms() -> None:
    assert parse("a - b + c") == Sum((("+", A), ("-", B), ("+", C)))
    assert parse("a / b * c") == Product((("*", A), ("/", B), ("*", C)))


def test_parentheses_keep_their_own_node_even_where_they_change_nothing() -> None:
    assert parse("a + (b + c)") == Sum((("+", A), ("+", Sum((("+", B), ("+", C))))))
    assert parse("((a))") == A


def test_a_sign_holds_tighter_than_a_product() -> None:
    assert parse("-a * b") == Product((("*", Negative(A)), ("*", B)))
    assert parse("a - -b") == Sum((("+", A), ("-", Negative(B))))


def test_a_leading_equal_sign_of_a_spreadsheet_is_ignored() -> None:
    assert parse("= a + b") == parse("a+b")


def test_the_signs_of_mathematics_are_read_like_those_of_the_keyboard() -> None:
    assert parse("a × b ÷ c − 2") == parse("a * b / c - 2")
    assert [parse(f"a {sign} b") for sign in "≤≥≠"] == [parse(f"a {sign} b") for sign in ("<=", ">=", "<>")]


def test_names_are_folded_in_case_and_accents_however_they_were_typed() -> None:
    assert parse("Nota_do_Órgão") == Name("nota_do_orgao")
    assert parse(decomposed("Nota_do_Órgão")) == Name("nota_do_orgao")
    assert parse("Itens.Situação") == Column("itens", "situacao")


@pytest.mark.parametrize(
    ("written", "function"),
    [
        ("MÍNIMO", "min"),
        ("minimo", "min"),
        ("Máx", "max"),
        ("máximo", "max"),
        ("Média", "media"),
        ("NÃO", "nao"),
    ],
)
def test_functions_are_known_in_any_case_with_accents_and_by_their_other_names(
    written: str, function: str
) -> None:
    call = parse(f"{written}(itens.a > 2)") if function == "nao" else parse(f"{written}(itens.a)")
    assert isinstance(call, Call)
    assert call.function == function


def test_a_column_may_have_the_name_of_a_function() -> None:
    assert parse("soma(itens.conta)") == Call("soma", (Column("itens", "conta"),))


def test_codes_keep_their_text_in_composed_form() -> None:
    assert parse('"Não se Aplica"') == Code("Não se Aplica")
    assert parse(decomposed('"Não"')) == Code("Não")


def test_a_table_is_looked_up_with_keys_between_square_brackets() -> None:
    assert parse('pontos[a; "S"]') == Lookup("pontos", (A, Code("S")))


@pytest.mark.parametrize(
    ("written", "value"), [("1,5", "3/2"), ("1.5", "3/2"), ("0012", "12"), ("1.2345", "12345/10000")]
)
def test_the_comma_is_decimal_and_so_is_a_point_not_followed_by_three_digits(
    written: str, value: str
) -> None:
    assert parse(written) == Number(Fraction(value))


def test_line_and_column_are_those_of_the_text_as_people_see_it() -> None:
    tree = parse(decomposed("média_é +\n  b"))
    assert isinstance(tree, Sum)
    places = [(part.at.line, part.at.column) for part in (tree, *children(tree))]
    assert places == [(1, 9), (1, 1), (2, 3)]


def test_where_a_formula_was_written_does_not_make_it_another() -> None:
    assert parse("a+b") == parse("  a  +\n b ")
    assert hash(parse("a+b")) == hash(parse(" a+b"))


def test_trees_and_refusals_travel_between_processes() -> None:
    tree = parse("se(a > 1; soma(itens.b); 2)")
    assert pickle.loads(pickle.dumps(tree)) == tree  # noqa: S301 - our own bytes
    with pytest.raises(FormulaSyntaxError) as refused:
        parse("a +")
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301


def test_walking_gives_every_node_in_the_order_it_was_written() -> None:
    names = [node.name for node in walk(parse("se(a > 1; b; c + d)")) if isinstance(node, Name)]
    assert names == ["a", "b", "c", "d"]


def test_references_are_listed_once_in_order_of_appearance() -> None:
    found = references(
        parse(
            'arred(b + a + b; 2) + soma(itens.nota; itens.estado = "S")'
            ' + conta(faltas) * t[x; "N"] * 100 + casas'
        )
    )
    assert found.names == ("b", "a", "x", "casas")
    assert found.columns == (("itens", "nota"), ("itens", "estado"))
    assert found.relations == ("itens", "faltas")
    assert found.tables == ("t",)
    assert found.functions == ("arred", "soma", "conta")
    assert found.codes == ("S", "N")


def test_the_places_of_arred_are_not_among_the_literals() -> None:
    assert references(parse("arred(100 * a / b; 2) + 1")).literals == (Fraction(100), Fraction(1))
    assert references(parse("arred(a; casas_da_nota)")).names == ("a", "casas_da_nota")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 2000, None),
        ("a" * 2001, "2000 caracteres"),
        ("a" + " " * 7000 + "+ b", None),
        ("+".join("a" * 399), None),
        ("+".join("a" * 400), "400 partes"),
        ("(" * 300 + "a" + ")" * 300, None),
        ("nao(" * 38 + "a > 1" + ")" * 38, None),
        ("nao(" * 39 + "a > 1" + ")" * 39, "40 níveis"),
        ("-" * 39 + "a", None),
        ("-" * 40 + "a", "40 níveis"),
        ("9" * 30, None),
        ("9" * 31, "30 algarismos"),
        ("0," + "1" * 30, "30 algarismos"),
    ],
)
def test_a_formula_has_bounds_and_the_refusal_names_the_one_passed(text: str, expected: str | None) -> None:
    if expected is None:
        assert parse(canonical(parse(text))) == parse(text)
        return
    with pytest.raises(FormulaSyntaxError) as refused:
        parse(text)
    assert expected in str(refused.value)
