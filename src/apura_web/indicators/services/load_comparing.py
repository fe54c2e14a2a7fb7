"""Comparing the rows of a load with the ledger: what is new, what replaces, what is there already, what cannot be."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Count, F, Q

from apura.formula import brazilian
from apura_web.indicators.attainment import Promise
from apura_web.indicators.formulas import RESULT
from apura_web.indicators.models import (
    Load,
    LoadPhase,
    LoadProblem,
    LoadRow,
    Measurement,
    RowFate,
    ValueState,
)
from apura_web.indicators.periods import Period
from apura_web.indicators.selectors.ledger import Cell, standing_cells
from apura_web.indicators.selectors.targets import promises
from apura_web.indicators.services.load_doubts import doubts_in, told
from apura_web.indicators.services.posting import Entry

STRIDE = 5_000
OVER_VARIABLES = (
    "já há apuração com as variáveis neste período: um resultado sem memória não fica por cima dela"
)
OVER_RESULT = "neste período há resultado importado sem memória: as variáveis não entram por cima dele"


@dataclass(frozen=True)
class Stride:
    """Some periods in order of one indicator, whose rows are compared together."""

    indicator_id: int
    first: Period
    last: Period


def entry_of(row: LoadRow, justification: str = "") -> Entry:
    """Give what a row of a load puts in the ledger.

    Args:
        row: as it was understood.
        justification: of what is strange in the results of the load; only the rows in doubt take it.
    """
    return Entry(
        cell=Cell(row.indicator_id, row.unit_id, row.period, row.breakdown, row.variable),
        version_id=row.version_id,
        value=row.value,
        state=row.state,
        certainty=row.certainty,
        based_on=row.based_on,
        source=row.source,
        reason=row.reason or (justification if row.is_doubtful else ""),
        expects=row.seen,
        target=row.target,
    )


def compare_some(load: Load, until: float) -> None:
    """Compare a load from where it is, until it ends or the time is over."""
    for stride in _strides(load):
        with transaction.atomic():
            _compare(load, stride)
        if time.monotonic() > until:
            return
    _finish(load)


def compare_again(load: Load) -> None:
    """Have what is left of a load compared from the start, because the ledger is no longer what it was."""
    with transaction.atomic():
        load.rows.all().update(fate=RowFate.UNKNOWN, seen=0, before="", is_doubtful=False)
        load.problems.filter(is_doubt=True).delete()
        Load.objects.filter(pk=load.pk).update(phase=LoadPhase.COMPARING, doubt_count=0)


def _strides(load: Load) -> Iterator[Stride]:
    rows = load.rows.filter(fate=RowFate.UNKNOWN).values_list("indicator_id", "period_start", "period_end")
    counted = rows.annotate(count=Count("id")).order_by("indicator_id", "period_start", "period_end")
    open_stride, size = None, 0
    for indicator_id, start, end, count in list(counted):
        period = Period(start, end)
        if open_stride is not None and (open_stride.indicator_id != indicator_id or size + count > STRIDE):
            yield open_stride
            open_stride, size = None, 0
        first = open_stride.first if open_stride is not None else period
        open_stride, size = Stride(indicator_id, first, period), size + count
    if open_stride is not None:
        yield open_stride


def _compare(load: Load, stride: Stride) -> None:
    waiting = load.rows.filter(fate=RowFate.UNKNOWN, indicator_id=stride.indicator_id)
    waiting = waiting.filter(period_start__gte=stride.first.start, period_start__lte=stride.last.start)
    rows = list(waiting)
    if not rows:
        return
    whole = Period(min(row.period_start for row in rows), max(row.period_end for row in rows))
    standing = standing_cells(load.institution_id, whole, indicators=[stride.indicator_id])
    has_targets = any(row.target is not None for row in rows)
    known = promises(load.institution_id, whole, indicators=[stride.indicator_id]) if has_targets else {}
    problems: list[LoadProblem] = []
    kept: dict[tuple[int, Period], LoadRow] = {}
    mixed = _mixed(standing)
    others = []
    for row in rows:
        problem = mixed.get((row.unit_id, row.period, row.breakdown, row.variable == RESULT), "")
        problem = problem or _settle_target(row, known, kept)
        if problem:
            problems.append(_told(load, row, problem))
        _settle(row, standing.get(entry_of(row).cell))
        if row.fate != RowFate.NEW or has_targets:
            others.append(row)
    LoadRow.objects.bulk_update(others, ["fate", "seen", "before", "target"], batch_size=500)
    waiting.filter(pk__lte=max(row.pk for row in rows)).update(fate=RowFate.NEW)
    LoadProblem.objects.bulk_create(problems)
    if problems:
        Load.objects.filter(pk=load.pk).update(problem_count=F("problem_count") + len(problems))
    else:
        _doubt(load, rows, standing)


def _doubt(load: Load, rows: Sequence[LoadRow], standing: dict[Cell, Measurement]) -> None:
    """Note what is strange in the results of rows that were compared, and which rows give them."""
    found = doubts_in(load, rows, standing)
    doubtful = [row for each in found for row in each.rows]
    for row in doubtful:
        row.is_doubtful = True
    LoadRow.objects.bulk_update(doubtful, ["is_doubtful"], batch_size=500)
    LoadProblem.objects.bulk_create(told(load, found))
    if found:
        Load.objects.filter(pk=load.pk).update(doubt_count=F("doubt_count") + len(found))


def _mixed(standing: dict[Cell, Measurement]) -> dict[tuple[int, Period, str, bool], str]:
    """Say where a result would lie over variables, or the contrary."""
    found = {}
    for cell in standing:
        is_result = cell.variable == RESULT
        place = (cell.unit_id, cell.period, cell.breakdown, not is_result)
        found[place] = OVER_RESULT if is_result else OVER_VARIABLES
    return found


def _settle(row: LoadRow, old: Measurement | None) -> None:
    has_target = row.target is not None
    if not row.state:
        row.fate = RowFate.NEW if has_target else RowFate.SAME
    elif old is None:
        row.fate = RowFate.NEW
    elif _with_what_was_said(row, old).says_the_same_as(old):
        row.fate, row.seen = RowFate.NEW if has_target else RowFate.SAME, old.pk
    else:
        row.fate, row.seen, row.before = RowFate.CHANGE, old.pk, _shown(old)


def _with_what_was_said(row: LoadRow, old: Measurement) -> Entry:
    """Give what a row puts in the ledger, keeping the justification of a measured value that the file leaves blank."""
    said = entry_of(row)
    keeps = row.state == ValueState.MEASURED and not row.reason
    return replace(said, reason=old.reason) if keeps else said


def _settle_target(
    row: LoadRow, known: dict[tuple[int, int, Period], Promise], kept: dict[tuple[int, Period], LoadRow]
) -> str:
    """Forget a target that is fixed already; refuse one that differs from what is."""
    if row.target is None or row.breakdown:
        row.target = None
        return ""
    fixed = known.get((row.indicator_id, row.unit_id, row.period))
    if fixed is not None:
        wanted, row.target = row.target, None
        if fixed.value == wanted:
            return ""
        there = brazilian(fixed.value, None) if fixed.value is not None else "nenhuma"
        return f"a meta fixada é {there}: mude-a na página de metas do indicador, com o motivo"
    first = kept.setdefault((row.unit_id, row.period), row)
    if first is not row:
        wanted, row.target = row.target, None
        return "" if first.target == wanted else f"a meta difere da que a linha {first.line} traz"
    return ""


def _shown(old: Measurement) -> str:
    if old.value is None:
        return str(ValueState(old.state).label)
    return brazilian(old.value, None)[:80]


def _told(load: Load, row: LoadRow, message: str) -> LoadProblem:
    name = str(load.parts[row.part]["name"])[-120:]
    return LoadProblem(
        institution_id=load.institution_id,
        load=load,
        part=name,
        line=row.line,
        column="valor ou meta",
        message=message,
    )


def _finish(load: Load) -> None:
    with transaction.atomic():
        if not Load.objects.filter(pk=load.pk, phase=LoadPhase.COMPARING).update(phase=LoadPhase.REVIEW):
            return
        load.refresh_from_db()
        fates = load.rows.aggregate(
            **{
                name: Count("id", filter=Q(fate=fate))
                for name, fate in (("new", RowFate.NEW), ("change", RowFate.CHANGE), ("same", RowFate.SAME))
            }
        )
        load.created, load.changed, load.unchanged = load.done + fates["new"], fates["change"], fates["same"]
        if load.problem_count:
            load.rows.all().delete()
        load.save(update_fields=["created", "changed", "unchanged"])


def rows_left(load: Load, count: int) -> Sequence[LoadRow]:
    """Give the next rows of a load to be written, in the order in which the ledger is read fastest."""
    order = ("indicator_id", "period_start", "period_end", "unit_id", "id")
    fates = [RowFate.NEW, RowFate.CHANGE]
    if load.left <= count:
        return list(load.rows.filter(fate__in=fates).order_by(*order)[:count])
    for fate in fates:
        rows = list(load.rows.filter(fate=fate).order_by(*order)[:count])
        if rows:
            return rows
    return []
