"""Reading the institution somebody acts in."""

from __future__ import annotations

from apura_web.audit.actors import Actor
from apura_web.foundation.models import Institution


def institution_of(actor: Actor) -> Institution:
    """Give the institution of an actor as it is now, apart from the one the page around shows."""
    return Institution.objects.select_related("arms").get(pk=actor.institution_id)
