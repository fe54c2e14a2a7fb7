"""The edge: from a session to a person, their hats of the day, and the frozen actor that everything else reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apura_web.audit.actors import Actor
from apura_web.audit.requests import ActorRequest
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Person
from apura_web.orgs.powers import Hat, actor_for, hats_of
from apura_web.orgs.selectors.people import people_elsewhere
from apura_web.orgs.services.structure_cache import is_stale, refresh

PERSON, HAT = "person", "hat"  # keys of the session


class Wearer:
    """Who is at the other end of a request, read once and only when asked."""

    def __init__(self, person: Person, hat: str, at: datetime) -> None:
        self.person = person
        self.at = at
        self._hat = hat

    @property
    def institution(self) -> Institution:
        """Where they work."""
        return self.person.institution

    @cached_property
    def today(self) -> date:
        """The day it is where the institution is."""
        return local_date(self.at, self.institution)

    @cached_property
    def elsewhere(self) -> list[Person]:
        """The same login's people in other institutions."""
        return people_elsewhere(self.person)

    @cached_property
    def hats(self) -> list[Hat]:
        """The hats of the day."""
        return hats_of(self.person, self.today)

    @cached_property
    def actor(self) -> Actor:
        """The actor, wearing the hat chosen."""
        return actor_for(self.person, self.hats, self._hat)


class WearerRequest(ActorRequest):
    """A request of somebody signed in, with the person and every hat."""

    wearer: Wearer


class ActorMiddleware:
    """Puts ``wearer``, ``actor`` and ``at`` on each request of somebody signed in; None when nobody is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, in the time zone of whoever asks."""
        person = _person_of(request)
        request = cast(WearerRequest, request)
        request.at = timezone.now()
        if person is None:
            request.wearer = request.actor = None  # type: ignore[assignment]
            return self.get_response(request)
        wearer = Wearer(person, request.session.get(HAT, ""), request.at)
        if is_stale(person.institution, wearer.today):
            refresh(person.institution_id, request.at)
        request.wearer, request.actor = wearer, wearer.actor
        request.institution, request.today = wearer.institution, wearer.today
        with timezone.override(ZoneInfo(person.institution.time_zone)):
            return self.get_response(request)


def _person_of(request: HttpRequest) -> Person | None:
    if not request.user.is_authenticated:
        return None
    people = (
        Person.objects.filter(login_id=request.user.pk).select_related("institution__arms").order_by("id")
    )
    chosen = request.session.get(PERSON)
    return (people.filter(code=chosen).first() if chosen else None) or people.first()
