"""Rows of the ledger told to people: what each says, who typed it and for whom, when, and what it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.templatetags.apura import day, instant, quantity
from apura_web.indicators.formulas import RESULT
from apura_web.indicators.models import CardVersion, Certainty, Figure, Measurement, ValueState
from apura_web.indicators.web.seeing_shown import FIRM_BADGES

STANDS = Badge("vale", Tone.GOOD, "check-circle")
REPLACED = Badge("substituída", Tone.NEUTRAL, "history")
MOST_ROWS = 200


@dataclass(frozen=True)
class RowTold:
    """A row, in words."""

    number: int
    label: str
    text: str
    is_missing: bool
    stands: Badge
    firmness: Badge
    who: str
    when: str
    came: str
    because: str
    replaces: int | None


def rows_told(rows: QuerySet[Measurement], versions: Sequence[CardVersion], looker: Actor) -> list[RowTold]:
    """Tell some rows, the latest first.

    Args:
        rows: told apart: each says whether it stands.
        versions: of the card, for what people call the variables.
        looker: who reads the names.
    """
    found = list(rows[:MOST_ROWS])
    names = names_of({each.batch.typed_by for each in found}, looker)
    labels = labels_of(versions)
    return [_told(each, names, labels) for each in found]


def labels_of(versions: Iterable[CardVersion]) -> dict[str, str]:
    """Give what people call each variable; the latest card counts."""
    labels = {RESULT: "Resultado, sem as variáveis"}
    for card in versions:
        labels |= {each.name: each.label for each in card.read_variables}
    return labels


def value_text(row: Measurement) -> str:
    """Write what a row says: its number, or the word of its state."""
    return quantity(row.value) if row.value is not None else str(ValueState(row.state).label)


def channel_text(row: Measurement) -> str:
    """Say by where a row came in; the figures of who verifies are always recorded by the central unit."""
    if row.figure != Figure.REPORTED:
        return "Registro da unidade central"
    return str(row.batch.get_channel_display())


def _told(row: Measurement, names: dict[str, str], labels: dict[str, str]) -> RowTold:
    batch = row.batch
    behalf = f", em nome de {batch.on_behalf_of}" if batch.on_behalf_of else ""
    through = f", {batch.received_through}" if batch.received_through else ""
    base = f"data-base {day(row.based_on)}" if row.based_on else ""
    reasons = [each for each in (row.reason, batch.reason, row.source, base) if each]
    return RowTold(
        row.pk,
        labels.get(row.variable, row.variable),
        value_text(row),
        row.value is None,
        STANDS if getattr(row, "stands", True) else REPLACED,
        FIRM_BADGES[Certainty(row.certainty)],
        f"{names[batch.typed_by]}{behalf}",
        f"recebida em {day(batch.received_on)}{through}; registrada em {instant(batch.recorded_at)}",
        channel_text(row),
        " · ".join(reasons),
        row.replaces_id,
    )
