"""Write a Word document whose tables people fill in and send back."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from apura.word.kept import KEPT

A4 = (Mm(210), Mm(297))
MARGIN = Mm(20)
FONT, SIZE, SMALL = "Calibri", Pt(10), Pt(9)
INK, FAINT = RGBColor(0x13, 0x35, 0x6D), RGBColor(0x59, 0x59, 0x59)
AIR = Pt(2)
HEADER_FILL = "E6ECF5"
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document:
    """An A4 document in Portuguese: headings, paragraphs, and tables with a header row.

    Args:
        title: of the document, also in its properties.
        subject: a line below the title.
        footer: what stands at the foot of every page.
    """

    def __init__(self, title: str, subject: str, footer: str) -> None:
        self._made = docx.Document()
        self._lay_out(footer)
        properties = self._made.core_properties
        properties.title, properties.subject, properties.author = _clean(title), _clean(subject), "Apura"
        properties.language, properties.comments = "pt-BR", ""
        self._made.add_paragraph(_clean(title), style="Title")
        self.note(subject)

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._made.add_paragraph(_clean(text), style="Heading 1")

    def note(self, text: str) -> None:
        """Write a paragraph in small faint letters, on the page of what comes after it."""
        paragraph = self._made.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _faint(paragraph.add_run(_clean(text)))

    def items(self, texts: Sequence[str]) -> None:
        """Write a list of points."""
        for each in texts:
            self._made.add_paragraph(_clean(each), style="List Bullet")

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """Write a table; its first row is the header, repeated on every page, and its last column is faint.

        Args:
            header: the cells of the first row.
            rows: the others, with as many cells; a line end begins a new line in the cell.
            widths: of the columns, in millimetres.
        """
        made = self._made.add_table(rows=0, cols=len(header), style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
        for number, texts in enumerate([header, *rows]):
            row = made.add_row()
            _mark(row._tr.get_or_add_trPr(), "w:tblHeader" if number == 0 else "w:cantSplit")
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = Mm(widths[place])
                run = _first_run(cell, text, stays_with_next=number == 0)
                run.bold = number == 0 or place == 0
                if number == 0:
                    _fill(cell)
                elif place == len(texts) - 1:
                    _faint(run)
        self._made.add_paragraph().paragraph_format.space_after = Pt(2)

    def keep(self, text: str) -> None:
        """Keep a text in the document, out of sight; editors carry it along and nobody reads it on the page."""
        root = etree.Element(KEPT, nsmap={None: etree.QName(KEPT).namespace})
        root.text = _clean(text)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._made.part.package
        part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", content, package)
        self._made.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)

    def to_bytes(self) -> bytes:
        """Give the docx."""
        out = io.BytesIO()
        self._made.save(out)
        return out.getvalue()

    def _lay_out(self, footer: str) -> None:
        section = self._made.sections[0]
        section.page_width, section.page_height = A4
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        _faint(section.footer.paragraphs[0].add_run(_clean(footer)))
        for name, size in (("Normal", SIZE), ("Title", Pt(20)), ("Heading 1", Pt(14))):
            style = self._made.styles[name]
            style.font.name, style.font.size = FONT, size
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for each in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(each), None)
            if name != "Normal":
                style.font.color.rgb = INK
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "pt-BR")
        self._made.styles["Normal"].element.get_or_add_rPr().append(language)


def _first_run(cell: Any, text: str, *, stays_with_next: bool) -> Any:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before = form.space_after = AIR
    form.keep_with_next = stays_with_next
    return paragraph.add_run(_clean(text))


def _faint(run: Any) -> None:
    run.font.size, run.font.color.rgb = SMALL, FAINT


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _fill(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", HEADER_FILL)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _clean(text: str) -> str:
    """Leave out the characters that no XML may hold."""
    return NOT_XML.sub("", text)
