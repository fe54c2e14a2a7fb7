"""Handing over files, attached or just made, never to be run or shown inside the platform's pages."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse

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


def file_answer(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    """Answer with a file just made, to be kept.

    Args:
        content: what it holds.
        name: what it is called, in letters, digits, dots and hyphens.
        media_type: what it is.
    """
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
