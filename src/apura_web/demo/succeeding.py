"""Steps of the demonstration by which a body is extinguished and another owes what its agreement promised."""

from __future__ import annotations

from datetime import timedelta

from apura_web.agreements.services import agreements
from apura_web.agreements.services.agreements import Successor
from apura_web.demo.house import FICTITIOUS
from apura_web.demo.story import Step, Story
from apura_web.indicators.models import Assignment
from apura_web.indicators.services import rounds
from apura_web.orgs.models import Unit
from apura_web.orgs.services import structure
from apura_web.orgs.services.structure import Basis


def extinguish(story: Story, step: Step) -> None:
    """End a unit by a law; its successor measures what it measured."""
    house, number, from_on = story.house.when(step.at), step.given["lei"], step.day("dia")
    law = house.legal_act(number, step.day("assinada"), kind="lei", summary=FICTITIOUS, effects_from=from_on)
    story.acts[number] = law
    unit, successor = house.units[step.target], house.units[step.given["sucessora"]]
    basis = Basis(law, from_on)
    structure.extinguish(unit, successor=successor, basis=basis, actor=house.actor, at=step.at)
    for each in [each for each in story.assignments if each.unit_id == unit.pk]:
        story.assignments.remove(each)
        story.assignments.append(_passed_on(story, step, each, successor))


def _passed_on(story: Story, step: Step, assignment: Assignment, successor: Unit) -> Assignment:
    """Have another unit measure an indicator from the day of a step on."""
    since, common = step.day("dia"), {"actor": story.house.actor, "at": step.at}
    rounds.end_assignment(assignment, until_on=since - timedelta(days=1), reason=step.text, **common)
    return rounds.assign(assignment.indicator, unit=successor, from_on=since, **common)


def succeed(story: Story, step: Step) -> None:
    """Record that a body owes what an agreement promised."""
    unit = story.house.units[step.target]
    successor = Successor(unit, story.acts[step.given["lei"]], step.day("dia"))
    agreements.succeed(story.agreement(step), successor=successor, actor=story.actor(step), at=step.at)
