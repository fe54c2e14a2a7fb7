"""Legal acts as real offices have them: corrected, retified, made without effect, and what follows."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from apura_web.documents.selectors import has_no_effect, records_visible_to
from apura_web.documents.services import legal_acts
from apura_web.foundation.refusals import Refused
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import organogram_on
from apura_web.orgs.services import structure
from cast import NOON, START, TODAY, Cast, House


def undo(house: House, number: str, target, on: date = TODAY):
    return house.act(number, on, relation="torna_sem_efeito", target=target)


def move(house: House, unit: str, under: str, *, number: str, on: date = TODAY):
    basis = house.basis(number, on)
    structure.move(house.units[unit], under=house.units[under], basis=basis, actor=house.system, at=NOON)
    return basis.legal_act


def superior(house: House, unit: str, on: date = TODAY) -> str:
    line = organogram_on(house.institution.pk, on).line_of(house.units[unit].pk)
    return line[-2].acronym


def test_an_act_made_without_effect_takes_its_changes_away_from_the_origin_and_from_today(cast: Cast) -> None:
    house = cast.house
    moved = move(house, "ATE", "EDU", number="10")
    assert superior(house, "ATE") == "EDU"
    undo(house, "11", moved)
    assert superior(house, "ATE") == "SAU"
    fresh = Unit.objects.get(pk=house.units["ATE"].pk)
    assert fresh.path.startswith(Unit.objects.get(pk=house.units["SAU"].pk).path)


def test_making_without_effect_the_act_that_took_the_effect_gives_it_back(cast: Cast) -> None:
    house = cast.house
    moved = move(house, "ATE", "EDU", number="10")
    taker = undo(house, "11", moved)
    undo(house, "12", taker)
    assert not has_no_effect(moved)
    assert superior(house, "ATE") == "EDU"


def test_a_relation_typed_by_mistake_and_corrected_no_longer_takes_the_effect_away(cast: Cast) -> None:
    house = cast.house
    moved = move(house, "ATE", "EDU", number="10")
    mistaken = undo(house, "11", moved)
    legal_acts.correct(
        mistaken, actor=house.system, at=NOON, reason="era só retificação", relation="retifica", target=moved
    )
    assert not has_no_effect(moved)
    assert superior(house, "ATE") == "EDU"


def test_what_has_no_effect_already_is_not_made_without_effect_again(cast: Cast) -> None:
    moved = move(cast.house, "ATE", "EDU", number="10")
    undo(cast.house, "11", moved)
    with pytest.raises(Refused) as refused:
        undo(cast.house, "12", moved)
    assert refused.value.refusal.code == "documents.already_without_effect"


def test_an_act_does_nothing_to_an_act_that_came_after_it(cast: Cast) -> None:
    later = cast.house.act("10", TODAY)
    with pytest.raises(Refused) as refused:
        undo(cast.house, "9", later, on=date(2026, 3, 1))
    assert refused.value.refusal.code == "documents.target_is_later"


def test_an_act_does_not_fall_when_a_unit_would_be_left_under_itself(cast: Cast) -> None:
    house = cast.house
    first = move(house, "ATE", "GAB", number="10", on=date(2026, 2, 1))
    move(house, "SAU", "ATE", number="11", on=date(2026, 2, 2))
    with pytest.raises(Refused) as refused:
        undo(house, "12", first)
    assert refused.value.refusal.code == "orgs.circle_without_act"
    assert "SAU" in refused.value.refusal.reason


def test_a_number_corrected_away_is_free_for_the_act_that_really_has_it(cast: Cast) -> None:
    house = cast.house
    typed_wrong = house.act("12")
    legal_acts.correct(typed_wrong, actor=house.system, at=NOON, reason="é o nº 13", number="13")
    house.act("12")
    with pytest.raises(Refused) as refused:
        house.act("13")
    assert refused.value.refusal.code == "documents.duplicate_act"
    assert str(typed_wrong.current) == "Portaria nº 13/2026"


def test_correcting_a_record_into_the_number_of_another_is_refused(cast: Cast) -> None:
    house = cast.house
    house.act("12")
    other = house.act("14")
    with pytest.raises(Refused) as refused:
        legal_acts.correct(other, actor=house.system, at=NOON, reason="teste", number="12")
    assert refused.value.refusal.code == "documents.duplicate_act"


def test_a_republication_repeats_the_number_of_what_it_republishes(cast: Cast) -> None:
    first = cast.house.act("12")
    again = cast.house.act("12", relation="republica", target=first)
    assert again.target == first


def test_the_gazette_may_come_out_long_after_the_act_but_never_before_it(cast: Cast) -> None:
    house = cast.house
    common = {"vehicle": "Diário Oficial", "actor": house.system, "at": NOON}
    legal_acts.publish(house.founding, published_on=date(2026, 3, 1), **common)
    with pytest.raises(ValidationError) as refused:
        legal_acts.publish(house.founding, published_on=date(2024, 1, 1), **common)
    assert "não pode ser anterior" in str(refused.value)


def test_an_act_before_the_institution_existed_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        cast.house.act("1", date(1999, 12, 31))
    assert "existe desde 01/01/2000" in str(refused.value)


def test_each_act_is_listed_once_as_last_corrected(cast: Cast) -> None:
    house = cast.house
    act = house.act("12")
    for number in ("13", "14"):
        legal_acts.correct(act, actor=house.system, at=NOON, reason="errado", number=number)
    listed = records_visible_to(house.actor("Davi"))
    assert [(row.number, row.root_code) for row in listed if row.kind == "portaria"] == [("14", act.code)]
    assert START in {row.signed_on for row in listed}
