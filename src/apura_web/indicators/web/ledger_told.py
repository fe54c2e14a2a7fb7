"""Rows of the ledger told to people: what each says, who typed it and for whom, when, and what it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse

from apura_web.audit.actors import Actor
from apura_web.audit.names import names_of
from apura_web.foundation.presentation import Badge, Tone
from apura_web.foundation.templatetags.apura import day, instant, quantity
from apura_web.indicators.formulas import RESULT
from apura_web.indicators.models import CardVersion, Certainty, Correction, Figure, Measurement, ValueState
from apura_web.indicators.selectors.seeing import documented_batches
from apura_web.indicators.web.seeing_shown import FIRM_BADGES

STANDS = Badge("vale", Tone.GOOD, "check-circle")
REPLACED = Badge("substituída", Tone.NEUTRAL, "history")
PUBLISHED_STAYS = "O que tiver sido publicado com o valor de antes não muda por si."
MOST_ROWS = 200


@dataclass(frozen=True)
class RowTold:
    """A row, in words.

    Attributes:
        document_url: where the document it came from is, for who may see it.
        note: what the reader should know besides.
    """

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
    document_url: str = ""
    note: str = ""


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
    told = [_told(each, names, labels) for each in found]
    documents = set(
        documented_batches(looker)
        .filter(pk__in={each.batch_id for each in found})
        .values_list("pk", flat=True)
    )
    return [
        replace(said, document_url=_document_url(row)) if row.batch_id in documents else said
        for said, row in zip(told, found, strict=True)
    ]


def _document_url(row: Measurement) -> str:
    return reverse("batch_document", args=[row.indicator.code, row.batch.code])


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
    came = str(row.batch.get_channel_display())
    return f"{came}: {row.batch.get_correction_display()}" if row.batch.correction else came


def note_of(row: Measurement) -> str:
    """Say what an official revision leaves as it was: the place to name what was published with the value before."""
    return PUBLISHED_STAYS if row.batch.correction == Correction.REVISION and row.replaces_id else ""


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
        note=note_of(row),
    )
