"""Reading the grid of a unit as it is now, and the sheets of it that wait."""

from __future__ import annotations

from django.db.models import QuerySet

from apura_web.audit.actors import Actor
from apura_web.indicators.grid import Grid, grid_of
from apura_web.indicators.models import GridSheet, Submission
from apura_web.indicators.selectors.rounds import lines_of


def grid_now(submission: Submission) -> Grid:
    """Give the grid of a unit in a collection, with what is typed in it."""
    cells = list(submission.cells.select_related("indicator").order_by("id"))
    return grid_of(submission, lines_of(submission), cells)


def sheets_of(submission: Submission, actor: Actor) -> QuerySet[GridSheet]:
    """Give the sheets of a grid that somebody sent and that wait, or ended not long ago."""
    rows = GridSheet.objects.filter(submission=submission, asked_by=actor.id)
    return rows.select_related("institution", "submission__round", "submission__unit")
