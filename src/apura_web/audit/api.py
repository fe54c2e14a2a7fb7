"""The trail, for programs."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router, Schema

from apura_web.audit.programs import ProgramRequest
from apura_web.audit.trail import head_of, integrity_code
from apura_web.foundation.rest import answers

router = Router(tags=["Trilha"])


class HeadOut(Schema):
    """Where the trail of the institution ends."""

    numero: int
    codigo: str
    resumo: str


@router.get("/trilha/cabeca", response=answers(HeadOut), summary="Onde a trilha termina")
def head(request: HttpRequest) -> dict[str, object]:
    """Dá o número e o resumo da última entrada da trilha da instituição. Guarde-os para conferir depois."""
    found = head_of(cast(ProgramRequest, request).actor.institution_id)
    return {"numero": found.seq, "codigo": integrity_code(found), "resumo": found.digest}
