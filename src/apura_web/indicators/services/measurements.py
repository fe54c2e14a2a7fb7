"""Correcting what was measured, and the figures of who verifies and of who ratifies, beside the reported one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.foundation.models import Blob
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import measurement_guards as guards
from apura_web.indicators.models import Batch, Channel, Figure, Indicator
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.cards import version_for, versions_of
from apura_web.indicators.selectors.ledger import standing_at
from apura_web.indicators.services.posting import Entry, Sender, post
from apura_web.orgs.models import Unit


@dataclass(frozen=True)
class Place:
    """Where values belong: an indicator, one of its periods, and a breakdown; empty is the whole."""

    indicator: Indicator
    period: Period
    breakdown: str = ""


@dataclass(frozen=True)
class Receipt:
    """When what changes the ledger arrived, by which channel and protocol, and why it changes.

    Attributes:
        correction: what a correction is; empty for the figures of who verifies and of who ratifies.
        document: where it comes from, as ``foundation.blobs.prepare`` gave it, before the act.
    """

    received_on: date
    reason: str
    through: str = ""
    correction: str = ""
    document: Blob | None = None


@dataclass(frozen=True)
class Change:
    """What the ledger is to say of a place from now on, and why; each entry expects the row that the person saw."""

    place: Place
    entries: Sequence[Entry]
    receipt: Receipt


@act("indicators.measurement.correct")
def correct(unit: Unit, *, change: Change, actor: Actor, at: datetime) -> Batch:
    """Correct what a unit measured: new rows that replace those that stand, with the reason; nothing is erased.

    A provisional value becomes definitive in the same way.

    Args:
        unit: whose values they are.
        change: what is right, when and how it arrived, and why it changes.

    Raises:
        Refused: nothing stands there, it was not accepted yet, nothing changes, or somebody came first; or what the
            correction is was not told, or is not what it is.
    """
    refuse_if(guards.unnamed_refusal(change.receipt.correction))
    return _changed(unit, change, Figure.REPORTED, actor=actor, at=at)


@act("indicators.measurement.verify")
def verify(unit: Unit, *, change: Change, actor: Actor, at: datetime) -> Batch:
    """Record the verified figure, which stands beside the reported one.

    Norm: Decreto GO nº 8.170/2014, art. 13.

    Args:
        unit: whose values were verified.
        change: what was found, and on what grounds.

    Raises:
        Refused: nothing was reported or accepted there, nothing changes, or somebody came first.
    """
    refuse_if(guards.unmeasured_refusal(change.entries))
    return _changed(unit, change, Figure.VERIFIED, actor=actor, at=at)


@act("indicators.measurement.ratify")
def ratify(unit: Unit, *, change: Change, actor: Actor, at: datetime) -> Batch:
    """Record the figure that the commission ratified, which stands beside the others.

    Norm: Decreto GO nº 8.170/2014, arts. 14 and 15.

    Args:
        unit: whose values were ratified.
        change: what was decided, and on what grounds.

    Raises:
        Refused: nothing was reported or accepted there, nothing changes, or somebody came first.
    """
    refuse_if(guards.unmeasured_refusal(change.entries))
    return _changed(unit, change, Figure.RATIFIED, actor=actor, at=at)


def _changed(unit: Unit, change: Change, figure: Figure, *, actor: Actor, at: datetime) -> Batch:
    place, receipt = change.place, change.receipt
    refuse_if(guards.reason_refusal(receipt.reason))
    journal.because(receipt.reason)
    stands = standing_at(place.indicator, unit, place.period, place.breakdown)
    refuse_if(guards.nothing_refusal(stands))
    refuse_if(guards.unaccepted_refusal(stands))
    refuse_if(guards.definitive_refusal(receipt.correction, stands, change.entries))
    card = version_for(versions_of(place.indicator), place.period)
    refuse_if(guards.entries_refusal(card, change.entries))
    if receipt.document is not None and receipt.document.pk is None:
        journal.create(receipt.document)
    sender = _sender(unit, receipt, figure)
    batch = post(change.entries, sender, actor=actor, at=at, about=(place.indicator, unit))
    refuse_if(guards.same_refusal(batch, figure))
    assert batch is not None  # noqa: S101 - refused just above
    return batch


def _sender(unit: Unit, receipt: Receipt, figure: Figure) -> Sender:
    return Sender(
        Channel.CORRECTION,
        receipt.received_on,
        on_behalf_of=unit,
        received_through=receipt.through,
        document=receipt.document,
        correction=receipt.correction,
        reason=receipt.reason,
        figure=figure,
    )
