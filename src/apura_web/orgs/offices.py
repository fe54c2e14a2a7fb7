"""The offices: the role each gives, how many may hold it at once, and what its act must be."""

from __future__ import annotations

from dataclasses import dataclass

from apura_web.audit.actors import Role
from apura_web.orgs.models import Capacity, TenureKind


@dataclass(frozen=True)
class Office:
    """What is known of a kind of tenure.

    Attributes:
        role: what it lets its holder do.
        is_single: whether a unit has one holder at a time.
        needs_unit: whether it is always of a unit.
        is_public: whether everybody in the institution may see who holds it; postings are not.
        has_substitution: whether somebody may act in the holder's place.
        cites: the provision it rests on, when a norm creates it.
        rank: order in which a person's hats are offered; the lowest comes first.
    """

    role: Role
    is_single: bool
    needs_unit: bool
    is_public: bool
    has_substitution: bool
    cites: str = ""
    rank: int = 50


OFFICES: dict[str, Office] = {
    TenureKind.HEAD: Office(Role.HEAD, True, True, True, True, rank=10),
    TenureKind.MANAGER: Office(Role.MANAGER, True, True, True, True, rank=20),
    TenureKind.COORDINATOR: Office(
        Role.COORDINATOR, True, True, True, True, "Decreto GO nº 8.170/2014, art. 5º", rank=15
    ),
    TenureKind.PROCESS_AGENT: Office(
        Role.PROCESS_AGENT, False, True, True, False, "Deliberação ALMG nº 2.554/2012, art. 10", rank=30
    ),
    TenureKind.COMMISSION_MEMBER: Office(
        Role.COMMISSION_MEMBER, False, True, True, True, "Decreto GO nº 8.170/2014, arts. 20 e 21", rank=25
    ),
    TenureKind.CENTRAL_ANALYST: Office(Role.CENTRAL_ANALYST, False, True, True, False, rank=18),
    TenureKind.REGISTRAR: Office(Role.REGISTRAR, False, False, True, False, rank=35),
    TenureKind.NORM_KEEPER: Office(Role.NORM_KEEPER, False, False, True, False, rank=40),
    TenureKind.ADMINISTRATOR: Office(Role.ADMINISTRATOR, False, False, True, False, rank=45),
    TenureKind.INTERNAL_CONTROL: Office(Role.INTERNAL_CONTROL, False, False, True, False, rank=28),
    TenureKind.EXTERNAL_CONTROL: Office(Role.EXTERNAL_CONTROL, False, False, True, False, rank=29),
    TenureKind.POSTING: Office(Role.SERVANT, False, True, False, False, rank=90),
}

STANDING_IN = frozenset({Capacity.SUBSTITUTE})
FOR_A_TIME = frozenset({Capacity.INTERIM, Capacity.ACTING, Capacity.DELEGATE})
