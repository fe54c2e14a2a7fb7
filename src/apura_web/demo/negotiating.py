"""Steps of the demonstration by which an agreement is opened, written, negotiated, accepted and signed."""

from __future__ import annotations

from apura_web.agreements.models import Agreement, Party
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import agreements, drafting, negotiation, signing
from apura_web.agreements.services.agreements import Opening
from apura_web.agreements.services.drafting import Place, Writing
from apura_web.demo.pacts import Codes, parts_of
from apura_web.demo.story import Step, Story


def begin(story: Story, step: Step) -> None:
    """Open an agreement with a body and write the first text of the central unit."""
    actor, house = story.actor(step), story.house
    opening = Opening(step.agreement, story.day(step).year)
    agreement = agreements.open_agreement(house.units[step.target], opening=opening, actor=actor, at=step.at)
    codes = Codes(
        {acronym: unit.code for acronym, unit in house.units.items()},
        {number: each.code for number, each in story.indicators.items()},
    )
    there = dict(agreement.drafts.values_list("key", "edition"))
    written = {each.key: each.values for each in agreement.drafts.all()}
    for key, values in parts_of(house.facts.code, step.agreement, codes).items():
        place = Place(agreement, key.partition("-")[0], key)
        whole = {**written.get(key, {}), **values}
        drafting.write(place, Writing(whole, there.get(key, 0)), actor=actor, at=step.at)


def write(story: Story, step: Step) -> None:
    """Write some fields of a part otherwise."""
    agreement = story.agreement(step)
    row = agreement.drafts.get(key=step.target)
    writing = Writing({**row.values, **step.given}, row.edition)
    drafting.write(Place(agreement, row.section, row.key), writing, actor=story.actor(step), at=step.at)


def propose(story: Story, step: Step) -> None:
    """Send the text to the other side."""
    negotiation.propose(story.agreement(step), note=step.text, actor=story.actor(step), at=step.at)


def comment(story: Story, step: Step) -> None:
    """Say something of a part."""
    common = {"actor": story.actor(step), "at": step.at}
    negotiation.comment(story.agreement(step), part_key=step.target, text=step.text, **common)


def accept(story: Story, step: Step) -> None:
    """Accept the last round of the other side."""
    negotiation.accept(story.agreement(step), actor=story.actor(step), at=step.at)


def sign(story: Story, step: Step) -> None:
    """Sign for a unit."""
    signing.sign(_party(story.agreement(step), step), actor=story.actor(step), at=step.at)


def record_signature(story: Story, step: Step) -> None:
    """Record that a unit signed on paper."""
    agreement = story.agreement(step)
    signing.record_on_paper(
        agreement,
        party=_party(agreement, step),
        signed_on=step.day("dia"),
        actor=story.actor(step),
        at=step.at,
    )


def _party(agreement: Agreement, step: Step) -> Party:
    rows = Party.objects.select_related("unit", "pact__agreement__institution", "pact__agreement__unit")
    by_acronym = {each.unit.acronym: each for each in rows.filter(pact=last_pact(agreement))}
    return by_acronym[step.target]
