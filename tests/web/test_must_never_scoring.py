"""What must never happen to the score of an agreement; each sentence rests on a provision or a rule of the house."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from agreeing import in_force, indicator_of_item
from apura_web.agreements.models import Agreement, Score
from apura_web.agreements.quarters import closings_of
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import scoring
from apura_web.agreements.services.scoring import Reckoning
from apura_web.audit.verification import verify
from apura_web.calculations.models import Calculation
from apura_web.foundation.refusals import Refused
from apura_web.indicators.periods import Period
from cast import NOON, TODAY, Cast, House
from ledgers import put

FIRST = Period(date(2014, 1, 1), date(2014, 4, 30))
REACHED = {"item-1": "100", "item-2": "20", "item-3": "3", "item-4": "5"}


def scorable(house: House, **more: object) -> Agreement:
    """An agreement of SAU whose items were measured by April."""
    agreement = in_force(house, year=2014, **more)
    for key, value in REACHED.items():
        put(house, indicator_of_item(house, "SAU", key), ("SAU", FIRST), {"concluidos": value})
    return agreement


def reckoned(agreement: Agreement) -> Reckoning:
    pact = last_pact(agreement)
    assert pact is not None
    return scoring.reckon(agreement, closings_of(pact.text)[0], today=TODAY)


def test_a_score_is_never_changed_or_deleted(cast: Cast) -> None:
    agreement = scorable(cast.house)
    score = scoring.compute(agreement, made=reckoned(agreement), actor=cast.house.system, at=NOON)
    for attempt in (
        lambda: Score.objects.update(value="10"),
        score.delete,
        lambda: Calculation.objects.update(document="{}"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_score_never_rests_on_what_was_recorded_after_it_was_reckoned(cast: Cast) -> None:
    agreement = scorable(cast.house)
    made = reckoned(agreement)
    put(cast.house, indicator_of_item(cast.house, "SAU", "item-1"), ("SAU", FIRST), {"concluidos": "133"})

    score = scoring.compute(agreement, made=made, actor=cast.house.system, at=NOON)

    # A: (3 × 7,5 + 2 × 7,5) / 5 = 7,5, by the 100 that were known, and not the 133 recorded meanwhile.
    assert score.calculation.outcomes.get(rule="nota_objeto", key="objeto-1").value == "15/2"
    assert score.calculation.fact_sheet.at_seq == made.prepared.asked.at_seq


def test_a_score_is_never_rounded_where_no_clause_rounds_it(cast: Cast) -> None:
    agreement = scorable(cast.house)
    score = scoring.compute(agreement, made=reckoned(agreement), actor=cast.house.system, at=NOON)
    # B: (7,5 + 10 × 5/7) / 2 = 205/28. (60 × 7,5 + 40 × 205/28) / 100 = 52/7.
    assert Fraction(score.value) == Fraction(52, 7)


def test_what_was_not_measured_never_counts_as_zero_unless_the_pact_says_so(cast: Cast) -> None:
    agreement = in_force(cast.house, year=2014)
    put(cast.house, indicator_of_item(cast.house, "SAU", "item-1"), ("SAU", FIRST), {"concluidos": "100"})
    with pytest.raises(Refused) as refused:
        reckoned(agreement)
    assert refused.value.refusal.code == "agreements.nothing_measured"


def test_nobody_of_the_acordada_ever_makes_its_own_score(cast: Cast) -> None:
    agreement = scorable(cast.house)
    made = reckoned(agreement)
    for name in ("Ana", "Carla", "Davi"):
        with pytest.raises(Refused) as refused:
            scoring.compute(agreement, made=made, actor=cast.house.actor(name), at=NOON)
        assert refused.value.refusal.status == 403
    assert not Score.objects.exists()


def test_a_score_is_never_given_outside_the_days_the_decree_reaches(cast: Cast) -> None:
    agreement = in_force(cast.house, year=2025)
    period = Period(date(2025, 1, 1), date(2025, 4, 30))
    for key, value in REACHED.items():
        put(cast.house, indicator_of_item(cast.house, "SAU", key), ("SAU", period), {"concluidos": value})
    with pytest.raises(Refused) as refused:
        reckoned(agreement)
    assert refused.value.refusal.code == "agreements.no_score"


def test_the_trail_makes_every_score_again_and_finds_them_whole(cast: Cast) -> None:
    agreement = scorable(cast.house)
    scoring.compute(agreement, made=reckoned(agreement), actor=cast.house.system, at=NOON)

    found = verify(cast.house.institution)

    assert found.is_whole, found.findings
