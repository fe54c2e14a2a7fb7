"""Keeping files: by the digest of their content, inside their institution, with the type their bytes show."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from apura_web.foundation.models import Blob, Institution

LARGEST = 20 * 1024 * 1024
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFICE = {"xl/": XLSX, "word/": DOCX}


def prepare(upload: UploadedFile[bytes], institution: Institution) -> Blob:
    """Put the bytes into storage and give the row to be written, unsaved, or the one that is there already.

    Call it before the act: an act only writes the row. Bytes without a row are harmless.

    Args:
        upload: what the form received.
        institution: who keeps it.

    Raises:
        ValidationError: it is too large, empty, or not of an accepted type.
    """
    if not upload.size or upload.size > LARGEST:
        raise ValidationError(f"O arquivo deve ter de 1 byte a {LARGEST // 1024**2} MB.", code="size")
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    existing = Blob.objects.filter(institution=institution, sha256=digest, purged_at=None).first()
    if existing:
        return existing
    blob = Blob(
        institution=institution,
        sha256=digest,
        size=len(content),
        media_type=sniffed_type(content),
        file_name=(upload.name or "arquivo")[:200],
    )
    if not default_storage.exists(blob.storage_name):
        default_storage.save(blob.storage_name, ContentFile(content))
    return blob


def sniffed_type(content: bytes) -> str:
    """Say what the bytes are, whatever the name says.

    Raises:
        ValidationError: not a PDF, a PNG or JPEG picture, a spreadsheet, a text document or plain text.
    """
    for signature, media_type in SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _archive_type(content)
    if _is_text(content):
        return "text/plain"
    raise ValidationError(
        "O tipo do arquivo não é aceito: envie PDF, PNG, JPEG, xlsx, docx, ods, odt ou texto.", code="type"
    )


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _archive_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype":
                declared = archive.read("mimetype")[:100].decode("ascii", "replace")
                if declared.startswith("application/vnd.oasis.opendocument."):
                    return declared
    except zipfile.BadZipFile:
        names = []
    for folder, media_type in OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    raise ValidationError("O arquivo compactado não é uma planilha nem um documento de texto.", code="type")
