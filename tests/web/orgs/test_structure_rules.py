"""What units and appointments refuse, and what retroactive acts do to what is recorded already."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from apura_web.foundation.refusals import Refused
from apura_web.orgs.models import Tenure, TenureKind, Unit
from apura_web.orgs.organogram import compare
from apura_web.orgs.selectors.structure import organogram_on
from apura_web.orgs.selectors.tenures import tenures_on
from apura_web.orgs.services import structure, tenures
from apura_web.orgs.services.structure import UnitNames
from apura_web.orgs.services.tenures import Appointment, Ending
from cast import NOON, TODAY, Cast, House

POSTING = TenureKind.POSTING


def refusal_of(action, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        action(*args, **kwargs)
    return refused.value.refusal.code


def act_of(house: House, number: str, on: date) -> dict:
    return {"basis": house.basis(number, on), "actor": house.system, "at": NOON}


def move(house: House, unit: str, under: str, **given) -> None:
    structure.move(house.units[unit], under=house.units[under], **given)


def line(house: House, unit: str, on: date) -> str:
    return " › ".join(
        box.acronym for box in organogram_on(house.institution.pk, on).line_of(house.units[unit].pk)
    )


def post(house: House, name: str, unit: str, *days: date) -> Tenure:
    appointment = Appointment(POSTING, house.founding, *days)
    place = house.units[unit]
    return tenures.appoint(
        place, person=house.people[name], appointment=appointment, actor=house.system, at=NOON
    )


def test_a_move_recorded_late_between_two_others_holds_only_until_the_next(cast: Cast) -> None:
    house = cast.house
    move(house, "ATE", "EDU", **act_of(house, "10", date(2025, 6, 1)))
    move(house, "ATE", "SAU", **act_of(house, "12", date(2026, 1, 1)))
    move(house, "ATE", "GAB", **act_of(house, "11", date(2025, 9, 1)))
    days = (date(2025, 5, 31), date(2025, 6, 1), date(2025, 9, 1), date(2026, 1, 1))
    assert [line(house, "ATE", on) for on in days] == [
        "GAB › SAU › ATE",
        "GAB › EDU › ATE",
        "GAB › ATE",
        "GAB › SAU › ATE",
    ]
    assert Unit.objects.get(pk=house.units["ATE"].pk).path.count("/") == 4


def test_a_circle_is_refused_also_when_it_would_close_only_on_a_later_day(cast: Cast) -> None:
    house = cast.house
    move(house, "EDU", "ATE", **act_of(house, "10", date(2026, 6, 1)))
    with pytest.raises(Refused) as refused:
        move(house, "SAU", "EDU", **act_of(house, "11", date(2026, 2, 1)))
    assert refused.value.refusal.code == "orgs.cyclic_placement"
    assert "01/06/2026" in refused.value.refusal.reason


def test_a_merger_passes_only_what_was_left_of_each_posting(cast: Cast) -> None:
    house = cast.house
    posting = Tenure.objects.get(person=house.people["Davi"])
    ending = Ending(date(2026, 2, 15), house.act("9", date(2026, 2, 10)))
    tenures.end(posting, ending=ending, actor=house.system, at=NOON)
    structure.merge(
        house.units["EDU"], absorbed=[house.units["ATE"]], **act_of(house, "10", date(2026, 2, 1))
    )
    passed = Tenure.objects.get(person=house.people["Davi"], unit=house.units["EDU"])
    assert (passed.from_on, passed.until_on) == (date(2026, 2, 1), date(2026, 2, 15))
    assert not tenures_on(house.institution.pk, TODAY).filter(person=house.people["Davi"]).exists()


def test_a_merger_is_refused_while_an_act_already_recorded_puts_another_unit_there_later(cast: Cast) -> None:
    house = cast.house
    move(house, "EDU", "ATE", **act_of(house, "10", date(2026, 6, 1)))
    given = act_of(house, "11", date(2026, 3, 1))
    code = refusal_of(structure.merge, house.units["SAU"], absorbed=[house.units["ATE"]], **given)
    assert code == "orgs.merger_with_arrivals"


def test_a_unit_extinguished_mid_year_ends_its_mandates_the_day_before(cast: Cast) -> None:
    house = cast.house
    structure.extinguish(
        house.units["EDU"], successor=house.units["SAU"], **act_of(house, "10", date(2026, 3, 1))
    )
    elisa = tenures_on(house.institution.pk, date(2026, 2, 28)).filter(person=house.people["Elisa"])
    assert elisa.exists()
    assert (
        not tenures_on(house.institution.pk, date(2026, 3, 1)).filter(person=house.people["Elisa"]).exists()
    )
    assert "EDU" not in {box.acronym for box in organogram_on(house.institution.pk, TODAY).active}


def test_an_extinct_unit_takes_no_appointment_and_a_late_one_must_end_with_it(cast: Cast) -> None:
    house = cast.house
    structure.extinguish(house.units["EDU"], successor=None, **act_of(house, "10", date(2026, 3, 1)))
    assert refusal_of(post, house, "Carla", "EDU", TODAY) == "orgs.unit_extinct"
    assert refusal_of(post, house, "Carla", "EDU", date(2026, 1, 1)) == "orgs.outlives_unit"
    assert post(house, "Carla", "EDU", date(2026, 1, 1), date(2026, 2, 28)).until_on == date(2026, 2, 28)


def test_a_person_is_never_posted_in_two_units_on_the_same_day(cast: Cast) -> None:
    house = cast.house
    assert refusal_of(post, house, "Davi", "EDU", TODAY) == "orgs.overlapping_tenure"
    assert (
        refusal_of(post, house, "Davi", "EDU", date(2024, 1, 2), date(2024, 1, 2))
        == "orgs.overlapping_tenure"
    )


def test_nobody_is_appointed_nor_any_unit_created_before_the_institution_existed(cast: Cast) -> None:
    house = cast.house
    with pytest.raises(ValidationError) as refused:
        post(house, "Carla", "SAU", date(1999, 12, 31))
    assert "existe desde 01/01/2000" in str(refused.value)
    basis = structure.Basis(house.founding, date(1999, 12, 31))
    with pytest.raises(ValidationError):
        structure.create(
            house.institution,
            names=UnitNames("Antiga", "ANT", "unidade"),
            basis=basis,
            actor=house.system,
            at=NOON,
        )


def test_nobody_is_appointed_to_a_unit_before_it_existed(cast: Cast) -> None:
    assert refusal_of(post, cast.house, "Carla", "SAU", date(2024, 1, 1)) == "orgs.unit_not_yet"


def test_an_appointment_never_joins_people_units_or_acts_of_two_institutions(cast: Cast) -> None:
    house, twin = cast.house, cast.twin
    for place, person, act in (
        (house.units["SAU"], twin.people["Davi"], house.founding),
        (house.units["SAU"], house.people["Carla"], twin.founding),
    ):
        appointment = Appointment(POSTING, act, TODAY)
        with pytest.raises(ValidationError):
            tenures.appoint(place, person=person, appointment=appointment, actor=house.system, at=NOON)
    appointment = Appointment(POSTING, twin.founding, TODAY)
    code = refusal_of(
        tenures.appoint,
        twin.units["SAU"],
        person=twin.people["Carla"],
        appointment=appointment,
        actor=house.system,
        at=NOON,
    )
    assert code == "audit.not_found"


def test_comparing_two_days_tells_created_moved_renamed_merged_and_extinct(cast: Cast) -> None:
    house = cast.house
    day = date(2026, 2, 1)
    structure.create(
        house.units["EDU"], names=UnitNames("Médio", "MED", "unidade"), **act_of(house, "1", day)
    )
    structure.rename(
        house.units["EDU"], names=UnitNames("Ensino", "ENS", "unidade"), **act_of(house, "2", day)
    )
    structure.merge(house.units["GAB"], absorbed=[house.units["SAU"]], **act_of(house, "3", day))
    before, after = (organogram_on(house.institution.pk, on) for on in (date(2026, 1, 31), day))
    told = {(each.after or each.before).acronym: each.what for each in compare(before, after)}
    assert told == {
        "MED": "criada",
        "ENS": "mudou de denominação",
        "SAU": "extinta",
        "ATE": "mudou de vinculação",
    }
