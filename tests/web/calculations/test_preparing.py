"""Facts frozen and the norm applied to them: the worked cases of Goiás, by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from apura.norms import BadInput
from apura_web.calculations.asking import Asked, FactRow
from apura_web.calculations.preparing import Prepared, prepare, prepare_again
from calculating import APRIL, AS_ZERO, BY_DAYS, TWO_PLACES, g4, item, partial


def value(prepared: Prepared, rule: str, key: str) -> Fraction:
    (found,) = [each for each in prepared.outcomes if (each.rule, each.key) == (rule, key)]
    return Fraction(found.value)


def cumulative() -> list[FactRow]:
    return [item("G1", "1200", "380", acumulacao="cumulativo")]


def test_a_cumulative_target_of_1200_with_380_by_april_gives_nine_and_a_half_by_months() -> None:
    prepared = prepare(partial(cumulative()))
    assert value(prepared, "dados_do_acordo", "A") == Fraction(4, 12)
    assert value(prepared, "nota_item", "G1") == Fraction(380 * 10, 400)


def test_the_same_by_days_gives_1387_over_144() -> None:
    prepared = prepare(partial(cumulative(), BY_DAYS))
    assert value(prepared, "nota_item", "G1") == Fraction(1387, 144)


def test_a_target_kept_as_average_is_not_shared_over_time() -> None:
    assert value(prepare(partial([item("G2", "80", "76")])), "nota_item", "G2") == Fraction(19, 2)


@pytest.mark.parametrize(
    ("asked", "score", "of_b"),
    [
        pytest.param(g4(TWO_PLACES), Fraction(944, 100), Fraction(785, 84), id="all measured"),
        pytest.param(g4(), Fraction(991, 105), Fraction(785, 84), id="not rounded"),
        pytest.param(
            g4(TWO_PLACES, third=None), Fraction(951, 100), Fraction(200, 21), id="weight shared out"
        ),
        pytest.param(
            g4(TWO_PLACES, AS_ZERO, third=None), Fraction(760, 100), Fraction(100, 21), id="counted as zero"
        ),
    ],
)
def test_the_score_of_an_agreement_of_two_objects(asked: Asked, score: Fraction, of_b: Fraction) -> None:
    prepared = prepare(asked)
    assert value(prepared, "nota_objeto", "OA") == Fraction(19, 2)
    assert value(prepared, "nota_objeto", "OB") == of_b
    assert value(prepared, "nota_acordo", "A") == score


def test_the_same_facts_give_the_same_texts_also_when_read_back() -> None:
    first, second = prepare(g4(TWO_PLACES)), prepare(g4(TWO_PLACES))
    again = prepare_again(first.facts_text)
    assert first.facts_sha256 == second.facts_sha256 == again.facts_sha256
    assert first.document_text == again.document_text
    assert again.asked.rules == first.asked.rules


def test_a_number_is_frozen_in_its_one_form() -> None:
    loose = prepare(partial([item("G2", "80.00", "76.0")]))
    assert loose.facts_text == prepare(partial([item("G2", "80", "76")])).facts_text


def test_the_document_says_which_fact_sheet_it_was_made_from() -> None:
    prepared = prepare(g4())
    assert prepared.facts_sha256 in prepared.document_text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(item("X", "80", "76,5"), "“76,5” não é um número exato", id="a comma"),
        pytest.param(item("X", "80", "76", realisado="3"), "“realisado” não é coluna; talvez", id="a typo"),
        pytest.param(item("X", "80", "76", peso="2000"), "X, Peso do item no objeto: ", id="a range"),
        pytest.param(item("X" * 301, "80", "76"), "no máximo 300 caracteres", id="a long key"),
        pytest.param(item("X", "", "76"), "preencha “Meta do fim do período”", id="a blank"),
    ],
)
def test_what_is_wrong_is_told_by_subject_and_column(row: FactRow, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        prepare(partial([row]))
    assert said in str(refused.value)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        prepare(partial([item("X", "80", "76,5", peso="2000", realisado="1")]))
    assert len(refused.value.problems) >= 3


def test_rows_for_a_rule_that_takes_none_are_refused() -> None:
    asked = replace(g4(), rules={**g4().rules, "nota_acordo": [FactRow({"chave": "A"})]})
    with pytest.raises(BadInput, match="“nota_acordo” não é regra que receba fatos"):
        prepare(asked)


def test_child_rows_come_by_rule_and_relation() -> None:
    cycles = [FactRow({"chave": "77", "nota": each}) for each in ("8", "9")]
    rules = {**g4().rules, "adi": [FactRow({"chave": "77"})], "adi.ciclos": cycles}
    assert value(prepare(replace(g4(), rules=rules, only=None)), "adi", "77") == Fraction(17, 2)


def test_what_the_norm_refuses_is_told_and_not_zero() -> None:
    prepared = prepare(g4(only="condicoes_do_bonus", on=APRIL))
    assert prepared.outcomes == ()
    assert [each.rule for each in prepared.pending] == ["condicoes_do_bonus"]
    assert "14/11/2014" in prepared.pending[0].what_to_do
    assert prepare_again(prepared.facts_text).document_text == prepared.document_text


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"esquema": "outro"}', '{"esquema": "apura/folha/1"}', "1"]
)
def test_what_is_no_fact_sheet_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="não é uma folha de fatos"):
        prepare_again(text)
