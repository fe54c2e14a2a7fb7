"""What must never happen to what is measured; each sentence rests on a provision or a rule of the house."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from apura_web.audit.actors import system_actor
from apura_web.foundation.refusals import Refused
from apura_web.indicators.aggregation import Reading, over_units
from apura_web.indicators.models import CardVersion, Indicator, Measurement
from apura_web.indicators.selectors.cards import indicators_visible_to
from apura_web.indicators.selectors.ledger import measurements_visible_to, standing_only
from apura_web.indicators.selectors.rounds import submissions_visible_to
from apura_web.indicators.services import cards, cells, rounds
from apura_web.indicators.services.cells import Typing
from cast import NOON, Cast
from measuring import CASES, answer_of, approved, collection, grid, measured_by, proposed, type_in


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def sent(cast: Cast, unit: str = "ATE") -> None:
    """A unit that has sent what it measured in 2025, not accepted yet."""
    house = cast.house
    measured_by(house, approved(house, "IND-1", **CASES), unit)
    answer = answer_of(house, collection(house), unit)
    type_in(answer, {"IND-1": "10"}, actor=house.system)
    rounds.send(answer, actor=house.system, at=timezone.now())


def test_a_value_in_the_ledger_is_never_changed_or_deleted_not_even_by_the_platform(cast: Cast) -> None:
    sent(cast)
    row = Measurement.objects.first()
    for attempt in (lambda: Measurement.objects.update(value=Fraction(11)), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert {each.value for each in Measurement.objects.all()} == {Fraction(10)}


def test_a_blank_never_becomes_a_zero(cast: Cast) -> None:
    house = cast.house
    measured_by(house, approved(house, "IND-1", **CASES), "ATE")
    answer = answer_of(house, collection(house), "ATE")
    type_in(answer, {"IND-1, 1º": "10", "IND-1, 2º": "", "IND-1, 3º": "0"}, actor=house.system)
    with pytest.raises(Refused) as refused:
        rounds.send(answer, actor=house.system, at=timezone.now())
    assert code_of(refused) == "indicators.blank_cells"
    typed = {box.period.label[:2]: (box.value, box.is_blank) for box in grid(answer).boxes}
    assert typed == {"1º": (Fraction(10), False), "2º": (None, True), "3º": (Fraction(0), False)}


def test_percentages_of_units_are_never_averaged(cast: Cast) -> None:
    card = approved(cast.house, "IND-1").versions.get()
    parts = [
        Reading("A", {"no_prazo": Fraction(1), "concluidos": Fraction(1)}),  # 100 %
        Reading("B", {"no_prazo": Fraction(0), "concluidos": Fraction(9)}),  # 0 %
    ]
    assert over_units(card.read, parts).computed.value == Fraction(10)  # 1 of 10, not the mean, 50


def test_what_awaits_review_is_never_seen_by_another_unit_and_what_was_accepted_is(cast: Cast) -> None:
    sent(cast)
    house = cast.house
    elisa, davi = house.actor("Elisa"), house.actor("Davi")
    assert measurements_visible_to(davi).count() == 3
    assert measurements_visible_to(elisa).count() == 0
    assert submissions_visible_to(elisa).count() == 0
    answer = submissions_visible_to(house.actor("Carla")).get()
    rounds.accept(answer, actor=house.actor("Carla"), at=timezone.now())
    assert measurements_visible_to(elisa).count() == 3


def test_what_was_accepted_never_vanishes_nor_changes_for_others_while_the_unit_types_anew(
    cast: Cast,
) -> None:
    sent(cast)
    house, now = cast.house, timezone.now
    elisa, sara = house.actor("Elisa"), system_actor(house.institution.pk)
    answer = submissions_visible_to(sara).select_related("institution").get()
    rounds.accept(answer, actor=sara, at=now())
    far = now().date() + timedelta(days=30)
    rounds.unlock(answer, expires_on=far, reason="A unidade pediu.", actor=sara, at=now())
    type_in(answer, {"IND-1, 1º": "99"}, actor=sara)
    rounds.send(answer, actor=sara, at=now())

    def seen() -> list[Fraction | None]:
        rows = standing_only(measurements_visible_to(elisa), looker=elisa).order_by("period_start")
        return [row.value for row in rows]

    assert seen() == [10, 10, 10]
    rounds.accept(answer, actor=sara, at=now())
    assert seen() == [99, 10, 10]


def test_nothing_measured_in_an_institution_is_ever_seen_from_another(cast: Cast) -> None:
    sent(cast)
    for name in ("Ana", "Ada", "Caio"):
        actor = cast.twin.actor(name)
        assert indicators_visible_to(actor).count() == 0
        assert measurements_visible_to(actor).count() == 0
        assert submissions_visible_to(actor).count() == 0


def test_who_is_only_posted_in_a_unit_never_sends_in_its_name(cast: Cast) -> None:
    house = cast.house
    measured_by(house, approved(house, "IND-1", **CASES), "ATE")
    answer = answer_of(house, collection(house), "ATE")
    type_in(answer, {"IND-1": "10"}, actor=house.actor("Davi"))
    with pytest.raises(Refused) as refused:
        rounds.send(answer, actor=house.actor("Davi"), at=timezone.now())
    assert code_of(refused) == "audit.no_power"
    assert Measurement.objects.count() == 0


def test_nobody_ever_types_after_the_window_closed_until_it_is_opened_again_with_a_reason(cast: Cast) -> None:
    house = cast.house
    measured_by(house, approved(house, "IND-1", **CASES), "ATE")
    answer = answer_of(house, collection(house, opens=-90, due=-60, closes=-50), "ATE")
    box = grid(answer).boxes[0]
    with pytest.raises(Refused) as refused:
        cells.save(answer, box, Typing("1", 0), actor=house.actor("Davi"), at=timezone.now())
    assert code_of(refused) == "indicators.closed"


def test_a_card_is_never_approved_before_the_central_unit_speaks_of_it(cast: Cast) -> None:
    house = cast.house
    proposal = proposed(house, "IND-1")
    cards.send(proposal, actor=house.actor("Carla"), at=NOON)
    with pytest.raises(Refused) as refused:
        cards.approve(
            proposal, approval=cards.Approval(house.founding, date(2025, 1, 1)), actor=house.system, at=NOON
        )
    assert code_of(refused) == "indicators.proposal_elsewhere"
    assert CardVersion.objects.count() == 0


def test_who_writes_a_card_never_approves_it(cast: Cast) -> None:
    house = cast.house
    proposal = proposed(house, "IND-1")
    cards.send(proposal, actor=house.actor("Carla"), at=NOON)
    cards.examine(proposal, opinion="De acordo.", actor=house.system, at=NOON)
    approval = cards.Approval(house.founding, date(2025, 1, 1))
    with pytest.raises(Refused) as refused:
        cards.approve(proposal, approval=approval, actor=house.actor("Carla"), at=NOON)
    assert code_of(refused) == "audit.no_power"


def test_an_indicator_is_never_computed_from_itself_through_others(cast: Cast) -> None:
    house = cast.house
    of = {"formula": "origem", "polarity": "maior", "accumulation": "soma", "measure": "unidade"}
    first = {"name": "origem", "label": "Origem", "unit": "unidade", "indicator": "IND-1"}
    second = {**first, "indicator": "IND-2"}
    approved(house, "IND-1", **CASES)
    approved(house, "IND-2", **{**CASES, **of, "variables": [first]})
    again = cards.propose(
        Indicator.objects.get(number="IND-1"), change_note="Fecha o círculo.", actor=house.system, at=NOON
    )
    with pytest.raises(Refused) as refused:
        cards.draft(again, actor=house.system, at=NOON, **{**of, "variables": [second]})
    assert code_of(refused) == "indicators.circle"
    assert "IND-1 › IND-2 › IND-1" in str(refused.value)
