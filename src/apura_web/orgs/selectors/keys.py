"""Reading the keys of access of an institution's people."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from apura_web.accounts.models import ApiToken
from apura_web.audit.actors import Actor
from apura_web.orgs.models import Person
from apura_web.orgs.selectors.offices import SEES_ACCESSES


def keys_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """Give the keys that were not revoked, with whose they are; only administration and internal control see them."""
    keys = ApiToken.objects.select_related("institution")
    keys = keys.filter(institution_id=actor.institution_id, revoked_at=None)
    if not actor.has(*SEES_ACCESSES, path="/"):
        return keys.none()
    owner = Person.objects.filter(login=OuterRef("login"), institution=OuterRef("institution"))
    return keys.annotate(
        owner_name=Subquery(owner.values("name")[:1]), owner_code=Subquery(owner.values("code")[:1])
    ).order_by("owner_name", "created_at", "id")


def serving(keys: QuerySet[ApiToken], at: datetime) -> QuerySet[ApiToken]:
    """Keep the keys that have not expired."""
    return keys.filter(expires_at__gt=at)
