"""What search finds of legal acts."""

from __future__ import annotations

from apura_web.documents.models import LegalAct
from apura_web.documents.selectors import legal_acts_visible_to
from apura_web.search.index import Searchable


def _note(act: LegalAct) -> str:
    current = act.current
    return f"{current.authority} {current.signed_on:%d/%m/%Y} {current.summary}".strip()


LEGAL_ACTS = Searchable(
    kind="documents.legalact",
    label="Atos",
    title=lambda act: str(act.current),
    note=_note,
    visible=lambda actor, _on: legal_acts_visible_to(actor),
    every=lambda institution_id: LegalAct.objects.filter(institution_id=institution_id, corrects=None),
    through={"documents.legalact": lambda act: act.corrects or act},
)
