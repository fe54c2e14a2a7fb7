"""Choosing units and people by typing what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apura.formula import fold
from apura_web.audit.actors import Actor
from apura_web.foundation.choosing import Chooser
from apura_web.orgs import cpf
from apura_web.orgs.models import Person, Unit
from apura_web.orgs.selectors.people import people_visible_to
from apura_web.orgs.selectors.structure import line_label, superiors_of, units_visible_to

SUGGESTED, MOST_FOUND = 300, 30
ARROW = "›"
NO_UNIT = "Escreva a sigla, ou o caminho, como “GAB › SAU”."
NO_PERSON = "Escreva o nome como está no cadastro, a matrícula ou o CPF; se preciso, registre antes a pessoa."


def units_for(actor: Actor) -> Chooser[Unit]:
    """Offer the units the actor may see, by acronym, name or path."""
    return units_among(units_visible_to(actor))


def units_among(units: QuerySet[Unit]) -> Chooser[Unit]:
    """Offer some units, by acronym, name or path."""
    finder = _Units(units)
    return Chooser(find=finder.find, label=finder.label, suggest=finder.suggest, unknown=NO_UNIT)


def people_for(actor: Actor, on: date) -> Chooser[Person]:
    """Offer the people the actor may see, by name, registration number or CPF."""
    finder = _People(people_visible_to(actor, on).filter(purged_at=None))
    return Chooser(find=finder.find, label=person_label, suggest=finder.suggest, unknown=NO_PERSON)


def person_label(person: Person) -> str:
    """Call a person so that namesakes are told apart, without showing the whole CPF."""
    mark = f"matrícula {person.registration}" if person.registration else person.masked_cpf or person.email
    return f"{person.name} · {mark}" if mark else person.name


class _Units:
    def __init__(self, units: QuerySet[Unit]) -> None:
        self.units = units
        self.labels: dict[int, str] = {}

    def label(self, unit: Unit) -> str:
        if unit.pk not in self.labels:
            self._learn([unit])
        return self.labels[unit.pk]

    def suggest(self) -> Iterable[Unit]:
        units = list(self.units.filter(is_active=True)[:SUGGESTED])
        self._learn(units)
        return units

    def find(self, text: str) -> Sequence[Unit]:
        path = text.partition(" — ")[0].strip()
        parts = [part.strip() for part in path.split(ARROW)]
        units = self.units.filter(code=text) or self.units.filter(acronym__iexact=parts[-1])[:MOST_FOUND]
        found = list(units) or self._by_name(text)
        self._learn(found)
        if len(parts) > 1:
            wanted = fold(f" {ARROW} ".join(parts))
            found = [unit for unit in found if fold(self.labels[unit.pk].partition(" — ")[0]) == wanted]
        return [unit for unit in found if unit.is_active] or found

    def _by_name(self, text: str) -> list[Unit]:
        wanted = fold(text)
        named = self.units.values_list("id", "name")
        return list(self.units.filter(pk__in=[pk for pk, name in named if fold(name) == wanted][:MOST_FOUND]))

    def _learn(self, units: Sequence[Unit]) -> None:
        lines = superiors_of(units)
        for unit in units:
            ended = "" if unit.is_active else " (extinta)"
            self.labels[unit.pk] = f"{line_label(lines[unit.pk]) or unit} — {unit.name}{ended}"


@dataclass(frozen=True)
class _People:
    people: QuerySet[Person]

    def suggest(self) -> Iterable[Person]:
        return self.people.order_by("name", "id")[:SUGGESTED]

    def find(self, text: str) -> Sequence[Person]:
        found = list(self.people.filter(code=text)[:1])
        digits = cpf.digits_of(text)
        if not found and cpf.is_valid(digits) and not any(char.isalpha() for char in text):
            found = list(self.people.filter(cpf=digits))
        if not found:
            found = list(self.people.filter(registration=text).exclude(registration=""))
        return found or self._by_name(text)

    def _by_name(self, text: str) -> list[Person]:
        wanted = fold(text.partition("·")[0].strip())
        named = [(pk, fold(name)) for pk, name in self.people.values_list("id", "name")]
        same = [pk for pk, name in named if name == wanted]
        numbers = same or [pk for pk, name in named if wanted in name]
        found = list(self.people.filter(pk__in=numbers[:MOST_FOUND]))
        return [person for person in found if person_label(person) == text] or found
