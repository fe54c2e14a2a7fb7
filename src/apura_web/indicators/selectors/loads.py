"""Reading loads: which one may see, and how far each is."""

from __future__ import annotations

from enum import Enum

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor
from apura_web.foundation import jobs
from apura_web.foundation.models import Institution
from apura_web.indicators.acts import SETTERS
from apura_web.indicators.models import Load, LoadPhase, LoadProblem, LoadRow, RowFate
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import in_branches, units_visible_to


class LoadState(Enum):
    """How far a load is."""

    READING = "em leitura"
    WRONG = "com erros"
    EMPTY = "nada a fazer"
    STAGED = "a confirmar"
    WRITING = "em gravação"
    STOPPED = "parada"
    DONE = "concluída"


def loads_visible_to(actor: Actor) -> QuerySet[Load]:
    """Give the loads of the branches where somebody may load values."""
    rows = Load.objects.filter(institution_id=actor.institution_id).select_related("institution", "under")
    if actor.has(*SETTERS, path="/"):
        return rows
    return rows.filter(in_branches(actor.branches(*SETTERS), "under__path"))


def loads_to_tell(actor: Actor) -> QuerySet[Load]:
    """Give the loads somebody asked for or confirmed whose end they have not seen, the latest first."""
    mine = Q(asked_by=actor.id) | Q(confirmed_by=actor.id)
    return loads_visible_to(actor).filter(mine, told_at=None)


def loads_awaiting(actor: Actor) -> QuerySet[Load]:
    """Give the loads somebody asked for that have no error and wait for confirmation."""
    ready = loads_visible_to(actor).filter(asked_by=actor.id, phase=LoadPhase.REVIEW, problem_count=0)
    return ready.filter(Q(created__gt=0) | Q(changed__gt=0))


def places_to_load(actor: Actor) -> QuerySet[Unit]:
    """Give the units under which somebody may load values."""
    return units_visible_to(actor).filter(in_branches(actor.branches(*SETTERS), "path"))


def may_load(actor: Actor) -> bool:
    """Say whether somebody may load values anywhere."""
    return actor.has(*SETTERS)


def place_of(load: Load) -> Institution | Unit:
    """Give over what a load is made: the branch of a unit, or the institution."""
    return load.under or load.institution


def state_of(load: Load) -> LoadState:
    """Say how far a load is."""
    if load.phase == LoadPhase.DONE:
        return LoadState.DONE
    if load.phase == LoadPhase.REVIEW:
        if load.problem_count:
            return LoadState.WRONG
        return LoadState.STAGED if load.left else LoadState.EMPTY
    if not is_running(load):
        return LoadState.STOPPED
    return LoadState.WRITING if load.phase == LoadPhase.WRITING else LoadState.READING


def is_running(load: Load) -> bool:
    """Say whether a load is being read, compared or written, or waits in the queue to be."""
    if load.stop_reason or load.phase in {LoadPhase.REVIEW, LoadPhase.DONE}:
        return False
    return jobs.is_pending(load.institution_id, code=load.code, turn=load.turn)


def rows_to_write(load: Load) -> QuerySet[LoadRow]:
    """Give the rows a load would write, in the order of its file."""
    rows = load.rows.filter(fate__in=[RowFate.NEW, RowFate.CHANGE])
    return rows.select_related("indicator", "unit", "version").order_by("id")


def problems_of(load: Load) -> QuerySet[LoadProblem]:
    """Give what is wrong in a load, in the order of its file."""
    return load.problems.filter(is_doubt=False).order_by("part", "line", "id")


def doubts_of(load: Load) -> QuerySet[LoadProblem]:
    """Give what is strange in the results of a load, in the order of its file."""
    return load.problems.filter(is_doubt=True).order_by("part", "line", "id")
