"""Asking in a template what the person may do; the services ask the same."""

from __future__ import annotations

from typing import Any

from django import template

from apura_web.audit.acts import REGISTRY, refusal_to

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: template.Context, name: str, on: Any) -> bool:
    """Say whether the person of the request may do an act: ``{% may "orgs.unit.move" unit as can %}``."""
    actor = getattr(context.get("request"), "actor", None)
    return actor is not None and on is not None and refusal_to(actor, name, on) is None


@register.simple_tag
def act_title(name: str) -> str:
    """Give the verb of an act's button."""
    return REGISTRY[name].title
