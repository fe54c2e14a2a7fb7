"""A document goes out with tables, and comes back with all that people did to it in their editor."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from apura.norms import BadInput
from apura.sheets import limits
from apura.sheets.confined import FileContents
from apura.word import Document, ReadDocument, read_document

HEADER = ("Objeto", "objeto-1", "Artigo")


def made() -> bytes:
    document = Document("Pacto nº 1", "Minuta", "Rodapé")
    document.heading("Objetos")
    document.items(["Escreva na segunda coluna."])
    document.table(HEADER, [("Peso", "2,5", "art. 12"), ("Descrição", "uma\noutra\tlinha", "")], (45, 85, 40))
    document.keep('{"edição": "<1> & \u00e7"}')
    return document.to_bytes()


def read(data: bytes) -> ReadDocument:
    return read_document(FileContents("pacto.docx", ".docx", data))


def edited(xml: str, *, at: tuple[int, int] = (1, 1)) -> bytes:
    """Give the document with the paragraph of a cell of its table written as an editor left it."""
    document = docx.Document(io.BytesIO(made()))
    cell = document.tables[0].rows[at[0]].cells[at[1]]
    old = cell.paragraphs[0]._p
    old.getparent().replace(old, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_goes_out_comes_back() -> None:
    back = read(made())
    rows = (HEADER, ("Peso", "2,5", "art. 12"), ("Descrição", "uma\noutra\tlinha", ""))
    assert back == ReadDocument((rows,), '{"edição": "<1> & \u00e7"}', 0, 0)


def test_it_is_a4_in_portuguese_with_a_header_row_on_every_page() -> None:
    document = docx.Document(io.BytesIO(made()))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (document.core_properties.title, document.core_properties.language) == ("Pacto nº 1", "pt-BR")
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert section.footer.paragraphs[0].text == "Rodapé"


def test_each_part_of_the_package_is_there_once() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        names = package.namelist()
    assert sorted(names) == sorted(set(names))


def test_characters_that_no_xml_holds_are_left_out() -> None:
    document = Document("a\x0bb", "", "")
    document.table(("x", "y\x00z", ""), [], (10, 10, 10))
    assert read(document.to_bytes()).tables == ((("x", "yz", ""),),)


def test_tracked_changes_are_read_as_accepted() -> None:
    who = 'w:id="1" w:author="Ana" w:date="2026-01-01T00:00:00Z"'
    back = read(
        edited(
            f"<w:r><w:t>antes </w:t></w:r><w:ins {who}><w:r><w:t>novo</w:t></w:r></w:ins>"
            f"<w:del {who}><w:r><w:delText>velho</w:delText></w:r></w:del>"
            f"<w:moveFrom {who}><w:r><w:t>levado</w:t></w:r></w:moveFrom>"
        )
    )
    assert back.tables[0][1][1] == "antes novo"
    assert back.tracked == 3


def test_a_row_whose_deletion_is_tracked_is_gone() -> None:
    document = docx.Document(io.BytesIO(made()))
    gone = parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="Ana"/>')
    document.tables[0].rows[1]._tr.get_or_add_trPr().append(gone)
    out = io.BytesIO()
    document.save(out)
    assert [row[0] for row in read(out.getvalue()).tables[0]] == ["Objeto", "Descrição"]


def test_text_in_links_and_content_controls_is_read_and_tab_stops_are_not() -> None:
    back = read(
        edited(
            '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
            "<w:hyperlink><w:r><w:t>elo</w:t></w:r></w:hyperlink>"
            "<w:sdt><w:sdtContent><w:r><w:t> e controle</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    assert back.tables[0][1][1] == "elo e controle"


def test_a_table_inside_a_cell_is_part_of_what_the_cell_says() -> None:
    document = docx.Document(io.BytesIO(made()))
    inner = document.tables[0].rows[1].cells[1].add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "dentro"
    out = io.BytesIO()
    document.save(out)
    back = read(out.getvalue())
    assert len(back.tables) == 1
    assert [len(row) for row in back.tables[0]] == [3, 3, 3]
    assert "dentro" in back.tables[0][1][1]


def test_comments_are_counted() -> None:
    document = docx.Document(io.BytesIO(made()))
    run = document.tables[0].rows[1].cells[1].paragraphs[0].runs[0]
    document.add_comment(run, text="e se fosse 3?", author="Ana")
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).comments == 1


def test_a_document_of_somebody_else_keeps_nothing_of_ours() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert read(out.getvalue()) == ReadDocument((), "", 0, 0)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"isto n\xc3\xa3o \xc3\xa9 nada", made()[:3000]])
def test_what_is_no_document_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(BadInput, match="salve-o de novo em docx"):
        read(data)


def test_a_workbook_with_another_ending_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(BadInput, match="salve-o de novo em docx"):
        read(out.getvalue())


def test_a_document_that_refers_to_files_of_the_machine_gets_nothing_of_them() -> None:
    doctype = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    source = io.BytesIO(made())
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode().replace("?>", f"?>{doctype}", 1).replace("2,5", "&x;", 1)
                content = text.encode()
            new.writestr(name, content)
    assert read(out.getvalue()).tables[0][1][1] == ""


def test_one_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(limits.MAX_ENTRIES + 1):
            package.writestr(f"word/{number}.xml", "")
    with pytest.raises(BadInput, match="partes internas"):
        read(out.getvalue())
