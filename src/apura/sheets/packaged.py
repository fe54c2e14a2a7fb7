"""Workbooks that are compressed folders of XML: xlsx and ods. Runs in the reading process only."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

import python_calamine

from apura.sheets.gathering import Budget, GatheredSheet, Unreadable
from apura.sheets.limits import refuse_bomb
from apura.sheets.marks import Marks
from apura.sheets.ods_marks import ods_marks
from apura.sheets.stored_values import said
from apura.sheets.xlsx_marks import xlsx_marks

COMPRESSED = b"PK"
_CORRUPT = "está corrompido ou incompleto; abra-o no editor de planilhas e salve de novo"
_PROTECTED = "está protegido por senha; salve uma cópia sem senha"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    python_calamine.CalamineError,
    LookupError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    UnicodeError,
)


def read_packaged(data: bytes) -> list[GatheredSheet]:
    """Return the sheets of the xlsx or ods workbook in ``data``.

    Raises:
        Unreadable: it is protected, corrupt, or of another kind.
        TooMuch: it asks for more than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_bomb(archive)
            marks = _marks(archive)
        return list(_sheets(data, marks))
    except python_calamine.PasswordError as error:
        raise Unreadable(_PROTECTED) from error
    except _BROKEN as error:
        raise Unreadable(_CORRUPT) from error
    except ValueError as error:
        if type(error) is ValueError:  # an attribute that is not the number it should be
            raise Unreadable(_CORRUPT) from error
        raise


def _marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    names = set(archive.namelist())
    if "content.xml" in names:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unreadable(_PROTECTED)
        return ods_marks(archive)
    if "xl/workbook.xml" in names:
        return xlsx_marks(archive)
    if "xl/workbook.bin" in names:
        raise Unreadable("é uma planilha xlsb; salve uma cópia como xlsx")
    raise Unreadable("não é uma planilha xlsx ou ods, ou está incompleto; abra-o no editor e salve como xlsx")


def _sheets(data: bytes, marks: dict[str, Marks]) -> Iterator[GatheredSheet]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    budget = Budget()
    for known in book.sheets_metadata:
        if known.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if known.name not in marks:
            raise Unreadable(_CORRUPT)
        gathered = GatheredSheet(marks[known.name], budget)
        _gather(book.get_sheet_by_name(known.name), gathered)
        gathered.add_marked()
        yield gathered


def _gather(sheet: python_calamine.CalamineSheet, gathered: GatheredSheet) -> None:
    first = sheet.start[1] + 1 if sheet.start else 1
    told = gathered.marks.errors.keys() | gathered.marks.bare_formulas
    for row, line in enumerate(sheet.iter_rows(), start=1):
        for column, value in enumerate(line, start=first):
            if value not in ("", None) and (row, column) not in told:
                gathered.add(row, column, said(value))
