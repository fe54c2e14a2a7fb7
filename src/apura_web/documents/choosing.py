"""Choosing a legal act by typing its number, as people do: “Portaria nº 12/2026”, or only “12/2026”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from apura.formula import fold
from apura_web.audit.actors import Actor
from apura_web.documents.models import ActKind, LegalAct
from apura_web.documents.selectors import records_visible_to
from apura_web.foundation.choosing import Chooser

RECENT = 80
MOST_FOUND = 30
NUMBER = re.compile(r"(?:\bn[º°o.]*\s*)?(?P<number>[\w.\-]+)/(?P<year>\d{4})\b", re.IGNORECASE)
DAY = re.compile(r"\b(?P<day>\d{2})/(?P<month>\d{2})/(?P<year>\d{4})\b")
UNKNOWN = "Escreva espécie e número, como “Portaria nº 12/2026”, ou registre o ato."


def legal_acts_for(actor: Actor) -> Chooser[LegalAct]:
    """Offer the acts of the actor's institution; what is chosen is the first row, which everything points at."""
    finder = _Finder(records_visible_to(actor))
    return Chooser(find=finder.find, label=label_of, suggest=finder.suggest, unknown=UNKNOWN)


def label_of(legal_act: LegalAct) -> str:
    """Call an act by its kind, number and authority: “Portaria nº 12/2026 · Secretário da Saúde”."""
    current = legal_act.current if legal_act.corrects_id is None else legal_act
    return f"{current} · {current.authority}"


@dataclass(frozen=True)
class _Finder:
    records: QuerySet[Any]

    def suggest(self) -> Iterable[LegalAct]:
        return self.records.order_by("-recorded_at", "-id")[:RECENT]

    def find(self, text: str) -> Sequence[LegalAct]:
        found = list(self.records.filter(root_code=text)[:1]) or self._by_words(text)
        return _first_rows(found)

    def _by_words(self, text: str) -> list[LegalAct]:
        said, _, authority = text.partition("·")
        rows = self._by_number(said)
        if rows is None:
            return []
        kind = _kind_in(said)
        if kind:
            rows = rows.filter(kind=kind)
        if authority.strip():
            rows = rows.filter(authority__iexact=authority.strip())
        return list(rows[:MOST_FOUND])

    def _by_number(self, said: str) -> QuerySet[Any] | None:
        day = DAY.search(said)
        if day:
            iso = "{year}-{month}-{day}".format(**day.groupdict())
            return self.records.filter(Q(number=""), signed_on=iso) if _is_day(iso) else None
        number = NUMBER.search(said)
        if number is None:
            return None
        return self.records.filter(number__iexact=number["number"], year=int(number["year"]))


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _kind_in(said: str) -> str:
    wanted = fold(said)
    labels = sorted(ActKind, key=lambda kind: -len(kind.label))
    return next((kind.value for kind in labels if wanted.strip().startswith(fold(kind.label))), "")


def _first_rows(records: Sequence[LegalAct]) -> list[LegalAct]:
    roots = [record.corrects_id or record.pk for record in records]
    found = LegalAct.objects.prefetch_related("corrections").in_bulk(roots)
    return [found[number] for number in dict.fromkeys(roots)]
