"""What the ledger forbids of corrections and of the figures of who verifies: a refusal or None."""

from __future__ import annotations

from collections.abc import Sequence

from apura_web.foundation.refusals import Refusal
from apura_web.indicators.formulas import RESULT
from apura_web.indicators.models import (
    CardVersion,
    Certainty,
    Correction,
    Figure,
    SubmissionState,
    ValueState,
)
from apura_web.indicators.selectors.ledger import Measured
from apura_web.indicators.services.posting import Entry


def nothing_refusal(stands: Measured | None) -> Refusal | None:
    """Refuse to correct or verify where nothing was reported."""
    if stands is not None and stands.rows:
        return None
    return Refusal(
        "indicators.nothing_stands",
        "Não há apuração informada neste período: não há o que corrigir nem verificar.",
        "O primeiro valor entra pela coleta da unidade.",
        status=409,
    )


def reason_refusal(reason: str) -> Refusal | None:
    """Refuse to change the ledger without a reason."""
    if reason.strip():
        return None
    return Refusal(
        "indicators.no_reason", "Diga por que o valor muda.", "O motivo fica no histórico, ao lado do valor."
    )


def unnamed_refusal(correction: str) -> Refusal | None:
    """Refuse a correction that does not say what it is."""
    if correction:
        return None
    kinds = ", ".join(f"“{each.label}”" for each in Correction)
    return Refusal("indicators.correction_unnamed", "Diga o que é a correção.", f"Escolha entre {kinds}.")


def definitive_refusal(correction: str, stands: Measured | None, entries: Sequence[Entry]) -> Refusal | None:
    """Refuse to call “definitive in place of provisional” what was definitive already, or still is not."""
    if correction != Correction.DEFINITIVE:
        return None
    if stands is None or stands.is_firm:
        return Refusal(
            "indicators.nothing_provisional",
            "O valor que vale já é definitivo.",
            "Escolha outra resposta em “O que é a correção”.",
            status=409,
        )
    if all(each.certainty == Certainty.DEFINITIVE for each in entries):
        return None
    return Refusal(
        "indicators.still_provisional",
        "O valor novo ainda não é definitivo.",
        "Mude a firmeza para “definitivo”, ou escolha outra resposta em “O que é a correção”.",
    )


def unaccepted_refusal(stands: Measured | None) -> Refusal | None:
    """Refuse to correct or verify what a unit sent and nobody accepted yet: it would show it to the whole house."""
    rows = stands.rows.values() if stands is not None else ()
    waiting = [
        submission
        for row in rows
        if (submission := row.batch.submission) is not None and submission.state != SubmissionState.ACCEPTED
    ]
    if not waiting:
        return None
    return Refusal(
        "indicators.not_accepted",
        f"As apurações de {waiting[0].unit} ainda não foram aceitas.",
        "Aceite-as, ou devolva para complementação: a unidade muda o valor na própria grade.",
        status=409,
    )


def entries_refusal(card: CardVersion | None, entries: Sequence[Entry]) -> Refusal | None:
    """Refuse values of variables that the card of the period does not have, or outside their bounds."""
    variables = {each.name: each for each in card.read_variables} if card is not None else {}
    for each in entries:
        name = each.cell.variable
        if name == RESULT:
            continue
        variable = variables.get(name)
        if variable is None or variable.indicator:
            return Refusal(
                "indicators.unknown_variable",
                f"A ficha deste período não tem a variável “{name}” para ser lançada.",
                "Abra a página de novo: a ficha pode ter mudado.",
            )
        low, high = variable.low, variable.high
        is_outside = each.value is not None and (
            (low is not None and each.value < low) or (high is not None and each.value > high)
        )
        if is_outside:
            return Refusal(
                "indicators.outside_bounds",
                f"O valor de “{variable.label}” está fora dos limites que a ficha dá à variável.",
                "Confira o que foi digitado.",
            )
    return None


def unmeasured_refusal(entries: Sequence[Entry]) -> Refusal | None:
    """Refuse a figure of who verifies or ratifies that has no value."""
    if any(each.state == ValueState.MEASURED for each in entries):
        return None
    return Refusal(
        "indicators.nothing_verified",
        "Informe ao menos um valor.",
        "Repita o informado quando a verificação o confirma.",
    )


def same_refusal(batch: object | None, figure: str) -> Refusal | None:
    """Refuse an act that would write nothing, as everything it says stands already."""
    if batch is not None:
        return None
    said = "informado" if figure == Figure.REPORTED else Figure(figure).label
    return Refusal(
        "indicators.nothing_changes",
        f"Nada muda: o valor {said} já é esse.",
        "Altere ao menos um valor, a firmeza ou a data-base.",
        status=409,
    )
