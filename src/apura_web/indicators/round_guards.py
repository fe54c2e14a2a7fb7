"""What keeps a collection from being opened, answered or chased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from apura_web.foundation.refusals import Refusal
from apura_web.indicators.grid import doubts_of, grid_of
from apura_web.indicators.models import DraftCell, Submission, SubmissionState, ValueState
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.rounds import Line
from apura_web.orgs.models import Unit

MOST_TOLD = 6


def nobody_refusal(units: Sequence[Unit], period: Period) -> Refusal | None:
    """Refuse a collection that nobody would answer."""
    if units:
        return None
    return Refusal(
        "indicators.nobody_measures",
        f"Nenhuma unidade apura indicador com período em {period.label}.",
        "Confira o período, ou designe antes as unidades que apuram.",
    )


def cells_refusal(
    submission: Submission, lines: Sequence[Line], cells: Sequence[DraftCell]
) -> Refusal | None:
    """Refuse to send while a cell is blank, wrong, without its reason, or strange without a justification."""
    grid = grid_of(submission, lines, cells)
    blank = [each.name for each in grid.needed if each.is_blank]
    if blank:
        return Refusal(
            "indicators.blank_cells",
            f"Falta preencher {len(blank)}: {_some(blank)}.",
            "Preencha; ou escreva “n/a” (não se aplica) ou “n/i” (não informado, com o motivo). Zero se escreve.",
        )
    wrong = [each.name for each in grid.boxes if each.problem]
    if wrong:
        return Refusal(
            "indicators.wrong_cells", f"Há erro em {len(wrong)}: {_some(wrong)}.", "Corrija as células."
        )
    mute = [
        each.name
        for each in grid.boxes
        if each.cell is not None and each.cell.state == ValueState.NOT_REPORTED and not each.cell.reason
    ]
    if mute:
        return Refusal(
            "indicators.no_reason", f"Falta o motivo em: {_some(mute)}.", "Diga por que não foi informado."
        )
    doubtful = [each.name for each in grid.boxes if doubts_of(each, grid) and not each.reason]
    if doubtful:
        return Refusal(
            "indicators.unjustified",
            f"Há valores que pedem justificativa: {_some(doubtful)}.",
            "Confira o valor; se está certo, escreva a justificativa ao lado.",
        )
    return None


def expiry_refusal(expires_on: date, today: date) -> Refusal | None:
    """Refuse a reopening that is over before it begins."""
    if expires_on >= today:
        return None
    return Refusal(
        "indicators.expired",
        f"{expires_on:%d/%m/%Y} já passou.",
        "Informe o último dia em que a unidade pode preencher.",
    )


def nothing_owed_refusal(submission: Submission) -> Refusal | None:
    """Refuse to chase who has answered."""
    if submission.state in {SubmissionState.DRAFT, SubmissionState.RETURNED}:
        return None
    return Refusal(
        "indicators.nothing_owed",
        f"{submission.unit} já enviou.",
        "Escolha as unidades que ainda não enviaram.",
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_TOLD
    return "; ".join(names[:MOST_TOLD]) + (f"; e mais {more}" if more > 0 else "")
