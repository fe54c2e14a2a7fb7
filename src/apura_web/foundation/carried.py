"""A file sent with the first step of an act, found again at the confirmation by a signed ticket."""

from __future__ import annotations

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from apura_web.foundation.models import Blob, Institution

CARRIED = ("sha256", "size", "media_type", "file_name")
SALT, A_DAY = "foundation.carried", 24 * 60 * 60
SEND_AGAIN = "O arquivo enviado antes não está mais guardado. Escolha o arquivo de novo."


def ticket_of(blob: Blob) -> str:
    """Give the ticket of a file whose bytes ``blobs.prepare`` put into storage."""
    told = {name: getattr(blob, name) for name in CARRIED}
    return signing.dumps({**told, "house": blob.institution.code}, salt=SALT)


def of_ticket(ticket: str, institution: Institution) -> Blob:
    """Give the row of the file of a ticket, unsaved, or the one that is there already.

    Args:
        ticket: as the form brought it back.
        institution: who keeps the file.

    Raises:
        ValidationError: the ticket is forged, old, or of another institution; or the bytes are gone.
    """
    try:
        told = signing.loads(ticket, salt=SALT, max_age=A_DAY)
    except signing.BadSignature as error:
        raise ValidationError(SEND_AGAIN) from error
    if told.pop("house") != institution.code:
        raise ValidationError(SEND_AGAIN)
    existing = Blob.objects.filter(institution=institution, sha256=told["sha256"], purged_at=None)
    blob = existing.first() or Blob(institution=institution, **told)
    if not default_storage.exists(blob.storage_name):
        raise ValidationError(SEND_AGAIN)
    return blob
