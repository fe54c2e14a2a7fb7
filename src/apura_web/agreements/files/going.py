"""What of a pact goes out in a file, and what the file keeps of it to be compared with when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apura_web.agreements.files.cell_text import text_out
from apura_web.agreements.lifecycle import State
from apura_web.agreements.models import Agreement, PartDraft

STANDING = {
    State.SIGNING: "texto aceito, à espera das assinaturas",
    State.IN_FORCE: "cópia do texto assinado, só para consulta",
    State.CLOSED: "cópia do texto assinado, só para consulta",
    State.SHELVED: "minuta arquivada, documento preparatório",
}
DRAFT = "minuta em negociação, documento preparatório"
"""What a text that is still written is: LAI, art. 7º, § 3º."""


@dataclass(frozen=True)
class Going:
    """What goes out.

    Attributes:
        called: what codes and keys are called.
        at: when, told in it.
    """

    agreement: Agreement
    drafts: Sequence[PartDraft]
    called: Mapping[str, str]
    at: datetime

    @property
    def standing(self) -> str:
        """What the text is worth, by where the agreement is."""
        return STANDING.get(State(self.agreement.state), DRAFT)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself: whose it is, and whether it is a draft."""
        agreement = self.agreement
        warning = (("Atenção", "dados fictícios"),) if agreement.institution.is_fictitious else ()
        local = self.at.astimezone(ZoneInfo(agreement.institution.time_zone))
        return (
            ("Acordada", f"{agreement.unit} – {agreement.unit.name}"),
            ("Exercício", str(agreement.year)),
            ("Baixado em", f"{local:%d/%m/%Y às %H:%M}"),
            ("Texto", self.standing),
            *warning,
        )

    def texts(self, draft: PartDraft) -> dict[str, str]:
        """Give what a part says, field by field, as the file says it; what is blank is left out."""
        fields = draft.part.declared.fields
        said = {each.name: text_out(each, draft.values.get(each.name, ""), self.called) for each in fields}
        return {name: text for name, text in said.items() if text}
