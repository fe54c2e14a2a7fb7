"""What the fields of a pact say, as people read it: names for codes, days and numbers as they are written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from apura.formula import brazilian
from apura_web.agreements.pact.schema import Field, FieldKind
from apura_web.agreements.pact.text import PactText


@dataclass(frozen=True)
class Names:
    """What codes are called: of units, of indicators, and the keys of parts."""

    units: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


def part_names(*texts: PactText) -> dict[str, str]:
    """Give the names of the parts of some texts; of one that changed its name, that of the last text."""
    return {part.key: part.name for text in texts for part in text.parts}


def told(declared: Field, text: str, names: Names) -> str:
    """Say what a field holds.

    Args:
        declared: the field.
        text: as the pact keeps it; empty when blank.
        names: what codes are called.
    """
    if not text:
        return ""
    match declared.kind:
        case FieldKind.NUMBER:
            said = brazilian(Fraction(text), None)
        case FieldKind.DAY:
            said = f"{date.fromisoformat(text):%d/%m/%Y}"
        case FieldKind.UNIT:
            said = names.units.get(text, "unidade que não se encontra")
        case FieldKind.INDICATOR:
            said = names.indicators.get(text, "indicador que não se encontra")
        case FieldKind.PART:
            said = names.parts.get(text, "parte retirada")
        case _:
            said = text
    return said
