"""Reading imports."""

from __future__ import annotations

from django.db.models import QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.orgs.models import ImportBatch


def imports_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Give the imports of the institution, to who may import."""
    rows = ImportBatch.objects.filter(institution_id=actor.institution_id).select_related(
        "institution", "legal_act"
    )
    return rows if actor.has(Role.ADMINISTRATOR, Role.REGISTRAR, path="/") else rows.none()
