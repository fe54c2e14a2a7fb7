"""The cast of the platform's tests: two twin institutions, each with a small organogram and one person per office.

    GAB Gabinete
     ├─ SAU Saúde ── ATE Atenção Básica
     └─ EDU Educação

Ana heads SAU, Bruno substitutes her, Carla coordinates SAU, Davi is posted in ATE, Elisa in EDU, Rita keeps the
registry, Ada administers, Caio is internal control, Tina is external control over SAU until the end of 2026.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from apura_web.accounts.services import invitations
from apura_web.audit.actors import Actor, system_actor
from apura_web.documents.models import LegalAct
from apura_web.documents.services import legal_acts
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Person, TenureKind, Unit
from apura_web.orgs.powers import actor_for, hats_of
from apura_web.orgs.services import people, structure, tenures
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.structure import Basis, UnitNames
from apura_web.orgs.services.tenures import Appointment

START = date(2024, 1, 2)
NOON = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
PASSWORD = "uma senha bem comprida 42"  # noqa: S105
UNITS = {
    "GAB": ("Gabinete", None),
    "SAU": ("Saúde", "GAB"),
    "ATE": ("Atenção Básica", "SAU"),
    "EDU": ("Educação", "GAB"),
}
OFFICES = {
    "Ana": (TenureKind.HEAD, "SAU", "efetivo"),
    "Bruno": (TenureKind.HEAD, "SAU", "substituto"),
    "Carla": (TenureKind.COORDINATOR, "SAU", "efetivo"),
    "Davi": (TenureKind.POSTING, "ATE", "efetivo"),
    "Elisa": (TenureKind.POSTING, "EDU", "efetivo"),
    "Rita": (TenureKind.REGISTRAR, None, "efetivo"),
    "Ada": (TenureKind.ADMINISTRATOR, None, "efetivo"),
    "Caio": (TenureKind.INTERNAL_CONTROL, None, "efetivo"),
    "Tina": (TenureKind.EXTERNAL_CONTROL, "SAU", "efetivo"),
}
ACCESSES = {
    TenureKind.REGISTRAR,
    TenureKind.ADMINISTRATOR,
    TenureKind.INTERNAL_CONTROL,
    TenureKind.EXTERNAL_CONTROL,
}


@dataclass
class House:
    """One institution of the cast."""

    institution: Institution
    founding: LegalAct
    letter: LegalAct
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        """Who prepares things."""
        return system_actor(self.institution.pk)

    def actor(self, name: str, on: date = TODAY, hat: str = "") -> Actor:
        """The actor of somebody of the cast, as the edge builds it."""
        person = self.people[name]
        return actor_for(person, hats_of(person, on), hat)

    def act(self, number: str, on: date = TODAY, **facts: object) -> LegalAct:
        """Register an ordinance."""
        defaults = {"kind": "portaria", "authority": "Secretário", "year": on.year, "signed_on": on}
        return legal_acts.register(
            self.institution, actor=self.system, at=NOON, **{**defaults, "number": number, **facts}
        )

    def basis(self, number: str, on: date = TODAY) -> Basis:
        """An ordinance and its day."""
        return Basis(self.act(number, on), on)


@dataclass
class Cast:
    """The two houses."""

    house: House
    twin: House


HOUSES = {"norte": "Estado do Norte", "sul": "Estado do Sul"}


def make_cast() -> Cast:
    """Give both houses, built through the acts a user would do unless they are there already."""
    known = set(Institution.objects.filter(code__in=HOUSES).values_list("code", flat=True))
    return Cast(*(_found(code) if code in known else _house(code, name) for code, name in HOUSES.items()))


def _found(code: str) -> House:
    institution = Institution.objects.get(code=code)
    acts = {act.kind: act for act in LegalAct.objects.filter(institution=institution, number__in=["1", "7"])}
    return House(
        institution,
        acts["decreto"],
        acts["oficio"],
        {unit.acronym: unit for unit in Unit.objects.filter(institution=institution)},
        {person.name.split()[0]: person for person in Person.objects.filter(institution=institution)},
    )


def _house(code: str, name: str) -> House:
    institution = Institution.objects.create(
        code=code,
        name=name,
        acronym=code.upper(),
        calendar="BR",
        founded_on=date(2000, 1, 1),
        is_fictitious=True,
    )
    system = system_actor(institution.pk)
    common = {"actor": system, "at": NOON, "authority": "Governador"}
    founding = legal_acts.register(
        institution, kind="decreto", number="1", year=2024, signed_on=START, **common
    )
    letter = legal_acts.register(institution, kind="oficio", number="7", year=2024, signed_on=START, **common)
    house = House(institution, founding, letter)
    for acronym, (title, parent) in UNITS.items():
        house.units[acronym] = structure.create(
            house.units[parent] if parent else institution,
            names=UnitNames(title, acronym, "unidade"),
            basis=Basis(founding, START),
            actor=system,
            at=NOON,
        )
    for first_name, office in OFFICES.items():
        house.people[first_name] = _person(house, first_name, office)
    return house


def _person(house: House, first_name: str, office: tuple[TenureKind, str | None, str]) -> Person:
    kind, unit, capacity = office
    system = house.system
    email = f"{first_name.lower()}@{house.institution.code}.example"
    facts = PersonFacts(f"{first_name} de Teste", email=email)
    person = people.register(house.institution, facts=facts, actor=system, at=NOON)
    opening = people.invite(person, actor=system, at=NOON)
    invitations.accept(opening.invitation, password=PASSWORD, at=NOON)
    act = house.letter if kind == TenureKind.EXTERNAL_CONTROL else house.founding
    until = date(2026, 12, 31) if kind == TenureKind.EXTERNAL_CONTROL else None
    service = tenures.grant_access if kind in ACCESSES else tenures.appoint
    service(
        house.units[unit] if unit else house.institution,
        person=person,
        appointment=Appointment(kind, act, START, until, capacity),
        actor=system,
        at=NOON,
    )
    return person
