"""Collections, for programs: what there is to fill, filling it, and sending it; by the same services as people."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, cast

from django.http import Http404, HttpRequest
from ninja import Header, Path, Query, Router, Schema, Status
from pydantic import Field

from apura.formula import exact
from apura_web.audit.programs import Asked, ProgramRequest, once
from apura_web.foundation.refusals import Refusal, refuse_if
from apura_web.foundation.rest import MOST, Bounds, Code, Exact, Page, WrongFields, answers, part_of, text
from apura_web.indicators.grid import Box, Grid, doubts_of
from apura_web.indicators.models import Certainty, Channel, Round, Submission
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.grids import grid_now
from apura_web.indicators.selectors.rounds import lock_of, may_type, rounds_visible_to, submissions_visible_to
from apura_web.indicators.services import cells, rounds
from apura_web.indicators.services.cells import Typing

router = Router(tags=["Coletas"])
KEY = "Uma chave nova para cada pedido; repetida com o mesmo pedido, devolve a mesma resposta."
Key = text(longest=80, shortest=8)
WORDS = {"nao_se_aplica": "n/a", "nao_informado": "n/i"}
NOT_THEIRS = Refusal(
    "indicators.may_not_type",
    "Preenche a grade quem trabalha na unidade ou responde por ela.",
    "Use a chave de quem preenche, ou escolha outra função em “Atuar-Como”.",
    status=403,
)


class AnswerOut(Schema):
    """What a unit answers to a collection."""

    codigo: str
    unidade: str
    situacao: str


class RoundOut(Schema):
    """A collection."""

    codigo: str
    nome: str
    inicio: date
    fim: date
    abre: date
    vence: date
    fecha: date
    por_que_vence: str
    remessas: list[AnswerOut] = Field(description="As das unidades que a chave alcança.")


class CellPlace(Schema, extra="forbid"):
    """Which cell of a grid."""

    indicador: Code = Field(description="Código do indicador.")
    inicio: date
    fim: date
    variavel: text(longest=60, shortest=1)  # type: ignore[valid-type]
    desagregacao: text(longest=200) = Field("", description="Como na ficha: “Sexo: feminino”; vazia: o todo.")  # type: ignore[valid-type]


class CellIn(CellPlace):
    """What to put in a cell: a number, or that it does not apply or was not reported."""

    valor: Exact | None = Field(None, description="Nulo quando não há número; nunca vale zero.")
    situacao: Literal["apurado", "nao_se_aplica", "nao_informado"] = "apurado"
    motivo: text(longest=400) = ""  # type: ignore[valid-type]
    firmeza: Certainty = Certainty.DEFINITIVE
    data_base: date | None = None
    edicao: int = Field(
        0, ge=0, le=1_000_000, description="A edição que se viu; 0 quando a célula estava vazia."
    )


class CellsIn(Schema, extra="forbid"):
    """Some cells of a grid: all are kept, or none."""

    celulas: list[CellIn] = Field(min_length=1, max_length=MOST)


class CellOut(CellPlace):
    """A cell of a grid, as it is now; nothing of it is in the ledger before it is sent."""

    rotulo: str
    valor: Exact | None
    situacao: str = Field(description="Vazia quando a célula está em branco ou errada.")
    digitado: str
    motivo: str
    firmeza: str
    data_base: date | None
    edicao: int
    a_corrigir: str
    a_justificar: str


class SendIn(Schema, extra="forbid"):
    """How it was received, when it did not come from the unit itself."""

    recebido_por: text(longest=160) = ""  # type: ignore[valid-type]


class SentOut(Schema):
    """An answer that was sent."""

    situacao: str
    dias_de_atraso: int | None


@router.get("/coletas", response=answers(Page[RoundOut]), summary="Coletas")
def collections(request: HttpRequest, bounds: Query[Bounds]) -> dict[str, Any]:
    """Dá as coletas da instituição, da mais recente à mais antiga."""
    program = cast(ProgramRequest, request)
    rows = rounds_visible_to(program.actor).order_by("-period_end", "-id")
    return part_of(rows, bounds, lambda part: _rounds(part, program))


@router.get("/remessas/{codigo}/celulas", response=answers(Page[CellOut]), summary="Células da grade")
def grid_cells(request: HttpRequest, codigo: Path[Code], bounds: Query[Bounds]) -> dict[str, Any]:
    """Dá o que uma unidade tem de preencher em uma coleta, e o que já está em cada célula."""
    grid = grid_now(_found(cast(ProgramRequest, request), codigo))
    return part_of(grid.boxes, bounds, lambda part: [_cell(each, grid) for each in part])


@router.post("/remessas/{codigo}/celulas", response=answers(list[CellOut]), summary="Preencher células")
def fill(
    request: HttpRequest,
    codigo: Path[Code],
    body: CellsIn,
    key: Key = Header(..., alias="Idempotency-Key", description=KEY),  # type: ignore[valid-type,type-arg]  # noqa: B008
) -> Any:
    """Grava células da grade: todas ou nenhuma. Nada vai para o livro de apurações antes do envio."""
    program = cast(ProgramRequest, request)
    answer = _found(program, codigo)
    asked = Asked(key, body.model_dump(mode="json"))
    status, told = once(program, asked, lambda: (200, {"celulas": _filled(program, answer, body.celulas)}))
    return Status(status, told["celulas"])


@router.post("/remessas/{codigo}/envio", response=answers(SentOut), summary="Enviar apurações")
def send(
    request: HttpRequest,
    codigo: Path[Code],
    body: SendIn,
    key: Key = Header(..., alias="Idempotency-Key", description=KEY),  # type: ignore[valid-type,type-arg]  # noqa: B008
) -> Any:
    """Envia a grade ao livro de apurações, em nome do dono da chave e com as mesmas exigências da página."""
    program = cast(ProgramRequest, request)
    answer = _found(program, codigo)
    asked = Asked(key, body.model_dump(mode="json"))

    def perform() -> tuple[int, dict[str, Any]]:
        sent = rounds.send(answer, received_through=body.recebido_por, actor=program.actor, at=program.at)
        return 200, {"situacao": sent.state, "dias_de_atraso": sent.days_late}

    return Status(*once(program, asked, perform))


def _found(program: ProgramRequest, code: str) -> Submission:
    rows = submissions_visible_to(program.actor).select_related("institution")
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _filled(program: ProgramRequest, answer: Submission, sent: list[CellIn]) -> list[dict[str, Any]]:
    refuse_if(None if may_type(program.actor, answer) else NOT_THEIRS)
    lock = lock_of(answer, program.today)
    refuse_if(None if lock.is_open else Refusal("indicators.closed", lock.sentence, status=409))
    boxes = {_place(box): box for box in grid_now(answer).boxes}
    wrong: dict[str, list[str]] = {}
    keys = []
    for number, each in enumerate(sent):
        box = boxes.get((each.indicador, Period(each.inicio, each.fim), each.variavel, each.desagregacao))
        if box is None:
            wrong[f"celulas.{number}"] = ["Não há esta célula na grade da unidade."]
            continue
        keys.append(box.key)
        complaint = _complaint(each)
        saved = None
        if not complaint:
            typing = Typing(_typed(each), each.edicao, each.motivo, each.firmeza, each.data_base, Channel.API)
            saved = cells.save(answer, box, typing, actor=program.actor, at=program.at)
        if complaint or (saved is not None and saved.problem):
            wrong[f"celulas.{number}.valor"] = [complaint or (saved.problem if saved else "")]
    if wrong:
        raise WrongFields(wrong)
    grid = grid_now(answer)
    return [
        CellOut.model_validate(_cell(box, grid)).model_dump(mode="json")
        for box in grid.boxes
        if box.key in keys
    ]


def _complaint(each: CellIn) -> str:
    if each.situacao == "apurado" and each.valor is None:
        return "Falta o valor; se não há número, a situação é nao_se_aplica ou nao_informado."
    if each.situacao != "apurado" and each.valor is not None:
        return "Só o que foi apurado tem valor."
    if each.situacao == "nao_informado" and not each.motivo:
        return "Diga no motivo por que não foi informado."
    if each.firmeza != Certainty.DEFINITIVE and each.data_base is None:
        return "O que é provisório ou estimado tem data-base."
    return ""


def _typed(each: CellIn) -> str:
    """Write a cell as a person would type it."""
    return WORDS.get(each.situacao) or (each.valor or "").replace(".", ",")


def _place(box: Box) -> tuple[str, Period, str, str]:
    return box.indicator.code, box.period, box.variable.name, box.part


def _cell(box: Box, grid: Grid) -> dict[str, Any]:

    cell = box.cell
    return {
        "indicador": box.indicator.code,
        "inicio": box.period.start,
        "fim": box.period.end,
        "variavel": box.variable.name,
        "desagregacao": box.part,
        "rotulo": box.name,
        "valor": exact(box.value) if box.value is not None else None,
        "situacao": cell.state if cell else "",
        "digitado": cell.typed if cell else "",
        "motivo": box.reason,
        "firmeza": cell.certainty if cell else str(Certainty.DEFINITIVE),
        "data_base": cell.based_on if cell else None,
        "edicao": box.edition,
        "a_corrigir": box.problem,
        "a_justificar": "" if box.reason else " ".join(doubts_of(box, grid)),
    }


def _rounds(part: list[Round], program: ProgramRequest) -> list[dict[str, Any]]:
    answers_by_round: dict[int, list[dict[str, str]]] = {}
    mine = submissions_visible_to(program.actor).filter(round__in=part).order_by("unit__path")
    for each in mine:
        told = {"codigo": each.code, "unidade": each.unit.code, "situacao": each.state}
        answers_by_round.setdefault(each.round_id, []).append(told)
    return [
        {
            "codigo": row.code,
            "nome": row.name,
            "inicio": row.period_start,
            "fim": row.period_end,
            "abre": row.opens_on,
            "vence": row.due_on,
            "fecha": row.closes_on,
            "por_que_vence": row.due_reason,
            "remessas": answers_by_round.get(row.pk, []),
        }
        for row in part
    ]
