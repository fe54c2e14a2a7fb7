"""Whoever acts, frozen: an opaque id, an institution and powers. Built at the edge by ``orgs``."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices


class Role(TextChoices):
    """What a mandate, a designation or a posting lets somebody do, inside the unit it was given for."""

    ADMINISTRATOR = "administrador", "Administrador na instituição"
    REGISTRAR = "cadastro", "Gestor de unidades e pessoas"
    HEAD = "titular", "Titular"
    MANAGER = "chefia", "Chefia"
    COORDINATOR = "coordenador_setorial", "Coordenador setorial"
    PROCESS_AGENT = "agente_de_processo", "Agente de processo"
    COMMISSION_MEMBER = "membro_de_comissao", "Membro de comissão"
    CENTRAL_ANALYST = "analista_central", "Analista da unidade central"
    NORM_KEEPER = "guardiao_de_normas", "Guardião das normas"
    INTERNAL_CONTROL = "controle_interno", "Controle interno"
    EXTERNAL_CONTROL = "controle_externo", "Controle externo"
    SERVANT = "servidor", "Servidor"


READ_ONLY = frozenset({Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL})
WHOLE_INSTITUTION = "/"


@dataclass(frozen=True)
class Grant:
    """A role over a branch of the organogram.

    Attributes:
        role: what may be done.
        path: the branch, as ``/3/12/``; ``/`` is the whole institution.
        label: how the person reads it, as “Coordenadora setorial · SES”.
        office: code of the tenure it comes from; names one hat of a person who wears several.
    """

    role: Role
    path: str
    label: str = ""
    office: str = ""

    def covers(self, path: str) -> bool:
        """Say whether a place of the organogram is inside the branch."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Actor:
    """Who acts, for whom and with which powers.

    Attributes:
        id: opaque code of the person, or ``sistema``.
        institution_id: the only institution they see.
        grants: every power held at this moment by the hat being worn.
        acting_as: the hat, in words, as the trail will say it.
    """

    id: str
    institution_id: int
    grants: tuple[Grant, ...] = field(default=())
    acting_as: str = ""

    def has(self, *roles: Role, path: str = "") -> bool:
        """Say whether some grant gives one of the roles, over a place when one is named."""
        return any(grant.role in roles and (not path or grant.covers(path)) for grant in self.grants)

    def branches(self, *roles: Role) -> tuple[str, ...]:
        """Give the branches over which one of the roles is held, the widest only."""
        paths = {grant.path for grant in self.grants if grant.role in roles}
        return tuple(
            sorted(
                path for path in paths if not any(path != other and path.startswith(other) for other in paths)
            )
        )


SYSTEM = "sistema"
EVERY_ROLE = frozenset(Role)


def system_actor(institution_id: int) -> Actor:
    """Give the actor of what the platform does by itself: the demonstration, the nightly work, the command line."""
    everything = tuple(Grant(role, WHOLE_INSTITUTION) for role in Role if role not in READ_ONLY)
    return Actor(id=SYSTEM, institution_id=institution_id, grants=everything, acting_as="Plataforma")
