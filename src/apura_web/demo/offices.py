"""Steps of the demonstration by which somebody goes away, leaves an office or takes it."""

from __future__ import annotations

from apura_web.demo.house import FICTITIOUS
from apura_web.demo.story import Step, Story
from apura_web.documents.models import LegalAct
from apura_web.orgs.models import Tenure, TenureKind
from apura_web.orgs.services import people, tenures
from apura_web.orgs.services.people import AbsenceFacts
from apura_web.orgs.services.tenures import Appointment, Ending


def go_away(story: Story, step: Step) -> None:
    """Note that a head is away for some days; the legal substitute acts."""
    facts = AbsenceFacts(step.given["tipo"], step.day("de"), step.day("ate"), _ordinance(story, step))
    person = story.house.people[step.who]
    people.register_absence(person, facts=facts, actor=story.house.actor, at=step.at)


def leave(story: Story, step: Step) -> None:
    """End the tenure of a head."""
    tenure = Tenure.objects.get(
        person=story.house.people[step.who], unit=story.house.units[step.target], kind=TenureKind.HEAD
    )
    ending = Ending(step.day("dia"), _ordinance(story, step), step.text)
    tenures.end(tenure, ending=ending, actor=story.house.actor, at=step.at)


def take(story: Story, step: Step) -> None:
    """Appoint a head."""
    appointment = Appointment(TenureKind.HEAD, _ordinance(story, step), step.day("dia"))
    person = story.house.people[step.who]
    unit = story.house.units[step.target]
    tenures.appoint(unit, person=person, appointment=appointment, actor=story.house.actor, at=step.at)


def _ordinance(story: Story, step: Step) -> LegalAct:
    house, day = story.house.when(step.at), story.day(step)
    return house.legal_act(step.given["portaria"], day, kind="portaria", summary=FICTITIOUS)
