"""Units and people from spreadsheets: what is wrong is told by cell, and nothing is written before it is confirmed."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pages import enter, text_of
from sheets_sent import PEOPLE, UNITS, send, workbook

from apura_web.audit.models import TrailEntry
from apura_web.orgs.models import ImportBatch, Person, Tenure, Unit
from cast import Cast


@pytest.fixture
def rita(client: Client, cast: Cast) -> Client:
    cast.house.act("12")
    return enter(client, cast.house, "Rita")


def test_a_sheet_of_people_creates_changes_and_posts_and_again_has_nothing_to_do(
    rita: Client, cast: Cast
) -> None:
    sheet = workbook(
        "Pessoas",
        PEOPLE,
        ("Nara Nova", "529.982.247-25", "", "nara@norte.example", "GAB › SAU › ATE", "10/03/2026"),
        ("Otto Novo", "", "0042", "", "edu", ""),
        ("Pia Nova", "", "0043", "", "", ""),
    )
    url = send(rita, "pessoas", sheet)
    before = TrailEntry.objects.count()
    told = text_of(rita.get(url))
    assert "Importar 3 linhas" in told
    assert (TrailEntry.objects.count(), Person.objects.filter(name="Nara Nova").exists()) == (before, False)
    assert "Importação concluída" in text_of(rita.post(url, follow=True))
    posting = Tenure.objects.get(person__name="Nara Nova")
    assert (posting.unit, f"{posting.from_on:%d/%m/%Y}") == (cast.house.units["ATE"], "10/03/2026")
    assert TrailEntry.objects.count() == before + 1
    assert "Nada a fazer" in text_of(rita.get(send(rita, "pessoas", sheet)))


def test_a_new_unit_in_the_sheet_ends_the_posting_and_starts_another(rita: Client, cast: Cast) -> None:
    rows = [("Otto Novo", "", "0042", "", "EDU", "10/03/2026")]
    rita.post(send(rita, "pessoas", workbook("Pessoas", PEOPLE, *rows)))
    rows = [("Otto Novo da Silva", "", "0042", "", "SAU", "20/03/2026")]
    rita.post(send(rita, "pessoas", workbook("Pessoas", PEOPLE, *rows)))
    first, second = Tenure.objects.filter(person__registration="0042").order_by("from_on")
    assert (f"{first.ends.get().ended_on:%d/%m/%Y}", second.unit.acronym) == ("19/03/2026", "SAU")
    assert second.person.name == "Otto Novo da Silva"


def test_every_error_is_told_by_cell_and_nothing_is_written_while_there_is_one(rita: Client) -> None:
    sheet = workbook(
        "Pessoas",
        PEOPLE,
        ("Nara Nova", "529.982.247-24", "", "", "", ""),
        ("Otto Novo", "", "42", "não é e-mail", "XYZ", "31/02/2026"),
        ("Pia Nova", "", "42", "", "", ""),
        ("Quim Novo", "", "", "", "", ""),
    )
    url = send(rita, "pessoas", sheet)
    told = text_of(rita.get(url))
    for words in (
        "Pessoas!B2 o CPF não confere",
        "Pessoas!D3 não é um endereço de e-mail",
        "Pessoas!E3 nenhuma unidade em funcionamento tem a sigla “XYZ”",
        "Pessoas!F3 escreva a data como",
        "Pessoas!C4 já está na linha 3",
        "Pessoas!B5 informe o CPF ou a matrícula",
    ):
        assert words in told, words
    assert "nada é gravado enquanto houver um" in text_of(rita.post(url))
    assert not Person.objects.filter(name="Nara Nova").exists()
    marked = openpyxl.load_workbook(io.BytesIO(rita.get(url + "anotada/").content))
    assert "o CPF não confere" in marked["Pessoas"]["B2"].comment.text


def test_units_of_a_sheet_may_come_in_any_order_and_move_what_exists(rita: Client, cast: Cast) -> None:
    sheet = workbook(
        "Unidades",
        UNITS,
        ("LAB", "Laboratório", "", "DIV"),
        ("DIV", "Divisão", "Unidade administrativa", "EDU"),
        ("ATE", "Atenção Básica e Família", "", "DIV"),
    )
    assert "Importação concluída" in text_of(rita.post(send(rita, "unidades", sheet), follow=True))
    edu = Unit.objects.get(pk=cast.house.units["EDU"].pk)
    for acronym in ("LAB", "ATE"):
        unit = Unit.objects.get(acronym=acronym, institution=cast.house.institution)
        assert unit.path.startswith(edu.path), acronym
    assert "Nada a fazer" in text_of(rita.get(send(rita, "unidades", sheet)))


def test_units_that_would_stand_under_themselves_or_under_nothing_known_are_told(rita: Client) -> None:
    sheet = workbook(
        "Unidades",
        UNITS,
        ("SAU", "Saúde", "", "ATE"),
        ("ATE", "Atenção Básica", "", "SAU"),
        ("N", "N", "", "QWE"),
    )
    told = text_of(rita.get(send(rita, "unidades", sheet)))
    assert "Unidades!D2 SAU ficaria subordinada a si mesma" in told
    assert "Unidades!D4 nenhuma unidade em funcionamento tem a sigla “QWE”" in told


def test_a_text_table_and_a_broken_file_are_read_or_refused_in_words(rita: Client) -> None:
    text = "nome;CPF;matrícula\nNara Nova;529.982.247-25;\n".encode()
    assert "Importar 1 linha" in text_of(rita.get(send(rita, "pessoas", text, "pessoas.csv")))
    assert "Nada foi gravado" in text_of(rita.get(send(rita, "pessoas", b"PK\x03\x04 quebrado")))
    other = workbook("Outra", ("a", "b"))
    assert "não tem a planilha “Pessoas”" in text_of(rita.get(send(rita, "pessoas", other)))


def test_the_model_comes_blank_or_with_what_exists_and_sent_back_has_nothing_to_do(rita: Client) -> None:
    blank = openpyxl.load_workbook(io.BytesIO(rita.get(reverse("import_template_pessoas")).content))
    assert [cell.value for cell in blank["Pessoas"][1]] == list(PEOPLE)
    filled = rita.get(reverse("import_template_unidades") + "?com=dados").content
    assert "Nada a fazer" in text_of(rita.get(send(rita, "unidades", filled)))


def test_in_a_sheet_of_fifty_thousand_rows_the_three_bad_cells_are_the_three_told(rita: Client) -> None:
    lines = ["nome;matrícula;e-mail", *(f"Pessoa {place};{place:06};" for place in range(1, 50_001))]
    lines[100], lines[20_000], lines[50_000] = ";000100;", "Pessoa;20000;@", "Pessoa;000001;"
    url = send(rita, "pessoas", "\n".join(lines).encode(), "grande.csv")
    batch = ImportBatch.objects.get()
    assert [cell for _, cell, _ in batch.problems] == ["A101", "C20001", "B50001"]
    assert "3 erros" in text_of(rita.get(url))


def test_who_does_not_keep_the_registry_neither_sends_nor_sees_an_import(client: Client, cast: Cast) -> None:
    cast.house.act("12")
    url = send(
        enter(client, cast.house, "Rita"),
        "pessoas",
        workbook("Pessoas", PEOPLE, ("N N", "", "1", "", "", "")),
    )
    davi = enter(client, cast.house, "Davi")
    for address in (url, url + "andamento/", reverse("import_pessoas"), reverse("import_template_unidades")):
        assert davi.get(address).status_code == 403, address
    twin = enter(client, cast.twin, "Rita")
    assert (twin.get(url).status_code, twin.post(url).status_code) == (404, 404)
