"""What awaits somebody among indicators: grids to fill, answers to check, loads to confirm, cards to examine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.foundation.presentation import Badge, Tone, state_badge
from apura_web.foundation.templatetags.apura import quantity, weekday_day
from apura_web.indicators.acts import AUTHORS, CENTRAL, SETTERS, TYPISTS
from apura_web.indicators.models import CardProposal, Load, ProposalState, Submission, SubmissionState, Unlock
from apura_web.indicators.selectors.loads import loads_awaiting
from apura_web.orgs.selectors.structure import in_branches

MOST = 12


@dataclass(frozen=True)
class Awaited:
    """Something whose turn is mine.

    Attributes:
        title: what it is.
        verb: what the link says.
        timing: whether it is in time; None when nothing says when.
        why: the due date with its reason; empty when there is none.
    """

    title: str
    verb: str
    url: str
    state: Badge
    timing: Badge | None = None
    why: str = ""


def awaited_by(actor: Actor, today: date) -> list[Awaited]:
    """Give what awaits somebody, the most urgent first, in five queries.

    Args:
        actor: who.
        today: the institution's day, which windows are compared with.
    """
    fill = [_to_fill(each, today) for each in _open_for(actor, today)[:MOST]]
    check = [_to_check(each) for each in _sent_to(actor)[:MOST]]
    confirm = [_to_confirm(each) for each in loads_awaiting(actor)[:MOST]]
    return [*fill, *confirm, *check, *_cards(actor)]


def _open_for(actor: Actor, today: date) -> QuerySet[Submission]:
    unlocked = Unlock.objects.filter(submission=OuterRef("pk"), expires_on__gte=today)
    window = Q(round__opens_on__lte=today) & (Q(round__closes_on__gte=today) | Exists(unlocked))
    return (
        _of(actor, TYPISTS)
        .filter(window, state__in=[SubmissionState.DRAFT, SubmissionState.RETURNED])
        .order_by("round__due_on", "unit__path")
    )


def _sent_to(actor: Actor) -> QuerySet[Submission]:
    return _of(actor, SETTERS).filter(state=SubmissionState.SENT).order_by("sent_at")


def _of(actor: Actor, roles: frozenset[Role]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(institution_id=actor.institution_id)
    return rows.filter(in_branches(actor.branches(*roles), "unit__path")).select_related("round", "unit")


def _to_fill(row: Submission, today: date) -> Awaited:
    window = row.round
    return Awaited(
        f"{row.unit}: {window.name}",
        "Preencher",
        row.get_absolute_url(),
        state_badge(row.get_state_display()),
        due_badge(window.due_on, today),
        f"vence {weekday_day(window.due_on)}: {window.due_reason}",
    )


def _to_check(row: Submission) -> Awaited:
    return Awaited(
        f"{row.unit}: {row.round.name}",
        "Conferir",
        row.get_absolute_url(),
        state_badge(row.get_state_display()),
    )


def _to_confirm(row: Load) -> Awaited:
    count = quantity(row.total)
    return Awaited(
        f"Carga de {row.file_name}",
        "Conferir",
        row.get_absolute_url(),
        Badge("a confirmar", Tone.ATTENTION, "clock"),
        why=f"{count} valores esperam a sua confirmação."
        if row.total > 1
        else "1 valor espera a sua confirmação.",
    )


def _cards(actor: Actor) -> list[Awaited]:
    rows = CardProposal.objects.filter(institution_id=actor.institution_id).select_related("indicator__unit")
    central = in_branches(actor.branches(*CENTRAL), "unit__path")
    own = in_branches(actor.branches(*AUTHORS), "unit__path")
    mine = rows.filter(
        (central & Q(state__in=[ProposalState.SENT, ProposalState.EXAMINED]))
        | (own & Q(state=ProposalState.RETURNED))
    )
    verbs = {
        ProposalState.SENT: "Examinar",
        ProposalState.EXAMINED: "Registrar aprovação",
        ProposalState.RETURNED: "Completar",
    }
    return [
        Awaited(
            f"Ficha de {each.indicator}",
            verbs[ProposalState(each.state)],
            each.get_absolute_url(),
            state_badge(each.get_state_display()),
        )
        for each in mine.order_by("started_at")[:MOST]
    ]


def due_badge(due_on: date, today: date) -> Badge:
    """Say whether a day is still to come, is today or has passed, and by how many days."""
    if today > due_on:
        late = (today - due_on).days
        return Badge(f"atrasado há {late} dia{'s' if late > 1 else ''}", Tone.BAD, "exclamation-triangle")
    return state_badge("vence hoje" if today == due_on else "a vencer")
