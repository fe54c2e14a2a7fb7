"""The agreement: opened, aligned, shelved; its Acordada succeeded by another body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from apura_web.agreements import guards
from apura_web.agreements.lifecycle import Side, State
from apura_web.agreements.models import Agreement, Succession
from apura_web.agreements.pact.sections import ACORDADA, SEAT
from apura_web.agreements.selectors.agreements import side_of
from apura_web.agreements.services.drafting import begin
from apura_web.audit import journal
from apura_web.audit.actors import Actor
from apura_web.audit.acts import act
from apura_web.documents.models import LegalAct
from apura_web.foundation.refusals import refuse_if
from apura_web.orgs.models import Unit

SEATS = (
    "Acordante, dos quadros da SEGPLAN (coordena a comissão)",
    "Acordada, de preferência o coordenador setorial",
    "Servidores da Acordada, com conhecimento técnico",
    "Interveniente, Secretaria da Fazenda",
    "Interveniente, Secretaria de Gestão e Planejamento",
)


@dataclass(frozen=True)
class Opening:
    """An agreement to be started: its number, the year it is of, and whether alignment comes first."""

    number: str
    year: int
    with_alignment: bool = False


@act("agreements.agreement.open")
def open_agreement(unit: Unit, *, opening: Opening, actor: Actor, at: datetime) -> Agreement:
    """Start an agreement with a body; the text begins with what the decree already says.

    Norm: Decreto GO nº 8.170/2014, arts. 1º, 3º, parágrafo único, 8º and 20.

    Args:
        unit: the body that will be the Acordada.
        opening: its number, year and whether it is preceded by alignment.

    Raises:
        ValidationError: the number is taken.
        Refused: the unit is no body that may celebrate an agreement.
    """
    refuse_if(guards.entity_refusal(unit))
    agreement = Agreement(
        institution_id=unit.institution_id,
        number=opening.number,
        unit=unit,
        year=opening.year,
        state=(State.ALIGNMENT if opening.with_alignment else State.NEGOTIATION).value,
        had_alignment=opening.with_alignment,
        turn=Side.CENTRAL.value,
        created_at=at,
    )
    agreement.turn = side_of(actor, agreement).value
    journal.create(agreement, about=(unit,))
    begin(agreement, _first_parts(unit, opening.year), actor=actor, at=at)
    return agreement


def _first_parts(unit: Unit, year: int) -> list[tuple[str, dict[str, str]]]:
    """Give the parts every agreement has: the fiscal year, the Acordada, the seats of the commission."""
    return [
        ("geral", {"periodo_inicio": f"{year}-01-01", "periodo_fim": f"{year}-12-31"}),
        ("parte", {"papel": ACORDADA, "nome": unit.name, "unidade": unit.code}),
        *(
            ("cadeira", {"representa": name, "inciso": article})
            for name, article in zip(SEATS, SEAT.field("inciso").options, strict=False)
        ),
    ]


@act("agreements.alignment.conclude")
def conclude_alignment(agreement: Agreement, *, actor: Actor, at: datetime) -> Agreement:
    """Say that alignment is over and negotiation begins.

    Norm: Decreto GO nº 8.170/2014, art. 8º.

    Raises:
        Refused: it is not in alignment.
    """
    refuse_if(guards.stage_refusal(agreement, "align"))
    return journal.change(agreement, state=State.NEGOTIATION.value)


@act("agreements.agreement.shelve")
def shelve(agreement: Agreement, *, reason: str, actor: Actor, at: datetime) -> Agreement:
    """Give up an agreement that was not signed by all.

    Raises:
        Refused: it is in force already.
    """
    refuse_if(guards.stage_refusal(agreement, "shelve"))
    journal.because(reason)
    return journal.change(agreement, state=State.SHELVED.value)


@dataclass(frozen=True)
class Successor:
    """The body that owes from a day on what an agreement promised, and the act that made it so."""

    unit: Unit
    legal_act: LegalAct
    from_on: date


@act("agreements.agreement.succeed")
def succeed(agreement: Agreement, *, successor: Successor, actor: Actor, at: datetime) -> Succession:
    """Record that another body owes what the agreement promised, because of a merger or extinction.

    Args:
        successor: which body, since when and by which act.

    Raises:
        Refused: the successor is no body that may celebrate an agreement, or the agreement is not in force.
    """
    refuse_if(guards.stage_refusal(agreement, "read"))
    refuse_if(guards.entity_refusal(successor.unit))
    row = Succession(
        institution_id=agreement.institution_id,
        agreement=agreement,
        recorded_at=at,
        **vars(successor),
    )
    return journal.create(row, about=(agreement, successor.unit))
