"""The trail: every entry somebody may read, one entry in full, and the attempts that were refused."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from apura_web.audit.actors import Actor
from apura_web.audit.acts import REGISTRY
from apura_web.audit.checking import latest_finished
from apura_web.audit.history import change_of, sees_personal_data, sentence, who
from apura_web.audit.models import TrailEntry
from apura_web.audit.names import codes_in, names_of, with_names
from apura_web.audit.requests import ActorRequest
from apura_web.audit.telling import Teller, content_of, sentence_of
from apura_web.audit.visibility import (
    READERS,
    REFUSALS_READERS,
    entries_visible_to,
    narrowed,
    reads_whole_trail,
    refusals_visible_to,
    visible_records,
)
from apura_web.foundation.forms import DayField, PageForm
from apura_web.foundation.presentation import Crumb, Fact
from apura_web.foundation.table_layout import EXPORT_LIMIT
from apura_web.foundation.tables import ChoiceFilter, Column, Kind, Table, TableLayout
from apura_web.foundation.web.access import signed_in


class PeriodForm(PageForm):
    """Between which days, by whom and about what; what comes by links is carried unseen."""

    de = DayField(label="De", required=False)
    ate = DayField(label="Até", required=False)
    quem = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    registro = forms.CharField(required=False, max_length=121, widget=forms.HiddenInput)


def layout_for(names: dict[str, str]) -> TableLayout:
    """Lay out the list of entries.

    Args:
        names: of who acted, by their codes.
    """
    acts = [(name, capfirst(each.sentence)) for name, each in sorted(REGISTRY.items())]
    return TableLayout(
        name="trilha",
        caption="Entradas da trilha",
        columns=(
            Column("numero", "Nº", "seq", sort="seq", kind=Kind.NUMBER, link=_url),
            Column("quando", "Quando", "recorded_at", sort="recorded_at", kind=Kind.INSTANT),
            Column("quem", "Quem", lambda entry: names.get(entry.actor, entry.actor)),
            Column("como", "Atuando como", lambda entry: content_of(entry).get("acting_as", "")),
            Column("ato", "O que fez", lambda entry: with_names(_sentence(entry), names), link=_url),
            Column("motivo", "Motivo", lambda entry: content_of(entry).get("reason", ""), visible=False),
            Column("resumo", "Resumo", "digest", visible=False),
        ),
        filters=(ChoiceFilter("ato", "Ato", "act", acts),),
        empty="Ainda não há entradas.",
    )


@require_GET
@signed_in
def trail(request: ActorRequest) -> HttpResponse:
    """List the entries the person may read."""
    if not request.actor.has(*READERS):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    entries = _asked(entries_visible_to(request.actor, request.today), form, request)
    names: dict[str, str] = {}
    table = Table(layout_for(names), entries, request)
    names.update(_names_in(table, request.actor))
    context = {
        "crumbs": [Crumb("Trilha")],
        "form": form,
        "narrowing": _narrowing(form, request.actor),
        "can_check": reads_whole_trail(request.actor),
        "can_see_refusals": request.actor.has(*REFUSALS_READERS),
        "check": latest_finished(request.actor.institution_id),
    }
    return table.answer("audit/trail.html", context)


@require_GET
@signed_in
def entry(request: ActorRequest, seq: int) -> HttpResponse:
    """Show an entry in full: what changed, and the digests that chain it."""
    found = get_object_or_404(entries_visible_to(request.actor, request.today), seq=seq)
    told = Teller([found], sees_personal=sees_personal_data(request.actor)).tell(found)
    names = names_of({found.actor, *codes_in(told.what)}, request.actor)
    allowed = visible_records(request.actor, request.today, {row.record for row in told.rows})
    context = {
        "crumbs": [Crumb("Trilha", reverse("trail")), Crumb(f"Entrada {found.seq}")],
        "entry": found,
        "told": told,
        "sentence": sentence(told, names),
        "facts": _facts(found, who(names[found.actor], told), told.reason),
        "rows": [
            (row, [Fact(line.label, change_of(line)) for line in row.lines])
            for row in told.rows
            if row.record in allowed
        ],
        "is_cut": any(row.record not in allowed for row in told.rows),
        "digests": [
            Fact("Resumo da entrada", found.digest),
            Fact("Resumo da entrada anterior", found.previous or "é a primeira"),
            Fact("Resumo dos pormenores", found.detail_digest),
        ],
    }
    return render(request, "audit/entry.html", context)


REFUSALS = TableLayout(
    name="recusas",
    caption="Tentativas recusadas",
    columns=(
        Column("minuto", "Quando", "minute", sort="minute", kind=Kind.INSTANT),
        Column("quem", "Quem", "who"),
        Column("tentou", "O que se tentou", "what"),
        Column("motivo", "Por que se recusou", "reason"),
        Column("vezes", "Vezes", "times", sort="times", kind=Kind.NUMBER),
    ),
    empty="Nada foi recusado.",
)


@require_GET
@signed_in
def refusals(request: ActorRequest) -> HttpResponse:
    """List what people tried and could not do, to who administers and to internal control."""
    if not request.actor.has(*REFUSALS_READERS):
        raise PermissionDenied
    events = refusals_visible_to(request.actor)
    names = names_of(set(events.order_by().values_list("actor", flat=True).distinct()), request.actor)
    rows: list[dict[str, Any]] = [
        {
            "minute": event.minute,
            "who": names.get(event.actor, event.actor),
            "what": capfirst(sentence_of(event.kind)),
            "reason": event.reason,
            "times": event.times,
        }
        for event in events[:LARGEST_LIST]
    ]
    context = {"crumbs": [Crumb("Trilha", reverse("trail")), Crumb("Tentativas recusadas")]}
    return Table(REFUSALS, rows, request).answer("audit/refusals.html", context)


LARGEST_LIST = 5_000


def _asked(entries: QuerySet[TrailEntry], form: PeriodForm, request: ActorRequest) -> QuerySet[TrailEntry]:
    form.is_valid()
    data = form.cleaned_data
    zone = ZoneInfo(request.institution.time_zone)
    if data.get("de"):
        entries = entries.filter(recorded_at__gte=datetime.combine(data["de"], time.min, zone))
    if data.get("ate"):
        end = datetime.combine(data["ate"] + timedelta(days=1), time.min, zone)
        entries = entries.filter(recorded_at__lt=end)
    if data.get("quem"):
        entries = entries.filter(actor=data["quem"])
    table, _, key = (data.get("registro") or "").partition(":")
    if table:
        entries = narrowed(entries, (table, key))
    return entries


def _names_in(table: Table, looker: Actor) -> dict[str, str]:
    """Name, in one query, everybody of whom the rows about to be shown or taken away speak."""
    first = max(0, table.first - 1)
    rows = table.found[:EXPORT_LIMIT] if table.asked("formato") else table.found[first : table.last]
    told = {code for entry in rows for code in codes_in(content_of(entry).get("what", ""))}
    return names_of({*told, *(entry.actor for entry in rows)}, looker)


def _narrowing(form: PeriodForm, looker: Actor) -> list[str]:
    data = form.cleaned_data
    said = []
    if data.get("quem"):
        said.append(f"só o que fez {names_of({data['quem']}, looker)[data['quem']]}")
    if data.get("registro"):
        said.append("só o que diz respeito a um registro")
    return said


def _facts(found: TrailEntry, name: str, reason: str) -> list[Fact]:
    act = REGISTRY[found.act].title if found.act in REGISTRY else found.act
    code = found.act if act != found.act else ""
    facts = [Fact("Quem", name, f"{reverse('trail')}?quem={found.actor}"), Fact("Ato", act, note=code)]
    return [*facts, Fact("Motivo", reason)] if reason else facts


def _sentence(found: TrailEntry) -> str:
    content = content_of(found)
    if not content:
        return str(capfirst(f"{sentence_of(found.act)} (pormenores expurgados)"))
    what = f": {content['what']}" if content.get("what") else ""
    return f"{capfirst(content['sentence'])}{what}"


def _url(found: TrailEntry) -> str:
    return reverse("trail_entry", args=[found.seq])
