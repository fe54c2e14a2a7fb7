"""The history of a record in a template: ``{% history record %}``, or ``{% history entries %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import QuerySet

from apura_web.audit import history as histories

register = template.Library()


@register.inclusion_tag("audit/_history.html", takes_context=True)
def history(context: template.Context, what: Any) -> dict[str, Any]:
    """Show what happened to a record, or some entries of the trail, to the person of the request."""
    request = context["request"]
    if isinstance(what, QuerySet):
        return {"happenings": histories.happenings(what, request)}
    return {"happenings": histories.history_items(what, request)}
