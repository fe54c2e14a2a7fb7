"""What an evaluation remembers."""

from fractions import Fraction

import pytest
from formula_cast import Values, record, traced, values

from apura.formula import Call, DivisionByZero, Rounding, children, evaluate, parse, trace, walk


def test_a_trace_has_the_same_value_as_the_evaluation() -> None:
    tree = parse("arred(soma(itens.peso * itens.nota) / soma(itens.peso); 2)")
    assert trace(tree, values()).value == evaluate(tree, values()) == Fraction("5.08")


def test_the_value_of_every_node_reached_is_kept() -> None:
    tree = parse("1 + a * 3")
    seen = trace(tree, values(a=2))
    assert [seen.value_of(node) for node in walk(tree)] == [7, 1, 6, 2, 3]


def test_the_branch_not_taken_was_not_reached_and_has_no_value() -> None:
    tree = parse("se(a > 1; 10; 20)")
    condition, then, otherwise = children(tree)
    seen = trace(tree, values(a=2))
    assert [seen.reached(node) for node in (condition, then, otherwise)] == [True, True, False]
    with pytest.raises(KeyError):
        seen.value_of(otherwise)


def test_every_rounding_is_kept_in_order_with_what_came_in_and_out() -> None:
    seen = traced("arred(arred(1 / 3; 3) * 10; 1)")
    assert seen.roundings == (
        Rounding(Fraction(1, 3), Fraction("0.333"), 3),
        Rounding(Fraction("3.33"), Fraction("3.3"), 1),
    )


def test_a_rounding_inside_a_relation_names_its_record() -> None:
    seen = traced("soma(arred(itens.nota; 0))")
    assert [(rounding.record, rounding.after) for rounding in seen.roundings] == [
        ("linha 2", 10),
        ("linha 3", 8),
        ("linha 4", 1),
    ]


def test_every_look_up_is_kept_with_its_keys_and_value() -> None:
    seen = traced('t["A"; "S"] + t["B"; "N"]')
    assert seen.lookups == (("t", ("A", "S"), Fraction(30)), ("t", ("B", "N"), Fraction("0.5")))


def test_every_aggregate_tells_how_many_records_it_saw_and_kept() -> None:
    tree = parse('soma(itens.nota; itens.estado = "apurado") + conta(itens)')
    seen = trace(tree, values())
    told = [(rows.function, rows.relation, rows.seen, rows.kept) for rows in seen.rows_counted]
    assert told == [("soma", "itens", 3, 2), ("conta", "itens", 3, 3)]
    total = next(node for node in walk(tree) if isinstance(node, Call))
    assert [row.identity for row in seen.rows_of(total).first] == ["linha 2", "linha 3"]


def test_only_the_first_records_keep_their_values_however_many_there_are() -> None:
    rows = tuple(record(f"linha {at}", nota=at) for at in range(1000))
    seen = traced("soma(itens.nota)", Values(relations={"itens": rows}))
    assert seen.rows_counted[0].kept == 1000
    assert len(seen.rows_counted[0].first) == 6


def test_an_error_while_tracing_is_the_error_of_the_evaluation() -> None:
    with pytest.raises(DivisionByZero):
        traced("1 / a > 0", values(a=0))
