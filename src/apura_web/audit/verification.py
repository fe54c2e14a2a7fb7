"""Walking the chain backwards: finding the entry or the row that somebody changed, took out or put elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models

from apura_web.audit.bundles import broken_rows
from apura_web.audit.journal import digest_of, sha256
from apura_web.audit.models import TrailEntry, TrailItem
from apura_web.audit.trail import digest_of_entry, head_of
from apura_web.foundation.models import Institution


class Verdict(StrEnum):
    """What is said of each item."""

    HOLDS = "confere"
    HOLDS_OLD = "confere com a edição antiga"
    DIFFERS = "difere pela edição nova"
    ONLY_ARITHMETIC = "só a conta confere"
    PURGED = "expurgado"
    BROKEN = "quebrado"


@dataclass(frozen=True)
class Finding:
    """What was found of one item.

    Attributes:
        verdict: whether it holds.
        what: the item, as ``entrada 42`` or ``orgs.unit ab3…``.
        why: what does not hold, in words; empty when it does.
    """

    verdict: Verdict
    what: str
    why: str = ""


@dataclass(frozen=True)
class Verification:
    """The answer for one institution: how many items there are, and every finding worth telling."""

    institution: Institution
    entries: int
    records: int
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken; what was purged by law does not break the chain."""
        return all(finding.verdict != Verdict.BROKEN for finding in self.findings)


Tell = Callable[[int, int], None]
Checker = Callable[[Institution], Iterable[Finding]]
_checkers: list[Checker] = []


def register_checker(checker: Checker) -> None:
    """Let a room check what the trail holds only the digest of; what holds it tells in one finding for all."""
    if checker not in _checkers:
        _checkers.append(checker)


def _nobody(done: int, total: int) -> None:
    """Tell nobody how far it is."""


def verify(institution: Institution, tell: Tell = _nobody) -> Verification:
    """Check an institution's chain, its details, its records against their digests, and what rooms know to check.

    Args:
        institution: whose trail.
        tell: called with how many items were checked and how many there are.
    """
    entries = list(
        TrailEntry.objects.filter(institution=institution).select_related("detail__purged_by").order_by("seq")
    )
    findings = [*_chain(institution, entries), *_details(entries), *_items(institution, entries)]
    latest = _latest_digests(entries)
    total = len(entries) + len(latest)
    tell(len(entries), total)
    findings += _records(latest, lambda done: tell(len(entries) + done, total))
    findings += [finding for checker in _checkers for finding in checker(institution)]
    return Verification(institution, len(entries), len(latest), tuple(findings))


def _chain(institution: Institution, entries: list[TrailEntry]) -> Iterator[Finding]:
    previous, expected = "", 1
    for entry in entries:
        name = f"entrada {entry.seq}"
        if entry.seq != expected:
            missing = (
                f"falta a entrada {expected}"
                if entry.seq == expected + 1
                else f"faltam as entradas {expected} a {entry.seq - 1}"
            )
            yield Finding(Verdict.BROKEN, name, f"{missing} antes dela")
        elif entry.previous != previous:
            yield Finding(
                Verdict.BROKEN,
                name,
                f"não continua a entrada {entry.seq - 1}: uma das duas foi trocada de lugar ou refeita",
            )
        if digest_of_entry(entry) != entry.digest:
            yield Finding(Verdict.BROKEN, name, "o conteúdo foi alterado depois de registrado")
        previous, expected = entry.digest, entry.seq + 1
    head = head_of(institution.pk)
    if (head.seq, head.digest) != (expected - 1, previous):
        yield Finding(
            Verdict.BROKEN,
            "fim da cadeia",
            f"a última entrada deveria ser a {head.seq}, e é a {expected - 1}, ou seu resumo é outro",
        )


def _details(entries: list[TrailEntry]) -> Iterator[Finding]:
    for entry in entries:
        detail = getattr(entry, "detail", None)
        name = f"pormenores da entrada {entry.seq}"
        if detail is None:
            yield Finding(Verdict.BROKEN, name, "foram apagados da base")
        elif detail.purged_by is not None:
            yield _purged(entry, detail.purged_by, name)
        elif sha256(detail.salt + detail.content) != entry.detail_digest:
            yield Finding(Verdict.BROKEN, name, "o conteúdo foi alterado depois de registrado")


def _purged(entry: TrailEntry, by: TrailEntry, name: str) -> Finding:
    """Believe that details were erased by law only when a later act of purging wrote a record the entry had written."""
    wrote, erased = (
        {(table, key) for table, key, digest in json.loads(each.rows) if digest} for each in (entry, by)
    )
    if by.act.endswith(".purge") and by.seq > entry.seq and wrote & erased:
        return Finding(Verdict.PURGED, name, f"por ato registrado na entrada {by.seq}")
    return Finding(
        Verdict.BROKEN, name, f"foram apagados como se a entrada {by.seq} os expurgasse, e ela não o fez"
    )


def _items(institution: Institution, entries: list[TrailEntry]) -> Iterator[Finding]:
    stored: dict[int, list[list[str]]] = {}
    rows = TrailItem.objects.filter(institution=institution).values_list("entry_id", "table", "key", "digest")
    for entry_id, *item in rows:
        stored.setdefault(entry_id, []).append(list(item))
    for entry in entries:
        if sorted(stored.get(entry.pk, [])) != sorted(json.loads(entry.rows)):
            yield Finding(
                Verdict.BROKEN, f"entrada {entry.seq}", "a lista de registros que ela escreveu foi alterada"
            )


def _latest_digests(entries: list[TrailEntry]) -> dict[tuple[str, str], tuple[TrailEntry, str]]:
    latest: dict[tuple[str, str], tuple[TrailEntry, str]] = {}
    for entry in entries:
        for table, key, digest in json.loads(entry.rows):
            if digest:
                latest[table, key] = (entry, digest)
    return latest


def _records(
    latest: dict[tuple[str, str], tuple[TrailEntry, str]], tell: Callable[[int], None]
) -> Iterator[Finding]:
    done = 0
    by_table: dict[str, list[str]] = {}
    for table, key in latest:
        by_table.setdefault(table, []).append(key)
    for table, keys in sorted(by_table.items()):
        rows = _rows_of(table, keys)
        done += len(keys)
        tell(done)
        for key in keys:
            entry, digest = latest[table, key]
            detail = getattr(entry, "detail", None)
            if detail is None or detail.purged_by_id:
                continue
            row = rows.get(key)
            name = f"{table} {key}"
            if row is None:
                yield Finding(
                    Verdict.BROKEN, name, f"foi apagado da base; a última entrada dele é a {entry.seq}"
                )
            elif digest_of(row, detail.salt) != digest:
                yield Finding(
                    Verdict.BROKEN,
                    name,
                    f"difere do que a entrada {entry.seq} registrou: foi alterado fora de um ato",
                )
            else:
                yield from (Finding(Verdict.BROKEN, what, why) for what, why in broken_rows(row))


CHUNK = 500


def _rows_of(table: str, keys: list[str]) -> dict[str, models.Model]:
    model = apps.get_model(table)
    has_code = any(each.name == "code" for each in model._meta.concrete_fields)
    column = "code" if has_code else "pk"
    found: dict[str, models.Model] = {}
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        rows = model._default_manager.filter(**{f"{column}__in": part})
        for row in rows.defer(*getattr(model, "untracked", ())):
            found[str(getattr(row, column))] = row
    return found
