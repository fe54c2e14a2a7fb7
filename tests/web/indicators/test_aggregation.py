"""What readings make together: over units from their variables, over periods by the rule of the card."""

from fractions import Fraction

import pytest

from apura_web.indicators import promised
from apura_web.indicators.aggregation import NO_MEMORY, NOTHING, Reading, over_periods, over_units
from apura_web.indicators.attainment import Promise
from apura_web.indicators.formulas import LAST, CardFormula, Variable, read_formula

PART, WHOLE = Variable("parte", "Parte"), Variable("todo", "Todo")
SHARE = read_formula("exata(100 * parte / todo)", (PART, WHOLE), "%")
COUNT = read_formula("todo", (WHOLE,), "unidade")


def reading(place: str, part: int | None, whole: int | None, **more: bool) -> Reading:
    values = {"parte": part, "todo": whole}
    exact = {name: None if value is None else Fraction(value) for name, value in values.items()}
    return Reading(place, exact, **more)


def counted(place: str, whole: int | None) -> Reading:
    return Reading(place, {"todo": None if whole is None else Fraction(whole)})


def test_two_units_make_the_share_of_their_sums_not_the_mean_of_their_shares() -> None:
    # SAU 1 of 2 is 50; EDU 9 of 10 is 90. Together 10 of 12 = 83,33…, a twelfth of a thousand; the mean would be 70.
    made = over_units(SHARE, [reading("SAU", 1, 2), reading("EDU", 9, 10)])
    assert made.computed.value == Fraction(1000, 12)
    assert made.values == {"parte": 10, "todo": 12}
    assert made.lacking == ()


def test_a_unit_that_lacks_a_variable_is_left_out_and_named() -> None:
    made = over_units(SHARE, [reading("SAU", 1, 2), reading("EDU", 9, None)])
    assert made.computed.value == 50
    assert made.lacking == ("EDU",)


def test_a_unit_of_which_nothing_is_expected_is_not_missed() -> None:
    made = over_units(SHARE, [reading("SAU", 1, 2), reading("EDU", None, None, is_expected=False)])
    assert made.lacking == ()


def test_nothing_measured_makes_no_number_and_never_zero() -> None:
    made = over_units(COUNT, [counted("SAU", None), counted("EDU", None)])
    assert made.computed.value is None
    assert made.computed.why_not == NOTHING


def test_zero_is_measured_and_adds_nothing_and_lacks_nothing() -> None:
    made = over_units(COUNT, [counted("SAU", 0), counted("EDU", 5)])
    assert (made.computed.value, made.lacking) == (5, ())


def test_a_division_by_zero_gives_no_result_and_says_which_variable_is_zero() -> None:
    made = over_units(SHARE, [reading("SAU", 0, 0), reading("EDU", 0, 0)])
    assert made.computed.value is None
    assert made.computed.why_not == "Divisão por zero: “Todo” vale 0."


def test_a_result_that_came_without_its_variables_stands_alone_but_is_not_added_to_others() -> None:
    imported = Reading("SAU", {"": Fraction(80)})
    assert over_units(SHARE, [imported]).computed.value == 80
    together = over_units(SHARE, [imported, reading("EDU", 9, 10)])
    assert together.computed.value is None
    assert together.computed.why_not == NO_MEMORY


def test_a_variable_that_is_the_result_of_another_indicator_is_given_and_not_added() -> None:
    # Units with 30 and 20 cases, and a rate of 40 for both together: 50 × 40 ÷ 100 = 20, not 50 × 75 ÷ 100.
    formula = read_formula(
        "exata(casos * taxa / 100)",
        (Variable("casos", "Casos"), Variable("taxa", "Taxa", "adimensional", indicator="T")),
        "unidade",
    )
    readings = [
        Reading("SAU", {"casos": Fraction(30), "taxa": Fraction(50)}),
        Reading("EDU", {"casos": Fraction(20), "taxa": Fraction(25)}),
    ]
    assert over_units(formula, readings, given={"taxa": Fraction(40)}).computed.value == 20


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("soma", 60),  # 10 + 20 + 30
        ("media", 20),  # 60 ÷ 3
        ("ultimo", 30),
    ],
)
def test_periods_make_a_year_by_the_rule_of_the_card(rule: str, expected: int) -> None:
    made = over_periods(rule, COUNT, [counted("1º", 10), counted("2º", 20), counted("3º", 30)])
    assert made.computed.value == expected


def test_a_ratio_over_periods_is_of_the_sums() -> None:
    # (1 + 9) of (2 + 10) = 10 of 12.
    made = over_periods("razao_de_somas", SHARE, [reading("1º", 1, 2), reading("2º", 9, 10)])
    assert made.computed.value == Fraction(1000, 12)


def test_a_rate_over_periods_adds_what_happened_and_takes_the_last_of_what_stands() -> None:
    # 3 + 5 cases over a population of 200 at the end: 100 × 8 ÷ 200 = 4; by sums it would be 100 × 8 ÷ 300.
    population = Variable("todo", "População", over_time=LAST)
    formula: CardFormula = read_formula("exata(100 * parte / todo)", (PART, population), "%")
    made = over_periods("taxa", formula, [reading("1º", 3, 100), reading("2º", 5, 200)])
    assert made.computed.value == 4


def test_the_last_measured_counts_when_the_last_period_is_missing_and_the_lack_is_said() -> None:
    made = over_periods("ultimo", COUNT, [counted("1º", 10), counted("2º", 20), counted("3º", None)])
    assert (made.computed.value, made.lacking) == (20, ("3º",))


def test_targets_of_counts_are_added_and_of_shares_hold_only_when_they_are_the_same() -> None:
    assert promised.is_additive(COUNT)
    assert not promised.is_additive(SHARE)
    sixty, eighty = Promise(Fraction(60)), Promise(Fraction(80))
    assert promised.over_units(COUNT, [sixty, eighty]) == Promise(Fraction(140))
    assert promised.over_units(COUNT, [sixty, None]) is None
    assert promised.over_units(SHARE, [eighty, eighty]) == eighty
    assert promised.over_units(SHARE, [sixty, eighty]) is None


@pytest.mark.parametrize(
    ("rule", "expected"), [("soma", 140), ("media", 70), ("ultimo", 80), ("razao_de_somas", None)]
)
def test_targets_of_periods_make_a_year_by_the_same_rule(rule: str, expected: int | None) -> None:
    found = promised.over_periods(rule, [Promise(Fraction(60)), Promise(Fraction(80))])
    assert (found.value if found else None) == expected


def test_variables_that_came_after_a_result_without_memory_are_what_counts() -> None:
    formula = read_formula("arred(100 * a / b; 2)", (Variable("a", "A"), Variable("b", "B")), "%")
    both = Reading("A", {"": Fraction(90), "a": Fraction(1), "b": Fraction(2)})
    half = Reading("A", {"": Fraction(90), "a": Fraction(1)})
    assert both.computed(formula).value == Fraction(50)  # 100 × 1 ÷ 2
    assert half.computed(formula).value == Fraction(90)
