"""Collections: opened by the central unit, answered by the units, reviewed, reopened with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Institution
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import guards, round_guards
from apura_web.indicators.models import (
    Assignment,
    Channel,
    DraftCell,
    Indicator,
    Round,
    Submission,
    SubmissionState,
    Unlock,
)
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.ledger import Cell
from apura_web.indicators.selectors.rounds import lines_by_unit, lines_of
from apura_web.indicators.services.posting import Entry, Sender, post
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class Window:
    """The days of a collection, and why it is due on that day."""

    opens_on: date
    due_on: date
    closes_on: date
    due_reason: str
    legal_act: LegalAct | None = None


@dataclass(frozen=True)
class Opening:
    """A collection to be opened: what people call it, the stretch measured, and its days."""

    name: str
    period: Period
    window: Window


@act("indicators.assignment.make")
def assign(indicator: Indicator, *, unit: Unit, from_on: date, actor: Actor, at: datetime) -> Assignment:
    """Say that a unit measures an indicator from a day on.

    Raises:
        ValidationError: it does already.
    """
    row = Assignment(institution_id=indicator.institution_id, indicator=indicator, unit=unit, from_on=from_on)
    return journal.create(row, about=(indicator, unit))


@act("indicators.assignment.end")
def end_assignment(
    assignment: Assignment, *, until_on: date, reason: str, actor: Actor, at: datetime
) -> Assignment:
    """Say that a unit measures an indicator only until a day; what it measured stays.

    Raises:
        ValidationError: it would end before it starts.
    """
    journal.because(reason)
    journal.current().concerned.append(assignment.indicator)
    return journal.change(assignment, until_on=until_on)


@act("indicators.round.open")
def open_round(place: Institution | Unit, *, opening: Opening, actor: Actor, at: datetime) -> Round:
    """Open a collection for every unit that measures something in a stretch of days.

    Args:
        place: the institution, or the unit whose branch answers.
        opening: its name, stretch and days.

    Raises:
        ValidationError: dates out of order.
        Refused: nobody measures anything then.
    """
    row = Round(
        institution_id=place.institution_id,
        name=opening.name,
        under=place if isinstance(place, Unit) else None,
        period_start=opening.period.start,
        period_end=opening.period.end,
        **vars(opening.window),
    )
    journal.create(row)
    units = list(lines_by_unit(row))
    refuse_if(round_guards.nobody_refusal(units, opening.period))
    for unit in units:
        journal.create(Submission(institution_id=row.institution_id, round=row, unit=unit), about=(unit,))
    return row


@act("indicators.round.change")
def change_window(collection: Round, *, window: Window, reason: str, actor: Actor, at: datetime) -> Round:
    """Change the days of a collection, with a reason.

    Raises:
        ValidationError: dates out of order.
    """
    journal.because(reason)
    return journal.change(collection, **vars(window))


@act("indicators.submission.send")
def send(submission: Submission, *, received_through: str = "", actor: Actor, at: datetime) -> Submission:
    """Send what a unit typed: each cell becomes a row of the ledger, and the window closes for it.

    Args:
        received_through: channel and protocol, when it came on paper and somebody typed it for the unit.

    Raises:
        Refused: the window is closed, a cell is blank or wrong, or a doubt has no justification.
    """
    on = local_date(at, submission.institution)
    refuse_if(guards.sending_refusal(submission, on))
    cells = list(submission.cells.select_related("indicator").order_by("id"))
    lines = lines_of(submission)
    refuse_if(round_guards.cells_refusal(submission, lines, cells))
    versions = {
        (line.indicator.pk, period): card.pk for line in lines for period, card in line.versions.items()
    }
    first = submission.first_sent_on or on
    journal.change(
        submission,
        state=SubmissionState.SENT,
        sent_at=at,
        first_sent_on=first,
        days_late=max(0, (first - submission.round.due_on).days),
        comment="",
    )
    sender = Sender(Channel.GRID, on, submission, submission.unit, received_through)
    entries = [(each.channel, _entry(each, submission, versions)) for each in cells if each.state]
    if _post_by_channel(entries, sender, actor=actor, at=at):
        journal.current().concerned.extend(line.indicator for line in lines)
    return submission


@act("indicators.submission.return")
def give_back(submission: Submission, *, comment: str, actor: Actor, at: datetime) -> Submission:
    """Return what a unit sent, saying what is missing; the window opens for it again while it lasts.

    Raises:
        Refused: it was not sent.
    """
    refuse_if(guards.review_refusal(submission))
    journal.because(comment)
    journal.current().concerned.append(submission.unit)
    return journal.change(submission, state=SubmissionState.RETURNED, comment=comment)


@act("indicators.submission.accept")
def accept(submission: Submission, *, actor: Actor, at: datetime) -> Submission:
    """Accept what a unit sent; from now on a change is a correction.

    Raises:
        Refused: it was not sent.
    """
    refuse_if(guards.review_refusal(submission))
    journal.current().concerned.append(submission.unit)
    return journal.change(submission, state=SubmissionState.ACCEPTED, accepted_at=at, comment="")


@act("indicators.submission.unlock")
def unlock(submission: Submission, *, expires_on: date, reason: str, actor: Actor, at: datetime) -> Unlock:
    """Open the window of a unit again until a day.

    Raises:
        Refused: the day has passed.
    """
    refuse_if(round_guards.expiry_refusal(expires_on, local_date(at, submission.institution)))
    journal.because(reason)
    if submission.state in {SubmissionState.SENT, SubmissionState.ACCEPTED}:
        journal.change(submission, state=SubmissionState.RETURNED, comment=reason)
    row = Unlock(
        institution_id=submission.institution_id,
        submission=submission,
        expires_on=expires_on,
        reason=reason,
        opened_by=actor.id,
        recorded_at=at,
    )
    return journal.create(row, about=(submission, submission.unit))


@act("indicators.submission.chase")
def chase(submission: Submission, *, message: str, actor: Actor, at: datetime) -> Submission:
    """Tell the people of a unit that its answer is awaited; they find it among their notices.

    Raises:
        Refused: the unit has answered.
    """
    refuse_if(round_guards.nothing_owed_refusal(submission))
    journal.because(message)
    journal.current().concerned.extend([submission, submission.unit])
    return submission


def _post_by_channel(
    entries: Sequence[tuple[str, Entry]], sender: Sender, *, actor: Actor, at: datetime
) -> bool:
    """Write one bundle for each channel that brought something new, and say whether there was any."""
    by_channel: dict[str, list[Entry]] = {}
    for channel, entry in entries:
        by_channel.setdefault(channel, []).append(entry)
    written = [
        post(found, replace(sender, channel=channel), actor=actor, at=at)
        for channel, found in sorted(by_channel.items())
    ]
    return any(written)


def _entry(cell: DraftCell, submission: Submission, versions: dict[tuple[int, Period], int]) -> Entry:
    return Entry(
        cell=Cell(cell.indicator_id, submission.unit_id, cell.period, cell.breakdown, cell.variable),
        version_id=versions[cell.indicator_id, cell.period],
        value=cell.value,
        state=cell.state,
        certainty=cell.certainty,
        based_on=cell.based_on,
        reason=cell.reason,
    )
