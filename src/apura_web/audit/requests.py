"""What a request of somebody signed in carries, put there at the edge by ``orgs``."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest

from apura_web.audit.actors import Actor
from apura_web.foundation.models import Institution


class ActorRequest(HttpRequest):
    """A request of somebody signed in.

    Attributes:
        actor: who, with the powers of the hat being worn.
        institution: where; the only one whose data may be read.
        at: the instant of the request.
        today: the day it is where the institution is.
    """

    actor: Actor
    institution: Institution
    at: datetime
    today: date
