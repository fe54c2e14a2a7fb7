"""Who I am, units and people, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from apura_web.accounts.services.tokens import Scope
from apura_web.audit.programs import ProgramRequest, needs
from apura_web.foundation.rest import Bounds, Code, Page, answers, part_of
from apura_web.orgs.models import Person, UnitKind
from apura_web.orgs.organogram import Box, Organogram
from apura_web.orgs.powers import hats_of
from apura_web.orgs.selectors.people import people_visible_to, person_of, sees_registration_of
from apura_web.orgs.selectors.structure import organogram_visible_to
from apura_web.orgs.selectors.tenures import last_day, tenures_of_people

router = Router()


class HatOut(Schema):
    """A capacity in which the owner of the key may act today."""

    codigo: str
    rotulo: str
    atual: bool


class MeOut(Schema):
    """Who the key acts as."""

    pessoa: str
    nome: str
    instituicao: str
    hoje: date
    atuando_como: str
    funcoes: list[HatOut]
    alcance: list[str]


class UnitOut(Schema):
    """A unit as it was on a day."""

    codigo: str
    sigla: str
    nome: str
    natureza: str
    superior: str | None = Field(description="Código da unidade superior.")
    linha: list[str] = Field(description="Siglas, da raiz até a unidade.")
    em_funcionamento: bool


class OfficeOut(Schema):
    """What somebody is today."""

    funcao: str
    condicao: str
    unidade: str | None
    desde: date
    ate: date | None


class PersonOut(Schema):
    """Somebody within the scope of the owner of the key; CPF and registration only to who may see them, masked."""

    codigo: str
    nome: str
    cpf: str | None
    matricula: str | None
    funcoes: list[OfficeOut]


class ADay(Schema):
    """On which day."""

    em: date | None = Field(None, description="O dia; sem ele, hoje.")


class OnADay(Bounds, ADay):
    """Which part of the list, on which day."""


@router.get("/eu", response=answers(MeOut), summary="Quem sou", tags=["Quem sou"])
def me(request: HttpRequest) -> dict[str, Any]:
    """Diz em nome de quem a chave age, em que instituição, em que função e com que alcance."""
    program = cast(ProgramRequest, request)
    person = person_of(program.actor)
    hats = hats_of(person, program.today)
    return {
        "pessoa": person.code,
        "nome": person.name,
        "instituicao": program.institution.code,
        "hoje": program.today,
        "atuando_como": program.actor.acting_as,
        "funcoes": [
            {"codigo": hat.value, "rotulo": hat.label, "atual": hat.label == program.actor.acting_as}
            for hat in hats
        ],
        "alcance": sorted(program.scopes),
    }


@router.get("/unidades", response=answers(Page[UnitOut]), summary="Unidades em um dia", tags=["Unidades"])
def units(request: HttpRequest, asked: Query[OnADay]) -> dict[str, Any]:
    """Dá as unidades em funcionamento em um dia, as superiores primeiro."""
    program = cast(ProgramRequest, request)
    organogram = organogram_visible_to(program.actor, asked.em or program.today)
    boxes = [box for _depth, box in organogram.walk()]
    return part_of(boxes, asked, lambda part: [_unit(box, organogram) for box in part])


@router.get("/unidades/{codigo}", response=answers(UnitOut), summary="Uma unidade", tags=["Unidades"])
def unit(request: HttpRequest, codigo: Path[Code], asked: Query[ADay]) -> dict[str, Any]:
    """Dá uma unidade como era em um dia, em funcionamento ou já extinta."""
    program = cast(ProgramRequest, request)
    organogram = organogram_visible_to(program.actor, asked.em or program.today)
    box = next((each for each in organogram.boxes.values() if each.code == codigo), None)
    if box is None:
        raise Http404
    return _unit(box, organogram)


@router.get("/pessoas", response=answers(Page[PersonOut]), summary="Pessoas", tags=["Pessoas"])
def people(request: HttpRequest, bounds: Query[Bounds]) -> dict[str, Any]:
    """Dá as pessoas que o dono da chave pode ver, com suas funções de hoje. Pede o alcance “pessoas”."""
    program = cast(ProgramRequest, request)
    needs(program, Scope.PEOPLE)
    rows = people_visible_to(program.actor, program.today)
    return part_of(rows, bounds, lambda part: _people(part, program))


def _unit(box: Box, organogram: Organogram) -> dict[str, Any]:
    superior = organogram.boxes.get(box.parent_id) if box.parent_id else None
    return {
        "codigo": box.code,
        "sigla": box.acronym,
        "nome": box.name,
        "natureza": str(dict(UnitKind.choices).get(box.kind, box.kind)),
        "superior": superior.code if superior else None,
        "linha": [each.acronym for each in organogram.line_of(box.unit_id)],
        "em_funcionamento": box.is_active,
    }


def _people(part: list[Person], program: ProgramRequest) -> list[dict[str, Any]]:
    tenures = tenures_of_people(part, program.actor.institution_id, program.today)
    return [
        {
            "codigo": person.code,
            "nome": person.name,
            **_registration(person, program),
            "funcoes": [
                {
                    "funcao": tenure.get_kind_display(),
                    "condicao": tenure.get_capacity_display(),
                    "unidade": tenure.unit.code if tenure.unit else None,
                    "desde": tenure.from_on,
                    "ate": last_day(tenure),
                }
                for tenure in tenures.get(person.pk, [])
            ],
        }
        for person in part
    ]


def _registration(person: Person, program: ProgramRequest) -> dict[str, str | None]:
    if not sees_registration_of(program.actor, person):
        return {"cpf": None, "matricula": None}
    return {"cpf": person.masked_cpf or None, "matricula": person.registration or None}
