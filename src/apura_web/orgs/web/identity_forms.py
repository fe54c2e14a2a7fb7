"""The form of how an institution dresses its pages; a picture sent is carried to the confirmation by its digest."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apura_web.foundation import blobs
from apura_web.foundation.forms import UploadField
from apura_web.foundation.models import Blob, Institution, Theme
from apura_web.foundation.pictures import KINDS, check_arms
from apura_web.foundation.web.deeds import SeenForm
from apura_web.orgs.services.identity import Identity

SALT, A_DAY = "orgs.identity", 24 * 60 * 60
BOTH = "Envie um brasão ou marque que ele sai: as duas coisas não cabem juntas."
SEND_AGAIN = "O brasão enviado antes não está mais guardado. Escolha o arquivo de novo."


def swatch(theme: str, label: str) -> SafeString:
    """Draw the colours of a theme beside its name."""
    drawn = '<span class="swatch" data-theme="{}" aria-hidden="true"><i></i><i></i><i></i></span>'
    return format_html('<span class="look">' + drawn + " {}</span>", theme, label)


class IdentityForm(SeenForm):
    """Which colours, and which arms."""

    theme = forms.ChoiceField(
        label="Cores das páginas",
        widget=forms.RadioSelect,
        choices=[(theme.value, swatch(theme.value, theme.label)) for theme in Theme],
    )
    arms = UploadField(
        label="Brasão",
        kinds=("png", "jpg", "jpeg"),
        kilobytes=512,
        required=False,
        help_text="Fica ao lado do nome, no alto das páginas e do que se imprime. Com fundo transparente fica melhor.",
    )
    removes_arms = forms.BooleanField(
        label="Retirar o brasão e voltar à letra inicial da sigla", required=False
    )
    received = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        """Make the form.

        Args:
            *args: what every form takes.
            institution: as it is now.
            **kwargs: what every form takes.
        """
        super().__init__(*args, **kwargs)
        self.institution = institution
        self._arms, self._picture = institution.arms, b""
        if institution.arms is None:
            del self.fields["removes_arms"]

    def clean(self) -> dict[str, Any]:
        """Find which arms are asked for: those sent now, those sent before the confirmation, or none."""
        cleaned = super().clean() or {}
        if self.has_error("arms"):
            return cleaned
        sent: UploadedFile[bytes] | None = cleaned.get("arms")
        try:
            if cleaned.get("removes_arms"):
                self._remove(sent)
            else:
                self._take(sent or self._sent_before(cleaned.get("received", "")))
        except ValidationError as error:
            self.add_error("arms", error)
        return cleaned

    def _remove(self, sent: UploadedFile[bytes] | None) -> None:
        if sent:
            raise ValidationError(BOTH)
        self._arms = None

    def _take(self, sent: UploadedFile[bytes] | None) -> None:
        if not sent:
            return
        self._picture = sent.read()
        picture = check_arms(self._picture)
        name = f"{(sent.name or 'brasao').rpartition('.')[0][:60]}.{KINDS[picture.media_type]}"
        self._arms = blobs.prepare(SimpleUploadedFile(name, self._picture), self.institution)
        self._carry({"digest": self._arms.sha256, "name": name})

    def _carry(self, told: dict[str, str]) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]
        data["received"] = signing.dumps({**told, "house": self.institution.code}, salt=SALT)
        self.data = data
        self["arms"].help_text += f" Já recebido: {told['name']}; escolha um arquivo só para trocá-lo."

    def _sent_before(self, token: str) -> UploadedFile[bytes] | None:
        if not token:
            return None
        try:
            told = signing.loads(token, salt=SALT, max_age=A_DAY)
        except signing.BadSignature as error:
            raise ValidationError(SEND_AGAIN) from error
        place = Blob(institution=self.institution, sha256=told["digest"]).storage_name
        if told["house"] != self.institution.code or not default_storage.exists(place):
            raise ValidationError(SEND_AGAIN)
        with default_storage.open(place) as kept:
            return SimpleUploadedFile(told["name"], kept.read())

    @property
    def identity(self) -> Identity:
        """What is asked for."""
        return Identity(self.cleaned_data["theme"], self._arms)

    @property
    def picture_url(self) -> str:
        """The arms asked for, to be shown before they are kept: inside the page itself when they were just sent."""
        if self._arms is None:
            return ""
        if not self._picture:
            return self.institution.arms_url
        return f"data:{self._arms.media_type};base64,{base64.b64encode(self._picture).decode('ascii')}"
