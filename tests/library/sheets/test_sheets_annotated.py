"""The user's own workbook given back with every problem painted, commented and listed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from workbook_files import (
    HEAD,
    ITEMS_HEAD,
    MAIN,
    ROW,
    WIDE,
    Book,
    Formula,
    Sheet,
    changed,
    entregas,
    problems,
    told,
    xlsx,
)

from apura.norms import BadInput, Problem
from apura.sheets import annotate, read_facts, write_template

WRONG = (ROW, changed(a="E2", c="feitas", f="dez"), changed(a="=cmd|x", d=44256))


def annotated(tmp_path: Path, source: Path, found: tuple[Problem, ...] | None = None) -> Workbook:
    """The annotated copy, opened."""
    annotate(source, problems(source) if found is None else found, tmp_path / "anotada.xlsx")
    return openpyxl.load_workbook(tmp_path / "anotada.xlsx")


def test_each_problem_is_painted_and_commented_in_its_cell(tmp_path: Path) -> None:
    book = annotated(tmp_path, xlsx(tmp_path / "f.xlsx", entregas(*WRONG)))
    sheet = book["Entregas"]
    marked = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}

    assert sorted(marked) == ["C3", "D4", "F3"]
    assert marked["C3"].comment.author == "Apura"
    assert marked["C3"].comment.text.startswith("Apura: “feitas” não é uma opção")
    assert {cell.fill.start_color.rgb for cell in marked.values()} == {"FFFFC7CE"}


def test_every_problem_is_listed_first_by_sheet_and_cell(tmp_path: Path) -> None:
    book = annotated(tmp_path, xlsx(tmp_path / "f.xlsx", entregas(*WRONG)))
    listed = list(book["Erros encontrados"].iter_rows(values_only=True))

    assert book.sheetnames[0] == "Erros encontrados"
    assert book.active.title == "Erros encontrados"
    assert listed[0] == ("Planilha", "Célula", "O que há e o que fazer", "Fundamento")
    assert [row[:2] for row in listed[1:]] == [("Entregas", "C3"), ("Entregas", "F3"), ("Entregas", "D4")]
    assert listed[1][3] == "art. 1º, I"


def test_what_the_list_quotes_cannot_run(tmp_path: Path) -> None:
    found = tuple(
        Problem(text, "=planilha", "A1", "@artigo") for text in ("=cmd|x", "+1", "-1", "@a", "\t=1", "a\x01b")
    )
    book = annotated(tmp_path, xlsx(tmp_path / "f.xlsx", entregas(ROW)), found)
    cells = [cell for row in book["Erros encontrados"].iter_rows(min_row=2) for cell in row]

    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert [cell.value for cell in cells if cell.column == 3] == ["=cmd|x", "+1", "-1", "@a", "\t=1", "a b"]


def test_the_copy_once_mended_is_read_and_marks_of_before_go_away(tmp_path: Path) -> None:
    book = annotated(tmp_path, xlsx(tmp_path / "f.xlsx", entregas(*WRONG)))
    sheet = book["Entregas"]
    sheet["C3"], sheet["F3"], sheet["D4"] = "feita", 10, date(2021, 3, 1)
    sheet["D4"].number_format = "dd/mm/yyyy"
    sheet["A2"].comment = Comment("minha nota", "Fulana")
    book.save(tmp_path / "corrigida.xlsx")

    assert told(tmp_path / "corrigida.xlsx") == []
    again = annotated(tmp_path, tmp_path / "corrigida.xlsx", (Problem("outro", "Entregas", "A2"),))
    comments = {
        cell.coordinate: cell.comment.text
        for row in again["Entregas"].iter_rows()
        for cell in row
        if cell.comment
    }
    assert comments == {"A2": "minha nota\nApura: outro"}
    assert again["Entregas"]["C3"].fill.fill_type is None
    assert again.sheetnames.count("Erros encontrados") == 1
    third = annotated(tmp_path, shutil.copy(tmp_path / "anotada.xlsx", tmp_path / "c.xlsx"), ())
    assert third["Entregas"]["A2"].comment.text == "minha nota"


def test_problems_of_areas_of_sheets_and_of_the_whole_file_are_listed_too(tmp_path: Path) -> None:
    table = Sheet((HEAD, ROW, changed(a="E2")), merged=["B2:B3"])
    source = xlsx(tmp_path / "f.xlsx", {"Entregas": table, "Itens": (ITEMS_HEAD,)})
    found = (
        Problem("mescladas", "Entregas", "B2:B3"),
        Problem("dentro da área", "Entregas", "B3"),
        Problem("falta", "Outra", "A1"),
        Problem("de todo o arquivo"),
        Problem("sem célula", "Entregas", "linha 7"),
    )
    book = annotated(tmp_path, source, found)

    assert book["Entregas"]["B2"].comment.text == "Apura: mescladas"
    assert [row[2] for row in book["Erros encontrados"].iter_rows(min_row=2, values_only=True)] == [
        problem.message for problem in found
    ]


def test_formulas_formats_and_drop_downs_of_the_user_stay(tmp_path: Path) -> None:
    write_template(WIDE, tmp_path / "modelo.xlsx")
    book = annotated(tmp_path, tmp_path / "modelo.xlsx", (Problem("x", "Entregas", "A2"),))

    assert len(book["Entregas"].data_validations.dataValidation) == 7
    assert book["_apura"].sheet_state == "veryHidden"
    assert book["Entregas"].freeze_panes == "B2"
    source = xlsx(tmp_path / "f.xlsx", entregas(changed(f=Formula("2.5"))))
    assert annotated(tmp_path, source, ())["Entregas"]["F2"].value == "=1+1"


def test_facts_are_the_same_in_the_copy(tmp_path: Path) -> None:
    source = xlsx(tmp_path / "f.xlsx", entregas(ROW, changed(a="E2")))
    annotated(tmp_path, source, (Problem("x", "Entregas", "A3"),))
    first, second = (read_facts(path, WIDE).raw.subjects for path in (source, tmp_path / "anotada.xlsx"))

    assert first == second


@pytest.mark.parametrize("name", ["f.ods", "f.xls", "f.csv", "f.xlsm"])
def test_only_an_xlsx_can_be_annotated(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="só um arquivo xlsx pode ser devolvido anotado; salve-o como xlsx"):
        annotate(tmp_path / name, [], tmp_path / "anotada.xlsx")


def test_the_copy_never_takes_the_place_of_the_original(tmp_path: Path) -> None:
    source = xlsx(tmp_path / "f.xlsx", entregas(ROW))
    before = source.read_bytes()

    with pytest.raises(BadInput, match="a cópia anotada precisa de outro nome"):
        annotate(source, [], tmp_path / "." / "f.xlsx")
    assert source.read_bytes() == before


@pytest.mark.parametrize("kind", ["truncated", "text", "bomb", "far"])
def test_a_file_that_harms_is_refused_and_leaves_nothing_behind(tmp_path: Path, kind: str) -> None:
    source = xlsx(tmp_path / "f.xlsx", entregas(ROW))
    if kind == "truncated":
        source.write_bytes(source.read_bytes()[:500])
    elif kind == "text":
        source.write_text("Sigla;Nome\n", encoding="utf-8")
    elif kind == "bomb":
        xlsx(source, Book(entregas(ROW), others={"xl/styles.xml": "<!DOCTYPE x><x/>"}))
    else:
        cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        far = f'<worksheet xmlns="{MAIN}"><sheetData>{cell}</sheetData></worksheet>'
        xlsx(source, Book(entregas(ROW), others={"xl/worksheets/sheet1.xml": far}))

    with pytest.raises(BadInput):
        annotate(source, [Problem("x", "Entregas", "A1")], tmp_path / "anotada.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["f.xlsx"]


def test_a_place_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    source = xlsx(tmp_path / "f.xlsx", entregas(ROW))
    (tmp_path / "pasta").mkdir()

    with pytest.raises(OSError, match="pasta"):
        annotate(source, [], tmp_path / "pasta")
    with pytest.raises(OSError, match="nenhuma"):
        annotate(source, [], tmp_path / "nenhuma" / "a.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.xlsx", "pasta"]
