"""Scores of agreements, worked by hand from art. 12 of the decree and from the pact."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from agreeing import in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Score
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import readings, scoring
from apura_web.agreements.services.readings import Reading, Situation
from apura_web.foundation.refusals import Refused
from apura_web.indicators.periods import Period
from cast import NOON, TODAY, Cast, House
from ledgers import put

pytestmark = pytest.mark.django_db
FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))
SECOND = Period(date(2014, 5, 1), date(2014, 8, 31))
THIRD = Period(date(2014, 9, 1), date(2014, 12, 31))
TERMS = (FIRST, SECOND, THIRD)


@pytest.fixture
def house(cast: Cast) -> House:
    return cast.house


def measure(house: House, values: dict[str, tuple[str, ...]], **how: Any) -> None:
    """Put into the ledger what each item reached in each quadrimestre."""
    for key, reached in values.items():
        indicator = indicator_of_item(house, "SAU", key)
        for term, value in zip(TERMS, reached, strict=False):
            put(house, indicator, ("SAU", term), {"concluidos": value}, **how)


def closing(agreement: Agreement, number: int) -> Closing:
    pact = last_pact(agreement)
    assert pact is not None
    return closings_of(pact.text)[number - 1]


def scored(house: House, agreement: Agreement, number: int) -> Score:
    made = scoring.reckon(agreement, closing(agreement, number), today=TODAY)
    return scoring.compute(agreement, made=made, actor=house.system, at=NOON)


# G1: 1.200 by the year, 380 by April: 10 × 380 ÷ 400 = 9,5.
def test_g1_a_cumulative_target_is_proportional_to_the_months(house: House) -> None:
    changes = {f"item-{each}": {"meta_final": "1200"} for each in (1, 2, 3, 4)}
    agreement = in_force(house, year=2014, changes=changes)
    measure(house, {f"item-{each}": ("380",) for each in (1, 2, 3, 4)})

    score = scored(house, agreement, 1)

    assert score.value == "19/2"
    assert score.calculation.outcomes.get(rule="nota_item", key="item-1").value == "19/2"


# By days: 1.200 × 120/365; 10 × 380 × 365 ÷ (1.200 × 120) = 1387/144 = 9,63.
def test_g1_by_days_when_the_pact_says_so(house: House) -> None:
    changes = {f"item-{each}": {"meta_final": "1200"} for each in (1, 2, 3, 4)}
    agreement = in_force(house, year=2014, changes={**changes, "apuracao": {"proporcao": "por dias"}})
    measure(house, {f"item-{each}": ("380",) for each in (1, 2, 3, 4)})

    assert scored(house, agreement, 1).value == "1387/144"


# G2: a mean of 80, 76 by April. The target of a mean is the same all along: 10 × 76 ÷ 80 = 9,5. Shared out in time, as
# only a cumulative target is, it would be 80 × 4/12 = 26,67 and the score 28,5: the accumulation has to be chosen.
@pytest.mark.parametrize(("accumulation", "score"), [("média", "19/2"), ("cumulativo", "57/2")])
def test_g2_the_accumulation_decides_the_partial_target(house: House, accumulation: str, score: str) -> None:
    every = ("item-1", "item-2", "item-3", "item-4")
    changes = {each: {"meta_final": "80", "acumulacao": accumulation} for each in every}
    agreement = in_force(house, year=2014, changes=changes)
    measure(house, dict.fromkeys(every, ("76",)))

    assert scored(house, agreement, 1).value == score


# G4. A (60): 380/400 and 76/80, weights 3 and 2: (3 × 9,5 + 2 × 9,5) / 5 = 9,5.
# B (40): 11/12 and 20/21: (9,1667 + 9,5238) / 2 = 10 × (11/12 + 20/21) / 2 = 785/84.
# (60 × 9,5 + 40 × 785/84) / 100 = 5,7 + 785/210 = 1982/210 = 991/105 = 9,438…
G4 = {"item-1": ("380",), "item-2": ("76",), "item-3": ("11",), "item-4": ("20",)}


def year_end(values: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """All of it in the first quadrimestre, and nothing – zero, measured – in the others."""
    return {key: (each[0], "0", "0") for key, each in values.items()}


def test_g4_the_final_score_uses_the_targets_of_the_end(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, year_end(G4))

    score = scored(house, agreement, 3)

    assert Fraction(score.value) == Fraction(991, 105)
    assert (score.kind, score.until_on) == ("final", date(2014, 12, 31))
    assert (score.provisional_count, score.missing_count) == (0, 0)


# The first item of B not measured: its weight goes to the other: (60 × 9,5 + 40 × 9,5238) / 100 = 5,7 + 200/21 × 0,4.
def test_g4_an_unmeasured_item_gives_its_weight_to_the_others(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, year_end({key: each for key, each in G4.items() if key != "item-3"}))

    score = scored(house, agreement, 3)

    assert Fraction(score.value) == Fraction(57, 10) + Fraction(80, 21)  # 9,509…
    assert score.missing_count == 1


# Counted as zero by the reading the pact chose: 5,7 + 0,4 × (0 + 9,5238) / 2 = 7,6047…
def test_g4_counted_as_zero_when_the_pact_says_so(house: House) -> None:
    agreement = in_force(house, year=2014, changes={"apuracao": {"nao_apurado": "contar como zero"}})
    measure(house, year_end({key: each for key, each in G4.items() if key != "item-3"}))

    assert Fraction(scored(house, agreement, 3).value) == Fraction(57, 10) + Fraction(40, 21)


def test_what_the_commission_adopts_prevails_over_the_pact_and_names_its_minutes(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, year_end({key: each for key, each in G4.items() if key != "item-3"}))
    minutes = house.act("3", date(2014, 9, 10), kind="ata")
    reading = Reading(
        "item-nao-apurado", "contar como zero", date(2014, 9, 10), minutes, "Decisão da comissão."
    )

    readings.adopt(agreement, reading=reading, actor=house.system, at=NOON)

    score = scored(house, agreement, 3)
    assert Fraction(score.value) == Fraction(57, 10) + Fraction(40, 21)
    assert "Ata nº 3/2014" in score.calculation.document


def test_a_partial_target_written_in_the_pact_takes_the_place_of_the_proportion(house: House) -> None:
    changes = {
        f"item-{each}": {"meta_final": "1200", "meta_1": "500", "meta_2": "800"} for each in (1, 2, 3, 4)
    }
    agreement = in_force(house, year=2014, changes=changes)
    measure(house, {f"item-{each}": ("380",) for each in (1, 2, 3, 4)})

    assert Fraction(scored(house, agreement, 1).value) == Fraction(76, 10)  # 10 × 380 ÷ 500


def test_a_missing_quadrimestre_is_no_measure_of_the_whole(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, {**year_end(G4), "item-1": ("380",)})

    made = scoring.reckon(agreement, closing(agreement, 3), today=TODAY)

    assert made.actuals["item-1"].state == "não apurado"
    assert made.actuals["item-1"].reason == "falta 2º quadrimestre de 2014, 3º quadrimestre de 2014"


def test_a_milestone_counts_by_what_was_recorded_of_it(house: House) -> None:
    milestone = {"especie": "marco", "indicador": "", "polaridade": "", "prazo": "2014-06-30"}
    once = {
        **milestone,
        "meta_final": "1",
        "acumulacao": "fim do período",
        "metodo": "tudo ou nada, maior é melhor",
    }
    agreement = in_force(house, year=2014, changes={"item-4": once})
    measure(house, {"item-1": ("200",), "item-2": ("40",), "item-3": ("4",)})
    done = Situation("item-4", date(2014, 4, 30), "apurado", Fraction(1), done_on=date(2014, 4, 12))

    readings.read_item(agreement, situation=done, actor=house.system, at=NOON)

    score = scored(house, agreement, 1)
    assert score.calculation.outcomes.get(rule="nota_item", key="item-4").value == "10"


def test_a_cancelled_item_gives_its_weight_to_the_others(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, year_end(G4))
    act = house.act("4", date(2014, 5, 5), kind="ata")
    gone = Situation("item-3", date(2014, 5, 5), "cancelado", reason="Perdeu o objeto.", legal_act=act)

    readings.read_item(agreement, situation=gone, actor=house.system, at=NOON)

    score = scored(house, agreement, 3)
    assert Fraction(score.value) == Fraction(57, 10) + Fraction(80, 21)
    assert score.missing_count == 0


def refused(code: str, agreement: Agreement, number: int) -> str:
    with pytest.raises(Refused) as found:
        scoring.reckon(agreement, closing(agreement, number), today=TODAY)
    assert found.value.refusal.code == code
    return str(found.value)


def test_an_agreement_with_no_measured_item_has_no_score_rather_than_zero(house: House) -> None:
    said = refused("agreements.nothing_measured", in_force(house, year=2014), 1)

    assert "isso não é nota zero" in said


def test_a_period_is_not_closed_twice_but_made_again_with_a_reason(house: House) -> None:
    agreement = in_force(house, year=2014)
    measure(house, year_end(G4))
    first = scored(house, agreement, 3)
    made = scoring.reckon(agreement, closing(agreement, 3), today=TODAY)

    with pytest.raises(Refused) as twice:
        scoring.compute(agreement, made=made, actor=house.system, at=NOON)
    with pytest.raises(Refused) as same:
        scoring.recompute(agreement, made=made, reason="Conferir.", actor=house.system, at=NOON)
    put(house, indicator_of_item(house, "SAU", "item-3"), ("SAU", FIRST), {"concluidos": "12"})
    again = scoring.reckon(agreement, closing(agreement, 3), today=TODAY)
    second = scoring.recompute(agreement, made=again, reason="Valor corrigido.", actor=house.system, at=NOON)

    assert twice.value.refusal.code == "agreements.closed_twice"
    assert same.value.refusal.code == "agreements.same_facts"
    assert second.replaces == first
    assert second.calculation.supersedes == first.calculation
    assert Fraction(second.value) == Fraction(57, 10) + 4 * (Fraction(1) + Fraction(20, 21)) / 2


def test_outside_the_decree_the_norm_gives_no_score(house: House) -> None:
    agreement = in_force(house, year=2025)
    for key, value in G4.items():
        indicator = indicator_of_item(house, "SAU", key)
        put(house, indicator, ("SAU", Period(date(2025, 1, 1), date(2025, 4, 30))), {"concluidos": value[0]})

    said = refused("agreements.no_score", agreement, 1)

    assert "Lei nº 18.746" in said


def test_a_quadrimestre_is_not_closed_before_it_is_over(house: House) -> None:
    agreement = in_force(house, year=2026)

    assert "ainda não terminou" in refused("agreements.period_not_over", agreement, 1)


# 20 lies between 18 and 22: the degree is 1, and the score of the item 10; 23 does not: 0. The target is only told.
@pytest.mark.parametrize(("reached", "score"), [("20", "10"), ("22", "10"), ("23", "0")])
def test_a_band_is_written_in_the_method(house: House, reached: str, score: str) -> None:
    within = {
        "polaridade": "dentro da faixa",
        "acumulacao": "média",
        "meta_final": "20",
        "metodo": "se(e(realizado >= 18; realizado <= 22); 1; 0)",
    }
    agreement = in_force(house, year=2014, changes={"item-1": within})
    measure(house, {"item-1": (reached,), "item-2": ("20",), "item-3": ("3",), "item-4": ("5",)})

    made = scored(house, agreement, 1)

    assert made.calculation.outcomes.get(rule="nota_item", key="item-1").value == score
