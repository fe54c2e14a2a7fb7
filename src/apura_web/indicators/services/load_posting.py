"""Putting the next rows of a load into the ledger: one act, one bundle, and they wait no more."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from apura.sheets.open_document import MEDIA_TYPE
from apura_web.audit.actors import Actor
from apura_web.foundation.blobs import XLSX
from apura_web.foundation.clock import local_date
from apura_web.foundation.models import Blob
from apura_web.foundation.refusals import refuse_if
from apura_web.indicators import load_guards
from apura_web.indicators.models import Channel, Load, LoadKind, LoadPhase
from apura_web.indicators.selectors.loads import place_of
from apura_web.indicators.services import loads
from apura_web.indicators.services.load_comparing import entry_of, rows_left
from apura_web.indicators.services.posting import Sender

CHUNK = loads.MOST_AT_ONCE
TYPES = {
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".tsv": "text/tab-separated-values",
    ".zip": "application/zip",
}
TYPES |= {".xlsx": XLSX, ".ods": MEDIA_TYPE}


def document_of(load: Load) -> Blob:
    """Keep the file where documents stay, and give its row: the one that is there, or one to be written by the act."""
    existing = Blob.objects.filter(institution=load.institution, sha256=load.sha256, purged_at=None).first()
    if existing is not None:
        return existing
    blob = Blob(
        institution=load.institution,
        sha256=load.sha256,
        size=load.size,
        media_type=TYPES.get(PurePosixPath(load.file_name).suffix.lower(), "application/octet-stream"),
        file_name=load.file_name,
    )
    if not default_storage.exists(blob.storage_name):
        with default_storage.open(load.storage_name) as kept:
            default_storage.save(blob.storage_name, kept)
    return blob


def write_chunk(load: Load, *, document: Blob, actor: Actor, at: datetime) -> Load:
    """Write the next rows of a load, in one act; they leave the place where they waited in the same transaction.

    Args:
        load: confirmed.
        document: the file, kept.
        actor: in whose name.
        at: when.

    Raises:
        Refused: the load ended; or somebody put another value in a cell since it was compared.
    """
    with transaction.atomic():
        rows = Load.objects.select_for_update(of=("self",)).select_related("institution", "under")
        load = rows.get(pk=load.pk)
        refuse_if(load_guards.writing_refusal(load))
        written = rows_left(load, CHUNK)
        if written:
            entries = [entry_of(row, load.justification) for row in written]
            sender = _sender(load, document, at)
            loads.load(place_of(load), entries=entries, sender=sender, actor=actor, at=at)
        load.rows.filter(pk__in=[row.pk for row in written]).delete()
        load.done += len(written)
        if not written or load.done >= load.total:
            load.phase, load.finished_at = LoadPhase.DONE, at
            load.rows.all().delete()
            transaction.on_commit(lambda: default_storage.delete(load.storage_name))
        load.save(update_fields=["done", "phase", "finished_at"])
    return load


def _sender(load: Load, document: Blob, at: datetime) -> Sender:
    return Sender(
        Channel.IMPORTED if load.kind == LoadKind.MEMORY else Channel.LOAD,
        local_date(at, load.institution),
        on_behalf_of=load.under,
        received_through=f"arquivo {load.file_name}"[:160],
        document=document,
        reason=load.reason,
    )
