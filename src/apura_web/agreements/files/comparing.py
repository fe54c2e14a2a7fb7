"""What a file of a pact would change: each part as it would be, and what both sides changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.forms import Field as FormField

from apura.formula import FormulaError, fold
from apura.norms import Problem
from apura_web.agreements.files.cell_text import text_out
from apura_web.agreements.files.coming import Back, Row
from apura_web.agreements.models import PartDraft
from apura_web.agreements.pact.methods import method_called, read_method
from apura_web.agreements.pact.schema import Field, FieldKind
from apura_web.agreements.pact.sections import INDICATOR_ITEM
from apura_web.agreements.pact.text import PactText, Part, in_order
from apura_web.agreements.part_fields import Typist, field_of, kept
from apura_web.agreements.selectors.choosing import from_cards

NEW, INDICATOR = "nova", "indicador"


@dataclass(frozen=True)
class Planned:
    """A part as the file would leave it.

    Attributes:
        key: its key; of a new one, a name of this file only.
        edition: the saving it was compared with; 0 for a new one.
        values: as it would be, what the other side changed too left as they wrote it.
        mine: the same with what the file says in those fields; the same values when nothing collides.
    """

    key: str
    section: str
    edition: int
    values: Mapping[str, str]
    mine: Mapping[str, str]

    @property
    def is_new(self) -> bool:
        """Whether it is not in the text yet."""
        return not self.edition

    @property
    def collides(self) -> bool:
        """Whether the other side changed the same fields meanwhile."""
        return self.values != self.mine


@dataclass
class Plan:
    """What a file would do to the text.

    Attributes:
        now: the text as it is.
        missing: the parts whose row did not come back; they stay unless the person says otherwise.
        notes: what the person must know of how the file was read.
    """

    now: PactText
    parts: list[Planned] = field(default_factory=list)
    missing: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def after(self) -> PactText:
        """The text as it would be, what collides left as the other side wrote it."""
        return self._with({each.key: each.values for each in self.parts})

    @property
    def preferred(self) -> PactText:
        """The text as it would be with the person's own in all that collides."""
        return self._with({each.key: each.mine for each in self.parts})

    @property
    def collisions(self) -> list[Planned]:
        """The parts where both sides changed the same fields."""
        return [each for each in self.parts if each.collides]

    @property
    def sha256(self) -> str:
        """What names this plan: it is not the same once anybody changed the text."""
        told = [self.preferred.written, self.after.written, [each.key for each in self.missing]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _with(self, changed: Mapping[str, Mapping[str, str]]) -> PactText:
        parts = [Part(each.key, each.section, changed.get(each.key, each.values)) for each in self.now.parts]
        known = {each.key for each in parts}
        new = [
            Part(each.key, each.section, changed[each.key]) for each in self.parts if each.key not in known
        ]
        return in_order([*parts, *new])


class Comparing:
    """Compares what came back with what is written, one part at a time."""

    def __init__(
        self, back: Back, drafts: Sequence[PartDraft], typist: Typist, called: Mapping[str, str]
    ) -> None:
        self.back, self.typist, self.called = back, typist, called
        self.drafts = {each.key: each for each in drafts}
        self.plan = Plan(in_order(each.part for each in drafts if not each.is_removed))
        self.plan.problems += back.problems
        self.plan.notes = back.notes
        self.fields: dict[tuple[str, str], FormField] = {}
        self.measured: list[str] = []
        self.new_keys = {
            id(row): f"{row.section.name}-{NEW}-{number}"
            for number, row in enumerate((each for each in back.rows if not each.key), start=1)
        }

    def compare(self) -> Plan:
        """Give what the file would change."""
        for row in self.back.rows:
            self._row(row)
        self._fill_from_cards()
        came = {row.key for row in self.back.rows}
        self.plan.missing = [
            part
            for part in self.plan.now.parts
            if part.declared.is_many and part.key in self.back.known and part.key not in came
        ]
        return self.plan

    def _row(self, row: Row) -> None:
        known = self.back.known.get(row.key)
        before = known.texts if known else {}
        said = {
            name: self._read(row, row.section.field(name), text)
            for name, text in row.texts.items()
            if text != before.get(name, "")
        }
        changed = {name: text for name, text in said.items() if text is not None}
        if not changed:
            return
        if changed.get(INDICATOR):
            self.measured.append(row.key or self.new_keys[id(row)])
        draft = self.drafts.get(row.key)
        if draft is None:
            values = {name: text for name, text in changed.items() if text}
            key = row.key or self.new_keys[id(row)]
            self.plan.parts.append(Planned(key, row.section.name, 0, values, values))
            return
        now = {} if draft.is_removed else draft.values
        free = {name: text for name, text in changed.items() if self._is_free(name, row, now, text)}
        values, mine = _over(now, free), _over(now, changed)
        if dict(values) != dict(now) or dict(mine) != dict(now):
            self.plan.parts.append(Planned(row.key, row.section.name, draft.edition, values, mine))

    def _fill_from_cards(self) -> None:
        """Take from its card what an item that was given an indicator leaves blank, as the form does."""
        codes = {each.mine.get(INDICATOR, "") for each in self.plan.parts if each.key in self.measured} - {""}
        cards = from_cards(self.typist.actor, codes) if codes else {}
        for at, each in enumerate(self.plan.parts):
            card = cards.get(each.mine.get(INDICATOR, "")) if each.key in self.measured else None
            if card is not None and each.mine.get("especie", INDICATOR_ITEM) == INDICATOR_ITEM:
                mine, values = _over(card, each.mine), _over(card, each.values)
                self.plan.parts[at] = replace(
                    each, mine=mine, values=values if each.values != each.mine else mine
                )

    def _is_free(self, name: str, row: Row, now: Mapping[str, str], text: str) -> bool:
        """Say whether nobody else changed a field since the file was made, or they wrote the same."""
        declared, current = row.section.field(name), now.get(name, "")
        known = self.back.known.get(row.key)
        before = known.texts.get(name, "") if known else ""
        return current == text or text_out(declared, current, self.called) == before

    def _read(self, row: Row, declared: Field, text: str) -> str | None:
        """Read a text as the pact keeps it; None, and a problem noted, when it cannot be read."""
        try:
            return self._value(declared, text) if text else ""
        except (ValidationError, FormulaError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            sheet, cell = row.places[declared.name]
            self.plan.problems.append(Problem(f"{declared.label}: {said}", sheet, cell))
            return None

    def _value(self, declared: Field, text: str) -> str:
        match declared.kind:
            case FieldKind.METHOD:
                known = method_called(text)
                if known is None:
                    read_method(text)
                return known.label if known else text
            case FieldKind.PART:
                return self._part(declared, text)
            case FieldKind.CHOICE:
                found = next((each for each in declared.options if fold(each) == fold(text)), None)
                if found is None:
                    raise ValidationError(
                        f"“{text[:40]}” não é uma das opções: {'; '.join(declared.options)}."
                    )
                return found
            case _:
                return kept(self._field(declared).clean(text))

    def _part(self, declared: Field, text: str) -> str:
        keys = self._named.get(fold(text), [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            raise ValidationError(f"Há mais de uma parte chamada “{text[:60]}”: dê-lhes nomes diferentes.")
        said = f"Não há {declared.label.lower()} chamado “{text[:60]}”: escreva o nome como está na planilha dele."
        raise ValidationError(said)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The keys of the objects, by the name they have in the file or in the text."""
        names: dict[str, str] = {each.key: each.name for each in self.plan.now.of("objeto")}
        for row in self.back.rows:
            if row.section.name == "objeto" and row.texts.get("nome"):
                names[row.key or self.new_keys[id(row)]] = row.texts["nome"]
        found: dict[str, list[str]] = {}
        for key, name in names.items():
            found.setdefault(fold(name), []).append(key)
        return found

    def _field(self, declared: Field) -> FormField:
        place = (declared.name, declared.kind)
        if place not in self.fields:
            self.fields[place] = field_of(declared, self.typist)
        return self.fields[place]


def _over(now: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in {**now, **changed}.items() if text}
