"""Handing over a file that somebody attached, never to be run or shown inside the platform's pages."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from apura_web.foundation.models import Blob


def hand_over(blob: Blob) -> FileResponse:
    """Answer with the bytes of a file.

    Raises:
        Http404: the bytes are not in storage any more.
    """
    if not default_storage.exists(blob.storage_name):
        raise Http404
    answer = FileResponse(
        default_storage.open(blob.storage_name),
        as_attachment=True,
        filename=blob.file_name,
        content_type=blob.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
