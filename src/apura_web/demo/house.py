"""An institution of the demonstration while it is being loaded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from apura_web.audit.actors import Actor, system_actor
from apura_web.demo.houses import HouseFacts
from apura_web.documents.models import LegalAct
from apura_web.documents.services import legal_acts
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Person, Unit

START = date(2014, 1, 2)
FICTITIOUS = "Ato fictício, criado só para a demonstração."


@dataclass
class House:
    """An institution while it is being loaded.

    Attributes:
        loaded_at: the instant of loading.
        at: when what is being loaded is recorded: the same, or an earlier one.
    """

    facts: HouseFacts
    institution: Institution
    loaded_at: datetime
    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who loads."""
        return system_actor(self.institution.pk)

    @property
    def today(self) -> date:
        """The day of loading, where the institution is."""
        return local_date(self.loaded_at, self.institution)

    def when(self, at: datetime) -> House:
        """Give the same institution at another instant."""
        return replace(self, at=at)

    def instant(self, on: date, hour: time) -> datetime:
        """Give an instant by the clock of the institution."""
        return datetime.combine(on, hour, ZoneInfo(self.institution.time_zone))

    def legal_act(self, number: str, on: date, **facts: object) -> LegalAct:
        """Register a fictitious act."""
        known = {"kind": "ato", "authority": self.facts.authority, "summary": FICTITIOUS}
        return legal_acts.register(
            self.institution,
            actor=self.actor,
            at=self.at,
            **{**known, "number": number, "year": on.year, "signed_on": on, **facts},
        )
