"""Forms of what a score rests on: making it again, the situation of an item, a reading adopted."""

from __future__ import annotations

from typing import Any

from django import forms

from apura.norms import load_norm
from apura_web.agreements.facts import NORM, READINGS
from apura_web.agreements.models import ItemState
from apura_web.agreements.pact.schema import citation
from apura_web.agreements.pact.text import Part
from apura_web.agreements.services.readings import Reading, Situation, states_of
from apura_web.audit.actors import Actor
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField, QuantityField, UploadField
from apura_web.foundation.presentation import Basis
from apura_web.foundation.web.deeds import SeenForm
from apura_web.foundation.web.document_form import FILE_KINDS, MEGABYTES, DocumentForm

LONGEST = 400


class AgainForm(SeenForm):
    """Why a score is made again."""

    reason = forms.CharField(
        label="Por que apurar de novo",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Como “correção do valor de maio informada pela Acordada”. Fica no histórico, ao lado da nota.",
    )


class SituationForm(SeenForm, DocumentForm):
    """How an item of the pact stood on a day."""

    until_on = DayField(label="Situação em", help_text="O dia a que a informação se refere.")
    state = forms.ChoiceField(label="Situação", choices=())
    value = QuantityField(
        label="Realizado",
        places=6,
        required=False,
        help_text="No que o método do item lê: 1 para entregue e 0 para não entregue, percentual ou dias de atraso.",
    )
    done_on = DayField(label="Entregue em", required=False)
    reason = forms.CharField(
        label="O que aconteceu",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obrigatório quando o item não foi apurado ou foi cancelado.",
    )
    legal_act = RecordField(
        label="Ato que cancelou o item", required=False, help_text="Só para o item cancelado."
    )
    document = UploadField(
        label="Comprovação",
        kinds=FILE_KINDS,
        megabytes=MEGABYTES,
        required=False,
        help_text="O que mostra a entrega: termo de recebimento, publicação, fotografia.",
    )
    bases = {
        "state": Basis(citation("arts. 3º, I, e 13")),
        "legal_act": Basis(citation("art. 16")),
    }

    def __init__(self, *args: Any, actor: Actor, item: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        offer(self, "legal_act", legal_acts_for(actor))
        self.fields["state"].choices = states_of(item.get("especie"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what each situation needs."""
        data = super().clean() or self.cleaned_data
        state = data.get("state")
        if state == ItemState.MEASURED and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Informe o realizado; se não foi apurado, escolha essa situação.")
        if state and state != ItemState.MEASURED and data.get("value") is not None:
            self.add_error("value", "Só o item apurado tem realizado: deixe em branco.")
        if state and state != ItemState.MEASURED and not data.get("reason"):
            self.add_error("reason", "Diga o que aconteceu.")
        return data

    @property
    def situation(self) -> Situation:
        """What was typed."""
        names = ("until_on", "state", "value", "done_on", "reason", "legal_act")
        data = {name: self.cleaned_data[name] for name in names}
        return Situation(item_key=self.item.key, document=self.blob, **data)


class ReadingForm(SeenForm):
    """A reading adopted for the agreement, by minutes or act."""

    interpretation = forms.ChoiceField(label="Dúvida", choices=())
    reading = forms.ChoiceField(label="Leitura adotada", choices=())
    legal_act = RecordField(
        label="Ata ou ato", help_text="A ata da comissão que decidiu. Escreva espécie e número."
    )
    from_on = DayField(label="Vale a partir de", help_text="O primeiro dia dos períodos a que se aplica.")
    reason = forms.CharField(
        label="Motivo", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    bases = {
        "interpretation": Basis(citation("art. 37"), "Casos omissos e dúvidas são decididos pela comissão.")
    }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))
        known = {name: each for name, each in load_norm(NORM).interpretations.items() if name in READINGS}
        self.fields["interpretation"].choices = [  # type: ignore[attr-defined]
            (name, f"{each.label} ({each.cites})") for name, each in known.items()
        ]
        self.fields["reading"].choices = [  # type: ignore[attr-defined]
            (each.label, [(reading, reading) for reading in each.readings]) for each in known.values()
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse the reading of another doubt."""
        data = super().clean() or self.cleaned_data
        known = load_norm(NORM).interpretations.get(data.get("interpretation", ""))
        if known is not None and data.get("reading") and data["reading"] not in known.readings:
            offered = "; ".join(f"“{each}”" for each in known.readings)
            self.add_error("reading", f"As leituras de “{known.label}” são {offered}.")
        return data

    @property
    def adopted(self) -> Reading:
        """What was typed."""
        return Reading(**{name: self.cleaned_data[name] for name in self.fields if name != "seen"})
