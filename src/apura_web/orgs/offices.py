"""The offices: the role each gives, how many may hold it at once, and what its act must be."""

from __future__ import annotations

from dataclasses import dataclass

from apura_web.audit.actors import Role
from apura_web.orgs.models import TenureKind


@dataclass(frozen=True)
class Office:
    """What is known of a kind of tenure.

    Attributes:
        role: what it lets its holder do.
        rank: order in which a person's hats are offered; the lowest comes first.
        is_single: whether a unit has one holder at a time.
        needs_unit: whether it is always of a unit.
        is_public: whether everybody in the institution may see who holds it; postings are not.
        has_substitution: whether somebody may act in the holder's place.
        is_over_the_house: whether what it lets its holder do reaches the whole institution, wherever their unit stands.
        cites: the provision it rests on, when a norm creates it.
    """

    role: Role
    rank: int
    is_single: bool = False
    needs_unit: bool = True
    is_public: bool = True
    has_substitution: bool = False
    is_over_the_house: bool = False
    cites: str = ""


OFFICES: dict[str, Office] = {
    TenureKind.HEAD: Office(Role.HEAD, 10, is_single=True, has_substitution=True),
    TenureKind.COORDINATOR: Office(
        Role.COORDINATOR, 15, is_single=True, has_substitution=True, cites="Decreto GO nº 8.170/2014, art. 5º"
    ),
    TenureKind.CENTRAL_ANALYST: Office(Role.CENTRAL_ANALYST, 18, is_over_the_house=True),
    TenureKind.MANAGER: Office(Role.MANAGER, 20, is_single=True, has_substitution=True),
    TenureKind.COMMISSION_MEMBER: Office(
        Role.COMMISSION_MEMBER, 25, has_substitution=True, cites="Decreto GO nº 8.170/2014, arts. 20 e 21"
    ),
    TenureKind.INTERNAL_CONTROL: Office(Role.INTERNAL_CONTROL, 28, needs_unit=False),
    TenureKind.EXTERNAL_CONTROL: Office(Role.EXTERNAL_CONTROL, 29, needs_unit=False),
    TenureKind.PROCESS_AGENT: Office(Role.PROCESS_AGENT, 30, cites="Deliberação ALMG nº 2.554/2012, art. 10"),
    TenureKind.REGISTRAR: Office(Role.REGISTRAR, 35, needs_unit=False),
    TenureKind.NORM_KEEPER: Office(Role.NORM_KEEPER, 40, needs_unit=False),
    TenureKind.ADMINISTRATOR: Office(Role.ADMINISTRATOR, 45, needs_unit=False),
    TenureKind.POSTING: Office(Role.SERVANT, 90, is_public=False),
}
PRIVILEGED = frozenset(
    {
        TenureKind.ADMINISTRATOR,
        TenureKind.REGISTRAR,
        TenureKind.NORM_KEEPER,
        TenureKind.INTERNAL_CONTROL,
        TenureKind.EXTERNAL_CONTROL,
    }
)
"""The offices that give access to the platform: granted by who administers it, never by who keeps the registry."""
