"""What a section of an agreement and a field of it are.

Forms, the printed pact, the spreadsheet and the differences between two rounds are all made from these declarations.
Every value is kept as text: numbers exact, days as ISO, choices by the very word the norm reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DECREE = "Decreto GO nº 8.170/2014"


class FieldKind(StrEnum):
    """How a field is typed."""

    TEXT = "texto"
    LONG = "texto longo"
    NUMBER = "número"
    DAY = "dia"
    CHOICE = "opção"
    UNIT = "unidade"
    INDICATOR = "indicador"
    PART = "parte"
    METHOD = "método"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a section.

    Attributes:
        name: its key in the text of the pact.
        label: what people read.
        kind: how it is typed.
        cites: the article that asks for it.
        help_text: what to write there.
        options: the words one chooses among, as the norm reads them.
        of: the section whose parts one chooses among.
    """

    name: str
    label: str
    kind: FieldKind
    cites: str = ""
    help_text: str = ""
    options: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the pact: one part, or as many as are written.

    Attributes:
        name: its key.
        label: of one part.
        plural: of the section.
        named_by: the field that names a part.
        is_many: whether it may have several parts.
    """

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    cites: str
    about: str
    named_by: str = ""
    is_many: bool = False

    def field(self, name: str) -> Field:
        """Give a field.

        Raises:
            KeyError: there is none.
        """
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)


def citation(cites: str) -> str:
    """Write an article with its norm."""
    return f"{DECREE}, {cites}" if cites else ""


def labels(options: Sequence[str]) -> list[tuple[str, str]]:
    """Give the options of a field as a form takes them."""
    return [(each, each[:1].upper() + each[1:]) for each in options]
