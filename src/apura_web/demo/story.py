"""What is done with the agreements of the demonstration: steps read from ``data/``, and the institution as they go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from apura_web.agreements.models import Agreement
from apura_web.audit.actors import Actor
from apura_web.demo.house import House
from apura_web.demo.houses import rows_of
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.indicators.models import Assignment, Indicator
from apura_web.orgs.powers import actor_for, hats_of


@dataclass(frozen=True)
class Step:
    """Something done: when, with which agreement, by whom, to what and in which words.

    Attributes:
        who: a key of the table of people.
        what: what the table of steps calls it.
        given: further facts, by name.
    """

    at: datetime
    agreement: str
    who: str
    what: str
    target: str
    given: dict[str, str]
    text: str

    def day(self, name: str) -> date:
        """Give one of the further facts that is a day."""
        return date.fromisoformat(self.given[name])


@dataclass
class Story:
    """An institution while its agreements are being loaded.

    Attributes:
        indicators: those their items name, by number.
        assignments: who measures them.
        acts: the acts that later steps rest on, as the minutes of the commissions, by number.
    """

    house: House
    indicators: dict[str, Indicator]
    assignments: list[Assignment]
    acts: dict[str, LegalAct] = field(default_factory=dict)

    def agreement(self, step: Step) -> Agreement:
        """Give the agreement of a step, as it is now."""
        rows = Agreement.objects.select_related("institution", "unit")
        return rows.get(institution=self.house.institution, number=step.agreement)

    def actor(self, step: Step) -> Actor:
        """Give who does a step, with the powers of the day."""
        person = self.house.people[step.who]
        return actor_for(person, hats_of(person, self.day(step)))

    def day(self, step: Step) -> date:
        """Give the day of a step."""
        return local_date(step.at, self.house.institution)


def steps_of(house: House) -> list[Step]:
    """Give what is done with the agreements of an institution, in order; nothing when it has none."""
    return [
        Step(
            at=_instant(house, row["quando"]),
            agreement=row["acordo"],
            who=row["quem"],
            what=row["passo"],
            target=row["alvo"],
            given=_read(row["dados"]),
            text=row["texto"],
        )
        for row in rows_of(f"{house.facts.code}-acordos-passos")
    ]


def _instant(house: House, text: str) -> datetime:
    written = datetime.fromisoformat(text)
    return house.instant(written.date(), written.time())


def _read(text: str) -> dict[str, str]:
    """Read ``campo=valor|campo=valor``."""
    return {name: value for name, _, value in (part.partition("=") for part in text.split("|") if part)}
