"""An institution of the demonstration while it is being loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

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
    """An institution while it is being loaded."""

    facts: HouseFacts
    institution: Institution
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
        return local_date(self.at, self.institution)

    def legal_act(self, number: str, on: date, **facts: object) -> LegalAct:
        """Register a fictitious act."""
        known = {"kind": "ato", "authority": self.facts.authority, "summary": FICTITIOUS}
        return legal_acts.register(
            self.institution,
            actor=self.actor,
            at=self.at,
            **{**known, "number": number, "year": on.year, "signed_on": on, **facts},
        )
