"""The arms of an institution, for whoever opens a page of it: public, and never anything but a picture."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from apura_web.foundation.pictures import KINDS, arms_with

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def show(request: HttpRequest, code: str, digest: str) -> FileResponse:  # noqa: ARG001
    """Hand over the arms an institution wears today; the address changes with the picture, so it may be kept."""
    blob = arms_with(code, digest)
    if blob is None or blob.media_type not in KINDS or not default_storage.exists(blob.storage_name):
        raise Http404
    answer = FileResponse(default_storage.open(blob.storage_name), content_type=blob.media_type)
    answer["Content-Disposition"] = f'inline; filename="brasao.{KINDS[blob.media_type]}"'
    answer["Content-Length"] = str(blob.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer
