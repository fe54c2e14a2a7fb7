"""What rests on a legal act among units and people, for the room of legal acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apura_web.audit.actors import Actor
from apura_web.documents.dependents import Dependent
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import Refusal
from apura_web.foundation.templatetags.apura import day
from apura_web.orgs.models import Absence, Placement, PlacementEvent, Tenure, TenureEnd
from apura_web.orgs.offices import OFFICES, PRIVILEGED
from apura_web.orgs.organogram import fold
from apura_web.orgs.selectors.people import OVER_PEOPLE
from apura_web.orgs.selectors.structure import changes_of, placements_of
from apura_web.orgs.services.structure_cache import refresh

DID = {
    PlacementEvent.CREATION: "criou",
    PlacementEvent.RENAMING: "deu a denominação de",
    PlacementEvent.MOVE: "mudou a vinculação de",
    PlacementEvent.MERGER: "incorporou a outra a unidade",
    PlacementEvent.EXTINCTION: "extinguiu",
}
UNDONE = {
    PlacementEvent.CREATION: "deixa de existir, desde a criação",
    PlacementEvent.RENAMING: "volta à denominação anterior",
    PlacementEvent.MOVE: "volta à vinculação anterior",
    PlacementEvent.MERGER: "volta a funcionar separada",
    PlacementEvent.EXTINCTION: "volta a funcionar",
}


def told(legal_act: LegalAct, looker: Actor) -> Sequence[Dependent]:
    """Tell what an act did to units and offices; postings, accesses and absences only to who sees the whole house."""
    placements = (
        Placement.objects.filter(legal_act=legal_act).select_related("unit").order_by("from_on", "id")
    )
    tenures = Tenure.objects.filter(legal_act=legal_act).select_related("person", "unit")
    ends = TenureEnd.objects.filter(legal_act=legal_act).select_related("tenure__person", "tenure__unit")
    absences = Absence.objects.filter(legal_act=legal_act).count()
    sees_all = looker.has(*OVER_PEOPLE, path="/")
    shown = [row for row in tenures.order_by("from_on", "id") if sees_all or _is_public(row)]
    shown_ends = [row for row in ends.order_by("ended_on", "id") if sees_all or _is_public(row.tenure)]
    hidden = len(tenures) - len(shown) + len(ends) - len(shown_ends) + absences
    return [
        *(_placement(each) for each in placements),
        *(_tenure(each, with_link=sees_all) for each in shown),
        *(_end(each, with_link=sees_all) for each in shown_ends),
        *([Dependent("Cadastro de pessoas", _hidden(hidden))] if hidden else []),
    ]


def refusal_to_fall(legal_act: LegalAct) -> Refusal | None:
    """Refuse that an act fall when, without it, a unit would be under itself on some recorded day."""
    fallen = Placement.objects.filter(legal_act=legal_act, event=PlacementEvent.MOVE)
    moved = set(fallen.values_list("unit_id", flat=True))
    if not moved:
        return None
    left = placements_of(legal_act.institution_id).exclude(legal_act=legal_act)
    changes = list(changes_of(legal_act.institution_id, left))
    for on in sorted({change.from_on for change in changes}):
        organogram = fold(changes, on)
        for unit_id in moved:
            circle = organogram.circle_through(unit_id)
            if circle:
                line = " › ".join([*(box.acronym for box in circle), circle[0].acronym])
                return Refusal(
                    "orgs.circle_without_act",
                    f"Sem {legal_act.current}, uma unidade ficaria subordinada a si mesma em {day(on)}: {line}.",
                    "Registre antes outra mudança de vinculação que desfaça o círculo.",
                )
    return None


def settle(institution_id: int, at: datetime) -> None:
    """Bring what units cache of today to what the acts that stand say."""
    refresh(institution_id, at)


def _placement(row: Placement) -> Dependent:
    name = f"{row.acronym} – {row.name}" if row.name else str(row.unit)
    event = PlacementEvent(row.event)
    return Dependent(
        "Unidades",
        f"{DID[event]} {name}, desde {day(row.from_on)}",
        row.unit.get_absolute_url(),
        f"{name} {UNDONE[event]}.",
    )


def _is_public(row: Tenure) -> bool:
    return OFFICES[row.kind].is_public and row.kind not in PRIVILEGED


def _hidden(count: int) -> str:
    return (
        "1 registro de lotação, acesso ou afastamento"
        if count == 1
        else (f"{count} registros de lotação, acesso ou afastamento")
    )


def _tenure(row: Tenure, *, with_link: bool) -> Dependent:
    where = row.unit or "toda a instituição"
    what = f"{row.get_kind_display()} ({row.get_capacity_display().lower()}), {where}"
    until = f" até {day(row.until_on)}" if row.until_on else ""
    return Dependent(
        "Designações",
        f"{row.person}: {what}, desde {day(row.from_on)}{until}",
        row.person.get_absolute_url() if with_link else "",
        f"{row.person} deixa de ter sido designada: {what}.",
    )


def _end(row: TenureEnd, *, with_link: bool) -> Dependent:
    tenure = row.tenure
    what = f"{tenure.get_kind_display()}, {tenure.unit or 'toda a instituição'}"
    return Dependent(
        "Términos",
        f"{tenure.person}: {what}, último dia {day(row.ended_on)}",
        tenure.person.get_absolute_url() if with_link else "",
        f"{tenure.person} volta a ocupar: {what}, desde {day(tenure.from_on)}. Confira se outra pessoa a ocupa.",
    )
