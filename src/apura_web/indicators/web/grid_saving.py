"""Keeping what a page of the grid sends, with or without scripts, and saying what became of each box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apura_web.audit.requests import ActorRequest
from apura_web.foundation.forms import DAY_FORMATS, DayField
from apura_web.foundation.refusals import Refused
from apura_web.indicators.grid import Box, Grid
from apura_web.indicators.models import Certainty, DraftCell, Submission
from apura_web.indicators.services import cells
from apura_web.indicators.services.cells import Typing

MOST_BOXES = 4_000
LONGEST_SENT = 60
CERTAINTIES = frozenset(each.value for each in Certainty)
DAYS = DayField(required=False, input_formats=DAY_FORMATS)


@dataclass(frozen=True)
class Outcome:
    """What became of a box: the cell as it is now, and why nothing was saved when it was not."""

    box: Box
    cell: DraftCell | None
    refusal: str = ""
    is_conflict: bool = False


def save_typed(
    request: ActorRequest, submission: Submission, typed: Sequence[tuple[Box, Typing]]
) -> list[Outcome]:
    """Save boxes one by one: what one is refused does not stop the others."""
    return [_save(request, submission, box, typing) for box, typing in typed]


def typed_in_form(grid: Grid, posted: Mapping[str, Any]) -> list[tuple[Box, Typing]]:
    """Read the whole grid from a form, keeping only the boxes where something changed."""
    found = []
    for box in grid.boxes:
        if f"c.{box.key}" not in posted:
            continue
        sent = {name: posted.get(f"{mark}.{box.key}", "") for name, mark in MARKS.items()}
        typing = read(sent)
        if _differs(box, typing):
            found.append((box, typing))
    return found


MARKS = {"typed": "c", "seen": "s", "reason": "r", "certainty": "f", "based_on": "d"}


def read(sent: Mapping[str, Any]) -> Typing:
    """Read what was sent of a box; what means nothing is passed over."""
    seen, certainty = str(sent.get("seen", "")), str(sent.get("certainty", ""))
    return Typing(
        text=_line(sent.get("typed"))[:LONGEST_SENT],
        seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
        reason=_line(sent.get("reason"))[:400],
        certainty=certainty if certainty in CERTAINTIES else str(Certainty.DEFINITIVE),
        based_on=_day(_line(sent.get("based_on"))),
    )


def _save(request: ActorRequest, submission: Submission, box: Box, typing: Typing) -> Outcome:
    try:
        return Outcome(box, cells.save(submission, box, typing, actor=request.actor, at=request.at))
    except Refused as refused:
        is_conflict = refused.refusal.code == cells.CELL_CHANGED
        now = cells.current(submission, box) if is_conflict else box.cell
        return Outcome(box, now, str(refused.refusal), is_conflict)


def _differs(box: Box, typing: Typing) -> bool:
    if box.cell is None:
        return bool(typing.text)
    was = (box.cell.typed, box.cell.reason, box.cell.certainty, box.cell.based_on)
    return was != (typing.text, typing.reason, typing.certainty, typing.based_on)


def _line(value: Any) -> str:
    return " ".join(str(value or "").replace("\x00", "").split())


def _day(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            return DAYS.strptime(text, form)
        except ValueError:
            continue
    return None
