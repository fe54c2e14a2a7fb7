"""Reading imports: which one may see, and how far each is."""

from __future__ import annotations

from enum import Enum

from django.db.models import Q, QuerySet

from apura_web.audit.actors import Actor, Role
from apura_web.foundation import jobs
from apura_web.orgs.models import ImportBatch


class ImportState(Enum):
    """How far an import is."""

    WRONG = "com erros"
    EMPTY = "nada a fazer"
    STAGED = "a confirmar"
    RUNNING = "em gravação"
    STOPPED = "parada"
    DONE = "concluída"


def imports_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Give the imports of the institution, to who may import."""
    rows = ImportBatch.objects.filter(institution_id=actor.institution_id).select_related(
        "institution", "legal_act"
    )
    return rows if actor.has(Role.ADMINISTRATOR, Role.REGISTRAR, path="/") else rows.none()


def imports_to_tell(actor: Actor) -> QuerySet[ImportBatch]:
    """Give the imports somebody confirmed whose end they have not seen, without their rows."""
    return _confirmed_by(actor).filter(told_at=None)


def unfinished_imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Give the imports somebody confirmed that are not wholly written, without their rows."""
    return _confirmed_by(actor).filter(finished_at=None)


def state_of(batch: ImportBatch) -> ImportState:
    """Say how far an import is."""
    if batch.problem_count:
        return ImportState.WRONG
    if batch.finished_at:
        return ImportState.DONE
    if not batch.total:
        return ImportState.EMPTY
    if batch.confirmed_at is None:
        return ImportState.STAGED
    return ImportState.RUNNING if is_running(batch) else ImportState.STOPPED


def is_running(batch: ImportBatch) -> bool:
    """Say whether the rest of an import is being written, or waits in the queue to be."""
    if batch.confirmed_at is None or batch.finished_at or batch.stop_reason:
        return False
    return jobs.is_pending(batch.institution_id, code=batch.code, turn=batch.turn)


def _confirmed_by(actor: Actor) -> QuerySet[ImportBatch]:
    mine = ~Q(confirmed_at=None) & Q(confirmed_by=actor.id)
    return imports_visible_to(actor).filter(mine).defer("items", "problems")
