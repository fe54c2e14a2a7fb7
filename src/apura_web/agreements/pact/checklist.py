"""The conference of a pact: what is missing or contradicts itself, each with its article; some of it blocks signature.

Norm: Decreto GO nº 8.170/2014, arts. 2º, 3º, 5º, 8º to 12, 14, 16, 20, 29 and 32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from apura_web.agreements.pact import scoring_checks
from apura_web.agreements.pact.lacks import Lack, lack, unfilled, whole
from apura_web.agreements.pact.sections import (
    ACORDADA,
    ACORDANTE,
    ALIGNMENT,
    AUTONOMY,
    BONUS,
    GENERAL,
    INTERVENIENT,
    PARTY,
    REVISION,
    SEAT,
    SYSTEMATICS,
    YES,
)
from apura_web.agreements.pact.text import PactText

MONTH, DAY = 3, 31
SEATS = SEAT.field("inciso").options[:5]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the conference knows besides the text.

    Attributes:
        agreed_unit: code of the unit that is the Acordada.
        has_alignment: whether the stage of alignment was opened.
        has_coordinator: whether the Acordada has a sectoral coordinator designated by act.
        measured_by: of each indicator named, by code, how its card accumulates, as the pact calls it.
        units: codes of the units named by the parties that operate today; None when it is not known.
        on: the day of the conference.
    """

    agreed_unit: str
    on: date
    has_alignment: bool = False
    has_coordinator: bool = True
    measured_by: dict[str, str] = field(default_factory=dict)
    units: frozenset[str] | None = None


Check = Callable[[PactText, Surroundings], Iterator[Lack]]


def conference(pact: PactText, known: Surroundings) -> list[Lack]:
    """List what a pact lacks, in the order of the document.

    Args:
        pact: the text.
        known: what is known besides it.
    """
    return [each for check in CHECKS for each in check(pact, known)]


def blocking(lacks: list[Lack]) -> list[Lack]:
    """Keep what blocks signature."""
    return [each for each in lacks if each.is_mandatory]


def _general(pact: PactText, _known: Surroundings) -> Iterator[Lack]:
    part = pact.one(GENERAL.name)
    yield from unfilled(part, *(each.name for each in GENERAL.fields))
    days = [part.day(each) for each in ("vigencia_inicio", "vigencia_fim", "periodo_inicio", "periodo_fim")]
    starts, ends, first, last = days
    if starts and ends and starts > ends:
        yield lack(part, "vigencia_fim", "A vigência termina antes de começar.")
    if first and last and first > last:
        yield lack(part, "periodo_fim", "O período avaliatório termina antes de começar.")
    if first and last and (first, last) != (date(first.year, 1, 1), date(first.year, 12, 31)):
        said = "O período avaliatório não é o exercício fiscal: o acordo precisa dizê-lo em cláusula própria."
        yield lack(part, "periodo_inicio", said, cites="art. 3º, parágrafo único", is_mandatory=False)
    if first and starts and ends and (last or first) > ends:
        yield lack(part, "periodo_fim", "O período avaliatório passa do fim da vigência.")


def _parties(pact: PactText, known: Surroundings) -> Iterator[Lack]:
    parties = pact.of(PARTY.name)
    for each in parties:
        yield from unfilled(each, *(field.name for field in PARTY.fields))
    roles = [each.get("papel") for each in parties]
    all_of_them = whole(PARTY)
    if ACORDANTE not in roles:
        yield lack(all_of_them, "papel", "Falta o Acordante.", cites="art. 2º")
    if roles.count(ACORDADA) != 1:
        yield lack(all_of_them, "papel", "O acordo tem uma, e só uma, Acordada.", cites="art. 3º, III")
    for each in parties:
        if each.get("papel") == ACORDADA and each.get("unidade") not in {"", known.agreed_unit}:
            yield lack(each, "unidade", "A Acordada não é o órgão deste acordo.", cites="art. 3º, III")
        if known.units is not None and each.get("unidade") and each.get("unidade") not in known.units:
            yield lack(each, "unidade", "A unidade desta parte não funciona mais; indique a que a sucedeu.")
    if INTERVENIENT not in roles:
        said = "Não há intervenientes; o art. 20, IV e V, conta com a Fazenda e com o Planejamento."
        yield lack(all_of_them, "papel", said, cites="art. 20, IV e V", is_mandatory=False)


def _alignment(pact: PactText, known: Surroundings) -> Iterator[Lack]:
    if known.has_alignment:
        yield from unfilled(pact.one(ALIGNMENT.name), "metas", "melhorias")


def _texts(pact: PactText, _known: Surroundings) -> Iterator[Lack]:
    yield from unfilled(pact.one(SYSTEMATICS.name), "texto")
    if not any(each.get("texto") for each in pact.of(REVISION.name)):
        yield lack(whole(REVISION), "texto", "O acordo não diz em que hipóteses pode ser revisto.")
    for each in pact.of(AUTONOMY.name):
        yield from unfilled(each, *(field.name for field in AUTONOMY.fields))


def _bonus(pact: PactText, _known: Surroundings) -> Iterator[Lack]:
    part = pact.one(BONUS.name)
    yield from unfilled(part, "previsto")
    if part.get("previsto") == YES:
        yield from unfilled(part, "inicio", "fim", "formula", "recursos", "descontos")


def _commission(pact: PactText, _known: Surroundings) -> Iterator[Lack]:
    seats = pact.of(SEAT.name)
    for each in seats:
        yield from unfilled(each, "representa", "inciso")
    taken = [each.get("inciso") for each in seats]
    for article in SEATS:
        if article not in taken:
            said = f"Nenhuma cadeira é a do {article}."
            if article in SEATS[3:]:
                said += " Só se dispensa quando a Acordada é a própria Fazenda ou o Planejamento (§ 3º)."
            yield lack(whole(SEAT), "inciso", said, cites=article, is_mandatory=False)


def _around(pact: PactText, known: Surroundings) -> Iterator[Lack]:
    part = pact.one(GENERAL.name)
    first = part.day("periodo_inicio")
    if first and known.on > date(first.year, MONTH, DAY):
        said = f"As metas de {first.year} se definem até 31/03/{first.year} (leitura adotada do art. 9º)."
        yield lack(part, "periodo_inicio", said, cites="art. 9º", is_mandatory=False)
    if not known.has_coordinator:
        said = "A Acordada ainda não designou, por ato, o seu coordenador setorial."
        yield lack(part, "", said, cites="art. 5º", is_mandatory=False)


def _scoring(pact: PactText, known: Surroundings) -> Iterator[Lack]:
    yield from scoring_checks.found_in(pact, known.measured_by)


CHECKS: tuple[Check, ...] = (
    _general,
    _parties,
    _alignment,
    _scoring,
    _texts,
    _bonus,
    _commission,
    _around,
)
