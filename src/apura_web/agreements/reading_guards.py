"""What keeps the situation of an item, or a reading, from being recorded. Pure questions: a refusal, or None."""

from __future__ import annotations

from datetime import date

from apura.norms import Norm
from apura_web.agreements.models import Agreement, ItemState
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import Part
from apura_web.foundation.refusals import Refusal


def item_refusal(item: Part | None, state: str, *, has_act: bool) -> Refusal | None:
    """Refuse the situation of what is not of the pact, is cancelled by nobody, or is measured in the ledger."""
    if item is None:
        return Refusal("agreements.no_such_item", "Este item não é do pacto vigente.", status=404)
    if state == ItemState.CANCELLED and not has_act:
        return Refusal(
            "agreements.cancelled_without_act",
            "Um item só é cancelado por ato: informe o termo ou a ata que o cancelou.",
            "Registre o ato e escolha-o no formulário.",
            "Decreto GO nº 8.170/2014, art. 16",
        )
    if item.get("especie") == INDICATOR_ITEM and state != ItemState.CANCELLED:
        return Refusal(
            "agreements.measured_in_ledger",
            "O realizado deste item vem do indicador; aqui só se registra que ele foi cancelado.",
            "Lance a apuração na coleta do indicador.",
            "Decreto GO nº 8.170/2014, art. 11, I",
        )
    return None


def day_refusal(agreement: Agreement, until_on: date, today: date) -> Refusal | None:
    """Refuse a day out of the evaluation period, or to come."""
    first, last = agreement.period_from, agreement.period_until
    if first and last and not first <= until_on <= last:
        return Refusal(
            "agreements.out_of_period",
            f"O período avaliatório vai de {first:%d/%m/%Y} a {last:%d/%m/%Y}.",
            "Informe um dia dentro dele.",
            "Decreto GO nº 8.170/2014, art. 3º, IV",
        )
    if until_on > today:
        return Refusal("agreements.day_to_come", "Esse dia ainda não chegou.")
    return None


def reading_refusal(norm: Norm, interpretation: str, reading: str) -> Refusal | None:
    """Refuse a reading that the norm does not offer."""
    known = norm.interpretations.get(interpretation)
    if known is not None and reading in known.readings and known.others:
        return None
    offered = "; ".join(known.readings) if known else ""
    return Refusal(
        "agreements.no_such_reading",
        f"A norma não oferece a leitura “{reading}” de “{known.label if known else interpretation}”.",
        f"As leituras oferecidas são: {offered}." if offered else "Escolha uma das dúvidas da lista.",
        f"Decreto GO nº 8.170/2014, {known.cites}" if known else "",
    )
