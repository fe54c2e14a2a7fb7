"""Units by what a sheet calls them: an acronym, or a path where acronyms repeat."""

from __future__ import annotations

from apura.formula import fold
from apura_web.orgs.models import Unit

ARROW = "›"


class Places:
    """The units in operation today, read once, by acronym and by path."""

    def __init__(self, institution_id: int) -> None:
        units = list(Unit.objects.filter(institution_id=institution_id, is_active=True))
        self.units = {unit.pk: unit for unit in units}
        self.by_acronym: dict[str, list[int]] = {}
        self.by_path: dict[str, int] = {}
        for unit in units:
            self.by_acronym.setdefault(fold(unit.acronym), []).append(unit.pk)
            self.by_path[fold(self.path_of(unit))] = unit.pk

    def path_of(self, unit: Unit) -> str:
        """Write the path of a unit: “GAB › SAU”."""
        numbers = [int(number) for number in unit.path.strip("/").split("/") if number]
        return f" {ARROW} ".join(self.units[number].acronym for number in numbers if number in self.units)

    def find(self, text: str) -> list[int]:
        """Give the units that a text may mean."""
        parts = [part.strip() for part in text.split(ARROW)]
        if len(parts) > 1:
            found = self.by_path.get(fold(f" {ARROW} ".join(parts)))
            return [found] if found else []
        return self.by_acronym.get(fold(parts[0]), [])

    def why_not(self, text: str) -> str:
        """Say why a text means no unit, or which it may mean."""
        found = self.find(text)
        if not found:
            return f"nenhuma unidade em funcionamento tem a sigla “{text}”"
        paths = "; ".join(self.path_of(self.units[number]) for number in found[:6])
        return f"“{text}” pode ser mais de uma; escreva o caminho: {paths}"
