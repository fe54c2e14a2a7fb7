"""Small workbooks made by hand, byte by byte, so that a test says exactly what a file holds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from apura.norms import Norm, Problem, apply_norm, check_facts, load_folder
from apura.sheets import FactsRead, read_facts

WIDE = load_folder(Path(__file__).parent / "wide_pack")
END = date(2021, 12, 31)
HEAD = (
    "Código",
    "Nome",
    "Estado da entrega",
    "Feita em",
    "Percentual cumprido (%)",
    "Saldo",
    "Relato",
    "Observações",
)
ROW = ("E1", "Entrega um", "feita", date(2021, 3, 1), Decimal(80), Decimal("1.5"), "bem", None)
ITEMS_HEAD = ("Código", "Pontos (ponto)")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PERCENT, DAY, MOMENT, LITERAL_PERCENT, TENTHS_OF_PERCENT, CLOCK = range(1, 7)
_HIDDEN = ' hidden="1"'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.0%"/><numFmt numFmtId="166" formatCode="hh:mm"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0"/>'
    + "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (9, 14, 22, 164, 165, 166))
    + "</cellXfs></styleSheet>"
)


@dataclass(frozen=True)
class Styled:
    """A number with a cell style, such as a percentage."""

    value: str
    style: int


@dataclass(frozen=True)
class Formula:
    """A formula with the value the last program stored, or none; ``kind`` as xlsx says it (n, str, e, b)."""

    stored: str | None
    kind: str = "n"
    text: str = "1+1"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows from the first line on, and what is hidden or merged in it."""

    rows: Sequence[Sequence[object]]
    hidden: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Iterable[str] = ()
    extra: str = ""


@dataclass(frozen=True)
class Book:
    """Sheets by name, and details of the workbook's own part."""

    sheets: Mapping[str, Sheet | Sequence[Sequence[object]]]
    calculation: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    main: str = MAIN


def xlsx(path: Path, book: Book | Mapping[str, Sheet | Sequence[Sequence[object]]]) -> Path:
    """Write a workbook of Office Open XML."""
    book = book if isinstance(book, Book) else Book(book)
    names = list(book.sheets)
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    parts = {
        "[Content_Types].xml": _content_types(len(names)),
        "_rels/.rels": _relations({"b": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{book.main}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets>'
        f"{book.calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)}
            | {"s": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in enumerate(book.sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheet, main=book.main)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **book.others}.items():
            archive.writestr(name, text)
    return path


def sheet_xml(sheet: Sheet | Sequence[Sequence[object]], *, main: str = MAIN) -> str:
    """Return the part of a sheet."""
    sheet = sheet if isinstance(sheet, Sheet) else Sheet(sheet)
    hidden = set(sheet.hidden)
    columns = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sheet.hidden_columns)
    columns = f"<cols>{columns}</cols>" if columns else ""
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    rows = "".join(
        f'<row r="{number}"{_HIDDEN if number in hidden else ""}>'
        + "".join(_cell(f"{chr(64 + at)}{number}", value) for at, value in enumerate(row, start=1))
        + "</row>"
        for number, row in enumerate(sheet.rows, start=1)
    )
    return (
        f'<worksheet xmlns="{main}">{columns}<sheetData>{rows}{sheet.extra}</sheetData>{merged}</worksheet>'
    )


def _cell(place: str, value: object) -> str:
    attributes, inside = _said(value)
    return f'<c r="{place}"{attributes}>{inside}</c>' if value != "" else ""


def _said(value: object) -> tuple[str, str]:
    match value:
        case None:
            said = ' s="1"', ""
        case bool():
            said = ' t="b"', f"<v>{int(value)}</v>"
        case int() | Decimal():
            said = "", f"<v>{value}</v>"
        case date():
            said = f' s="{DAY}"', f"<v>{(value - date(1899, 12, 30)).days}</v>"
        case Styled():
            said = f' s="{value.style}"', f"<v>{value.value}</v>"
        case Formula():
            stored = "" if value.stored is None else f"<v>{escape(value.stored)}</v>"
            said = f' t="{value.kind}"', f"<f>{escape(value.text)}</f>{stored}"
        case _:
            text = escape(str(value))
            said = ' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>'
    return said


def _content_types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {"/xl/workbook.xml": f"{base}.sheet.main+xml", "/xl/styles.xml": f"{base}.styles+xml"}
    parts |= {f"/xl/worksheets/sheet{n}.xml": f"{base}.worksheet+xml" for n in range(1, sheets + 1)}
    said = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    said = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{said}</Relationships>'


def ods(path: Path, tables: str, *, manifest: str = "") -> Path:
    """Write an OpenDocument spreadsheet with the XML of its tables."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return path


def ods_table(name: str, rows: Iterable[str]) -> str:
    """Return the XML of a table, given that of its rows."""
    return f"<table:table table:name={quoteattr(name)}>{''.join(rows)}</table:table>"


def ods_row(*values: object, attributes: str = "") -> str:
    """Return the XML of a row of plain cells."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, values))}</table:table-row>"


def ods_cell(value: object) -> str:
    """Return the XML of a cell; text that starts with ``<`` is taken as XML already."""
    match value:
        case None:
            return "<table:table-cell/>"
        case Styled():
            return (
                f'<table:table-cell office:value-type="percentage" office:value="{value.value}">'
                "<text:p>%</text:p></table:table-cell>"
            )
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        case int() | Decimal():
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = str(value)
    if text.startswith("<"):
        return text
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def entregas(
    *rows: Sequence[object], head: Sequence[object] = HEAD, items: Sequence[Sequence[object]] = ()
) -> dict[str, Sequence[Sequence[object]]]:
    """Return the sheets of a workbook of the wide norm: deliveries, and their items."""
    return {"Entregas": (head, *rows), "Itens": (ITEMS_HEAD, *items)}


def changed(**columns: object) -> tuple[object, ...]:
    """Return the good row with some of its cells changed, by position: ``a`` is the first."""
    row = list(ROW)
    for letter, value in columns.items():
        row[ord(letter) - ord("a")] = value
    return tuple(row)


def problems(
    path: Path, norm: Norm = WIDE, *, on: date = END, rule: str | None = None
) -> tuple[Problem, ...]:
    """Return everything wrong with a file, as a person is told: what reading found and what typing finds."""
    read = read_facts(path, norm, rule=rule)
    return read.problems_with(check_facts(apply_norm(norm, on=on), read.raw, rule=rule))


def told(path: Path, norm: Norm = WIDE, *, on: date = END) -> list[str]:
    """Return the problems as text: ``sheet cell: message (article)``."""
    return [str(problem) for problem in problems(path, norm, on=on)]


def values(read: FactsRead, rule: str = "entrega") -> list[Mapping[str, object]]:
    """Return the values of the rows of a rule."""
    return [row.values for row in read.raw.subjects[rule]]
