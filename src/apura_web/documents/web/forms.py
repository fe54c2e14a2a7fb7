"""Forms of legal acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from apura_web.audit.actors import Actor
from apura_web.documents.choosing import legal_acts_for
from apura_web.documents.models import ActKind, Attachment, LegalAct, Publication, Relation
from apura_web.foundation.choosing import RecordField
from apura_web.foundation.forms import DayField, LongTextField, PageForm, UploadField
from apura_web.foundation.presentation import Basis
from apura_web.foundation.web.deeds import SeenForm

KINDS = [("", "escolha…"), *ActKind.choices]
RELATIONS = [("", "nada: é um ato novo"), *Relation.choices]
FILE_KINDS = ("pdf", "png", "jpg", "jpeg", "docx", "odt", "xlsx", "ods", "txt")


class LegalActForm(SeenForm):
    """An act as the office issued it."""

    kind = forms.ChoiceField(label="Espécie", choices=KINDS)
    number = forms.CharField(
        label="Número",
        required=False,
        max_length=20,
        help_text="Sem o ano. Em branco quando o ato não é numerado.",
    )
    signed_on = DayField(label="Data do ato", help_text="A data em que foi assinado; o ano do ato é o dela.")
    authority = forms.CharField(
        label="Autoridade",
        max_length=160,
        help_text="O cargo de quem assina, como “Secretário de Estado da Saúde”.",
    )
    summary = LongTextField(label="Ementa", required=False, max_length=400)
    effects_from = DayField(
        label="Produz efeitos desde",
        required=False,
        help_text="Só quando o ato diz outra data; pode ser anterior à do ato (efeitos retroativos).",
    )
    sei_process = forms.CharField(
        label="Processo SEI", required=False, max_length=40, help_text="Como 202600005001234."
    )
    sei_document = forms.CharField(
        label="Documento SEI", required=False, max_length=20, help_text="O número do documento no processo."
    )
    relation = forms.ChoiceField(label="O que faz a outro ato", required=False, choices=RELATIONS)
    target = RecordField(
        label="Ato atingido",
        required=False,
        help_text="Só quando este ato faz algo a outro. Escreva espécie e número, como “Portaria nº 12/2026”.",
    )

    bases: Mapping[str, Basis] = {
        "relation": Basis(
            "efeitos de cada relação",
            "Retificar e republicar mantêm o que o ato fez. Tornar sem efeito desfaz desde a origem o que ele fez. "
            "Revogar faz o ato deixar de valer dali em diante; o que ele fez até lá permanece.",
        ),
    }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field("target").offer(legal_acts_for(actor))

    def _field(self, name: str) -> RecordField:
        field = self.fields[name]
        assert isinstance(field, RecordField)  # noqa: S101 - declared above
        return field

    def clean_number(self) -> str:
        """Take the year away when it was typed too: the date of the act says it."""
        return re.sub(r"/(19|20)\d{2}$", "", self.cleaned_data["number"].strip())

    def clean(self) -> dict[str, Any]:
        """Ask for relation and target together."""
        cleaned = super().clean() or {}
        if cleaned.get("relation") and "target" in cleaned and not cleaned["target"]:
            self.add_error("target", "Diga qual ato é atingido.")
        if cleaned.get("target") and not cleaned.get("relation"):
            self.add_error("relation", "Diga o que este ato faz ao ato atingido.")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the act."""
        skipped = {"seen", "reason"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in skipped}
        facts.pop("confirmado", None)
        return {**facts, "year": facts["signed_on"].year}


class CorrectLegalActForm(LegalActForm):
    """The record of an act, to be corrected."""

    reason = forms.CharField(
        label="Por que se corrige o registro",
        max_length=200,
        help_text="Como “número digitado errado”. Se foi a autoridade que mudou o ato, registre a retificação.",
    )


def initial_of(record: LegalAct) -> dict[str, Any]:
    """Give what a record holds as the form shows it."""
    names = [name for name in LegalActForm.base_fields if name != "seen"]
    return {name: getattr(record, name) for name in names}


class PublicationForm(SeenForm):
    """Where and when an act came out."""

    vehicle = forms.CharField(
        label="Veículo", max_length=120, help_text="Como “Diário Oficial do Estado de Goiás”."
    )
    published_on = DayField(
        label="Publicado em", help_text="Pode ser muito depois da data do ato: o diário às vezes atrasa."
    )
    number = forms.CharField(label="Edição", required=False, max_length=20)
    page = forms.CharField(label="Página", required=False, max_length=20)
    section = forms.CharField(label="Seção", required=False, max_length=40)
    supplement = forms.CharField(label="Suplemento", required=False, max_length=40)
    link = forms.URLField(label="Endereço na internet", required=False, max_length=300, assume_scheme="https")

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the publication."""
        names = {field.name for field in Publication._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in names}


class AttachmentForm(PageForm):
    """A file that accompanies an act."""

    title = forms.CharField(
        label="Título",
        max_length=Attachment._meta.get_field("title").max_length,
        help_text="Como “Íntegra publicada”.",
    )
    file = UploadField(label="Arquivo", kinds=FILE_KINDS, megabytes=20)
