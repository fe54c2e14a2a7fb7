"""Putting values into the ledger: one bundle for each act, each new value pointing at the one it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import IntegrityError, models

from apura_web.audit.actors import Actor
from apura_web.audit.bundles import create_bundle
from apura_web.foundation.models import Blob
from apura_web.foundation.refusals import Refusal, Refused
from apura_web.indicators.models import (
    Batch,
    Certainty,
    Figure,
    Measurement,
    Submission,
    ValueState,
)
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.ledger import Cell, standing_cells
from apura_web.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to put in the ledger.

    Attributes:
        cell: where it belongs.
        version_id: the version of the card that governs the period; None when it came without memory.
        value: None unless measured.
        expects: the number of the row the person saw there; 0 when they saw none, None when nobody looked.
        target: what was promised there, when it comes in the same file; only a load fixes it.
    """

    cell: Cell
    version_id: int | None
    value: Fraction | None
    state: str = ValueState.MEASURED
    certainty: str = Certainty.DEFINITIVE
    based_on: date | None = None
    source: str = ""
    reason: str = ""
    expects: int | None = None
    target: Fraction | None = None

    def says_the_same_as(self, row: Measurement) -> bool:
        """Say whether a row of the ledger already holds all of this."""
        mine = (self.value, self.state, self.certainty, self.based_on, self.source, self.reason)
        return mine == (row.value, row.state, row.certainty, row.based_on, row.source, row.reason)


@dataclass(frozen=True)
class Sender:
    """How values came in, for whom, and whose figure they are."""

    channel: str
    received_on: date
    submission: Submission | None = None
    on_behalf_of: Unit | None = None
    received_through: str = ""
    document: Blob | None = None
    correction: str = ""
    reason: str = ""
    figure: str = Figure.REPORTED


CHANGED = Refusal(
    "indicators.changed_meanwhile",
    "Enquanto isto era preparado, outra pessoa lançou valor em uma destas células.",
    "Abra de novo para ver o que mudou; o que você digitou não se perdeu.",
    status=409,
)


def post(
    entries: Sequence[Entry],
    sender: Sender,
    *,
    actor: Actor,
    at: datetime,
    about: tuple[models.Model, ...] = (),
) -> Batch | None:
    """Write entries into the ledger, inside an act; those that say what stands already are passed over.

    Returns:
        The bundle written; None when nothing was new.

    Raises:
        Refused: somebody put another value in a cell since it was seen.
    """
    institution_id = actor.institution_id
    standing = _standing(institution_id, entries, sender.figure)
    rows = [
        _row(institution_id, each, standing.get(each.cell), sender.figure)
        for each in entries
        if not _is_known(each, standing.get(each.cell))
    ]
    if not rows:
        return None
    facts = {name: value for name, value in vars(sender).items() if name != "figure"}
    batch = Batch(institution_id=institution_id, typed_by=actor.id, recorded_at=at, **facts)
    try:
        return create_bundle(batch, rows, about=about)
    except IntegrityError as error:
        raise Refused(CHANGED) from error


def _standing(institution_id: int, entries: Sequence[Entry], figure: str) -> dict[Cell, Measurement]:
    if not entries:
        return {}
    whole = Period(
        min(each.cell.period.start for each in entries), max(each.cell.period.end for each in entries)
    )
    units = {each.cell.unit_id for each in entries}
    indicators = {each.cell.indicator_id for each in entries}
    return standing_cells(institution_id, whole, units=units, indicators=indicators, figure=figure)


def _is_known(entry: Entry, row: Measurement | None) -> bool:
    if entry.expects is not None and (row.pk if row else 0) != entry.expects:
        raise Refused(CHANGED)
    return row is not None and entry.says_the_same_as(row)


def _row(institution_id: int, entry: Entry, old: Measurement | None, figure: str) -> Measurement:
    cell = entry.cell
    return Measurement(
        institution_id=institution_id,
        indicator_id=cell.indicator_id,
        version_id=entry.version_id,
        unit_id=cell.unit_id,
        period_start=cell.period.start,
        period_end=cell.period.end,
        breakdown=cell.breakdown,
        variable=cell.variable,
        figure=figure,
        value=entry.value,
        state=entry.state,
        certainty=entry.certainty,
        based_on=entry.based_on,
        source=entry.source,
        reason=entry.reason,
        replaces=old,
    )
