"""What surrounds every page: institution, person, hats, menu, integrity code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apura_web.agreements.selectors.agreements import uses_agreements
from apura_web.audit.actors import Role
from apura_web.audit.trail import head_of, integrity_code
from apura_web.desk.notices import unread_count


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the menu."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class MenuItem:
    """An entry before it is known who looks.

    Attributes:
        url_name: its address, by name.
        roles: those it is for; none is everybody.
        is_used: whether an institution, by its number, has any use for it; None is every one.
    """

    label: str
    url_name: str
    icon: str
    roles: frozenset[Role] = frozenset()
    is_used: Callable[[int], bool] | None = None


MENU = [
    MenuItem("Minha mesa", "home", "home"),
    MenuItem("Acordos", "agreements", "handshake", is_used=uses_agreements),
    MenuItem("Painel", "panel", "chart-bar"),
    MenuItem("Indicadores", "indicators", "chart-line"),
    MenuItem("Coletas", "rounds", "table"),
    MenuItem("Unidades", "units", "sitemap"),
    MenuItem("Pessoas", "people", "users"),
    MenuItem("Atos", "legal_acts", "file-signature"),
    MenuItem("Acessos", "accesses", "key", frozenset({Role.ADMINISTRATOR, Role.INTERNAL_CONTROL})),
    MenuItem(
        "Trilha",
        "trail",
        "link",
        frozenset({Role.ADMINISTRATOR, Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL, Role.REGISTRAR}),
    ),
    MenuItem("Identidade visual", "identity", "palette", frozenset({Role.ADMINISTRATOR})),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the variable ``shell``; on pages of nobody, only what needs no person."""
    base: dict[str, Any] = {"version": version("apura"), "is_demo": settings.DEMO}
    wearer = getattr(request, "wearer", None)
    if wearer is None:
        return {"shell": base}
    return {
        "shell": {
            **base,
            "institution": wearer.institution,
            "person_name": wearer.person.name,
            "acting_as": wearer.actor.acting_as,
            "hats": [
                *((hat.value, hat.label, hat.label == wearer.actor.acting_as) for hat in wearer.hats),
                *((other.code, f"Passar a {other.institution.name}", False) for other in wearer.elsewhere),
            ],
            "menu": _menu(request, wearer.actor),
            "notices": unread_count(wearer.person, wearer.hats),
            "integrity": integrity_code(head_of(wearer.institution.pk)),
            "help_url": _help(request),
        }
    }


def _menu(request: HttpRequest, actor: Any) -> list[MenuEntry]:
    entries = []
    for item in MENU:
        if item.roles and not actor.has(*item.roles):
            continue
        if item.is_used is not None and not item.is_used(actor.institution_id):
            continue
        url = reverse(item.url_name)
        is_current = request.path == url or (url != "/" and request.path.startswith(url))
        entries.append(MenuEntry(item.label, url, item.icon, is_current))
    return entries


def _help(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return f"/ajuda/{match.url_name}/" if match and match.url_name else "/ajuda/"
