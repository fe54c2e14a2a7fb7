"""Loading the demonstration through the same acts a person would do, so that its trail is a real one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from apura_web.accounts.services import invitations
from apura_web.demo.agreements import load_agreements
from apura_web.demo.house import START, House
from apura_web.demo.houses import PASSWORD, HouseFacts, PersonRow, houses, people_of, units_of
from apura_web.demo.measuring import load_indicators
from apura_web.documents.models import LegalAct
from apura_web.documents.services import legal_acts
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Person, TenureKind
from apura_web.orgs.offices import PRIVILEGED
from apura_web.orgs.services import people, structure, tenures
from apura_web.orgs.services.people import AbsenceFacts, PersonFacts
from apura_web.orgs.services.structure import Basis, UnitNames
from apura_web.orgs.services.tenures import Appointment

REORGANISATION = date(2025, 7, 1)
FOUNDED = time(9)


def load(at: datetime) -> list[Institution]:
    """Load every institution that is not there yet.

    Args:
        at: the instant of loading; who is on vacation “today” is on vacation then.
    """
    return [
        load_house(facts, at)
        for facts in houses()
        if not Institution.objects.filter(code=facts.code).exists()
    ]


def load_house(facts: HouseFacts, at: datetime) -> Institution:
    """Load an institution.

    Args:
        facts: which.
        at: the instant of loading.
    """
    institution = Institution(
        code=facts.code,
        name=facts.name,
        acronym=facts.acronym,
        time_zone=facts.time_zone,
        calendar=facts.calendar,
        theme=facts.theme,
        founded_on=facts.founded_on,
        is_fictitious=True,
    )
    institution.full_clean()
    institution.save()
    house = House(facts, institution, loaded_at=at, at=at)
    found_house(house)
    known = load_agreements(house)
    _reorganisation(house)
    _vacation(house)
    load_indicators(house, known)
    return institution


def found_house(house: House) -> None:
    """Load the units and the people of an institution, recorded on the day they begin."""
    founded = house.when(house.instant(START, FOUNDED))
    _units(founded)
    _people(founded)


def _units(house: House) -> None:
    basis = Basis(house.legal_act("DEMO-1", START), START)
    for row in units_of(house.facts.code):
        house.units[row.acronym] = structure.create(
            house.units[row.under] if row.under else house.institution,
            names=UnitNames(row.name, row.acronym, row.kind),
            basis=basis,
            actor=house.actor,
            at=house.at,
        )


def _people(house: House) -> None:
    act = house.legal_act("DEMO-2", START)
    letter = house.legal_act("DEMO-3", START, kind="oficio", authority="Tribunal de Contas (fictício)")
    for number, row in enumerate(people_of(house.facts.code), start=1):
        facts = PersonFacts(row.name, registration=f"DEMO-{number:03}", email=row.email(house.facts.code))
        person = people.register(house.institution, facts=facts, actor=house.actor, at=house.at)
        house.people[row.key] = person
        _office(house, person, row, letter if row.office == TenureKind.EXTERNAL_CONTROL else act)
        if row.has_login:
            opening = people.invite(person, actor=house.actor, at=house.at)
            invitations.accept(opening.invitation, password=PASSWORD, at=house.at)


def _office(house: House, person: Person, row: PersonRow, act: LegalAct) -> None:
    until = date(house.today.year + 1, 12, 31) if row.office == TenureKind.EXTERNAL_CONTROL else None
    appointment = Appointment(row.office, act, START, until, row.capacity)
    place = house.units[row.unit] if row.unit else house.institution
    service = tenures.grant_access if row.office in PRIVILEGED else tenures.appoint
    service(place, person=person, appointment=appointment, actor=house.actor, at=house.at)
    if row.unit and row.office not in {TenureKind.POSTING, TenureKind.EXTERNAL_CONTROL}:
        posting = Appointment(TenureKind.POSTING, act, START)
        tenures.appoint(place, person=person, appointment=posting, actor=house.actor, at=house.at)


def _reorganisation(house: House) -> None:
    act = house.legal_act("DEMO-4", REORGANISATION)
    basis, common = Basis(act, REORGANISATION), {"actor": house.actor, "at": house.at}
    units = house.units
    match house.facts.code:
        case "goias":
            structure.merge(units["AGEX-B"], absorbed=[units["AGEX-A"]], basis=basis, **common)
            names = UnitNames("Gerência de Pareceres Técnicos", "GEPAR", "unidade")
            structure.rename(units["GEPAR"], names=names, basis=basis, **common)
        case "almg":
            names = UnitNames("Central de Atendimento ao Servidor (nome fictício)", "Caop", "unidade")
            structure.rename(units["Caop"], names=names, basis=basis, **common)
        case "cge-mt":
            structure.move(units["COORD-A2"], under=units["SUP-B"], basis=basis, **common)
        case _:
            names = UnitNames(
                "Núcleo de Gestão Estratégica para Resultados da Fazenda (fictício)",
                "NGER-SEFAZ",
                "unidade_estrategica",
            )
            structure.create(units["GOV"], names=names, basis=basis, **common)
    _publish_late(house, act)


def _publish_late(house: House, act: LegalAct) -> None:
    legal_acts.publish(
        act,
        actor=house.actor,
        at=house.at,
        vehicle="Diário Oficial (fictício)",
        number="DEMO",
        page="3",
        published_on=REORGANISATION + timedelta(days=9),
    )


ON_VACATION = {"goias": "helena", "almg": "paulo", "cge-mt": "sueli"}


def _vacation(house: House) -> None:
    key = ON_VACATION.get(house.facts.code)
    if key is None:
        return
    act = house.legal_act("DEMO-5", house.today - timedelta(days=10), kind="portaria")
    facts = AbsenceFacts("ferias", house.today - timedelta(days=3), house.today + timedelta(days=26), act)
    people.register_absence(house.people[key], facts=facts, actor=house.actor, at=house.at)
