"""Results agreements for the platform's tests: one being negotiated, whose pact passes the conference; one in force.

SAU (or another body) agrees with GAB, and EDU is the intervening party; Ana, Gil and Hugo head them. Object A weighs 60
and has two items of weights 3 and 2; object B weighs 40 and has two of equal weights. Targets 400, 80, 12 and 21.
"""

from collections.abc import Mapping
from datetime import date

from apura_web.accounts.services import invitations
from apura_web.agreements.models import Agreement, Party
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import agreements, drafting, negotiation, signing
from apura_web.agreements.services.agreements import Opening
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.indicators.models import Indicator
from apura_web.orgs.models import Person, TenureKind, UnitKind
from apura_web.orgs.services import people, structure, tenures
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.structure import Basis, UnitNames
from apura_web.orgs.services.tenures import Appointment
from cast import NOON, PASSWORD, START, House
from measuring import CASES, approved, measured_by

MEASURED_SINCE = date(2014, 1, 1)
"""The decree reaches the year 2014 only: scores are of that year."""
HEADS = {"Gil": "GAB", "Hugo": "EDU", "Ana": "SAU"}
"""Who heads each body that signs; the cast has only Ana."""
WHOLE = {
    "apuracao": {
        "escala": "10",
        "proporcao": "por meses",
        "nao_apurado": "redistribuir o peso",
        "arredondamento": "exata",
        "minima": "7",
        "minima_operador": "a partir de",
        "ultimo_quadrimestre": "não",
        "valor_usado": "informado",
    },
    "sistematica": {"texto": "A comissão acompanha a cada quadrimestre."},
    "revisao-1": {"texto": "Mudança de competência da Acordada."},
    "bonus": {"previsto": "não"},
    "objeto-1": {"nome": "Atenção básica", "peso": "60", "descricao": "Consultas e vacinas."},
    "objeto-2": {"nome": "Estrutura", "peso": "40", "descricao": "Postos e equipes."},
}
ITEM = {
    "especie": "indicador",
    "polaridade": "maior é melhor",
    "acumulacao": "cumulativo",
    "metodo": "razão",
}
ITEMS = {
    "item-1": {"objeto": "objeto-1", "nome": "Consultas feitas", "peso": "3", "meta_final": "400"},
    "item-2": {"objeto": "objeto-1", "nome": "Vacinas aplicadas", "peso": "2", "meta_final": "80"},
    "item-3": {"objeto": "objeto-2", "nome": "Postos abertos", "peso": "1", "meta_final": "12"},
    "item-4": {"objeto": "objeto-2", "nome": "Equipes completas", "peso": "1", "meta_final": "21"},
}


def bodies(house: House, *units: str) -> None:
    """Make units of the cast bodies of the direct administration, each with its head, unless they are already."""
    for acronym in units or tuple(HEADS.values()):
        unit = house.units[acronym]
        if unit.kind != UnitKind.DIRECT:
            names = UnitNames(unit.name, acronym, UnitKind.DIRECT)
            basis = Basis(house.founding, START)
            structure.rename(unit, names=names, basis=basis, actor=house.system, at=NOON)
            unit.refresh_from_db()
    for name, acronym in HEADS.items():
        if name not in house.people:
            house.people[name] = _head(house, name, acronym)


def agreed(
    house: House,
    unit: str = "SAU",
    *,
    number: str = "",
    year: int = 2025,
    changes: Mapping[str, Mapping[str, str]] | None = None,
) -> Agreement:
    """An agreement being negotiated, with a complete pact; nobody has sent it yet.

    Args:
        unit: acronym of the Acordada.
        number: “1/2025” for SAU when left out.
        year: the year it is of, which is its period and its term.
        changes: fields to write otherwise, by part: ``{"item-4": {"especie": "marco", "prazo": "2025-06-30"}}``;
            an empty text leaves the field blank. An item that is not there is one like the fourth.
    """
    bodies(house)
    agreement = agreements.open_agreement(
        house.units[unit],
        opening=Opening(number or f"{list(house.units).index(unit)}/{year}", year),
        actor=house.system,
        at=NOON,
    )
    parts, asked = _parts(house, unit, year), changes or {}
    parts |= {key: parts["item-4"] for key in asked if key not in parts and key.startswith("item-")}
    for key, values in parts.items():
        write(house, agreement, key, {**values, **asked.get(key, {})})
    return agreement


def write(house: House, agreement: Agreement, key: str, values: Mapping[str, str]) -> None:
    """Write in a part of the working text, over what it said."""
    row = agreement.drafts.filter(key=key).first()
    written = {**(row.values if row else {}), **values}
    place = Place(agreement, key.rsplit("-", 1)[0], key)
    drafting.write(place, Writing(written, row.edition if row else 0), actor=house.system, at=NOON)


def accepted(house: House, agreement: Agreement) -> Agreement:
    """Have the central unit send the text and the Acordada accept it: it waits for the signatures."""
    negotiation.propose(agreement, note="Texto completo.", actor=house.system, at=NOON)
    head = next(name for name, unit in HEADS.items() if unit == agreement.unit.acronym)
    negotiation.accept(agreement, actor=house.actor(head), at=NOON)
    return agreement


def in_force(house: House, unit: str = "SAU", **given: object) -> Agreement:
    """An agreement signed by all its parties, each by its head; takes what :func:`agreed` takes."""
    agreement = accepted(house, agreed(house, unit, **given))  # type: ignore[arg-type]
    names = {acronym: name for name, acronym in HEADS.items()}
    pact = last_pact(agreement)
    assert pact is not None
    for party in Party.objects.filter(pact=pact).select_related("unit", "pact__agreement__institution"):
        signing.sign(party, actor=house.actor(names[party.unit.acronym]), at=NOON)
    agreement.refresh_from_db()
    return agreement


def indicator_of_item(house: House, unit: str, key: str) -> Indicator:
    """The indicator an item is measured by: a plain sum, measured by the Acordada."""
    number = f"AR-{unit}-{key[-1]}"
    found = Indicator.objects.filter(institution=house.institution, number=number).first()
    if found is None:
        facts = {**CASES, "name": ITEMS[key]["nome"]}
        found = approved(house, number, unit, from_on=MEASURED_SINCE, **facts)
        measured_by(house, found, unit, from_on=MEASURED_SINCE)
    return found


def _parts(house: House, unit: str, year: int) -> dict[str, dict[str, str]]:
    items = {
        key: {**ITEM, **values, "indicador": indicator_of_item(house, unit, key).code}
        for key, values in ITEMS.items()
    }
    first, last = date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
    general = {
        "vigencia_inicio": first,
        "vigencia_fim": last,
        "integral": "não",
        "modelo": "Modelo da SGR",
        "modelo_versao": "1",
    }
    others = [acronym for acronym in ("GAB", "EDU", "SAU") if acronym != unit][:2]
    parties = {
        f"parte-{number}": {
            "papel": role,
            "nome": house.units[acronym].name,
            "unidade": house.units[acronym].code,
        }
        for number, (role, acronym) in enumerate(
            zip(("acordante", "interveniente"), others, strict=True), start=2
        )
    }
    return {"geral": general, **parties, **WHOLE, **items}


def _head(house: House, name: str, acronym: str) -> Person:
    email = f"{name.lower()}@{house.institution.code}.example"
    facts = PersonFacts(f"{name} de Teste", email=email)
    person = people.register(house.institution, facts=facts, actor=house.system, at=NOON)
    opening = people.invite(person, actor=house.system, at=NOON)
    invitations.accept(opening.invitation, password=PASSWORD, at=NOON)
    appointment = Appointment(TenureKind.HEAD, house.founding, START)
    tenures.appoint(house.units[acronym], person=person, appointment=appointment, actor=house.system, at=NOON)
    return Person.objects.get(pk=person.pk)
