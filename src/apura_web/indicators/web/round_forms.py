"""Forms of collections and of the answers to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from apura_web.audit.actors import Actor
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField, LongTextField, PageForm
from apura_web.foundation.web.deeds import SeenForm
from apura_web.indicators.models import Round
from apura_web.indicators.periods import Period
from apura_web.indicators.services.rounds import Opening, Window
from apura_web.orgs.choosing import units_for


class WindowForm(SeenForm):
    """The days of a collection, and why it is due on that day."""

    opens_on = DayField(label="Abre em")
    due_on = DayField(label="Vence em")
    closes_on = DayField(
        label="Fecha em", help_text="Depois desse dia ninguém preenche, a não ser que se reabra com motivo."
    )
    due_reason = forms.CharField(
        label="Por que vence nesse dia",
        max_length=300,
        help_text="A regra e o artigo, como “30 dias do fim do quadrimestre, art. 13”. Aparece para quem preenche.",
    )
    legal_act = RecordField(
        label="Ato", required=False, help_text="O ato que fixou o prazo, se houver: “Portaria nº 12/2026”."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "legal_act", legal_acts_for(actor))

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        data = super().clean() or {}
        days = [data.get(name) for name in ("opens_on", "due_on", "closes_on")]
        if None not in days and days != sorted(days, key=lambda each: each or date.min):
            raise forms.ValidationError("A coleta abre, vence e fecha nesta ordem: confira os três dias.")
        return data

    @property
    def window(self) -> Window:
        """The days, as the service takes them."""
        data = self.cleaned_data
        names = ("opens_on", "due_on", "closes_on", "due_reason", "legal_act")
        return Window(**{name: data[name] for name in names})


class OpenForm(WindowForm):
    """A collection to be opened."""

    name = forms.CharField(
        label="Nome", max_length=120, help_text="Como as pessoas a chamam: “2º quadrimestre de 2026”."
    )
    period_start = DayField(label="Apura desde")
    period_end = DayField(label="Apura até")
    under = RecordField(
        label="Quem responde",
        required=False,
        help_text="Uma unidade e as que estão sob ela. Em branco: todas.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        offer(self, "under", units_for(actor))
        self.order_fields(["name", "period_start", "period_end", "under"])

    def clean(self) -> dict[str, Any]:
        """Keep the stretch in order too."""
        data = super().clean()
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "O período termina antes de começar.")
        return data

    @property
    def opening(self) -> Opening:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Opening(data["name"], Period(data["period_start"], data["period_end"]), self.window)


class ChangeForm(WindowForm):
    """Other days for a collection, and why."""

    reason = forms.CharField(label="Motivo", max_length=400, help_text="Por que os prazos mudam.")


class ChaseForm(PageForm):
    """What is said to the units that have not answered."""

    message = LongTextField(
        label="Recado",
        max_length=400,
        help_text="Aparece nos avisos das pessoas da unidade, junto do prazo. Não ponha dados pessoais.",
    )
    linha = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput, required=False)

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linha"].choices = codes  # type: ignore[attr-defined]


class SendForm(SeenForm):
    """How it was received, when it did not come through the grid itself."""

    received_through = forms.CharField(
        label="Recebido por",
        max_length=160,
        required=False,
        help_text="Só se veio em papel ou e-mail e alguém digitou: “Ofício nº 31/2026, protocolo 4.512”.",
    )


class ReturnForm(SeenForm):
    """What is missing."""

    comment = LongTextField(
        label="O que falta",
        max_length=2000,
        help_text="Fica no alto da grade de quem preenche, até que envie de novo.",
    )


class UnlockForm(SeenForm):
    """Until when, and why."""

    expires_on = DayField(label="Reabrir até")
    reason = forms.CharField(label="Motivo", max_length=400)


def initial_of(found: Round) -> dict[str, Any]:
    """Give what a form about the days of a collection starts with."""
    names = ("opens_on", "due_on", "closes_on", "due_reason", "legal_act")
    return {name: getattr(found, name) for name in names}
