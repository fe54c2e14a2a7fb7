"""The form of what rests on a legal act: by which, and from which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from apura_web.audit.actors import Actor
from apura_web.documents.choosing import legal_acts_for
from apura_web.foundation.choosing import RecordField, offer
from apura_web.foundation.forms import DayField
from apura_web.foundation.web.deeds import SeenForm


class BasisForm(SeenForm):
    """By which act, and from which day."""

    legal_act = RecordField(
        label="Ato",
        help_text="O ato em que isto se apoia. Escreva espécie e número, como “Portaria nº 12/2026”.",
    )
    from_on = DayField(
        label="A partir de", required=False, help_text="Em branco: desde quando o ato produz efeitos."
    )
    order: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        offer(self, "legal_act", legal_acts_for(actor))
        if self.order:
            self.order_fields([*self.order, "legal_act", "from_on"])

    @property
    def starts_on(self) -> date:
        """The day of effect: the one typed, else the act's."""
        typed: date | None = self.cleaned_data.get("from_on")
        effect: date = self.cleaned_data["legal_act"].current.takes_effect_on
        return typed or effect
