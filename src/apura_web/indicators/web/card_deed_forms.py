"""Forms of the acts on a proposal of card, and on who measures an indicator."""

from __future__ import annotations

from typing import Any

from django import forms

from apura_web.audit.actors import Actor
from apura_web.documents.basis_form import BasisForm
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField, LongTextField
from apura_web.foundation.web.deeds import SeenForm
from apura_web.indicators.services.cards import Approval
from apura_web.orgs.choosing import units_for


class NoteForm(SeenForm):
    """Why a card is revised."""

    change_note = forms.CharField(
        label="O que vai mudar e por quê",
        max_length=400,
        help_text="Em uma frase, como “a fonte passou a ser o sistema novo”. Pode ser corrigido depois.",
    )


class ReturnForm(SeenForm):
    """What is missing in a proposal."""

    comment = LongTextField(
        label="O que falta",
        max_length=2000,
        help_text="Quem redigiu lê isto no alto da proposta. Diga o campo e o que se espera.",
    )


class OpinionForm(SeenForm):
    """What the central unit says of a proposal."""

    opinion = LongTextField(
        label="Manifestação",
        help_text="Fica na ficha, com a versão que for aprovada, à vista de todos da instituição.",
    )


class DropForm(SeenForm):
    """Why a proposal is given up."""

    reason = forms.CharField(
        label="Por que se retira a proposta", max_length=200, help_text="Fica no histórico da proposta."
    )


class ApprovalForm(BasisForm):
    """By which act a card is approved, and from which day."""

    legal_act = RecordField(
        label="Ato que aprova", help_text="Escreva espécie e número, como “Portaria nº 12/2026”."
    )
    from_on = DayField(
        label="Vale desde",
        required=False,
        help_text="Em branco: desde quando o ato produz efeitos. Depois do dia em que começou a versão anterior.",
    )
    is_last = forms.BooleanField(
        label="O ato encerra a apuração deste indicador a partir desse dia",
        required=False,
        help_text="Desmarcado, a ficha proposta passa a valer.",
    )

    def __init__(self, *args: Any, has_version: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_version:
            del self.fields["is_last"]

    @property
    def approval(self) -> Approval:
        """What was typed, as the service takes it."""
        return Approval(
            self.cleaned_data["legal_act"], self.starts_on, self.cleaned_data.get("is_last", False)
        )


class AssignmentForm(SeenForm):
    """Which unit measures an indicator, and since when."""

    unit = RecordField(label="Unidade que apura", help_text="Escreva a sigla. É ela que preenche as coletas.")
    from_on = DayField(
        label="Desde", help_text="O primeiro dia que ela mede; os períodos de antes não lhe são pedidos."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units_for(actor))


class EndingForm(SeenForm):
    """Until when a unit measures an indicator."""

    until_on = DayField(
        label="Último dia", help_text="O que ela já apurou continua. Depois desse dia nada lhe é pedido."
    )
    reason = forms.CharField(label="Motivo", max_length=200, help_text="Como “a atividade passou à EDU”.")
