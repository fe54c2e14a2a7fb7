"""What a load may speak of, read once: indicators with their cards, units of the branch, who measures what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from apura.formula import fold
from apura_web.indicators.formulas import Variable
from apura_web.indicators.models import Assignment, CardVersion, Indicator
from apura_web.indicators.period_words import NotAPeriod, read_day, read_period
from apura_web.indicators.periods import Period, is_period_of
from apura_web.indicators.selectors.cards import version_for, versions_by_indicator
from apura_web.orgs.models import Unit

ARROW = "›"


@dataclass
class KnownCard:
    """A version of a card, with its variables by what people call them."""

    version: CardVersion
    variables: dict[str, Variable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.version.read_variables:
            self.variables[fold(" ".join(each.label.split()))] = each
        for each in self.version.read_variables:
            self.variables[each.name] = each

    @cached_property
    def parts(self) -> dict[str, str]:
        """Its breakdowns, written one way: “sexo: feminino” to “Sexo: feminino”."""
        told = [f"{each['name']}: {part}" for each in self.version.breakdowns for part in each["parts"]]
        return {fold(text): text for text in told}


class Known:
    """Indicators, units and periods of an institution, found by what a file calls them."""

    def __init__(self, institution_id: int, branch: str) -> None:
        """Read them.

        Args:
            institution_id: whose.
            branch: only the units whose path starts so may have values loaded.
        """
        rows = list(Indicator.objects.filter(institution_id=institution_id))
        self.branch = branch
        self.indicators = {fold(each.number): each for each in rows}
        self.indicators |= {each.code: each for each in rows}
        self.versions = versions_by_indicator(each.pk for each in rows)
        self.units: dict[str, list[Unit]] = _by_name(Unit.objects.filter(institution_id=institution_id))
        pairs = Assignment.objects.filter(institution_id=institution_id).values_list(
            "indicator_id", "unit_id"
        )
        self.measuring = set(pairs)
        self._cards: dict[int, KnownCard] = {}
        self._cases: dict[tuple[int, Period], tuple[KnownCard | None, str]] = {}

    def unit(self, text: str) -> Unit | str:
        """Give the unit a text means, or what is wrong with it."""
        parts = [part.strip() for part in text.split(ARROW)]
        found = self.units.get(fold(f" {ARROW} ".join(parts)), [])
        if not found:
            return f"não há unidade “{text[:40]}”: escreva a sigla, ou o caminho, como GAB {ARROW} SAU"
        if len(found) > 1:
            return f"há mais de uma unidade “{text[:40]}”: escreva o caminho, como GAB {ARROW} SAU"
        unit = found[0]
        if not unit.path.startswith(self.branch):
            return f"{unit.acronym} não está sob a unidade desta carga"
        return unit

    def card(self, indicator: Indicator, period: Period) -> tuple[KnownCard | None, str]:
        """Give the card a period is measured by, and what is wrong with the period."""
        key = (indicator.pk, period)
        if key not in self._cases:
            self._cases[key] = self._card(indicator, period)
        return self._cases[key]

    def _card(self, indicator: Indicator, period: Period) -> tuple[KnownCard | None, str]:
        version = version_for(self.versions.get(indicator.pk, []), period)
        if version is None:
            return None, ""
        if not is_period_of(version.frequency, period, version.periods):
            how = version.get_frequency_display().lower()
            return None, f"{period.label} não é período de {indicator.number}, de apuração {how}"
        if version.pk not in self._cards:
            self._cards[version.pk] = KnownCard(version)
        return self._cards[version.pk], ""


class Periods:
    """Periods by what a file writes, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Period | str] = {}

    def of(self, name: str, start: str, end: str) -> Period | str:
        """Give the period, or what is wrong with it."""
        key = (name, start, end)
        if key not in self._known:
            self._known[key] = _read(name, start, end)
        return self._known[key]


def _read(name: str, start: str, end: str) -> Period | str:
    if name:
        try:
            return read_period(name)
        except NotAPeriod as error:
            return str(error)
    first, last = read_day(start), read_day(end)
    if first is None or last is None:
        wrong = start if first is None else end
        return f"“{wrong[:40]}” não é uma data: escreva como 30/05/2014" if wrong else "falta o período"
    return Period(first, last) if first <= last else "o período termina antes de começar"


def _by_name(rows: Iterable[Unit]) -> dict[str, list[Unit]]:
    units = {each.pk: each for each in rows}
    found: dict[str, list[Unit]] = {}
    for unit in units.values():
        numbers = [int(number) for number in unit.path.strip("/").split("/") if number]
        path = f" {ARROW} ".join(units[number].acronym for number in numbers if number in units)
        for name in {fold(unit.acronym), fold(path), unit.code}:
            found.setdefault(name, []).append(unit)
    return {name: _the_living(each) for name, each in found.items()}


def _the_living(units: list[Unit]) -> list[Unit]:
    """Where a name was used again, it means who is in operation."""
    return [unit for unit in units if unit.is_active] or units
