"""Comparing a sheet of units with the organogram of today."""

from __future__ import annotations

from typing import Any

from apura.formula import fold
from apura.norms import Problem
from apura_web.foundation.models import Institution
from apura_web.orgs.imports.places import ARROW, Places
from apura_web.orgs.imports.plan import CHANGE, CREATE, Plan
from apura_web.orgs.imports.sheet import UNITS, SheetRead, SheetRow, fill_missing
from apura_web.orgs.models import UnitKind

KINDS = {fold(kind.label): kind.value for kind in UnitKind} | {kind.value: kind.value for kind in UnitKind}
SUPERIOR = "sigla da superior"
LONGEST_ACRONYM, LONGEST_NAME = 30, 160


def plan_units(institution: Institution, read: SheetRead) -> Plan:
    """Say what the rows of a sheet would do to the organogram; superiors come before those under them."""
    return _Planner(institution).plan(read)


class _Planner:
    def __init__(self, institution: Institution) -> None:
        self.places = Places(institution.pk)
        self.rows: dict[str, SheetRow] = {}

    def plan(self, read: SheetRead) -> Plan:
        plan = Plan(problems=list(read.problems))
        rows = fill_missing(read.rows, UNITS)
        for row in rows:
            plan.problems += self._bad_cells(row)
            self.rows.setdefault(fold(row.values["sigla"]), row)
        if not plan.problems:
            plan.problems += self._circles(rows)
        if not plan.problems:
            for row in sorted(rows, key=self._depth):
                self._add(row, plan)
        return plan

    def _add(self, row: SheetRow, plan: Plan) -> None:
        values = row.values
        names = {
            "name": values["nome"],
            "acronym": values["sigla"],
            "kind": KINDS.get(fold(values["espécie"]), UnitKind.OFFICE.value),
        }
        superior = self._superior(row)
        known = self._known(row)
        told = f"{values['sigla']} – {values['nome']}"
        if known is None:
            plan.items.append({"what": CREATE, "names": names, "superior": superior, "told": told})
            return
        unit = self.places.units[known]
        if not values["espécie"]:
            names["kind"] = unit.kind
        is_renamed = names != {"name": unit.name, "acronym": unit.acronym, "kind": unit.kind}
        is_moved = superior != self._parent_key(known)
        if is_renamed or is_moved:
            change = {"unit": known, "names": names if is_renamed else None, "told": told}
            plan.items.append({"what": CHANGE, **change, "superior": superior, "moves": is_moved})
        else:
            plan.unchanged += 1

    def _known(self, row: SheetRow) -> int | None:
        found = self.places.find(row.values["sigla"])
        if len(found) > 1:
            superior = self._superior(row)
            found = [number for number in found if self._parent_key(number) == superior]
        return found[0] if len(found) == 1 else None

    def _superior(self, row: SheetRow) -> Any:
        # The number of a unit that exists, or the acronym of one that the sheet creates; None is the top.
        text = row.values[SUPERIOR]
        if not text:
            return None
        found = self.places.find(text)
        return found[0] if len(found) == 1 else fold(text)

    def _parent_key(self, number: int) -> int | None:
        line = [int(each) for each in self.places.units[number].path.strip("/").split("/") if each]
        return line[-2] if len(line) > 1 else None

    def _bad_cells(self, row: SheetRow) -> list[Problem]:
        values, found = row.values, []
        if fold(values["sigla"]) in self.rows:
            first = self.rows[fold(values["sigla"])].number
            found.append(row.problem("sigla", f"já está na linha {first}"))
        if ARROW in values["sigla"] or len(values["sigla"]) > LONGEST_ACRONYM:
            found.append(row.problem("sigla", "até 30 caracteres, sem ›"))
        if len(values["nome"]) > LONGEST_NAME:
            found.append(row.problem("nome", "tem mais de 160 caracteres"))
        if values["espécie"] and fold(values["espécie"]) not in KINDS:
            options = "; ".join(kind.label for kind in UnitKind)
            found.append(row.problem("espécie", f"não é uma das espécies: {options}"))
        return found

    def _circles(self, rows: list[SheetRow]) -> list[Problem]:
        found = []
        for row in rows:
            text = row.values[SUPERIOR]
            if text and len(self.places.find(text)) != 1 and fold(text) not in self.rows:
                found.append(row.problem(SUPERIOR, self.places.why_not(text)))
            elif self._closes(row):
                found.append(row.problem(SUPERIOR, f"{row.values['sigla']} ficaria subordinada a si mesma"))
        return found

    def _closes(self, row: SheetRow) -> bool:
        seen, current = {fold(row.values["sigla"])}, self._above(fold(row.values["sigla"]))
        while current:
            if current in seen:
                return current == fold(row.values["sigla"])
            seen.add(current)
            current = self._above(current)
        return False

    def _above(self, acronym: str) -> str:
        row = self.rows.get(acronym)
        if row:
            return fold(row.values[SUPERIOR].rpartition(ARROW)[2].strip())
        found = self.places.by_acronym.get(acronym, [])
        parent = self._parent_key(found[0]) if len(found) == 1 else None
        return fold(self.places.units[parent].acronym) if parent else ""

    def _depth(self, row: SheetRow) -> int:
        depth, current = 0, self._above(fold(row.values["sigla"]))
        while current:
            depth, current = depth + 1, self._above(current)
        return depth
