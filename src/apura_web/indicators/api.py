"""Indicators, their cards, what was measured and what was promised, for programs; exact numbers are text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, cast

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from apura.formula import exact, finite_places, plain
from apura_web.audit.programs import ProgramRequest
from apura_web.foundation.rest import FARTHEST, Bounds, Code, Exact, Page, answers, local, part_of, text
from apura_web.indicators.aggregation import Reading
from apura_web.indicators.api_writing import router as writing
from apura_web.indicators.models import CardVersion, Figure, Indicator, Measurement, Target
from apura_web.indicators.selectors.cards import indicators_visible_to, version_for, version_on, versions_of
from apura_web.indicators.selectors.ledger import Measured, series_of
from apura_web.indicators.selectors.targets import targets_visible_to

router = Router()
router.add_router("", writing)


class IndicatorOut(Schema):
    """An indicator, as its card of today calls it."""

    codigo: str
    numero: str
    nome: str
    unidade: str = Field(description="Código da unidade responsável.")
    em_apuracao: bool


class VariableOut(Schema):
    """One of the numbers a formula needs."""

    nome: str
    rotulo: str
    medida: str
    casas: int
    vem_do_indicador: str = Field(description="Número do indicador de que vem; vazio quando se digita.")


class CardOut(Schema):
    """The card of an indicator in force on a day."""

    indicador: str
    versao: int
    vale_desde: date
    ato: str
    nome: str
    formula: str
    variaveis: list[VariableOut]
    medida: str
    casas: int
    polaridade: str
    frequencia: str
    acumulacao: str
    fonte: str


class ValueOut(Schema):
    """What stands in the ledger of a variable."""

    variavel: str = Field(description="Vazia: é o resultado, importado sem as variáveis.")
    valor: Exact | None
    situacao: str
    firmeza: str
    data_base: date | None
    motivo: str
    por_onde_veio: str
    correcao: str = Field(description="O que é a correção; vazia quando não é correção.")
    lancamento: str
    registrado_em: datetime


class MeasuredOut(Schema):
    """What stands for an indicator at a unit in a period."""

    unidade: str
    sigla: str
    inicio: date
    fim: date
    periodo: str
    situacao: str
    resultado: Exact | None = Field(description="Exato; nulo quando não há, ou quando não tem fim decimal.")
    resultado_arredondado: Exact | None = Field(description="Com as casas da ficha.")
    valores: list[ValueOut]


class TargetOut(Schema):
    """A target that stands."""

    unidade: str
    inicio: date
    fim: date
    periodo: str
    valor: Exact | None = Field(description="Nulo: deixou de haver meta.")
    ate: Exact | None = Field(description="O fim da faixa, quando a meta é uma faixa.")
    peso: Exact | None
    de_onde_vem: str
    qual: str


class Narrowing(Bounds):
    """Which indicators, and which part of the list."""

    numero: text(longest=30) | None = Field(None, description="Só o que tem esta sigla ou número.")  # type: ignore[valid-type]


class OnDay(Schema):
    """On which day."""

    em: date | None = Field(None, description="O dia; sem ele, hoje.")


class Series(Bounds):
    """Which values, and which part of the list."""

    figura: Figure = Figure.REPORTED
    desagregacao: text(longest=200) = Field("", description="Vazia: o todo.")  # type: ignore[valid-type]
    conhecido_em: int | None = Field(
        None, ge=1, le=FARTHEST, description="Número da entrada da trilha: o que se sabia então."
    )


@router.get("/indicadores", response=answers(Page[IndicatorOut]), summary="Indicadores", tags=["Indicadores"])
def indicators(request: HttpRequest, asked: Query[Narrowing]) -> dict[str, Any]:
    """Dá os indicadores que o dono da chave pode ver, por sigla ou número."""
    program = cast(ProgramRequest, request)
    rows = indicators_visible_to(program.actor).order_by("number", "id")
    if asked.numero:
        rows = rows.filter(number__iexact=asked.numero)
    return part_of(rows, asked, lambda part: [_indicator(each) for each in part])


@router.get(
    "/indicadores/{codigo}/ficha", response=answers(CardOut), summary="A ficha em vigor", tags=["Indicadores"]
)
def card(request: HttpRequest, codigo: Path[Code], asked: Query[OnDay]) -> dict[str, Any]:
    """Dá a ficha em vigor em um dia, com o ato que a aprovou."""
    program = cast(ProgramRequest, request)
    indicator = _found(program, codigo)
    version = version_on(versions_of(indicator), asked.em or program.today)
    if version is None:
        raise Http404
    return _card(version)


@router.get(
    "/indicadores/{codigo}/apuracoes",
    response=answers(Page[MeasuredOut]),
    summary="Apurações de um indicador",
    tags=["Indicadores"],
)
def series(request: HttpRequest, codigo: Path[Code], asked: Query[Series]) -> dict[str, Any]:
    """Dá o que está no livro de apurações, por período e unidade, com as variáveis de que cada resultado vem."""
    program = cast(ProgramRequest, request)
    indicator = _found(program, codigo)
    rows = series_of(
        indicator,
        program.actor,
        at_seq=asked.conhecido_em,
        figure=asked.figura,
        breakdown=asked.desagregacao,
    )
    versions = versions_of(indicator)
    return part_of(rows, asked, lambda part: [_measured(each, versions, program) for each in part])


@router.get(
    "/indicadores/{codigo}/metas",
    response=answers(Page[TargetOut]),
    summary="Metas de um indicador",
    tags=["Indicadores"],
)
def targets(request: HttpRequest, codigo: Path[Code], bounds: Query[Bounds]) -> dict[str, Any]:
    """Dá as metas fixadas, por período e unidade."""
    program = cast(ProgramRequest, request)
    rows = targets_visible_to(program.actor).filter(indicator=_found(program, codigo), breakdown="")
    ordered = rows.order_by("period_start", "period_end", "unit__path", "id")
    return part_of(ordered, bounds, lambda part: [_target(each) for each in part])


def _found(program: ProgramRequest, code: str) -> Indicator:
    found = indicators_visible_to(program.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _indicator(row: Indicator) -> dict[str, Any]:
    return {
        "codigo": row.code,
        "numero": row.number,
        "nome": row.name,
        "unidade": row.unit.code,
        "em_apuracao": row.is_active,
    }


def _card(version: CardVersion) -> dict[str, Any]:
    variables = [
        {
            "nome": each.name,
            "rotulo": each.label,
            "medida": each.unit,
            "casas": each.places,
            "vem_do_indicador": each.indicator,
        }
        for each in version.read_variables
    ]
    return {
        "indicador": version.indicator.code,
        "versao": version.number,
        "vale_desde": version.from_on,
        "ato": version.legal_act.code,
        "nome": version.name,
        "formula": version.formula,
        "variaveis": variables,
        "medida": version.measured_in,
        "casas": version.places,
        "polaridade": version.polarity,
        "frequencia": version.frequency,
        "acumulacao": version.accumulation,
        "fonte": version.source,
    }


def _measured(each: Measured, versions: Sequence[CardVersion], program: ProgramRequest) -> dict[str, Any]:
    card = version_for(versions, each.period)
    result = Reading("", each.values).computed(card.read).value if card else each.values.get("")
    return {
        "unidade": each.unit.code,
        "sigla": each.unit.acronym,
        "inicio": each.period.start,
        "fim": each.period.end,
        "periodo": each.period.label,
        "situacao": each.state,
        "resultado": _exact(result),
        "resultado_arredondado": plain(result, card.places)
        if result is not None and card
        else _exact(result),
        "valores": [_value(name, row, program) for name, row in sorted(each.rows.items())],
    }


def _value(name: str, row: Measurement, program: ProgramRequest) -> dict[str, Any]:
    return {
        "variavel": name,
        "valor": _exact(row.value),
        "situacao": row.state,
        "firmeza": row.certainty,
        "data_base": row.based_on,
        "motivo": row.reason,
        "por_onde_veio": row.batch.channel,
        "correcao": row.batch.correction,
        "lancamento": row.batch.code,
        "registrado_em": local(row.batch.recorded_at, program.institution),
    }


def _target(row: Target) -> dict[str, Any]:
    return {
        "unidade": row.unit.code,
        "inicio": row.period_start,
        "fim": row.period_end,
        "periodo": row.period.label,
        "valor": _exact(row.value),
        "ate": _exact(row.high),
        "peso": _exact(row.weight),
        "de_onde_vem": row.provenance,
        "qual": row.origin,
    }


def _exact(value: Fraction | None) -> str | None:
    return exact(value) if value is not None and finite_places(value) is not None else None
