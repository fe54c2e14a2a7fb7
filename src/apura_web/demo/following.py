"""Steps of the demonstration by which an agreement is measured, followed and scored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from apura_web.agreements.models import Agreement, ScoreKind
from apura_web.agreements.quarters import LENGTH, Closing, closings_of
from apura_web.agreements.selectors.agreements import last_pact
from apura_web.agreements.services import closing_runs, ending, readings, scoring
from apura_web.agreements.services.readings import Reading, Situation
from apura_web.agreements.services.scoring import Reckoning
from apura_web.demo.houses import rows_of
from apura_web.demo.story import Step, Story
from apura_web.indicators.models import Certainty
from apura_web.indicators.periods import cut
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.services import loads, rounds
from apura_web.indicators.services.posting import Entry, Sender

YEAR, MONTHS = 2014, 12
CORRECTED = "2 definitivo"
"""The column of the definitive figures of what came in as provisional."""
COMMISSION = "Comissão de Monitoramento e Avaliação (fictícia)"
Telling = Callable[[Mapping[str, str]], tuple[str, str]]


def load_values(story: Story, step: Step) -> None:
    """Load what every indicator reached in a quadrimestre; what is corrected later comes in as provisional."""

    def told(row: Mapping[str, str]) -> tuple[str, str]:
        is_later = CORRECTED.startswith(step.target) and row[CORRECTED]
        return row[step.target], Certainty.PROVISIONAL if is_later else Certainty.DEFINITIVE

    _load(story, step, told)


def correct_values(story: Story, step: Step) -> None:
    """Load the definitive figures of what came in as provisional."""
    _load(story, step, lambda row: (row[CORRECTED], Certainty.DEFINITIVE))


def _load(story: Story, step: Step, told: Telling) -> None:
    period = cut(YEAR, int(step.target) - 1, LENGTH)
    entries = []
    for row in rows_of(f"{story.house.facts.code}-acordos-apuracoes"):
        value, certainty = told(row)
        if value:
            indicator = story.indicators[row["numero"]]
            unit = story.house.units[row["unidade"]]
            cell = Cell(indicator.pk, unit.pk, period, "", row["variavel"])
            based_on = period.end if certainty == Certainty.PROVISIONAL else None
            version = indicator.versions.get().pk
            entries.append(Entry(cell, version, Fraction(value), certainty=certainty, based_on=based_on))
    loads.load(
        story.house.institution,
        entries=entries,
        sender=Sender("carga", story.day(step), reason=step.text),
        actor=story.house.actor,
        at=step.at,
    )


def register_minutes(story: Story, step: Step) -> None:
    """Register minutes of a commission."""
    story.acts[step.target] = story.house.when(step.at).legal_act(
        step.target, story.day(step), kind="ata", authority=COMMISSION, summary=step.text
    )


def read_item(story: Story, step: Step) -> None:
    """Record how an item stood on a day."""
    given = step.given
    situation = Situation(
        step.target,
        step.day("ate"),
        given["situacao"],
        value=Fraction(given["valor"]) if "valor" in given else None,
        done_on=step.day("entregue") if "entregue" in given else None,
        reason=step.text,
        legal_act=story.acts[given["ata"]] if "ata" in given else None,
    )
    readings.read_item(story.agreement(step), situation=situation, actor=story.actor(step), at=step.at)


def adopt(story: Story, step: Step) -> None:
    """Record the reading a commission adopted."""
    minutes = story.acts[step.given["ata"]]
    reading = Reading(step.target, step.given["leitura"], step.day("desde"), minutes, step.text)
    readings.adopt(story.agreement(step), reading=reading, actor=story.actor(step), at=step.at)


def score(story: Story, step: Step) -> None:
    """Close a period."""
    agreement, made = _reckoned(story, step)
    scoring.compute(agreement, made=made, actor=story.actor(step), at=step.at)


def score_again(story: Story, step: Step) -> None:
    """Make the score of a period again, with a reason."""
    agreement, made = _reckoned(story, step)
    scoring.recompute(agreement, made=made, reason=step.text, actor=story.actor(step), at=step.at)


def close_period(story: Story, step: Step) -> None:
    """Close a period for all agreements at once."""
    kind, until_on = step.target, step.day("ate")
    closing_runs.close_whole(
        story.house.institution, kind=kind, until_on=until_on, actor=story.actor(step), at=step.at
    )


def close_agreement(story: Story, step: Step) -> None:
    """Close an agreement that is over."""
    ending.close(story.agreement(step), actor=story.actor(step), at=step.at)


def _reckoned(story: Story, step: Step) -> tuple[Agreement, Reckoning]:
    agreement = story.agreement(step)
    pact = last_pact(agreement)
    assert pact is not None  # noqa: S101 - it was signed
    closing = next(each for each in closings_of(pact.text) if _name(each) == step.target)
    return agreement, scoring.reckon(agreement, closing, today=story.day(step))


def _name(closing: Closing) -> str:
    """Name a closing as the table of steps does."""
    return "final" if closing.kind == ScoreKind.FINAL else f"parcial-{closing.number}"


def end_measuring(story: Story, step: Step) -> None:
    """End the year: what was measured stays, and nobody waits for more."""
    last = cut(YEAR, 0, MONTHS).end
    for each in story.assignments:
        rounds.end_assignment(each, until_on=last, reason=step.text, actor=story.house.actor, at=step.at)
