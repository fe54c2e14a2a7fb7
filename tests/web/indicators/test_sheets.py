"""The grid as a spreadsheet: out with what is typed, back with every error by cell, and nobody overwritten unseen."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet
from pages import enter, text_of

from addresses import add_more
from apura_web.indicators.models import DraftCell, Measurement, Submission
from apura_web.indicators.services import cells
from cast import Cast, House
from measuring import CASES, YEAR_2025, answer_of, approved, collection, grid, measured_by, type_in

PERIODS = ("1º quadrimestre de 2025", "2º quadrimestre de 2025", "3º quadrimestre de 2025")
IN_TIME, CLOSED = "Processos concluídos no prazo", "Processos concluídos"


@pytest.fixture
def house(cast: Cast) -> House:
    add_more(cast.house)
    measured_by(cast.house, approved(cast.house, "IND-1"), "ATE", "EDU")
    measured_by(cast.house, approved(cast.house, "IND-2", **{**CASES, "frequency": "mensal"}), "ATE")
    return cast.house


@pytest.fixture
def answer(house: House) -> Submission:
    return answer_of(house, collection(house), "ATE")


@pytest.fixture
def davi(client: Client, house: House) -> Client:
    return enter(client, house, "Davi")


def url(answer: Submission, end: str = "") -> str:
    return f"{answer.get_absolute_url()}planilha/{end}"


def downloaded(client: Client, answer: Submission) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(client.get(url(answer, "baixar/")).content))


def place(sheet: Worksheet, indicator: str, variable: str, period: str) -> str:
    """Where a box is, as somebody looking for it finds it."""
    column = next(cell.column for cell in sheet[2] if cell.value == period)
    rows = iter(sheet.iter_rows(min_row=3))
    next(row for row in rows if str(row[1].value).startswith(f"{indicator} "))
    row = next(row for row in rows if row[1].value == variable)
    return sheet.cell(row[0].row, column).coordinate


def put(book: openpyxl.Workbook, box: tuple[str, str, str], value: Any) -> str:
    sheet = book["Quadrimestral" if box[0] == "IND-1" else "Mensal"]
    where = place(sheet, *box)
    sheet[where] = value
    return where


def detail(book: openpyxl.Workbook, box: tuple[str, str, str], **cells: Any) -> None:
    row = next(
        row
        for row in book["Motivos e firmeza"].iter_rows(min_row=3)
        if tuple(cell.value for cell in row[1:4]) == box
    )
    for name, at in (("reason", 4), ("certainty", 5), ("based_on", 6)):
        if name in cells:
            row[at].value = cells[name]


def sent(client: Client, answer: Submission, book: openpyxl.Workbook | bytes, name: str = "g.xlsx") -> str:
    if isinstance(book, openpyxl.Workbook):
        out = io.BytesIO()
        book.save(out)
        book = out.getvalue()
    done = client.post(url(answer), {"file": SimpleUploadedFile(name, book)})
    assert done.status_code == 302, text_of(done)
    return str(done["Location"])


def type_one(answer: Submission, name: str, text: str, house: House) -> None:
    """Mila types in the one box of this name."""
    box = next(box for box in grid(answer).boxes if box.name == name)
    cells.save(answer, box, cells.Typing(text, box.edition), actor=house.actor("Mila"), at=timezone.now())


def typed(answer: Submission) -> dict[str, str]:
    return {box.name: box.cell.typed for box in grid(answer).boxes if box.cell}


def test_the_workbook_has_the_rows_and_columns_of_the_page_and_what_is_typed(
    davi: Client, house: House, answer: Submission
) -> None:
    type_one(answer, f"IND-1, {PERIODS[0]}, {CLOSED}", "1.234,00", house)
    type_one(answer, f"IND-1, {PERIODS[1]}, {CLOSED}", "n/a", house)
    book = downloaded(davi, answer)
    assert book.sheetnames == ["Instruções", "Mensal", "Quadrimestral", "Motivos e firmeza", "apura"]
    assert book["apura"].sheet_state == "veryHidden"
    sheet = book["Quadrimestral"]
    assert [cell.value for cell in sheet[2]][1:] == ["Indicador e variáveis", "Medida", *PERIODS]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [f"IND-1  {IN_TIME}", IN_TIME, CLOSED]
    assert sheet[place(sheet, "IND-1", CLOSED, PERIODS[0])].value == 1234
    assert sheet[place(sheet, "IND-1", CLOSED, PERIODS[1])].value == "n/a"
    assert sheet[place(sheet, "IND-1", CLOSED, PERIODS[2])].value is None
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == "D3"
    assert len(book["Mensal"][2]) - 3 == YEAR_2025.months
    assert "Não é zero" in " ".join(str(cell.value) for cell in book["Instruções"]["B"])


def test_what_is_filled_is_shown_before_and_after_and_then_kept_in_the_grid_only(
    davi: Client, house: House, answer: Submission
) -> None:
    type_one(answer, f"IND-1, {PERIODS[0]}, {CLOSED}", "40", house)
    book = downloaded(davi, answer)
    put(book, ("IND-1", CLOSED, PERIODS[0]), 41)
    put(book, ("IND-1", IN_TIME, PERIODS[0]), "30")
    put(book, ("IND-2", CLOSED, "mar/2025"), "n/i")
    detail(book, ("IND-2", CLOSED, "mar/2025"), reason="O sistema ficou fora do ar.")
    detail(book, ("IND-1", CLOSED, PERIODS[0]), certainty="provisório", based_on="30/04/2025")
    waiting = sent(davi, answer, book)
    told = text_of(davi.get(waiting))
    assert f"IND-1, {PERIODS[0]}, {CLOSED} 40 41; provisório (base 30/04/2025)" in told
    assert f"IND-2, mar/2025, {CLOSED} em branco n/i; O sistema ficou fora do ar." in told
    assert len(typed(answer)) == 1
    assert davi.post(waiting)["Location"] == answer.get_absolute_url()
    assert typed(answer) == {
        f"IND-1, {PERIODS[0]}, {CLOSED}": "41",
        f"IND-1, {PERIODS[0]}, {IN_TIME}": "30",
        f"IND-2, mar/2025, {CLOSED}": "n/i",
    }
    cell = DraftCell.objects.get(typed="41")
    assert (cell.edition, cell.certainty, str(cell.based_on)) == (2, "provisorio", "2025-04-30")
    assert cell.edited_by == house.people["Davi"].code
    assert Measurement.objects.count() == 0
    assert "já foi gravada" in text_of(davi.post(waiting))


def test_a_blank_cell_neither_erases_nor_becomes_zero(davi: Client, house: House, answer: Submission) -> None:
    type_in(answer, {"IND-1": "7"}, actor=house.actor("Mila"), reason="conferido")
    book = downloaded(davi, answer)
    for variable in (IN_TIME, CLOSED):
        for period in PERIODS:
            put(book, ("IND-1", variable, period), None)
    put(book, ("IND-1", CLOSED, PERIODS[0]), 8)
    detail(book, ("IND-1", CLOSED, PERIODS[0]), reason=None)
    waiting = sent(davi, answer, book)
    assert "Em branco na planilha, ficam como estão na grade 5" in text_of(davi.get(waiting))
    davi.post(waiting)
    assert sorted(typed(answer).values()) == ["7"] * 5 + ["8"]
    assert {cell.reason for cell in answer.cells.all()} == {"conferido"}


def test_every_error_is_told_by_cell_and_nothing_is_kept(davi: Client, answer: Submission) -> None:
    book = downloaded(davi, answer)
    places = {
        put(book, ("IND-1", CLOSED, PERIODS[0]), "1.234"): "pode ser 1234 ou 1,234",
        put(book, ("IND-1", CLOSED, PERIODS[1]), "dez"): "não é um número",
        put(book, ("IND-1", CLOSED, PERIODS[2]), 1.5): "é um número inteiro",
        put(book, ("IND-1", IN_TIME, PERIODS[0]), -1): "não pode ser menor que 0",
        put(book, ("IND-1", IN_TIME, PERIODS[1]), True): "é um valor lógico",
        put(book, ("IND-1", IN_TIME, PERIODS[2]), "-"): "não diz se é zero",
    }
    percent = put(book, ("IND-2", CLOSED, "jan/2025"), 0.8)
    book["Mensal"][percent].number_format = "0%"
    put(book, ("IND-2", CLOSED, "fev/2025"), 3)
    book["Mensal"]["F9"] = 12
    detail(book, ("IND-1", CLOSED, PERIODS[0]), certainty="mais ou menos")
    waiting = sent(davi, answer, book)
    told = text_of(davi.get(waiting))
    assert "9 erros." in told
    for where, said in places.items():
        assert f"Quadrimestral!{where}" in told
        assert said in told
    assert f"Mensal!{percent} 80% está formatado como porcentagem" in told
    assert "Mensal!B9 a linha não é da grade" in told
    assert "não é firmeza" in told
    assert davi.post(waiting).status_code == 200
    assert typed(answer) == {}
    marked = openpyxl.load_workbook(io.BytesIO(davi.get(f"{waiting}anotada/").content))
    first = next(iter(places))
    assert "pode ser 1234" in marked["Quadrimestral"][first].comment.text


def test_a_percent_cell_is_read_as_its_hundredths_and_a_small_number_asks_for_a_reason(
    davi: Client, house: House
) -> None:
    share = {"name": "cobertura", "label": "Cobertura", "unit": "%", "places": 2}
    facts = {"formula": "cobertura", "variables": [share], "accumulation": "ultimo", "plausible_high": None}
    measured_by(house, approved(house, "IND-3", **facts), "ATE")
    answer = answer_of(house, collection(house), "ATE")
    book = downloaded(davi, answer)
    sheet = book["Quadrimestral"]
    for period, value, form in zip(PERIODS, (0.8525, 0.85, "85%"), ("0.00%", "General", "@"), strict=True):
        where = place(sheet, "IND-3", "Cobertura", period)
        sheet[where], sheet[where].number_format = value, form
    waiting = sent(davi, answer, book)
    assert "0,85 é menos de 1 %. Se quis dizer 85 %" in text_of(davi.get(waiting))
    davi.post(waiting)
    values = [box.cell.value for box in grid(answer).boxes if box.indicator.number == "IND-3" and box.cell]
    assert [str(float(each)) for each in values] == ["85.25", "0.85", "85.0"]


def test_what_others_typed_since_the_download_stays_unless_one_insists(
    davi: Client, house: House, answer: Submission
) -> None:
    type_in(answer, {f"IND-1, {PERIODS[0]}": "5"}, actor=house.actor("Mila"))
    book = downloaded(davi, answer)
    type_in(answer, {f"IND-1, {PERIODS[0]}": "6"}, actor=house.actor("Mila"))
    mine = put(book, ("IND-1", CLOSED, PERIODS[0]), 9)
    put(book, ("IND-1", CLOSED, PERIODS[1]), 10)
    waiting = sent(davi, answer, book)
    shown = davi.get(waiting)
    told = text_of(shown)
    assert mine
    assert "Mudadas também por outra pessoa 1" in told
    assert "Gravar o meu: 9" in told
    davi.post(waiting)
    assert typed(answer)[f"IND-1, {PERIODS[0]}, {CLOSED}"] == "6"
    assert typed(answer)[f"IND-1, {PERIODS[1]}, {CLOSED}"] == "10"
    assert (
        typed(answer)[f"IND-1, {PERIODS[0]}, {IN_TIME}"] == "6"
    )  # not touched in the sheet: no conflict, no change
    assert "Ficou o que outra pessoa gravou" in text_of(davi.get(waiting))
    again = sent(davi, answer, book)
    key = next(box.key for box in grid(answer).boxes if box.name == f"IND-1, {PERIODS[0]}, {CLOSED}")
    davi.post(again, {"meu": [key]})
    assert typed(answer)[f"IND-1, {PERIODS[0]}, {CLOSED}"] == "9"


def test_what_somebody_types_between_seeing_and_confirming_is_never_lost(
    davi: Client, house: House, answer: Submission
) -> None:
    book = downloaded(davi, answer)
    put(book, ("IND-1", CLOSED, PERIODS[0]), 9)
    put(book, ("IND-1", CLOSED, PERIODS[1]), 10)
    waiting = sent(davi, answer, book)
    type_one(answer, f"IND-1, {PERIODS[0]}, {CLOSED}", "6", house)
    told = text_of(davi.post(waiting, follow=True))
    assert "Outra pessoa gravou “6” nesta célula" in told
    assert typed(answer)[f"IND-1, {PERIODS[0]}, {CLOSED}"] == "6"
    assert typed(answer)[f"IND-1, {PERIODS[1]}, {CLOSED}"] == "10"


def test_the_sheet_of_another_unit_changed_names_and_strange_files_are_told_what_to_do(
    davi: Client, house: House, answer: Submission
) -> None:
    other = answer_of(house, answer.round, "EDU")
    sara = Client()
    enter(sara, house, "Sara")
    told = text_of(davi.get(sent(davi, answer, downloaded(sara, other))))
    assert "a planilha é de EDU, “Coleta de 2025”, e esta grade é de ATE" in told
    told = text_of(davi.get(sent(davi, answer, b"PK\x03\x04 quebrado")))
    assert "está corrompido ou incompleto" in told
    empty = openpyxl.Workbook()
    assert "não é a planilha baixada de uma grade" in text_of(davi.get(sent(davi, answer, empty)))
    book = downloaded(davi, answer)
    sheet = book["Quadrimestral"]
    sheet["B4"] = "Outra variável"
    sheet["E2"] = "janeiro"
    told = text_of(davi.get(sent(davi, answer, book)))
    assert f"Quadrimestral!B4 a linha é de “{IN_TIME}”, e diz “Outra variável”" in told
    assert f"Quadrimestral!E2 a coluna é de {PERIODS[1]}, e diz “janeiro”" in told


def test_a_text_table_in_long_form_fills_the_grid_too(davi: Client, answer: Submission) -> None:
    header = "indicador;período;variável;valor;motivo;firmeza;data-base\n"
    lines = [
        f"IND-1;{PERIODS[0]};{CLOSED};1.200,0;;;",
        "ind-1;01/01/2025 a 30/04/2025;no_prazo;900;;estimado;30/04/2025",
        f"IND-2;fevereiro de 2025;{CLOSED};;;;",
    ]
    waiting = sent(davi, answer, (header + "\n".join(lines)).encode("cp1252"), "grade.csv")
    davi.post(waiting)
    assert typed(answer) == {
        f"IND-1, {PERIODS[0]}, {CLOSED}": "1.200,0",
        f"IND-1, {PERIODS[0]}, {IN_TIME}": "900",
    }
    wrong = header + f"IND-1;quando der;{CLOSED};1;;;\nIND-9;2025;x;1;;;\nIND-1;{PERIODS[0]};{CLOSED};0,5;;;"
    told = text_of(davi.get(sent(davi, answer, wrong.encode(), "grade.csv")))
    assert "grade.csv!B2 “quando der” não é um período" in told
    assert "grade.csv!C3 IND-9, 2025, “x” não é célula desta grade" in told
    assert "grade.csv!D4 “0,5” não serve" in told
    again = davi.get(url(answer, "baixar/?formato=csv")).content
    assert "Nada muda" in text_of(davi.get(sent(davi, answer, again, "grade.csv")))


def test_who_only_sees_the_grid_takes_it_away_and_sends_nothing_back(
    client: Client, house: House, answer: Submission
) -> None:
    sara = enter(client, house, "Sara")
    book = downloaded(sara, answer)
    out = io.BytesIO()
    book.save(out)
    assert "Preenche quem trabalha em ATE" in text_of(sara.get(url(answer)))
    file = SimpleUploadedFile("g.xlsx", out.getvalue())
    assert sara.post(url(answer), {"file": file}).status_code == 403
    elisa = enter(client, house, "Elisa")
    assert elisa.get(url(answer)).status_code == 404
    assert elisa.get(url(answer, "baixar/")).status_code == 404


def test_a_closed_window_takes_no_sheet(davi: Client, house: House) -> None:
    answer = answer_of(house, collection(house, opens=-90, due=-60, closes=-50), "ATE")
    told = text_of(davi.get(url(answer)))
    assert "só a unidade central pode reabrir" in told
    file = SimpleUploadedFile("g.csv", b"indicador;per\xc3\xadodo;vari\xc3\xa1vel;valor\n")
    refused = davi.post(url(answer), {"file": file})
    assert refused.status_code == 422
    assert "A coleta fechou em" in text_of(refused)
