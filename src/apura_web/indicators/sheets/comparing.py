"""What a sheet would change in a grid: told from what it held when downloaded and from what others typed since.

A blank cell says nothing: it neither erases nor becomes zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apura.norms import Problem
from apura_web.indicators.formulas import Variable
from apura_web.indicators.grid import Box, Grid, doubts_of
from apura_web.indicators.models import Certainty, DraftCell, ValueState
from apura_web.indicators.sheets.said import Said, SheetBack
from apura_web.indicators.typing_cells import read_typed


@dataclass
class Compared:
    """What would change, cell by cell, how much stays, and what is wrong."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    left_blank: int = 0
    problems: list[Problem] = field(default_factory=list)


def compare(grid: Grid, back: SheetBack) -> Compared:
    """Compare what came back with what the grid holds now."""
    found = Compared(problems=list(back.problems))
    wanted: dict[str, Said] = {}
    for box in grid.boxes:
        said = back.said.get(box.key)
        if said is None:
            continue
        now = _now(box)
        base = back.known.get(box.key)
        mine = _filled(said, now if base is None else base)
        found.left_blank += not said.typed and bool(now.typed)
        if (base is not None and _same(mine, base, box.variable)) or _same(mine, now, box.variable):
            found.unchanged += bool(said.typed)
            continue
        problem = _problem(mine, box)
        if problem:
            found.problems.append(Problem(problem, *back.places[box.key]))
            continue
        wanted[box.key] = mine
        is_conflict = base is not None and now.edition != base.edition and not _same(base, now, box.variable)
        found.changes.append(_change(box, mine, now, is_conflict=is_conflict))
    _tell_doubts(grid, wanted, found.changes)
    return found


def _now(box: Box) -> Said:
    cell = box.cell
    if cell is None:
        return Said(edition=0)
    return Said(cell.typed, cell.reason, cell.certainty, cell.based_on, cell.edition)


def _filled(said: Said, base: Said) -> Said:
    """Let what the sheet leaves blank be what was there."""
    firm = said.certainty == Certainty.DEFINITIVE
    return replace(
        base,
        typed=said.typed or base.typed,
        reason=said.reason or base.reason,
        certainty=said.certainty or base.certainty or str(Certainty.DEFINITIVE),
        based_on=said.based_on or (None if firm else base.based_on),
    )


def _same(one: Said, other: Said, variable: Variable) -> bool:
    if _rest(one) != _rest(other):
        return False
    if one.typed == other.typed:
        return True
    first, second = read_typed(one.typed, variable), read_typed(other.typed, variable)
    return bool(first.state) and (first.value, first.state) == (second.value, second.state)


def _rest(said: Said) -> tuple[object, ...]:
    return (said.reason, said.certainty or str(Certainty.DEFINITIVE), said.based_on)


def _problem(mine: Said, box: Box) -> str:
    problem = read_typed(mine.typed, box.variable).problem
    if problem:
        return problem
    if mine.certainty != Certainty.DEFINITIVE and mine.based_on is None:
        return f"valor {Certainty(mine.certainty).label} pede a data-base, como 30/05/2014"
    return ""


def _change(box: Box, mine: Said, now: Said, *, is_conflict: bool) -> dict[str, Any]:
    return {
        "key": box.key,
        "name": box.name,
        "before": _told(now),
        "after": _told(mine),
        "typed": mine.typed,
        "reason": mine.reason,
        "certainty": mine.certainty,
        "based_on": mine.based_on.isoformat() if mine.based_on else "",
        "seen": now.edition or 0,
        "conflict": is_conflict,
        "saved_at": box.cell.edited_at.isoformat() if box.cell else "",
    }


def _told(said: Said) -> str:
    more = []
    if said.certainty not in {"", Certainty.DEFINITIVE}:
        base = f" (base {said.based_on:%d/%m/%Y})" if said.based_on else ""
        more.append(f"{Certainty(said.certainty).label}{base}")
    if said.reason:
        more.append(said.reason)
    typed = said.typed or "em branco"
    return "; ".join([typed, *more]) if said.typed or more else "em branco"


def _tell_doubts(grid: Grid, wanted: dict[str, Said], changes: Sequence[dict[str, Any]]) -> None:
    """Say of each change what will have to be justified before the grid is sent."""
    boxes = [
        replace(box, cell=_as_if(box, wanted[box.key])) if box.key in wanted else box for box in grid.boxes
    ]
    then = Grid(grid.submission, boxes, grid.before)
    by_key = {box.key: box for box in boxes}
    for change in changes:
        box = by_key[change["key"]]
        notes = [] if box.reason else doubts_of(box, then)
        if box.cell is not None and box.cell.state == ValueState.NOT_REPORTED and not box.reason:
            notes = ["Falta dizer por que não foi informado."]
        change["note"] = " ".join(notes)


def _as_if(box: Box, said: Said) -> DraftCell:
    read = read_typed(said.typed, box.variable)
    return DraftCell(typed=said.typed, value=read.value, state=read.state, reason=said.reason)
