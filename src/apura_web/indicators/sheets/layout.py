"""How the spreadsheet of a grid is laid out: what writing and reading must agree on."""

from __future__ import annotations

from apura.formula import fold
from apura_web.indicators.models import Certainty

MARK = "apura-grade"
"""In the first cell of each sheet we read back; what is beside it is ours, and hidden."""
GUIDE, DETAILS, KEPT = "Instruções", "Motivos e firmeza", "apura"
KEYS_ROW, HEADER_ROW = 1, 2
KEY_COLUMN, LABEL_COLUMN, MEASURE_COLUMN, FIRST_PERIOD = 1, 2, 3, 4
NOT_MEASURED = "·"
D_LABELS = ("Indicador", "Variável", "Período", "Motivo ou justificativa", "Firmeza", "Data-base")
D_REASON, D_CERTAINTY, D_BASED_ON = 5, 6, 7
LONG_COLUMNS = ("indicador", "período", "variável", "valor", "motivo", "firmeza", "data-base")
CERTAINTIES = {fold(each.label): each.value for each in Certainty}


def row_key(indicator_code: str, variable: str) -> str:
    """Name a row of the grid."""
    return f"{indicator_code}.{variable}"


def box_key(row: str, period_key: str) -> str:
    """Name a box from its row and its column, as the page's form does."""
    code, _, variable = row.partition(".")
    return f"{code}.{period_key}.{variable}"
