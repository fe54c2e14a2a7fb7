"""Legal acts, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from ninja import Header, Path, Query, Router, Schema, Status
from pydantic import Field

from apura_web.audit.programs import Asked, ProgramRequest, once
from apura_web.documents.models import ActKind, LegalAct, Relation
from apura_web.documents.selectors import legal_acts_visible_to
from apura_web.documents.services import legal_acts
from apura_web.foundation.rest import Bounds, Code, Page, WrongFields, answers, local, part_of, text

router = Router(tags=["Atos"])
CREATED = 201
COLUMNS = {
    "especie": "kind",
    "numero": "number",
    "ano": "year",
    "data": "signed_on",
    "autoridade": "authority",
    "ementa": "summary",
    "processo_sei": "sei_process",
    "documento_sei": "sei_document",
    "produz_efeitos_desde": "effects_from",
    "o_que_faz": "relation",
}
KEY = "Uma chave nova para cada ato; repetida com o mesmo pedido, devolve a mesma resposta."
Key = text(longest=80, shortest=8)
EARLIEST_YEAR, LATEST_YEAR = 1500, 9999


class ActOut(Schema):
    """A legal act, as last corrected."""

    codigo: str
    titulo: str
    especie: ActKind
    numero: str
    ano: int
    data: date
    autoridade: str
    ementa: str
    processo_sei: str
    documento_sei: str
    produz_efeitos_desde: date | None
    o_que_faz: str
    ato_atingido: str | None
    registrado_em: datetime


class ActIn(Schema, extra="forbid"):
    """A legal act to be registered, as the office issued it."""

    especie: ActKind
    numero: text(longest=20) = Field("", description="Sem o ano; vazio quando o ato não é numerado.")  # type: ignore[valid-type]
    ano: int = Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)
    data: date
    autoridade: text(longest=160, shortest=1)  # type: ignore[valid-type]
    ementa: text(longest=400) = ""  # type: ignore[valid-type]
    processo_sei: text(longest=40) = ""  # type: ignore[valid-type]
    documento_sei: text(longest=20) = ""  # type: ignore[valid-type]
    produz_efeitos_desde: date | None = None
    o_que_faz: Relation | None = Field(None, description="O que faz a outro ato.")
    ato_atingido: Code | None = Field(None, description="Código do ato atingido.")


class Narrowing(Bounds):
    """Which acts, and which part of the list."""

    especie: ActKind | None = None
    ano: int | None = Field(None, ge=EARLIEST_YEAR, le=LATEST_YEAR)


@router.get("/atos", response=answers(Page[ActOut]), summary="Atos")
def acts(request: HttpRequest, asked: Query[Narrowing]) -> dict[str, Any]:
    """Dá os atos registrados na instituição, do mais recente ao mais antigo."""
    program = cast(ProgramRequest, request)
    rows = (
        legal_acts_visible_to(program.actor).select_related("target").prefetch_related("corrections__target")
    )
    if asked.especie:
        rows = rows.filter(kind=asked.especie)
    if asked.ano:
        rows = rows.filter(year=asked.ano)
    return part_of(rows, asked, lambda part: [_told(each, program) for each in part])


@router.get("/atos/{codigo}", response=answers(ActOut), summary="Um ato")
def act(request: HttpRequest, codigo: Path[Code]) -> dict[str, Any]:
    """Dá um ato registrado na instituição."""
    program = cast(ProgramRequest, request)
    found = legal_acts_visible_to(program.actor).filter(code=codigo).first()
    if found is None:
        raise Http404
    return _told(found, program)


@router.post("/atos", response=answers(ActOut, status=CREATED), summary="Registrar ato")
def register(
    request: HttpRequest,
    body: ActIn,
    key: Key = Header(..., alias="Idempotency-Key", description=KEY),  # type: ignore[valid-type,type-arg]  # noqa: B008
) -> Any:
    """Registra um ato em nome do dono da chave. Repetir com a mesma Idempotency-Key não o registra de novo."""
    program = cast(ProgramRequest, request)
    asked = Asked(key, body.model_dump(mode="json"))
    return Status(*once(program, asked, lambda: (CREATED, _registered(program, body))))


def _registered(program: ProgramRequest, body: ActIn) -> dict[str, Any]:
    sent = body.model_dump()
    facts = {column: sent[name] for name, column in COLUMNS.items()}
    facts["relation"] = facts["relation"] or ""
    facts["target"] = _target(program, body.ato_atingido)
    try:
        row = legal_acts.register(program.institution, actor=program.actor, at=program.at, **facts)
    except ValidationError as error:
        raise WrongFields(_by_field(error)) from error
    told = ActOut.model_validate(_told(row, program))
    return told.model_dump(mode="json")


def _target(program: ProgramRequest, code: str | None) -> LegalAct | None:
    if code is None:
        return None
    target = legal_acts_visible_to(program.actor).filter(code=code).first()
    if target is None:
        raise WrongFields({"ato_atingido": ["Não há este ato na sua instituição."]})
    return target


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    names = {column: name for name, column in COLUMNS.items()} | {"target": "ato_atingido"}
    said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {names.get(column, ""): messages for column, messages in said.items()}


def _told(row: LegalAct, program: ProgramRequest) -> dict[str, Any]:
    current = row.current
    return {
        **{name: getattr(current, column) for name, column in COLUMNS.items()},
        "codigo": row.code,
        "titulo": str(current),
        "ato_atingido": current.target.code if current.target else None,
        "registrado_em": local(row.recorded_at, program.institution),
    }
