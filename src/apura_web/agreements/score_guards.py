"""What keeps a score from being made. Pure questions: a refusal, or None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from apura.norms import Pending, Problem
from apura_web.agreements import guards
from apura_web.agreements.models import Agreement, ClosingRun, Score
from apura_web.agreements.pact.text import PactText, Part
from apura_web.agreements.quarters import Closing, closings_of
from apura_web.calculations.asking import Asked
from apura_web.calculations.preparing import Prepared
from apura_web.calculations.sheet_text import asked_of, text_of
from apura_web.foundation.refusals import Refusal

ARTICLE = "Decreto GO nº 8.170/2014, art. 12"
MOST_TOLD = 5


def stage_refusal(agreement: Agreement) -> Refusal | None:
    """Refuse a score of what is not in force."""
    return guards.stage_refusal(agreement, "score")


def closing_refusal(agreement: Agreement, closing: Closing, today: date) -> Refusal | None:
    """Refuse a score before its period is over."""
    refusal = stage_refusal(agreement)
    if refusal is not None:
        return refusal
    if closing.until_on < today:
        return None
    return Refusal(
        "agreements.period_not_over",
        f"O período apurado vai até {closing.until_on:%d/%m/%Y} e ainda não terminou.",
        "A nota se apura ao final do quadrimestre ou do período avaliatório.",
        ARTICLE,
    )


def is_closing_of(text: PactText, closing: Closing) -> bool:
    """Say whether a closing is one of those of a pact."""
    return closing in closings_of(text)


def measured_refusal(objects: Sequence[Part], text: PactText) -> Refusal | None:
    """Refuse when nothing of an object was measured and its weight would go to nobody."""
    if not objects or text.one("apuracao").get("nao_apurado") == "contar como zero":
        return None
    names = "; ".join(f"“{each.name}”" for each in objects[:MOST_TOLD])
    everything = len(objects) == len(text.of("objeto"))
    what = "Nenhum item do acordo foi apurado" if everything else f"Nenhum item foi apurado em {names}"
    return Refusal(
        "agreements.nothing_measured",
        f"{what}: não há entre quem redistribuir o peso, e isso não é nota zero.",
        "Cobre as apurações; ou registre a interpretação que a comissão adotar para o caso (art. 37).",
        ARTICLE,
    )


def unusable_facts(problems: Sequence[Problem]) -> Refusal:
    """Tell what the norm does not take."""
    told = "; ".join(
        " – ".join(part for part in (each.cell, each.message) if part) for each in problems[:MOST_TOLD]
    )
    more = f" E mais {len(problems) - MOST_TOLD}." if len(problems) > MOST_TOLD else ""
    return Refusal(
        "agreements.unusable_facts",
        f"A norma não aceita o que está registrado: {told}.{more}",
        "Corrija na origem (a apuração, o registro do item ou, por revisão, o pacto) e apure de novo.",
        ARTICLE,
    )


def pending_refusal(pending: Sequence[Pending]) -> Refusal | None:
    """Refuse when the norm gives no score, with its own words."""
    if not pending:
        return None
    first = pending[0]
    return Refusal(
        "agreements.no_score",
        f"A norma não dá esta nota. {first.label}: {first.reason}",
        first.what_to_do,
        f"Decreto GO nº 8.170/2014, {first.cites}" if first.cites else ARTICLE,
    )


def twice_refusal(before: Score | None, closing: Closing) -> Refusal | None:
    """Refuse to close a period twice."""
    if before is None:
        return None
    return Refusal(
        "agreements.closed_twice",
        f"{closing.label} já foi apurada em {before.recorded_at:%d/%m/%Y}.",
        "Se algo mudou, use “Apurar de novo”, com o motivo: a nota anterior fica registrada.",
        ARTICLE,
        status=409,
    )


def again_refusal(before: Score | None, closing: Closing, prepared: Prepared) -> Refusal | None:
    """Refuse to make again what was never made, or what would be the same."""
    if before is None:
        return Refusal(
            "agreements.not_closed", f"{closing.label} ainda não foi apurada.", "Use “Apurar nota”."
        )
    if same_facts(before, prepared):
        return Refusal(
            "agreements.same_facts",
            "Nada mudou desde a última apuração: as medições, o pacto e as interpretações são os mesmos.",
            "A nota que vale é a que já está registrada.",
        )
    return None


def same_facts(before: Score, prepared: Prepared) -> bool:
    """Say whether a score would rest on the same facts and edition of the norm, whenever they were known."""
    old = asked_of(before.calculation.fact_sheet.content)
    same_norm = before.calculation.norm_digest == prepared.digest
    return same_norm and _timeless(old) == _timeless(prepared.asked)


def _timeless(asked: Asked) -> str:
    return text_of(replace(asked, at_seq=0))


POWER_LOST = Refusal(
    "agreements.closing_power_lost",
    "Quem pediu o fechamento deixou de exercer a função que permite apurar notas.",
    "Quem hoje pode apurá-las aperta “Continuar”: o que falta será apurado em seu nome.",
    status=403,
)
NO_SUCH_PERIOD = Refusal(
    "agreements.no_such_period",
    "O pacto vigente já não tem este período.",
    "Abra a página de notas do acordo.",
    ARTICLE,
)


def starting_refusal(agreements: int, until_on: date, today: date) -> Refusal | None:
    """Refuse a closing of nothing, or of a period that is not over."""
    if until_on >= today:
        return Refusal(
            "agreements.period_not_over",
            f"O período apurado vai até {until_on:%d/%m/%Y} e ainda não terminou.",
            "A nota se apura ao final do quadrimestre ou do período avaliatório.",
            ARTICLE,
        )
    if not agreements:
        return Refusal(
            "agreements.nothing_to_close",
            f"Nenhum acordo vigente tem período apurado que termine em {until_on:%d/%m/%Y}.",
            "Escolha um dos períodos da lista.",
        )
    return None


def under_way_refusal(run: ClosingRun | None) -> Refusal | None:
    """Refuse a second closing of a period while the first is not ended."""
    if run is None:
        return None
    return Refusal(
        "agreements.closing_under_way",
        f"Já há um fechamento deste período, pedido em {run.confirmed_at:%d/%m/%Y}.",
        "Abra-o na lista de fechamentos; se parou, aperte “Continuar”.",
        status=409,
    )
