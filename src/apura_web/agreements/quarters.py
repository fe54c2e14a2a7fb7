"""The closings of an evaluation period: a partial score for each quadrimestre, and the final one.

Norm: Decreto GO nº 8.170/2014, arts. 3º, parágrafo único, 11, parágrafo único, and 12.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from apura_web.agreements.models import ScoreKind
from apura_web.agreements.pact.sections import YES
from apura_web.agreements.pact.text import PactText

LENGTH = 4
"""Months of a quadrimestre."""
YEAR = 12
ORDINALS = ("1º", "2º", "3º")


@dataclass(frozen=True, slots=True)
class Closing:
    """What a score is of.

    Attributes:
        kind: partial or final.
        number: which quadrimestre, from 1; of the final score, the last.
        from_on: the first day of the evaluation period.
        until_on: the last day appraised.
    """

    kind: ScoreKind
    number: int
    from_on: date
    until_on: date

    @property
    def label(self) -> str:
        """What people call its score."""
        if self.kind == ScoreKind.FINAL:
            return "Nota final"
        return f"Nota parcial do {self.number}º quadrimestre"

    @property
    def key(self) -> str:
        """How addresses write it: “parcial-2014-08-31”."""
        return f"{self.kind.value}-{self.until_on.isoformat()}"


def closings_of(text: PactText) -> list[Closing]:
    """Give the closings of an evaluation period, in order; none while its days are not written.

    Whether the last quadrimestre has a partial score besides the final one is what the pact says.
    """
    general = text.one("geral")
    first, last = general.day("periodo_inicio"), general.day("periodo_fim")
    if first is None or last is None:
        return []
    ends = _ends(first, last)
    has_last_partial = text.one("apuracao").get("ultimo_quadrimestre") == YES
    partial = ends if has_last_partial else ends[:-1]
    found = [Closing(ScoreKind.PARTIAL, number, first, end) for number, end in enumerate(partial, start=1)]
    return [*found, Closing(ScoreKind.FINAL, len(ends), first, last)]


def _ends(first: date, last: date) -> list[date]:
    """Give the last day of each quadrimestre counted from the first day; the last one may be shorter."""
    ends = []
    start = first
    while start <= last:
        month = start.month + LENGTH
        year, month = start.year + (month - 1) // YEAR, (month - 1) % YEAR + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        start = date(year, month, day)
        ends.append(min(start - timedelta(days=1), last))
    return ends
