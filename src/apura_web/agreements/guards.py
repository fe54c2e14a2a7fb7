"""What the state of an agreement forbids. Pure questions: a refusal, or None."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apura_web.agreements.lifecycle import LABELS, Side, State, may
from apura_web.agreements.models import Agreement, Proposal
from apura_web.agreements.pact.lacks import Lack
from apura_web.agreements.pact.text import PactText
from apura_web.agreements.selectors.agreements import ENTITIES, negotiates
from apura_web.audit.actors import Actor
from apura_web.foundation.refusals import Refusal
from apura_web.orgs.models import Unit

DECREE = "Decreto GO nº 8.170/2014"
MOST_TOLD = 4


def entity_refusal(unit: Unit) -> Refusal | None:
    """Refuse an agreement with what is no body of the direct administration, autarchy or foundation."""
    if unit.kind in ENTITIES and unit.is_active:
        return None
    what = unit.get_kind_display().lower() if unit.is_active else "unidade extinta"
    return Refusal(
        "agreements.not_an_entity",
        f"{unit} é {what}; o acordo é celebrado por órgão da administração direta, autarquia ou fundação.",
        "Escolha o órgão ou a entidade a que ela pertence.",
        "Decreto GO nº 8.170/2014, art. 1º",
    )


def stage_refusal(agreement: Agreement, what: str) -> Refusal | None:
    """Refuse what is not done in the stage where the agreement is."""
    if may(what, agreement.state):
        return None
    if agreement.state == State.CLOSED.value:
        return _closed(agreement)
    return Refusal(
        "agreements.wrong_stage",
        f"O {agreement} está {LABELS[State(agreement.state)]}; isto não se faz nesta etapa.",
        "Abra a página do acordo para ver em que etapa está e qual é o próximo passo.",
        status=409,
    )


def _closed(agreement: Agreement) -> Refusal:
    """Say that an agreement is closed: the decree says nothing of what comes after, so nothing is written in it."""
    return Refusal(
        "agreements.is_closed",
        f"O {agreement} está encerrado: nele nada mais se registra, e nenhuma nota se apura, nem de novo.",
        "O decreto não trata do que vem depois do fim do acordo, e nesta plataforma só se apura enquanto ele vige. "
        "O pacto, as notas e as memórias de cálculo continuam à vista na página do acordo.",
        status=409,
    )


def side_refusal(actor: Actor, agreement: Agreement) -> Refusal | None:
    """Refuse who negotiates neither for the Acordante nor for the Acordada."""
    if negotiates(actor, agreement):
        return None
    return Refusal(
        "agreements.not_a_side",
        f"Escrevem neste acordo a unidade central e quem responde por {agreement.unit}.",
        "Você pode acompanhar a negociação na página do acordo.",
        "Decreto GO nº 8.170/2014, arts. 4º, 5º e 7º",
        status=403,
    )


def proposing_refusal(agreement: Agreement, text: PactText, last: Proposal | None) -> Refusal | None:
    """Refuse to send a round that says nothing new."""
    refusal = stage_refusal(agreement, "propose")
    if refusal is not None:
        return refusal
    if not text.parts:
        return Refusal("agreements.nothing_written", "Ainda não há nada escrito para enviar.")
    if last is not None and last.sha256 == text.sha256:
        return Refusal(
            "agreements.same_text",
            f"O texto é o mesmo da rodada {last.number}.",
            "Mude o que for preciso antes de enviar; se concorda com ele, aceite a proposta.",
        )
    return None


def accepting_refusal(
    agreement: Agreement, text: PactText, last: Proposal | None, side: Side
) -> Refusal | None:
    """Refuse to accept what the other side has not sent, or what changed since it was sent."""
    refusal = stage_refusal(agreement, "accept")
    if refusal is not None:
        return refusal
    if last is None:
        return Refusal(
            "agreements.no_proposal", "Nenhuma proposta foi enviada ainda.", "Envie uma ao outro lado."
        )
    if last.side == side:
        return Refusal(
            "agreements.own_proposal",
            f"A rodada {last.number} foi enviada pelo seu lado; quem aceita é o outro.",
            "Aguarde a resposta, ou mude o texto e envie outra rodada.",
        )
    if last.sha256 != text.sha256:
        return Refusal(
            "agreements.changed_since",
            f"O texto mudou depois da rodada {last.number}.",
            "Envie o texto como está em nova rodada, ou desfaça as mudanças.",
            status=409,
        )
    return None


def conference_refusal(lacks: Sequence[Lack]) -> Refusal | None:
    """Refuse to close a text in which something mandatory is missing."""
    found = [each for each in lacks if each.is_mandatory]
    if not found:
        return None
    count = "1 impedimento" if len(found) == 1 else f"{len(found)} impedimentos"
    told = " ".join(f"{each.part.name}: {each.message}" for each in found[:MOST_TOLD])
    more = f" E mais {len(found) - MOST_TOLD}." if len(found) > MOST_TOLD else ""
    return Refusal(
        "agreements.conference",
        f"A conferência encontrou {count}. {told}{more}",
        "Abra a conferência do acordo: cada um traz o artigo e o campo a preencher.",
        found[0].cites,
    )


def signing_refusal(agreement: Agreement, signed_on: date, accepted_on: date, today: date) -> Refusal | None:
    """Refuse a signature out of its time."""
    refusal = stage_refusal(agreement, "sign")
    if refusal is not None:
        return refusal
    if signed_on < accepted_on:
        return Refusal(
            "agreements.signed_before",
            f"O texto foi aceito em {accepted_on:%d/%m/%Y}; ninguém o assinou antes disso.",
            "Confira a data da assinatura.",
        )
    if signed_on > today:
        return Refusal("agreements.signed_later", "A data da assinatura ainda não chegou.")
    return None


def nobody_in_charge(unit: Unit, on: date) -> Refusal:
    """Say that a unit had nobody in charge on a day, so that nobody could sign for it."""
    return Refusal(
        "agreements.nobody_in_charge",
        f"Em {on:%d/%m/%Y} ninguém exercia a titularidade de {unit}.",
        "Registre antes o ato que designou o titular, o interino ou o substituto.",
    )


def not_in_charge(unit: Unit, on: date) -> Refusal:
    """Say that somebody else was in charge of a unit on a day."""
    return Refusal(
        "agreements.not_in_charge",
        f"Em {on:%d/%m/%Y} outra pessoa exercia a titularidade de {unit}.",
        "Assina quem exerce o cargo no dia; veja em “Unidades e pessoas” quem é.",
        status=403,
    )


def last_day(agreement: Agreement) -> date | None:
    """Give the last day of an agreement: of its term, or of its evaluation period when that is later."""
    days = (agreement.term_until, agreement.period_until)
    return max((each for each in days if each is not None), default=None)


def is_over(agreement: Agreement, today: date) -> bool:
    """Say whether the term and the evaluation period of an agreement are over."""
    last = last_day(agreement)
    return last is not None and last < today


def ending_refusal(agreement: Agreement, today: date) -> Refusal | None:
    """Refuse to close what is not in force, or is not over yet."""
    refusal = stage_refusal(agreement, "close")
    if refusal is not None or is_over(agreement, today):
        return refusal
    last = last_day(agreement)
    until = f": vai até {last:%d/%m/%Y}" if last else ""
    is_period = last is not None and last != agreement.term_until
    what = "O período avaliatório" if is_period else "A vigência"
    return Refusal(
        "agreements.not_over",
        f"{what} do {agreement} não terminou{until}.",
        "Encerre-o depois do último dia. A alteração da data (renovação, art. 17) e a rescisão (art. 18) "
        "são outros atos e não se registram aqui.",
        f"{DECREE}, arts. 3º, IV, e 17",
    )


def final_refusal(agreement: Agreement, *, has_final: bool, is_explained: bool) -> Refusal | None:
    """Refuse to close without the final score and without saying why there is none; or to say so when there is one."""
    if has_final and is_explained:
        return Refusal(
            "agreements.final_score_stands",
            f"O {agreement} tem nota final registrada: não cabe motivo para não a haver.",
            "Abra de novo “Encerrar acordo”; a página só pede a confirmação.",
            f"{DECREE}, art. 12, § 2º",
            status=409,
        )
    if has_final or is_explained:
        return None
    where = "Registre-a em “Registrar nota sem memória”" if agreement.is_imported else "Apure-a"
    return Refusal(
        "agreements.no_final_score",
        f"O {agreement} não tem nota final registrada.",
        f"{where}, na aba “Notas”. Se não pode haver nota final, como na extinção da Acordada, encerre com o motivo "
        "e o ato que o demonstra.",
        f"{DECREE}, art. 12, § 2º",
    )
