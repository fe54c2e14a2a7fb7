"""A list written as ODS is read back the same: numbers exact, dates as dates, text never a formula."""

import io
import zipfile
from datetime import UTC, date, datetime
from fractions import Fraction
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from apura.sheets.open_document import MEDIA_TYPE, open_document

ROWS = [
    ["Órgão", "Nota", "Em"],
    ["Saúde & Cia <1>", Fraction(25, 2), date(2014, 9, 30)],
    ["=1+1", Fraction(1, 3), None],
    ["linha\noutra\x00", -1234567, datetime(2014, 9, 30, 23, 59, tzinfo=UTC)],
]


def test_what_is_written_is_read_back() -> None:
    made = open_document("Lista “1”", ROWS)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert sheet.name == "Lista “1”"
    assert rows[0] == ["Órgão", "Nota", "Em"]
    assert rows[1] == ["Saúde & Cia <1>", 12.5, date(2014, 9, 30)]
    assert rows[2][:2] == ["=1+1", "1/3"]
    assert rows[3][1:] == [-1234567, datetime.fromisoformat("2014-09-30T23:59")]


def test_the_file_says_what_it_is_first_and_its_texts_are_well_formed() -> None:
    with zipfile.ZipFile(io.BytesIO(open_document("Lista", ROWS))) as book:
        assert book.namelist()[0] == "mimetype"
        assert book.read("mimetype").decode() == MEDIA_TYPE
        assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        content = book.read("content.xml").decode()
        ET.fromstring(content)  # noqa: S314 - our own text
    assert 'office:value="12.5"' in content
    assert "formula" not in content
    assert "\x00" not in content
