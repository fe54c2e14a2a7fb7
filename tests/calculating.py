"""Calculations as tests make them: the worked cases of Goiás, kept by an act of a room that stands above this one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from apura.norms import Decision
from apura_web.audit.actors import EVERY_ROLE, Actor
from apura_web.audit.acts import REGISTRY, SERVICES, Act, act, declare
from apura_web.calculations import topics
from apura_web.calculations.asking import Asked, FactRow, SourceRef
from apura_web.calculations.models import Calculation
from apura_web.calculations.preparing import Prepared, prepare
from apura_web.calculations.services import recording
from apura_web.calculations.topics import TopicTold
from apura_web.foundation.models import Institution
from apura_web.orgs.models import Unit
from apura_web.orgs.selectors.structure import units_visible_to
from cast import NOON, House

NORM = "go-8170-2014"
APRIL, YEAR_END = date(2014, 4, 30), date(2014, 12, 31)
KIND, ACT = "unidade_de_teste", "tests.calculation.keep"
TWO_PLACES = ("arredondamento-da-nota", "duas casas na nota do acordo")
BY_DAYS = ("proporcao-temporal", "por dias")
AS_ZERO = ("item-nao-apurado", "contar como zero")


def told(code: str) -> TopicTold:
    unit = Unit.objects.get(code=code)
    return TopicTold(f"Acordo da {unit}", unit.get_absolute_url())


def address_of_unit(looker: Actor, parts: Mapping[str, str]) -> str | None:
    unit = units_visible_to(looker).filter(code=parts["unidade"]).first()
    return unit.get_absolute_url() if unit else None


topics.register_topic(KIND, visible=units_visible_to, told=told)
topics.register_source("unidade", address_of_unit)


def decided(*readings: tuple[str, str]) -> tuple[Decision, ...]:
    """Readings adopted by the minutes that tests speak of."""
    first = date(2014, 1, 1)
    return tuple(
        Decision(name, reading, first, "Ata nº 1 da CMA", date(2014, 3, 20), "ata")
        for name, reading in readings
    )


def agreement(*, partial: bool) -> FactRow:
    until = APRIL if partial else YEAR_END
    return FactRow(
        {
            "chave": "A",
            "nome": "Acordo da Saúde",
            "apuracao": "parcial" if partial else "final",
            "escala": "10",
            "inicio_do_periodo": "2014-01-01",
            "fim_do_periodo": "2014-12-31",
            "fim_da_apuracao": until.isoformat(),
        }
    )


def item(key: str, target: str, actual: str | None, *, unit: str = "", **more: str) -> FactRow:
    """An item of an agreement, measured unless ``actual`` is None."""
    values = {
        "chave": key,
        "acordo": "A",
        "objeto": "OA",
        "peso": "1",
        "situacao": "apurado" if actual is not None else "não apurado",
        "acumulacao": "média",
        "meta_final": target,
        "metodo": "razão",
        **({"realizado": actual} if actual is not None else {}),
        **more,
    }
    source = SourceRef("unidade", f"Apuração de {key}, jan a abr/2014", {"unidade": unit})
    return FactRow(values, {"realizado": source, "meta_final": SourceRef("nada", "Cláusula 4ª do acordo")})


def items_of_g4(unit: str = "", *, third: str | None = "11") -> list[FactRow]:
    """Object A: 380 of 400 and 76 of 80. Object B: 11 of 12 and 20 of 21."""
    return [
        item("IND-1", "400", "380", unit=unit, peso="3", nome="Consultas feitas"),
        item("IND-2", "80", "76", unit=unit, peso="2", nome="Cobertura vacinal"),
        item("IND-3", "12", third, unit=unit, objeto="OB", nome="Postos abertos"),
        item("IND-4", "21", "20", unit=unit, objeto="OB", nome="Equipes completas"),
    ]


def objects_of_g4() -> list[FactRow]:
    return [
        FactRow({"chave": "OA", "acordo": "A", "peso": "60", "nome": "Atenção básica"}),
        FactRow({"chave": "OB", "acordo": "A", "peso": "40", "nome": "Estrutura"}),
    ]


def g4(*readings: tuple[str, str], unit: str = "", third: str | None = "11", **asked: Any) -> Asked:
    """The final score of an agreement of two objects."""
    rules = {
        "dados_do_acordo": [agreement(partial=False)],
        "nota_item": items_of_g4(unit, third=third),
        "nota_objeto": objects_of_g4(),
    }
    known = {"only": "nota_acordo", "institution": "Estado do Norte", "fictitious": True}
    return Asked(NORM, rules=rules, decisions=decided(*readings), **{"on": YEAR_END, **known, **asked})


def partial(items: Sequence[FactRow], *readings: tuple[str, str]) -> Asked:
    """The partial scores of items by the end of April."""
    rules = {
        "dados_do_acordo": [agreement(partial=True)],
        "nota_item": items,
        "nota_objeto": objects_of_g4()[:1],
    }
    return Asked(NORM, APRIL, rules, decided(*readings), "Estado do Norte", only="nota_item")


@contextmanager
def declared() -> Iterator[None]:
    """Have an act that keeps calculations, and leave the registry as it was."""
    declare(Act(ACT, "calculou a nota", EVERY_ROLE, "unit", "Calcular"))
    try:
        yield
    finally:
        del REGISTRY[ACT]
        SERVICES.pop(ACT, None)


def keep(
    house: House,
    prepared: Prepared,
    unit: str = "SAU",
    *,
    supersedes: Calculation | None = None,
    at: datetime = NOON,
) -> Calculation:
    """Keep a calculation about a unit of a house, in an act."""
    with declared():

        @act(ACT)
        def calculate(unit: Unit, *, actor: Actor, at: datetime) -> Calculation:
            return recording.record(
                prepared,
                topic_kind=KIND,
                topic_code=unit.code,
                title="Nota final de 2014",
                supersedes=supersedes,
                actor=actor,
                at=at,
                about=(unit,),
            )

        return calculate(house.units[unit], actor=house.system, at=at)


def recalculated(house: House, unit: str = "SAU") -> Calculation:
    """A score without the third item, then superseded by one that counts it as zero; the last of the two."""
    facts = {"unit": house.units[unit].code, "third": None, "institution": house.institution.name}
    first = keep(house, prepare(g4(TWO_PLACES, **facts)), unit)
    return keep(house, prepare(g4(TWO_PLACES, AS_ZERO, **facts)), unit, supersedes=first)


def calculated(house: House, unit: str = "SAU", *readings: tuple[str, str]) -> Calculation:
    """The final score of the agreement of a unit, kept."""
    institution: Institution = house.institution
    asked = g4(*(readings or (TWO_PLACES,)), unit=house.units[unit].code, institution=institution.name)
    return keep(house, prepare(asked), unit)
