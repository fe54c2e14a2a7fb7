"""Acts: each is declared once, done by one function, in one short transaction, with one entry in the trail."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import transaction

from apura_web.audit import security, trail
from apura_web.audit.actors import Actor, Role
from apura_web.audit.journal import Journal, tell_listeners, writing
from apura_web.foundation.refusals import Refusal, Refused, refuse_if

P = ParamSpec("P")
R = TypeVar("R")


class Scoped(Protocol):
    """Anything an act can be about: it has an institution and a place in its organogram."""

    @property
    def institution_id(self) -> int:
        """The only institution it is of."""

    @property
    def scope_path(self) -> str:
        """Its place in the organogram, for access."""


@dataclass(frozen=True)
class Act:
    """What may be done, by whom, over what.

    Attributes:
        name: ``context.noun.verb``.
        sentence: what the trail says was done, in Portuguese, as “criou a unidade”.
        roles: who may, inside the branch where they hold the role.
        on: the parameter of the service that says over what: its institution and place are checked.
        cites: the provision it rests on; empty when the texts do not speak of it.
        title: the verb of the button, as “Criar unidade”.
    """

    name: str
    sentence: str
    roles: frozenset[Role]
    on: str
    title: str
    cites: str = ""


REGISTRY: dict[str, Act] = {}
SERVICES: dict[str, Callable[..., Any]] = {}
_current: ContextVar[Act | None] = ContextVar("current_act", default=None)


def declare(*acts: Act) -> None:
    """Register the acts of a context; its ``acts.py`` calls it once.

    Raises:
        ValueError: an act of this name exists already.
    """
    for each in acts:
        if each.name in REGISTRY:
            raise ValueError(f"act {each.name} is declared twice")
        REGISTRY[each.name] = each


def refusal_to(actor: Actor, name: str, on: Scoped) -> Refusal | None:
    """Say why somebody may not do an act over something; None when they may. Buttons and services ask the same."""
    declared = REGISTRY[name]
    if on.institution_id != actor.institution_id:
        return Refusal("audit.not_found", "Não há este registro na sua instituição.", status=404)
    if actor.has(*declared.roles, path=on.scope_path):
        return None
    who = ", ".join(sorted(role.label for role in declared.roles))
    return Refusal(
        "audit.no_power",
        f"“{declared.title}” não cabe a quem atua como {actor.acting_as or 'visitante'}.",
        f"Quem pode: {who}, dentro de sua unidade. Se for o seu caso, troque em “Atuar como”.",
        declared.cites,
        status=403,
    )


def act(name: str) -> Callable[[Callable[P, R]], Callable[..., R]]:
    """Make a service an act.

    The service takes ``actor`` and ``at`` by keyword. Callers may also give ``seen``, the number of the last entry of
    the trail they had seen of the record: if others changed it since, nothing is written and they are told what.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(service)

        @functools.wraps(service)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            seen = cast("int | None", kwargs.pop("seen", None))
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            declared = REGISTRY[name]
            actor: Actor = bound.arguments["actor"]
            on = bound.arguments[declared.on]
            _check_power(actor, name, on)
            return _perform(declared, bound, service, seen=seen)

        SERVICES[name] = perform
        perform.act_name = name  # type: ignore[attr-defined]
        return perform

    return decorate


def _check_power(actor: Actor, name: str, on: Scoped) -> None:
    refusal = refusal_to(actor, name, on)
    if refusal is not None:
        security.note_denial(actor, name, refusal.code)
        raise Refused(refusal)


def _perform(
    declared: Act, bound: inspect.BoundArguments, service: Callable[..., R], *, seen: int | None
) -> R:
    actor: Actor = bound.arguments["actor"]
    at: datetime = bound.arguments["at"]
    if _current.get() is not None:
        raise RuntimeError(f"{declared.name} was called inside another act: acts do not nest")
    token = _current.set(declared)
    try:
        with transaction.atomic(), writing(Journal()) as journal:
            result = service(*bound.args, **bound.kwargs)
            tell_listeners(journal)
            refuse_if(trail.changed_since(bound.arguments[declared.on], seen, actor.institution_id))
            trail.record(declared.name, declared.sentence, actor=actor, at=at, journal=journal)
        return result
    finally:
        _current.reset(token)
