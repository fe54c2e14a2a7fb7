"""What keeps an agreement or a score from being recorded “sem memória”. Pure questions: a refusal, or None."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from apura.formula import brazilian
from apura_web.agreements import guards
from apura_web.agreements.models import Agreement, Pact
from apura_web.agreements.pact.sections import ACORDADA
from apura_web.agreements.pact.text import PactText
from apura_web.foundation.refusals import Refusal

DAYS = ("vigencia_inicio", "vigencia_fim", "periodo_inicio", "periodo_fim")


def text_refusal(text: PactText, agreement: Agreement) -> Refusal | None:
    """Refuse a text without its days, or whose parties are not told: the rest of the conference does not block."""
    general, parties = text.one("geral"), text.of("parte")
    missing = [general.declared.field(each).label for each in DAYS if not general.get(each)]
    if missing:
        return Refusal(
            "agreements.paper_without_days",
            f"Falta no texto: {', '.join(missing)}.",
            "Transcreva do documento em “Dados gerais”.",
            "Decreto GO nº 8.170/2014, arts. 3º, IV, e 17",
        )
    named = [each for each in parties if each.get("unidade")]
    owes = [each for each in named if each.get("papel") == ACORDADA]
    if len(named) < len(parties) or [each.get("unidade") for each in owes] != [agreement.unit.code]:
        return Refusal(
            "agreements.paper_without_parties",
            "Diga a unidade de cada parte, com a Acordada deste acordo entre elas, uma só vez.",
            "Complete as partes signatárias.",
            "Decreto GO nº 8.170/2014, art. 2º",
        )
    return None


def day_refusal(on: date, today: date) -> Refusal | None:
    """Refuse a day to come."""
    if on <= today:
        return None
    return Refusal(
        "agreements.day_to_come", f"{on:%d/%m/%Y} ainda não chegou.", "Confira a data do documento."
    )


def score_refusal(agreement: Agreement, pact: Pact | None, value: Fraction) -> Refusal | None:
    """Refuse a score without memory where there is memory, or one outside the scale."""
    refusal = guards.stage_refusal(agreement, "score")
    if refusal is not None:
        return refusal
    if not agreement.is_imported:
        return Refusal(
            "agreements.score_has_memory",
            "Este acordo foi feito aqui: as suas notas são apuradas, com memória de cálculo.",
            "Use “Apurar nota”.",
            "Decreto GO nº 8.170/2014, art. 12",
        )
    scale = pact.text.one("apuracao").number("escala") if pact else None
    if value < 0 or (scale is not None and value > scale):
        most = f" e {brazilian(scale, None)}" if scale is not None else ""
        return Refusal(
            "agreements.score_out_of_scale",
            f"A nota fica entre 0{most}, pela escala do acordo.",
            "Confira o documento.",
            "Decreto GO nº 8.170/2014, art. 12",
        )
    return None
