"""A list as an OpenDocument spreadsheet (ODS, ISO/IEC 26300), for offices that keep to open formats.

Written here because no library fits: the one that is kept up writes a thousand cells a second, and the quick one is no
longer kept up. It is a zip with three small texts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from apura.formula import brazilian, exact, finite_places

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OdsCell: TypeAlias = str | int | Decimal | Fraction | date | datetime | None
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def open_document(name: str, rows: Iterable[Sequence[OdsCell]]) -> bytes:
    """Write rows as the only sheet of a spreadsheet.

    Args:
        name: of the sheet.
        rows: the cells; None is an empty one. Text is always text, never a formula. A number that has no end in
            decimals is written as text, “25/3”, so that nothing is lost.

    Returns:
        The file.
    """
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    content = (
        f"{HEAD}<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f"<table:table table:name={quoteattr(_readable(name))}>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)  # first and bare: by it the file is known
        book.writestr("META-INF/manifest.xml", MANIFEST)
        book.writestr("content.xml", content)
    return out.getvalue()


def _cell(value: OdsCell) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case str():
            return _typed("string", "", value)
        case datetime():
            return _typed(
                "date", f' office:date-value="{value:%Y-%m-%dT%H:%M:%S}"', f"{value:%d/%m/%Y %H:%M}"
            )
        case date():
            return _typed("date", f' office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}")
        case _:
            return _number(Fraction(value))


def _number(value: Fraction) -> str:
    if finite_places(value) is None:
        return _typed("string", "", brazilian(value, None))
    return _typed("float", f' office:value="{exact(value)}"', brazilian(value, None))


def _typed(kind: str, value: str, shown: str) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in _readable(shown).split("\n"))
    return f'<table:table-cell office:value-type="{kind}"{value}>{lines}</table:table-cell>'


def _readable(text: str) -> str:
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
