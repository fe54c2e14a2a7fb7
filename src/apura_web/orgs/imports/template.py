"""The workbook people fill: blank, or with what exists now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from apura.sheets.writing import Formats, close, new_workbook
from apura_web.foundation.models import Institution
from apura_web.orgs.imports.places import ARROW, Places
from apura_web.orgs.imports.sheet import PEOPLE, SHAPES, SheetShape
from apura_web.orgs.models import ImportKind, Person, TenureKind
from apura_web.orgs.selectors.tenures import tenures_on

WIDTH = 28


def workbook_for(institution: Institution, kind: str, on: date, *, is_filled: bool) -> bytes:
    """Make the workbook of a kind of import.

    Args:
        institution: whose.
        kind: ``pessoas`` or ``unidades``.
        on: the day whose postings are shown.
        is_filled: whether it comes with what exists. CPF never does: people are recognised by registration number.
    """
    rows: Iterable[Sequence[str]] = ()
    if is_filled:
        rows = _people(institution, on) if kind == ImportKind.PEOPLE else _units(institution)
    return _written(SHAPES[kind], rows)


def _written(shape: SheetShape, rows: Iterable[Sequence[str]]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "modelo.xlsx"
        book = new_workbook(path)
        formats = Formats.of(book)
        sheet, guide = book.add_worksheet(shape.name), book.add_worksheet("Como preencher")
        for place, column in enumerate(shape.columns):
            sheet.set_column(place, place, WIDTH, formats.text)
            formats.put(sheet, (0, place), column, formats.header)
            formats.put(guide, (place, 0), column, formats.term)
            formats.put(guide, (place, 1), shape.hints[place], formats.wrapped)
        guide.set_column(0, 0, WIDTH)
        guide.set_column(1, 1, WIDTH * 3)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                formats.put(sheet, (line, place), text, formats.text)
        close(book)
        return path.read_bytes()


def _people(institution: Institution, on: date) -> Iterable[Sequence[str]]:
    postings = {row.person_id: row for row in tenures_on(institution.pk, on).filter(kind=TenureKind.POSTING)}
    places = Places(institution.pk)
    assert PEOPLE.columns[1] == "CPF"  # noqa: S101 - the blank below stands for it
    for person in Person.objects.filter(institution=institution, purged_at=None).order_by("name", "id"):
        posting = postings.get(person.pk)
        where = places.path_of(posting.unit) if posting and posting.unit else ""
        since = f"{posting.from_on:%d/%m/%Y}" if posting else ""
        yield (person.name, "", person.registration, person.email, where, since)


def _units(institution: Institution) -> Iterable[Sequence[str]]:
    places = Places(institution.pk)
    for unit in sorted(places.units.values(), key=lambda each: each.path.count("/")):
        above = places.path_of(unit).rpartition(f" {ARROW} ")[0]
        yield (unit.acronym, unit.name, unit.get_kind_display(), above)
