"""One person may work in two institutions by the same login, and is in one of them at a time."""

from apura_web.orgs.models import TenureKind
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import PersonFacts
from apura_web.orgs.services.tenures import Appointment
from cast import NOON, START, Cast
from visits import already_in


def test_ana_passes_from_one_institution_to_the_other_and_never_sees_both(cast: Cast) -> None:
    there = cast.twin
    facts = PersonFacts("Ana de Teste", email="ana@norte.example")
    ana = people.register(there.institution, facts=facts, actor=there.system, at=NOON)
    people.invite(ana, actor=there.system, at=NOON)
    appointment = Appointment(TenureKind.POSTING, there.founding, START)
    tenures.appoint(there.units["EDU"], person=ana, appointment=appointment, actor=there.system, at=NOON)
    client = already_in(cast.house, "Ana")
    assert "Passar a Estado do Sul" in client.get("/").content.decode()
    assert client.get(f"/unidades/{there.units['EDU'].code}/").status_code == 404

    client.post("/atuar-como/", {"hat": ana.code})

    assert client.get(f"/unidades/{there.units['EDU'].code}/").status_code == 200
    assert client.get(f"/unidades/{cast.house.units['EDU'].code}/").status_code == 404
    assert "Passar a Estado do Norte" in client.get("/").content.decode()


def test_nobody_passes_to_an_institution_where_they_are_somebody_else(cast: Cast) -> None:
    client = already_in(cast.house, "Davi")
    client.post("/atuar-como/", {"hat": cast.twin.people["Davi"].code})
    assert client.get(f"/unidades/{cast.twin.units['ATE'].code}/").status_code == 404
