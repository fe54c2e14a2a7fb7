"""Reading a value by a name that is itself a value."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[str, str], name: str) -> str:
    """Give the text of a box; empty when nothing was typed in it."""
    return values.get(name, "")
