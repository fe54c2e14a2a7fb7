"""The history of a record, ready for its page: what happened, who, when, why, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from apura_web.audit.actors import WHOLE_INSTITUTION, Actor, Role
from apura_web.audit.models import TrailEntry
from apura_web.audit.names import codes_in, names_of, with_names
from apura_web.audit.requests import ActorRequest
from apura_web.audit.telling import EMPTY, EntryTold, Line, RowTold, Teller
from apura_web.audit.trail import history_of
from apura_web.audit.visibility import READERS, visible_records
from apura_web.foundation.presentation import Fact, Happening

SHOWN, FACTS_SHOWN = 50, 30
KEEPERS = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.INTERNAL_CONTROL, Role.EXTERNAL_CONTROL)


def history_items(row: Model, request: ActorRequest) -> list[Happening]:
    """Give the history of a record, the latest first, as the timeline of its page takes it.

    Whoever shows it has checked that the person may see the record.

    Args:
        row: the record.
        request: of who looks.
    """
    return happenings(history_of(row, request.institution.pk), request)


def happenings(entries: QuerySet[TrailEntry], request: ActorRequest) -> list[Happening]:
    """Give the latest of some entries as a timeline, in a bounded number of queries."""
    looker = request.actor
    latest = list(entries.select_related("detail", "detail__purged_by")[:SHOWN])
    teller = Teller(latest, sees_personal=sees_personal_data(looker))
    told = {entry.pk: teller.tell(entry) for entry in latest}
    people = {code for each in told.values() for code in codes_in(each.what)}
    names = names_of({*people, *(entry.actor for entry in latest)}, looker)
    records = {row.record for each in told.values() for row in each.rows}
    allowed = visible_records(looker, request.today, records)
    return [
        Happening(
            at=entry.recorded_at,
            sentence=sentence(told[entry.pk], names),
            who=who(names[entry.actor], told[entry.pk]),
            facts=facts_of(told[entry.pk], allowed),
            seq=entry.seq,
            icon="circle",
            url=_url(entry, looker),
        )
        for entry in latest
    ]


def sees_personal_data(looker: Actor) -> bool:
    """Say whether somebody sees CPF, registration, e-mail and the reason of absences in what changed."""
    return looker.has(*KEEPERS, path=WHOLE_INSTITUTION)


def sentence(told: EntryTold, names: dict[str, str]) -> str:
    """Say what was done and to what, as “Registrou a designação: Ana Souza, titular (SES)”."""
    said = str(capfirst(told.sentence))
    return f"{said}: {with_names(told.what, names)}" if told.what else said


def who(name: str, told: EntryTold) -> str:
    """Say who did it and as what."""
    return f"{name}, {told.acting_as}" if told.acting_as and told.acting_as != name else name


def facts_of(told: EntryTold, allowed: set[tuple[str, str]]) -> list[Fact]:
    """Give why it was done and what changed, as lines of a list; what is too long for a list is cut, and said so."""
    if told.purged_by:
        return [Fact("Pormenores", f"expurgados por lei, pela entrada {told.purged_by} da trilha")]
    found = [Fact("Motivo", told.reason)] if told.reason else []
    lines = [pair for row in told.rows if row.record in allowed for pair in _labelled(row, told)]
    found += [Fact(label, change_of(line)) for label, line in islice(lines, FACTS_SHOWN)]
    left = len(lines) - FACTS_SHOWN
    return [*found, Fact("E mais", f"{left} campos, na entrada da trilha")] if left > 0 else found


def change_of(line: Line) -> str:
    """Write a change as “antes → depois”, or what was written when nothing was there."""
    return f"{line.before} → {line.after or EMPTY}" if line.before else line.after or EMPTY


def _labelled(row: RowTold, told: EntryTold) -> Iterator[tuple[str, Line]]:
    is_alone = len({each.label for each in told.rows}) == 1
    for line in row.lines:
        yield (line.label if is_alone else f"{row.label}: {line.label.lower()}"), line


def _url(entry: TrailEntry, looker: Actor) -> str:
    if not looker.has(*READERS):
        return ""
    try:
        return reverse("trail_entry", args=[entry.seq])
    except NoReverseMatch:
        return ""
