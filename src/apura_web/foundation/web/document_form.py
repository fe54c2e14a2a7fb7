"""A form that takes a document, and carries it from the first step of an act to the confirmation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from apura_web.foundation import blobs
from apura_web.foundation.carried import of_ticket, ticket_of
from apura_web.foundation.forms import PageForm, UploadField
from apura_web.foundation.models import Blob, Institution

FILE_KINDS = ("pdf", "png", "jpg", "jpeg", "docx", "odt", "xlsx", "ods", "txt")
MEGABYTES = 20


class DocumentForm(PageForm):
    """A document that goes with what is typed, when there is one; a form may word the field its own way."""

    document = UploadField(label="Documento", kinds=FILE_KINDS, megabytes=MEGABYTES, required=False)
    document_received = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            institution: who keeps the document.
            **kwargs: what every form takes.
        """
        super().__init__(*args, **kwargs)
        self.institution = institution
        self.blob: Blob | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the bytes sent now, or find those sent before the confirmation."""
        cleaned = super().clean() or {}
        if self.has_error("document"):
            return cleaned
        sent: UploadedFile[bytes] | None = cleaned.get("document")
        before = cleaned.get("document_received", "")
        try:
            if sent:
                self._carry(blobs.prepare(sent, self.institution))
            elif before:
                self._carry(of_ticket(before, self.institution))
        except ValidationError as error:
            self.add_error("document", error)
        return cleaned

    def _carry(self, blob: Blob) -> None:
        self.blob = blob
        data = self.data.copy()  # type: ignore[attr-defined]
        data["document_received"] = ticket_of(blob)
        self.data = data
        self["document"].help_text += f" Já recebido: {blob.file_name}; escolha outro só para trocá-lo."
