"""How the spreadsheet of a pact is laid out: what writing and reading must agree on."""

from __future__ import annotations

from apura.sheets.writing import sheet_titles
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import SECTIONS

MARK = "apura-pacto"
"""In the first cell of each sheet we read back, before the section; what is beside it is ours, and hidden."""
GUIDE, SINGLE, KEPT = "Instruções", "Cláusulas", "apura"
KEYS_ROW, HEADER_ROW = 1, 2
KEY_COLUMN, FIRST_FIELD = 1, 2
SECTION_COLUMN, LABEL_COLUMN, TEXT_COLUMN, CITES_COLUMN = 2, 3, 4, 5
BLANK_ROWS, MOST_ROWS = 30, 500
MANY: tuple[Section, ...] = tuple(each for each in SECTIONS.values() if each.is_many)
ONES: tuple[Section, ...] = tuple(each for each in SECTIONS.values() if not each.is_many)
TABS = {"item": "Itens dos objetos", "cadeira": "Comissão de Monitoramento"}
"""What fits in a tab, of the sections whose name does not."""
TITLES: dict[str, str] = dict(
    zip(
        (each.name for each in MANY),
        sheet_titles((TABS.get(each.name, each.plural) for each in MANY), taken=(GUIDE, SINGLE, KEPT)),
        strict=True,
    )
)
"""What the sheet of each section with several parts is called."""


def mark_of(section: str) -> str:
    """Give the mark of the sheet of a section; of the sheet of those with one part when empty."""
    return f"{MARK}:{section}"


def one_key(section: str, field: str) -> str:
    """Name a line of the sheet of the sections with one part."""
    return f"{section}.{field}"
