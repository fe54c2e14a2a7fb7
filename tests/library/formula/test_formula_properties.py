"""What holds for every formula and every text."""

import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from formula_cast import Values
from formula_integers import Integers
from formula_trees import SCOPE, environments, numbers, oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from apura.formula import (
    DivisionByZero,
    EmptyAggregate,
    FormulaError,
    Node,
    Quantity,
    canonical,
    check,
    compilable,
    drawing,
    evaluate,
    in_words,
    mathml,
    parse,
    portuguese,
    references,
    trace,
    with_values,
)

VALID = (
    "arred(100 * entregues_no_prazo / total; 2)",
    "min(perda_maxima; perda_por_dia * dias_de_atraso)",
    '=SE(situação = "S"; nota - 0,5; -(1,25 + nota) × 3)',
    "soma(itens.peso * itens.nota; e(itens.peso > 0; itens.nota ≠ 3)) / 100",
    'pontos_do_produto[entregas.produto; "ALTA"] * 2',
    "faixa(nota; 9; 4; 7; 3; 1)\n+ exata(a / b) ÷ 4",
)
PIECES = (
    *'()[];,.+-*/=<>"&^%!?:_ \t\nçãÉ²“”',
    "min(",
    "1.000",
    "0,1",
    "nao(",
    "e(",
    "((((((((",
    "--------",
    "\u0301",
)


@given(numbers())
@settings(max_examples=300)
def test_text_to_tree_to_text_is_stable(tree: Node) -> None:
    text = canonical(tree)
    assert parse(text) == tree
    assert canonical(parse(text)) == text


@given(numbers(), environments())
@settings(max_examples=700)
def test_the_evaluation_agrees_with_python_over_fractions(tree: Node, case: Values) -> None:
    check(tree, SCOPE, expected=Quantity("adimensional"))
    try:
        expected = oracle(tree, case)
    except ZeroDivisionError:
        with pytest.raises((DivisionByZero, EmptyAggregate)):
            evaluate(tree, case)
    except ValueError:
        with pytest.raises(EmptyAggregate):
            evaluate(tree, case)
    else:
        assert evaluate(tree, case) == expected


@given(numbers(), environments())
@settings(max_examples=200)
def test_every_printer_shows_every_formula_with_and_without_values(tree: Node, case: Values) -> None:
    tree = parse(canonical(tree))
    assert references(tree) == references(parse(canonical(tree)))
    portuguese(tree)
    in_words(tree)
    drawing(tree)
    mathml(tree)
    try:
        seen = trace(tree, case)
    except FormulaError:
        return
    assert seen.value == evaluate(tree, case)
    with_values(tree, seen)
    mathml(tree, {}, seen)


@given(numbers(bulk=True), environments())
@settings(max_examples=700)
def test_whole_numbers_give_the_same_value_within_the_magnitude_that_was_told(
    tree: Node, case: Values
) -> None:
    bounds = compilable(tree, SCOPE)
    integers = Integers(case)
    try:
        value = integers.number(tree)
    except ZeroDivisionError:
        with pytest.raises((DivisionByZero, EmptyAggregate)):
            evaluate(tree, case)
        return
    assert Fraction(value.integer, 10**value.places) == evaluate(tree, case)
    assert value.places <= bounds.scale
    assert integers.largest <= bounds.magnitude


def refused_or(act: Callable[..., object], *given: object) -> object:
    """What the act gives, or the message with which it refuses, which can be shown to a person."""
    try:
        return act(*given)
    except FormulaError as refused:
        message = str(refused)
    assert message
    assert message.replace("\n", "").isprintable()
    return message


def only_refuses(text: str) -> None:
    """Whatever the text, there is a tree that reads back the same, or the language's own error with a message."""
    tree = refused_or(parse, text)
    if not isinstance(tree, str):
        assert parse(canonical(tree)) == tree
        refused_or(check, tree, SCOPE)


@given(st.text(max_size=300))
@settings(max_examples=2000)
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    only_refuses(text)


@given(st.text(alphabet='abse().;,0123456789+-*/<>="[] \n', max_size=200))
@settings(max_examples=2000)
def test_any_text_that_looks_like_a_formula_is_one_or_is_refused(text: str) -> None:
    only_refuses(text)


@given(st.binary(max_size=300))
@settings(max_examples=1000)
def test_any_bytes_are_refused_or_understood_in_both_encodings(noise: bytes) -> None:
    only_refuses(noise.decode("latin-1"))
    only_refuses(noise.decode("utf-8", errors="replace"))
    only_refuses(noise.decode("utf-8", errors="surrogateescape"))


def test_twenty_thousand_formulas_with_something_broken_only_refuse() -> None:
    dice = random.Random(2554)  # noqa: S311 - noise, not a secret
    for _ in range(20_000):
        text = dice.choice(VALID)
        for _ in range(dice.randint(1, 4)):
            at, length = dice.randrange(len(text) + 1), dice.choice((0, 0, 1, 3))
            text = text[:at] + dice.choice(PIECES) * dice.choice((1, 1, 2)) + text[at + length :]
        only_refuses(text)


@pytest.mark.parametrize(
    "piece",
    ["(", "-", "min(", "e(", "nao(", "a[", "1+", "a;", '"', "“", "1,", "9", "é", "\u0344", " ", "se(a;"],
)
@pytest.mark.parametrize("count", [41, 400, 1999, 20_000])
def test_one_piece_repeated_without_end_is_refused(piece: str, count: int) -> None:
    for ending in ("", "1", "1" + ")" * count):
        only_refuses(piece * count + ending)
