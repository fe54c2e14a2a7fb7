"""Who signs: the parties of a text, who is in charge of each today, who signed and by which act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apura_web.agreements.models import Pact, Party, Signature
from apura_web.audit.actors import Actor
from apura_web.orgs.models import Tenure, TenureKind, Unit
from apura_web.orgs.selectors.tenures import OfficeOnADay, absences_on, office_on, tenures_on

OFFICES = (TenureKind.HEAD, TenureKind.COORDINATOR)


@dataclass(frozen=True)
class Signatory:
    """A party of a text, with who signs or signed for it.

    Attributes:
        in_charge: who is in charge of its unit today; None when nobody is.
        signature: how it signed; None when it has not.
        is_mine: whether the looker is who signs.
    """

    party: Party
    in_charge: Tenure | None
    signature: Signature | None
    is_mine: bool


def offices_on(units: Iterable[Unit], on: date) -> dict[tuple[int, str], OfficeOnADay]:
    """Say who heads and who coordinates some units on a day, in three queries whatever their number."""
    wanted = list({unit.pk: unit for unit in units}.values())
    if not wanted:
        return {}
    house = wanted[0].institution_id
    rows = list(tenures_on(house, on).filter(unit__in=wanted, kind__in=OFFICES))
    away = absences_on(house, on)
    return {
        (unit.pk, kind): office_on(
            [each for each in rows if each.unit_id == unit.pk and each.kind == kind], away
        )
        for unit in wanted
        for kind in OFFICES
    }


def signatories_of(pact: Pact, looker: Actor, on: date) -> list[Signatory]:
    """Give the parties of a text, in its order.

    Args:
        pact: the text.
        looker: who asks.
        on: the day on which somebody would sign.
    """
    rows = list(pact.parties.select_related("unit", "pact__agreement__institution").order_by("id"))
    signed = Signature.objects.filter(party__in=rows).select_related(
        "tenure__person", "tenure__unit", "tenure__legal_act"
    )
    by_party = {each.party_id: each for each in signed.prefetch_related("tenure__legal_act__corrections")}
    offices = offices_on([each.unit for each in rows], on)
    found = []
    for party in rows:
        office = offices.get((party.unit_id, TenureKind.HEAD))
        in_charge = office.in_charge if office else None
        signature = by_party.get(party.pk)
        is_mine = signature is None and in_charge is not None and in_charge.person.code == looker.id
        found.append(Signatory(party, in_charge, signature, is_mine))
    return found


def party_of(pact: Pact, code: str) -> Party | None:
    """Give a party of a text by its code; None when it has none."""
    rows = pact.parties.select_related("unit", "pact__agreement__institution", "pact__agreement__unit")
    return rows.filter(code=code).first()
