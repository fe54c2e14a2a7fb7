"""Who answers for an office when its holder is away, gone or not yet there; each case worked by hand."""

from datetime import UTC, date, datetime

import pytest

from apura_web.audit.actors import Role
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.orgs.models import Tenure, TenureKind
from apura_web.orgs.powers import hats_of
from apura_web.orgs.selectors.offices import in_charge_during, offices_of
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import AbsenceFacts
from apura_web.orgs.services.tenures import Appointment, Ending
from cast import NOON, TODAY, Cast, House

HEAD = TenureKind.HEAD


def away(house: House, name: str, since: date, until: date, *, kind: str = "ferias"):
    facts = AbsenceFacts(kind, since, until)
    return people.register_absence(house.people[name], facts=facts, actor=house.system, at=NOON)


def appoint(house: House, name: str, office: Appointment, unit: str = "SAU") -> Tenure:
    return tenures.appoint(
        house.units[unit], person=house.people[name], appointment=office, actor=house.system, at=NOON
    )


def office(act: LegalAct, capacity: str = "efetivo", **dates: date) -> Appointment:
    return Appointment(HEAD, act, dates.get("since", TODAY), dates.get("until"), capacity)


def in_charge(house: House, on: date = TODAY, unit: str = "SAU") -> str:
    single = [each for each in offices_of(house.units[unit], on).single if each.kind == HEAD]
    acting = single[0].day.in_charge if single else None
    return acting.person.name.split()[0] if acting else "ninguém"


def heads(house: House, name: str, on: date = TODAY) -> bool:
    return house.actor(name, on).has(Role.HEAD)


def end_of(house: House, name: str, number: str, last: date) -> None:
    tenure = Tenure.objects.get(person=house.people[name], kind=HEAD)
    ending = Ending(last, house.act(number, last))
    tenures.end(tenure, ending=ending, actor=house.system, at=NOON)


def test_on_vacation_the_legal_substitute_acts_and_the_holder_keeps_only_the_posting(cast: Cast) -> None:
    house = cast.house
    posting = Appointment(TenureKind.POSTING, house.founding, date(2024, 1, 2))
    tenures.appoint(
        house.units["SAU"], person=house.people["Ana"], appointment=posting, actor=house.system, at=NOON
    )
    away(house, "Ana", date(2026, 3, 10), date(2026, 3, 29))
    for on, who in (
        (date(2026, 3, 9), "Ana"),
        (date(2026, 3, 10), "Bruno"),
        (date(2026, 3, 29), "Bruno"),
        (date(2026, 3, 30), "Ana"),
    ):
        assert in_charge(house, on) == who, on
        assert (heads(house, "Ana", on), heads(house, "Bruno", on)) == (who == "Ana", who == "Bruno"), on
    assert [hat.tenure.kind for hat in hats_of(house.people["Ana"], TODAY)] == [TenureKind.POSTING]


def test_an_interim_goes_before_the_substitute_and_who_responds_before_both(cast: Cast) -> None:
    house = cast.house
    end_of(house, "Ana", "10", date(2026, 3, 1))
    assert in_charge(house, date(2026, 3, 2)) == "Bruno"
    appoint(house, "Elisa", office(house.act("11", date(2026, 3, 5)), "interino", since=date(2026, 3, 5)))
    assert (in_charge(house, date(2026, 3, 5)), heads(house, "Bruno", date(2026, 3, 5))) == ("Elisa", False)
    responding = office(house.act("12"), "respondendo", since=TODAY, until=date(2026, 3, 15))
    appoint(house, "Davi", responding)
    assert (in_charge(house), in_charge(house, date(2026, 3, 16))) == ("Davi", "Elisa")
    assert not heads(house, "Elisa")


def test_a_delegate_acts_beside_the_holder_and_only_in_the_days_of_the_act(cast: Cast) -> None:
    house = cast.house
    appoint(house, "Elisa", office(house.act("11"), "delegado", since=TODAY, until=date(2026, 3, 20)))
    assert (heads(house, "Ana"), heads(house, "Elisa")) == (True, True)
    assert in_charge(house) == "Ana"
    assert not heads(house, "Elisa", date(2026, 3, 21))


def test_when_holder_and_substitute_are_away_nobody_answers_and_the_registry_is_told_from_which_day(
    cast: Cast,
) -> None:
    house = cast.house
    away(house, "Bruno", date(2026, 3, 15), date(2026, 3, 16))
    told = in_charge_during(house.people["Ana"], date(2026, 3, 12), date(2026, 3, 20))
    names = [(on, office.day.in_charge and office.day.in_charge.person.name) for office, on in told]
    assert names == [
        (date(2026, 3, 12), "Bruno de Teste"),
        (date(2026, 3, 15), None),
        (date(2026, 3, 17), "Bruno de Teste"),
    ]
    away(house, "Ana", date(2026, 3, 12), date(2026, 3, 20))
    assert in_charge(house, date(2026, 3, 15)) == "ninguém"


def test_a_person_in_two_offices_has_two_hats_and_wears_one_at_a_time(cast: Cast) -> None:
    house = cast.house
    appoint(house, "Ana", office(house.act("11")), "EDU")
    hats = hats_of(house.people["Ana"], TODAY)
    assert sorted(hat.label for hat in hats) == ["Titular do órgão · EDU", "Titular do órgão · SAU"]
    for hat in hats:
        actor = house.actor("Ana", hat=hat.value)
        assert [grant.office for grant in actor.grants] == [hat.value]


def test_a_retroactive_appointment_counts_from_its_day_though_recorded_later(cast: Cast) -> None:
    house = cast.house
    end_of(house, "Ana", "10", date(2026, 1, 31))
    late = house.act("11", date(2026, 3, 9), effects_from=date(2026, 2, 1))
    appoint(house, "Elisa", office(late, since=date(2026, 2, 1)))
    assert (in_charge(house, date(2026, 1, 31)), in_charge(house, date(2026, 2, 1))) == ("Ana", "Elisa")


def test_the_last_day_ends_at_midnight_where_the_institution_is(cast: Cast) -> None:
    institution = cast.house.institution
    institution.time_zone = "America/Cuiaba"
    late_in_cuiaba = datetime(2026, 3, 21, 3, 59, tzinfo=UTC)
    assert local_date(late_in_cuiaba, institution) == date(2026, 3, 20)
    until = office(cast.house.act("11"), "delegado", since=TODAY, until=date(2026, 3, 20))
    appoint(cast.house, "Elisa", until)
    assert heads(cast.house, "Elisa", local_date(late_in_cuiaba, institution))
    assert not heads(cast.house, "Elisa", local_date(datetime(2026, 3, 21, 4, 0, tzinfo=UTC), institution))


def test_an_act_without_effect_takes_the_designation_away_from_the_origin(cast: Cast) -> None:
    house = cast.house
    act = house.act("11")
    appoint(house, "Elisa", office(act), "EDU")
    assert heads(house, "Elisa")
    house.act("12", relation="torna_sem_efeito", target=act)
    assert not heads(house, "Elisa")
    assert offices_of(house.units["EDU"], TODAY).single == []


def test_an_end_without_effect_gives_the_office_back(cast: Cast) -> None:
    house = cast.house
    end_of(house, "Ana", "10", date(2026, 3, 1))
    assert in_charge(house) == "Bruno"
    ending = LegalAct.objects.get(number="10", institution=house.institution)
    house.act("12", relation="torna_sem_efeito", target=ending)
    assert in_charge(house) == "Ana"


@pytest.mark.parametrize(("kind", "who"), [("ferias", "Bruno"), ("viagem", "Bruno"), ("licenca", "Bruno")])
def test_every_kind_of_absence_passes_the_office_on(cast: Cast, kind: str, who: str) -> None:
    away(cast.house, "Ana", TODAY, TODAY, kind=kind)
    assert in_charge(cast.house) == who
