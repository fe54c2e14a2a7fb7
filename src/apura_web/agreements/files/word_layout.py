"""How the Word document of a pact is laid out: what writing and reading must agree on."""

from __future__ import annotations

from apura.formula import fold
from apura_web.agreements.pact.schema import Section
from apura_web.agreements.pact.sections import SECTIONS

NEW = "incluir"
"""What stands where the key of a part goes, in the table left to be filled in with a new one."""
LABEL, TEXT = 0, 1
"""The columns that are read: the label of a field, and what it says. What comes after them is only to be read."""
SECTION_CALLED: dict[str, Section] = {fold(each.label): each for each in SECTIONS.values()}
"""The section of a part by what the first cell of its table says."""
