"""What the scores of an agreement rest on besides measurements, told to people: readings in force, items recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apura.norms import load_norm
from apura_web.agreements.facts import NORM, READINGS
from apura_web.agreements.models import Adoption, Agreement, ItemReading
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText, Part


@dataclass(frozen=True)
class RecordedTold:
    """An item that no indicator measures, or that was cancelled, with the last that was recorded of it."""

    part: Part
    due_on: date | None
    row: ItemReading | None


@dataclass(frozen=True)
class ReadingTold:
    """A doubt of the norm and the reading that holds for an agreement."""

    name: str
    label: str
    reading: str
    origin: str
    url: str
    cites: str


def readings_told(agreement: Agreement, text: PactText, adopted: Sequence[Adoption]) -> list[ReadingTold]:
    """Tell the doubts of the norm that may change a score, and the reading that holds for an agreement."""
    latest = {each.interpretation: each for each in adopted}
    rules = text.one("apuracao")
    found = []
    for name, known in load_norm(NORM).interpretations.items():
        if not known.others or name not in {*READINGS, *latest}:
            continue
        adoption = latest.get(name)
        if adoption is not None:
            act = adoption.legal_act
            where = "para este acordo" if adoption.agreement_id else "para todos os acordos"
            told = (adoption.reading, f"{act.current}, {where}", act.get_absolute_url())
        elif rules.get(READINGS.get(name, "")):
            told = (rules.get(READINGS[name]), "cláusula do acordo", agreement.get_absolute_url())
        else:
            told = (known.adopted or "", "leitura adotada na norma", "")
        found.append(ReadingTold(name, known.label, *told, known.cites))
    return found


def recorded_told(text: PactText, rows: Sequence[ItemReading]) -> list[RecordedTold]:
    """Tell the milestones and commitments with the last that was recorded of each, and the items cancelled."""
    last = {each.item_key: each for each in rows}
    return [
        RecordedTold(item, item.day("prazo"), last.get(item.key))
        for item in text.of("item")
        if item.get("especie") != INDICATOR_ITEM or item.key in last
    ]
