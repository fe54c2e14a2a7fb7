"""What search finds of agreements."""

from __future__ import annotations

from apura_web.agreements.models import Agreement
from apura_web.agreements.selectors.agreements import agreements_visible_to
from apura_web.search.index import Searchable

AGREEMENTS = Searchable(
    kind="agreements.agreement",
    label="Acordos",
    title=str,
    note=lambda agreement: f"{agreement.unit} – {agreement.unit.name}, {agreement.year}",
    visible=lambda actor, _on: agreements_visible_to(actor),
    every=lambda institution_id: Agreement.objects.filter(institution_id=institution_id).select_related(
        "unit"
    ),
)
