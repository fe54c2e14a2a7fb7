"""A house of many agreements in force, written at once: it is scoring them that is measured.

Every agreement has five objects of equal weight; the items are shared out among them, each measured by its body in the
three quadrimestres of 2014. Only the cards and the people come through acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

AT = datetime(2014, 3, 10, 15, 0, tzinfo=UTC)
ON = date(2014, 1, 1)
YEAR, OBJECTS = 2014, 5
SARA = "sara@{}.example"
TARGET = 300
WHOLE = {
    "geral": {"periodo_inicio": "2014-01-01", "periodo_fim": "2014-12-31"},
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
}


def house(code: str, *, agreements: int, items: int) -> None:
    """Make an institution with agreements in force, everything of them measured, and its analyst.

    Args:
        code: what names the institution.
        agreements: how many, each with a body of its own.
        items: how many each has.
    """
    from apura_web.audit.actors import system_actor  # noqa: PLC0415 - each task imports only what it measures
    from apura_web.documents.services import legal_acts  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415

    institution = Institution.objects.create(
        code=code, name=code, acronym=code, calendar="GO", founded_on=ON, is_fictitious=True
    )
    common: dict[str, Any] = {"actor": system_actor(institution.pk), "at": AT}
    founding = legal_acts.register(
        institution, kind="decreto", number="1", year=YEAR, signed_on=ON, authority="Governador", **common
    )
    units = _bodies(institution, founding, agreements)
    _analyst(institution, founding, units[0], common)
    indicators = [_card(units[0], founding, number, common) for number in range(items)]
    _measured(institution, units, indicators)
    _agreed(institution, units, indicators)


def _bodies(institution: Any, founding: Any, count: int) -> list[Any]:
    from apura_web.orgs.models import Placement, Unit, UnitKind  # noqa: PLC0415
    from apura_web.orgs.services.structure_cache import refresh  # noqa: PLC0415

    units = Unit.objects.bulk_create(Unit(institution=institution, created_at=AT) for _ in range(count))
    Placement.objects.bulk_create(
        Placement(
            institution=institution,
            unit=unit,
            event="criacao",
            from_on=ON,
            parent=None,
            name=f"Órgão {place}",
            acronym=f"O{place}",
            kind=UnitKind.AUTARCHY,
            legal_act=founding,
            recorded_at=AT,
        )
        for place, unit in enumerate(units)
    )
    refresh(institution.pk, AT)
    return list(Unit.objects.filter(institution=institution).order_by("id"))


def _analyst(institution: Any, founding: Any, unit: Any, common: dict[str, Any]) -> None:
    from apura_web.accounts.services import invitations  # noqa: PLC0415
    from apura_web.orgs.models import TenureKind  # noqa: PLC0415
    from apura_web.orgs.services import people, tenures  # noqa: PLC0415

    facts = people.PersonFacts("Sara", email=SARA.format(institution.code))
    sara = people.register(institution, facts=facts, **common)
    opening = people.invite(sara, **common)
    invitations.accept(opening.invitation, password="uma senha comprida 42", at=AT)  # noqa: S106 - protects nothing
    appointment = tenures.Appointment(TenureKind.CENTRAL_ANALYST, founding, ON)
    tenures.appoint(unit, person=sara, appointment=appointment, **common)


def _card(unit: Any, founding: Any, number: int, common: dict[str, Any]) -> Any:
    from apura_web.indicators.formulas import Variable  # noqa: PLC0415
    from apura_web.indicators.models import variable_row  # noqa: PLC0415
    from apura_web.indicators.services import cards  # noqa: PLC0415

    facts = {
        "name": f"Casos {number}",
        "purpose": "Contar.",
        "formula": "total",
        "variables": [variable_row(Variable("total", "Total"))],
        "measure": "unidade",
        "places": 0,
        "polarity": "maior",
        "frequency": "quadrimestral",
        "accumulation": "soma",
        "source": "fictícia",
        "procedure": "Contar.",
    }
    proposal = cards.register(unit, number=f"I-{number}", **facts, **common)
    cards.send(proposal, **common)
    cards.examine(proposal, opinion="De acordo.", **common)
    return cards.approve(proposal, approval=cards.Approval(founding, ON), **common)


def _measured(institution: Any, units: Sequence[Any], versions: Sequence[Any]) -> None:
    from apura_web.indicators.models import Assignment, Batch, Measurement  # noqa: PLC0415
    from apura_web.indicators.periods import cut  # noqa: PLC0415

    pairs = [(unit, version) for unit in units for version in versions]
    Assignment.objects.bulk_create(
        Assignment(institution=institution, indicator=version.indicator, unit=unit, from_on=ON)
        for unit, version in pairs
    )
    batch = Batch.objects.create(
        institution=institution, channel="carga", typed_by="x", received_on=ON, recorded_at=AT
    )
    rows = (
        Measurement(
            institution=institution,
            batch=batch,
            indicator=version.indicator,
            version=version,
            unit=unit,
            period_start=period.start,
            period_end=period.end,
            variable="total",
            value=Fraction(50 + (place * 7 + number * 13) % 50),
            state="apurado",
            mark="0" * 16,
        )
        for number, period in enumerate(cut(YEAR, each, 4) for each in range(3))
        for place, (unit, version) in enumerate(pairs)
    )
    Measurement.objects.bulk_create(rows, batch_size=1_000)


def _agreed(institution: Any, units: Sequence[Any], versions: Sequence[Any]) -> None:
    from apura_web.agreements.models import Agreement, Pact  # noqa: PLC0415

    found = Agreement.objects.bulk_create(
        Agreement(
            institution=institution,
            number=f"{place}/{YEAR}",
            unit=unit,
            year=YEAR,
            state="vigente",
            created_at=AT,
            term_from=ON,
            term_until=date(YEAR, 12, 31),
            period_from=ON,
            period_until=date(YEAR, 12, 31),
        )
        for place, unit in enumerate(units, start=1)
    )
    text = _text([each.indicator.code for each in versions])
    Pact.objects.bulk_create(
        Pact(
            institution=institution,
            agreement=agreement,
            number=1,
            content=text.written,
            sha256=text.sha256,
            accepted_by="x",
            recorded_at=AT,
        )
        for agreement in found
    )


def _text(codes: Sequence[str]) -> Any:
    from apura_web.agreements.pact.text import Part, in_order  # noqa: PLC0415

    parts = [Part(key, key, values) for key, values in WHOLE.items()]
    for number in range(1, OBJECTS + 1):
        values = {"nome": f"Objeto {number}", "peso": str(100 // OBJECTS)}
        parts.append(Part(f"objeto-{number}", "objeto", values))
    for place, code in enumerate(codes):
        values = {
            "objeto": f"objeto-{place % OBJECTS + 1}",
            "especie": "indicador",
            "indicador": code,
            "nome": f"Casos {place}",
            "peso": str(1 + place % 3),
            "polaridade": "maior é melhor",
            "acumulacao": "cumulativo",
            "meta_final": str(TARGET),
            "metodo": "razão",
            "clausula": f"cláusula 4.{place + 1}",
        }
        parts.append(Part(f"item-{place + 1}", "item", values))
    return in_order(parts)
