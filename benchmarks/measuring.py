"""Measured tasks of the ledger: a grid saved, a sheet, values by file and values aggregated, each beside bare SQL.

``python -m benchmarks.measuring NAME FOLDER``; ``prepare`` fills the folder once. What writes works on a copy of it;
what only reads a large ledger reads it where it is.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

INDICATORS, UNITS, PERIODS = 50, 120, 36
IN_FILE = 20_000
LEDGER = 3_000_000
FIRST_YEAR = 2000
AT = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ON = date(2000, 1, 1)
HEADER = "indicador;unidade;início;fim;variável;valor\n"
LARGE = "livro-grande"


def prepare() -> None:
    """Make a database with 50 monthly indicators that 120 units measure, and an open collection."""
    from django.core.management import call_command  # noqa: PLC0415 - each task imports only what it measures

    call_command("migrate", verbosity=0)
    _measured_institution()


def prepare_large() -> None:
    """Make a ledger of three million rows beside it, without acts: it is reading that is measured."""
    from django.db import connection, transaction  # noqa: PLC0415

    from apura_web.indicators.periods import cut  # noqa: PLC0415

    batch = _bare_batch()
    columns = "institution_id, batch_id, indicator_id, version_id, unit_id, period_start, period_end"
    rest = "breakdown, variable, figure, value, state, certainty, source, reason, mark"
    asked = (
        f"INSERT INTO indicators_measurement ({columns}, {rest}) "  # noqa: S608 - nothing comes from outside
        "SELECT a.institution_id, %s, a.indicator_id, v.id, a.unit_id, %s, %s, "
        "'', 'total', 'informado', ((a.id + %s) %% 1000) * 1000000, 'apurado', 'definitivo', '', '', '' "
        "FROM indicators_assignment a JOIN indicators_cardversion v ON v.indicator_id = a.indicator_id"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for month in range(LEDGER // (INDICATORS * UNITS)):
            period = cut(FIRST_YEAR + month // 12, month % 12, 1)
            cursor.execute(asked, [batch.pk, period.start, period.end, month])


def file_loaded() -> None:
    """Read, compare and write a file of 20 000 values, in acts."""
    load_file("".join(_lines(IN_FILE)), "valores.csv")


def bare_values() -> None:
    """Insert the same 20 000 rows, and nothing else."""
    from apura_web.indicators.models import Measurement  # noqa: PLC0415

    Measurement.objects.bulk_create(_bare_rows(_bare_batch(), IN_FILE), batch_size=1_000)


def grid_of_hundred_saved() -> None:
    """Save a hundred cells of a grid one by one, as the page does, five times."""
    from apura_web.indicators.selectors.grids import grid_now  # noqa: PLC0415
    from apura_web.indicators.services import cells  # noqa: PLC0415

    answer, actor = _answer()
    for turn in range(5):
        for box in grid_now(answer).boxes[:100]:
            cells.save(answer, box, cells.Typing(str(turn), turn), actor=actor, at=_now())


def hundred_bare_updates() -> None:
    """Insert and update the same hundred rows five times, each in its transaction."""
    from django.db import transaction  # noqa: PLC0415

    from apura_web.indicators.models import DraftCell  # noqa: PLC0415
    from apura_web.indicators.selectors.grids import grid_now  # noqa: PLC0415

    answer, actor = _answer()
    for turn in range(5):
        for box in grid_now(answer).boxes[:100]:
            where = {"submission": answer, "indicator": box.indicator, "variable": box.variable.name}
            where |= {"period_start": box.period.start, "period_end": box.period.end}
            values = {"typed": str(turn), "edited_by": actor.id, "edited_at": AT, "edition": turn + 1}
            with transaction.atomic():
                if turn:
                    DraftCell.objects.filter(**where).update(**values)
                else:
                    DraftCell.objects.create(institution_id=answer.institution_id, **where, **values)


def sheet_of_grid_back() -> None:
    """Read the workbook of a grid of 600 cells back and compare it, as when it is sent."""
    from apura.sheets.confined import FileContents  # noqa: PLC0415
    from apura_web.indicators.services import sheets  # noqa: PLC0415

    answer, actor = _answer()
    contents = FileContents("g.xlsx", ".xlsx", _filled_workbook(answer))
    print(len(sheets.stage(answer, contents, actor=actor, at=_now()).changes))


def workbook_read() -> None:
    """Write the same workbook and only read its cells, in the same confined process."""
    from apura.sheets.confined import FileContents  # noqa: PLC0415
    from apura.sheets.workbook import read_sheets  # noqa: PLC0415

    answer, _ = _answer()
    print(len(read_sheets(FileContents("g.xlsx", ".xlsx", _filled_workbook(answer)))))


def aggregate_of_an_indicator() -> None:
    """Aggregate a year of one indicator over 120 units from a ledger of three million rows."""
    from apura_web.indicators.aggregation import Reading, over_units  # noqa: PLC0415
    from apura_web.indicators.models import Indicator  # noqa: PLC0415
    from apura_web.indicators.periods import year_of  # noqa: PLC0415
    from apura_web.indicators.selectors.cards import versions_of  # noqa: PLC0415
    from apura_web.indicators.selectors.ledger import standing_cells  # noqa: PLC0415

    for number in range(10):
        found = Indicator.objects.get(number=f"I-{number}")
        standing = standing_cells(found.institution_id, year_of(FIRST_YEAR + 1), indicators=[found.pk])
        readings = [Reading(str(cell.unit_id), {cell.variable: row.value}) for cell, row in standing.items()]
        print(over_units(versions_of(found)[-1].read, readings).computed.value)


def bare_aggregate() -> None:
    """Ask the database for the same sums, with nothing above it."""
    from django.db import connection  # noqa: PLC0415

    asked = (
        "SELECT SUM(m.value) FROM indicators_measurement m WHERE m.indicator_id = %s AND m.figure = 'informado' "
        "AND m.period_start >= %s AND m.period_end <= %s "
        "AND NOT EXISTS (SELECT 1 FROM indicators_measurement l WHERE l.replaces_id = m.id)"
    )
    with connection.cursor() as cursor:
        for number in range(10):
            year = FIRST_YEAR + 1
            cursor.execute("SELECT id FROM indicators_indicator WHERE number = %s", [f"I-{number}"])
            found = cursor.fetchone()[0]
            cursor.execute(asked, [found, f"{year}-01-01", f"{year}-12-31"])
            print(cursor.fetchone())


def panel_of_three_years() -> None:
    """Compute what a page of the panel shows: 10 of 120 units, 50 indicators, 36 months, 18 000 results."""
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.indicators.periods import Period  # noqa: PLC0415
    from apura_web.indicators.selectors.panel import Span, panel_of, units_measuring_within  # noqa: PLC0415

    looker = system_actor(Institution.objects.get().pk)
    whole = Period(date(FIRST_YEAR, 1, 1), date(FIRST_YEAR + 2, 12, 31))
    units = list(units_measuring_within(looker, whole)[:10])
    found = panel_of(looker, units, Span(whole, date(FIRST_YEAR + 3, 1, 1)))
    results = [
        found.book.result(number, (unit,), period)
        for unit, numbers in found.pairs.items()
        for number in numbers
        for period in found.periods(number, "mensal")
    ]
    print(len(results), sum(each.value for each in results if each.value is not None))


def bare_panel() -> None:
    """Ask the database for the rows of the same page, with nothing above it."""
    from django.db import connection  # noqa: PLC0415

    asked = (
        "SELECT m.indicator_id, m.unit_id, m.period_start, m.value FROM indicators_measurement m "
        "WHERE m.unit_id IN (SELECT id FROM orgs_unit WHERE id IN (SELECT unit_id FROM indicators_assignment) "
        "ORDER BY path LIMIT 10) AND m.figure = 'informado' AND m.period_start >= %s AND m.period_end <= %s "
        "AND NOT EXISTS (SELECT 1 FROM indicators_measurement l WHERE l.replaces_id = m.id)"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [f"{FIRST_YEAR}-01-01", f"{FIRST_YEAR + 2}-12-31"])
        rows = cursor.fetchall()
        print(len(rows), sum(row[3] for row in rows))


WRITING = (
    file_loaded,
    bare_values,
    grid_of_hundred_saved,
    hundred_bare_updates,
    sheet_of_grid_back,
    workbook_read,
)
READING = (aggregate_of_an_indicator, bare_aggregate, panel_of_three_years, bare_panel)
PREPARING = (prepare, prepare_large)


def load_file(content: str, name: str) -> None:
    """Stage a file, confirm it and write it to the end, in this process."""
    from django.core.files.uploadedfile import TemporaryUploadedFile  # noqa: PLC0415

    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.indicators.services import load_runs  # noqa: PLC0415

    institution = Institution.objects.get()
    actor = system_actor(institution.pk)
    load_runs.BREATH = 0
    load_runs.FEW_BYTES = -1
    with TemporaryUploadedFile(name, "text/csv", len(content), "utf-8") as upload:
        upload.write(content.encode())
        upload.seek(0)
        order = load_runs.LoadOrder("carga", "medida", has_decimal_point=False)
        load = load_runs.stage(institution, upload, order=order, actor=actor, at=AT)
    while load.phase in load_runs.MOVING:
        load_runs.go_on.call(code=load.code, turn=load.turn, institution_id=institution.pk)
        load.refresh_from_db()
    load = load_runs.confirm(load, actor=actor, at=AT)
    while load.phase in load_runs.MOVING:
        load_runs.go_on.call(code=load.code, turn=load.turn, institution_id=institution.pk)
        load.refresh_from_db()
    print(load.phase, load.done, load.blanks, load.problem_count)


def _lines(count: int) -> Iterator[str]:
    yield HEADER
    for place, (indicator, unit, period) in enumerate(_places()):
        if place == count:
            return
        yield (f"I-{indicator};U{unit};{period.start:%d/%m/%Y};{period.end:%d/%m/%Y};total;{place % 1000}\n")


def _places() -> Iterator[tuple[int, int, Any]]:
    from apura_web.indicators.periods import cut  # noqa: PLC0415

    for month in range(12 * 60):
        period = cut(FIRST_YEAR + month // 12, month % 12, 1)
        for indicator in range(INDICATORS):
            for unit in range(UNITS):
                yield indicator, unit, period


def _bare_batch() -> Any:
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.indicators.models import Batch  # noqa: PLC0415

    institution = Institution.objects.get()
    facts = {"channel": "carga", "typed_by": "x", "received_on": ON, "recorded_at": AT}
    return Batch.objects.create(institution=institution, **facts)


def _bare_rows(batch: Any, count: int) -> Iterator[Any]:
    from apura_web.indicators.models import CardVersion, Indicator, Measurement  # noqa: PLC0415
    from apura_web.orgs.models import Unit  # noqa: PLC0415

    indicators = {each.number: each.pk for each in Indicator.objects.all()}
    versions = {each.indicator_id: each.pk for each in CardVersion.objects.all()}
    units = {each.acronym: each.pk for each in Unit.objects.all()}
    for place, (indicator, unit, period) in enumerate(_places()):
        if place == count:
            return
        number = indicators[f"I-{indicator}"]
        yield Measurement(
            institution_id=batch.institution_id,
            batch=batch,
            indicator_id=number,
            version_id=versions[number],
            unit_id=units[f"U{unit}"],
            period_start=period.start,
            period_end=period.end,
            variable="total",
            value=Fraction(place % 1000),
            state="apurado",
            mark="0" * 16,
        )


def _answer() -> tuple[Any, Any]:
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.indicators.models import Submission  # noqa: PLC0415

    answer = Submission.objects.select_related("round", "unit", "institution").order_by("id")[0]
    return answer, system_actor(answer.institution_id)


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def _filled_workbook(answer: Any) -> bytes:
    import openpyxl  # noqa: PLC0415

    from apura_web.indicators.selectors.grids import grid_now  # noqa: PLC0415
    from apura_web.indicators.sheets.out import workbook_of  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(workbook_of(grid_now(answer), AT)))
    for row in book["Mensal"].iter_rows(min_row=3, min_col=4):
        for place, cell in enumerate(row):
            if cell.has_style and row[0].row % 2 == 0:
                cell.value = place
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _measured_institution() -> None:
    from apura_web.audit.actors import system_actor  # noqa: PLC0415
    from apura_web.documents.services import legal_acts  # noqa: PLC0415
    from apura_web.foundation.models import Institution  # noqa: PLC0415
    from apura_web.indicators.formulas import Variable  # noqa: PLC0415
    from apura_web.indicators.models import Assignment, variable_row  # noqa: PLC0415
    from apura_web.indicators.periods import year_of  # noqa: PLC0415
    from apura_web.indicators.services import cards, rounds  # noqa: PLC0415
    from apura_web.orgs.services import structure  # noqa: PLC0415

    institution = Institution.objects.create(
        code="livro", name="Livro", acronym="LIVRO", calendar="BR", founded_on=ON, is_fictitious=True
    )
    common: dict[str, Any] = {"actor": system_actor(institution.pk), "at": AT}
    founding = legal_acts.register(
        institution, kind="decreto", number="1", year=ON.year, signed_on=ON, authority="Governador", **common
    )
    basis = structure.Basis(founding, ON)
    units = [
        structure.create(
            institution, names=structure.UnitNames(f"U{each}", f"U{each}", "unidade"), basis=basis, **common
        )
        for each in range(UNITS)
    ]
    facts = {
        "name": "Casos",
        "purpose": "Contar.",
        "formula": "total",
        "variables": [variable_row(Variable("total", "Total"))],
        "measure": "unidade",
        "places": 0,
        "polarity": "maior",
        "frequency": "mensal",
        "accumulation": "soma",
        "source": "fictícia",
        "procedure": "Contar.",
    }
    for number in range(INDICATORS):
        proposal = cards.register(units[0], number=f"I-{number}", **facts, **common)
        cards.send(proposal, **common)
        cards.examine(proposal, opinion="De acordo.", **common)
        cards.approve(proposal, approval=cards.Approval(founding, ON), **common)
        Assignment.objects.bulk_create(
            Assignment(institution=institution, indicator=proposal.indicator, unit=unit, from_on=ON)
            for unit in units
        )
    today = _now().date()
    window = rounds.Window(today, today, today.replace(year=today.year + 1), "regra fictícia")
    rounds.open_round(institution, opening=rounds.Opening("2025", year_of(2025), window), **common)


def main(name: str, folder: Path) -> None:
    """Run one task where it belongs."""
    tasks = {task.__name__: task for task in (*PREPARING, *WRITING, *READING)}
    own = folder
    if tasks[name] in WRITING:
        own = folder / f"run-{os.getpid()}"
        own.mkdir()
        shutil.copy(folder / "apura.sqlite3", own)
    elif tasks[name] in READING or name == "prepare_large":
        own = folder / LARGE
        own.mkdir(exist_ok=True)
        if not (own / "apura.sqlite3").exists():
            shutil.copy(folder / "apura.sqlite3", own)
    os.environ.update(
        APURA_DADOS=str(own), APURA_DEMO="1", DJANGO_SETTINGS_MODULE="apura_web.config.settings"
    )
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    tasks[name]()
    from django.db import connection  # noqa: PLC0415

    connection.close()
    if tasks[name] in WRITING:
        shutil.rmtree(own)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
