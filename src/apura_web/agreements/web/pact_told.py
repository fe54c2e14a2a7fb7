"""The pact as the document one reads and prints: sections in order, objects with their items, what is blank said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from apura.formula import FormulaError, mathml
from apura_web.agreements.models import PartDraft
from apura_web.agreements.pact.methods import method_called, read_method
from apura_web.agreements.pact.schema import Field, FieldKind, Section
from apura_web.agreements.pact.sections import (
    ALIGNMENT,
    CUMULATIVE,
    INDICATOR_ITEM,
    ITEM,
    OBJECT,
    SECTIONS,
)
from apura_web.agreements.pact.telling import Names, told
from apura_web.agreements.pact.text import Part
from apura_web.agreements.selectors.reading import Reading

PARTIALS = ("meta_1", "meta_2", "meta_3")
LABELS = {"meta": "meta", "realizado": "realizado", "linha_de_base": "linha de base"}
LONG = 200


@dataclass(frozen=True)
class ToldField:
    """A field of a part as people read it; ``text`` is empty when it is blank."""

    field: Field
    text: str

    @property
    def is_long(self) -> bool:
        """Whether it is a paragraph rather than a line."""
        return len(self.text) > LONG or "\n" in self.text


@dataclass(frozen=True)
class ToldPart:
    """A part of the pact.

    Attributes:
        draft: who wrote it last and when; None once the text was accepted, or when nobody has written it.
        comments: how many were said of it.
    """

    part: Part
    fields: Sequence[ToldField]
    draft: PartDraft | None
    comments: int

    @property
    def body(self) -> list[ToldField]:
        """The fields that its name does not say already."""
        return [each for each in self.fields if each.field.name != self.part.declared.named_by]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not self.part.values

    def text(self, name: str) -> str:
        """Give what a field says."""
        return next((each.text for each in self.fields if each.field.name == name), "")


@dataclass(frozen=True)
class ToldItem:
    """An item of an object, as a row: what it is, its weight, its targets, its method."""

    told: ToldPart
    kind: str
    partials: Sequence[str]
    method: SafeString | str

    @property
    def weight(self) -> str:
        """How much it weighs in its object."""
        return self.told.text("peso")

    @property
    def baseline(self) -> str:
        """From where one starts."""
        return self.told.text("linha_de_base")

    @property
    def target(self) -> str:
        """The target of the end of the period."""
        return self.told.text("meta_final")


@dataclass(frozen=True)
class ToldObject:
    """An object of the pact with its items; None for the items that are of no object."""

    told: ToldPart | None
    items: Sequence[ToldItem]

    @property
    def weight(self) -> str:
        """How much it weighs in the agreement."""
        return self.told.text("peso") if self.told else ""

    @property
    def about(self) -> str:
        """What is agreed in it."""
        return self.told.text("descricao") if self.told else ""


@dataclass(frozen=True)
class ToldSection:
    """A section of the pact: its parts, or its objects."""

    number: int
    section: Section
    parts: Sequence[ToldPart] = ()
    agreed: Sequence[ToldObject] = ()

    @property
    def has_objects(self) -> bool:
        """Whether it is the one of the objects, drawn as tables."""
        return self.section is OBJECT

    @property
    def is_table(self) -> bool:
        """Whether its parts are short enough to be the rows of a table."""
        return self.section.is_many and all(each.kind is not FieldKind.LONG for each in self.section.fields)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.parts and not self.agreed


class Teller:
    """Tells the parts of a text, each with who wrote it and how much was said of it."""

    def __init__(self, reading: Reading, names: Names, comments: Counter[str]) -> None:
        self.reading, self.names, self.comments = reading, names, comments

    def sections(self) -> list[ToldSection]:
        """Tell the whole text, in the order of the document."""
        shown = [each for each in SECTIONS.values() if each is not ITEM and not self._is_left_out(each)]
        return [self._section(number, each) for number, each in enumerate(shown, start=1)]

    def part(self, part: Part) -> ToldPart:
        """Tell a part."""
        fields = [
            ToldField(each, told(each, part.get(each.name), self.names)) for each in part.declared.fields
        ]
        return ToldPart(part, fields, self.reading.drafts.get(part.key), self.comments[part.key])

    def _is_left_out(self, section: Section) -> bool:
        """Leave alignment out where there was none."""
        blank = not self.reading.text.of(section.name)
        return section is ALIGNMENT and blank and not self.reading.agreement.had_alignment

    def _section(self, number: int, section: Section) -> ToldSection:
        text = self.reading.text
        if section is OBJECT:
            return ToldSection(number, section, agreed=self._objects())
        parts: Iterable[Part] = text.of(section.name) if section.is_many else [text.one(section.name)]
        return ToldSection(number, section, [self.part(each) for each in parts])

    def _objects(self) -> list[ToldObject]:
        text = self.reading.text
        objects = text.of(OBJECT.name)
        found = [ToldObject(self.part(each), self._items(text.items_of(each.key))) for each in objects]
        keys = {each.key for each in objects}
        astray = [each for each in text.of(ITEM.name) if each.get("objeto") not in keys]
        return [*found, ToldObject(None, self._items(astray))] if astray else found

    def _items(self, items: Iterable[Part]) -> list[ToldItem]:
        return [self._item(each) for each in items]

    def _item(self, item: Part) -> ToldItem:
        row = self.part(item)
        kind = item.get("especie") or "espécie não informada"
        if item.get("especie") == INDICATOR_ITEM:
            kind = row.text("indicador") or "indicador ainda não escolhido"
        elif item.get("prazo"):
            kind = f"{kind}, até {row.text('prazo')}"
        return ToldItem(row, kind, self._partials(item, row), method_drawn(item.get("metodo")))

    @staticmethod
    def _partials(item: Part, row: ToldPart) -> list[str]:
        """Say the partial targets agreed, and what holds where there is none."""
        agreed = [f"{number}º: {row.text(each)}" for number, each in enumerate(PARTIALS, 1) if row.text(each)]
        blank = "proporcional ao tempo" if item.get("acumulacao") == CUMULATIVE else "a meta final"
        if not item.get("acumulacao") or len(agreed) == len(PARTIALS):
            return agreed
        return [*agreed, f"nos outros, {blank}" if agreed else blank]


@lru_cache(maxsize=500)
def method_drawn(text: str) -> SafeString | str:
    """Draw the formula of a method as mathematics; one of the list is called by its name."""
    known = method_called(text) if text else None
    if not text or known is not None:
        return known.label if known else ""
    try:
        tree = read_method(text).tree
    except FormulaError:
        return text
    return mark_safe(mathml(tree, LABELS))  # noqa: S308 - the printer escapes every text in it
