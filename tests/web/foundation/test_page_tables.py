"""Lists: what the address asks is what is seen, and what is seen is what is taken away."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from django.http import Http404
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from apura_web.foundation import table_export, tables
from apura_web.foundation.models import Institution
from apura_web.foundation.tables import BulkAction, ChoiceFilter, Column, Kind, Table, TableLayout


@dataclass
class Agreement:
    pk: int
    code: str
    body: str
    state: str
    due_on: date
    score: Fraction | None


ROWS = [
    Agreement(1, "012/2014", "Saúde", "enviado", date(2014, 9, 30), Fraction(950, 100)),
    Agreement(2, "007/2014", "Educação", "rascunho", date(2014, 10, 7), None),
    Agreement(3, "009/2014", "Ética", "enviado", date(2014, 8, 1), Fraction(1, 3)),
    Agreement(4, "=1+1", "Obras", "atrasado", date(2014, 9, 1), Fraction(-2)),
]
LAYOUT = TableLayout(
    name="acordos",
    caption="Acordos",
    columns=(
        Column("acordo", "Acordo", "code", sort="code", link=lambda row: f"/acordos/{row.pk}/"),
        Column("orgao", "Órgão", "body", sort="body"),
        Column("situacao", "Situação", "state", kind=Kind.BADGE),
        Column("prazo", "Vence em", "due_on", sort="due_on", kind=Kind.DATE, visible=False),
        Column("nota", "Nota", "score", sort="score", kind=Kind.NUMBER, places=2),
    ),
    search=("code", "body"),
    filters=(
        ChoiceFilter("situacao", "Situação", "state", [("enviado", "enviado"), ("rascunho", "rascunho")]),
    ),
)


def table(address: str = "", rows=ROWS, layout: TableLayout = LAYOUT, **headers: str) -> Table:
    return Table(layout, rows, RequestFactory().get(f"/acordos/?{address}", headers=headers))


def names(made: Table) -> list[str]:
    return [row.cells[0].text for row in made.rows]


def test_a_list_is_shown_in_its_own_order_until_asked_otherwise() -> None:
    assert names(table()) == ["012/2014", "007/2014", "009/2014", "=1+1"]
    assert names(table("ordem=orgao")) == ["007/2014", "009/2014", "=1+1", "012/2014"]
    assert names(table("ordem=-orgao")) == ["012/2014", "=1+1", "009/2014", "007/2014"]


def test_what_was_not_reported_comes_last_whichever_way_the_list_is_ordered() -> None:
    assert names(table("ordem=nota"))[-1] == names(table("ordem=-nota"))[-1] == "007/2014"


@pytest.mark.parametrize(
    "address", ["ordem=situacao", "ordem=pk", "ordem=--nota", "ordem=code__regex", "pagina=zero"]
)
def test_an_order_not_offered_is_passed_over(address: str) -> None:
    assert names(table(address)) == names(table())


def test_text_is_looked_for_without_accents_or_capitals_and_every_word_counts() -> None:
    assert names(table("q=EDUCACAO")) == ["007/2014"]
    assert names(table("q=2014+saude")) == ["012/2014"]
    assert names(table("q=saude+nada")) == []


def test_a_filter_takes_only_the_values_it_offers() -> None:
    assert names(table("situacao=enviado")) == ["012/2014", "009/2014"]
    assert len(names(table("situacao=atrasado"))) == len(ROWS)


def test_the_columns_chosen_are_shown_and_none_known_means_the_usual_ones() -> None:
    assert [heading.label for heading in table("colunas=prazo&colunas=acordo").headings] == [
        "Acordo",
        "Vence em",
    ]
    assert [heading.label for heading in table("colunas=senha").headings] == [
        "Acordo",
        "Órgão",
        "Situação",
        "Nota",
    ]


def test_cells_are_written_for_people() -> None:
    cells = table("colunas=prazo&colunas=nota&colunas=situacao&colunas=acordo").rows[0].cells
    assert [cell.text for cell in cells] == ["012/2014", "enviado", "30/09/2014", "9,50"]
    assert cells[0].link == "/acordos/1/"
    assert cells[1].badge.icon == "paper-plane"
    assert table().rows[1].cells[3].is_missing
    assert table().rows[2].cells[3].text == "1/3"


def test_pages_are_bounded_at_both_ends() -> None:
    many = [Agreement(n, f"{n:03}", "Saúde", "enviado", date(2014, 1, 1), None) for n in range(1, 121)]
    assert names(table("", many))[-1] == "050"
    assert (table("pagina=3", many).first, table("pagina=3", many).last) == (101, 120)
    assert table("pagina=99", many).page == 3
    assert table("pagina=-1", many).page == table("pagina=" + "9" * 50, many).page == 1
    assert len(table("por_pagina=25", many).rows) == 25
    assert len(table("por_pagina=100000", many).rows) == 50
    assert [number for number, _ in table("por_pagina=25&pagina=5", many).page_links] == [1, None, 3, 4, 5]


def test_an_address_keeps_what_it_does_not_change() -> None:
    made = table("q=2014&situacao=enviado&pagina=2&aba=notas")
    assert made.url(ordem="nota", pagina=None) == "?q=2014&situacao=enviado&aba=notas&ordem=nota"
    assert made.clean_url == "?aba=notas"
    assert made.kept == [("aba", "notas")]


def test_a_heading_turns_the_order_around() -> None:
    heading = table("ordem=nota").headings[3]
    assert (heading.order, heading.url) == ("ascending", "?ordem=-nota")
    assert table("ordem=-nota").headings[3].order == "descending"
    assert table("ordem=nota").headings[2].url == ""


def test_a_second_list_of_a_page_has_its_own_names() -> None:
    layout = TableLayout("segunda", "Segunda", LAYOUT.columns, search=("body",), prefix="s")
    assert names(table("q=nada&s-q=saude", layout=layout)) == ["012/2014"]


def test_the_csv_takes_the_columns_the_filter_and_the_order_seen() -> None:
    answer = table("colunas=acordo&colunas=nota&situacao=enviado&ordem=nota&formato=csv").answer("none.html")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")) == [
        ["Acordo", "Nota"],
        ["009/2014", "1/3"],
        ["012/2014", "9,5"],
    ]
    assert answer["Content-Disposition"].startswith('attachment; filename="acordos-')


def test_the_open_document_takes_the_same_with_numbers_and_dates() -> None:
    answer = table("colunas=acordo&colunas=nota&colunas=prazo&formato=ods").answer("none.html")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Acordo", "Vence em", "Nota"]
    assert rows[1] == ["012/2014", date(2014, 9, 30), 9.5]
    assert [row[2] for row in rows[2:4]] == ["", "1/3"]
    assert rows[4][0] == "=1+1"


def test_the_json_takes_the_same_with_numbers_as_exact_text_and_what_is_missing_as_null() -> None:
    answer = table("colunas=acordo&colunas=nota&colunas=prazo&ordem=orgao&formato=json").answer("none.html")
    told = json.loads(answer.content)
    assert told["colunas"] == {"acordo": "Acordo", "prazo": "Vence em", "nota": "Nota"}
    assert told["linhas"][:2] == [
        {"acordo": "007/2014", "prazo": "2014-10-07", "nota": None},
        {"acordo": "009/2014", "prazo": "2014-08-01", "nota": "1/3"},
    ]
    assert (told["total"], told["avisos"]) == (4, [])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1"])
def test_no_text_of_a_csv_is_taken_for_a_formula(text: str) -> None:
    rows = [Agreement(1, text, "Saúde", "enviado", date(2014, 1, 1), Fraction(-3))]
    content = (
        table("colunas=acordo&colunas=nota&formato=csv", rows).answer("none.html").content.decode("utf-8-sig")
    )
    assert content.splitlines()[1] == f"'{text};-3"


def test_the_workbook_holds_numbers_dates_and_no_formula() -> None:
    answer = table("colunas=acordo&colunas=prazo&colunas=nota&formato=xlsx").answer("none.html")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][1:] == [sheet["B2"].value, 9.5]
    assert sheet["B2"].value.date() == date(2014, 9, 30)
    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")
    assert sheet["C3"].value is None


def test_a_file_takes_every_page_and_says_when_it_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Agreement(n, f"{n:03}", "Saúde", "enviado", date(2014, 1, 1), None) for n in range(1, 121)]
    whole = table("formato=csv", many).answer("none.html").content.decode("utf-8-sig").splitlines()
    assert len(whole) == 121
    monkeypatch.setattr(tables, "EXPORT_LIMIT", 100)
    monkeypatch.setattr(table_export, "EXPORT_LIMIT", 100)
    cut = table("formato=csv", many).answer("none.html").content.decode("utf-8-sig").splitlines()
    assert len(cut) == 102
    assert cut[-1] == "Este arquivo tem as primeiras 100 de 120 linhas. Use os filtros para levar as outras."


def test_a_kind_of_file_not_offered_is_not_found() -> None:
    with pytest.raises(Http404):
        table("formato=exe").answer("none.html")


def test_htmx_gets_the_list_alone_and_its_html_is_escaped() -> None:
    rows = [Agreement(1, "<script>x</script>", "Saúde", "enviado", date(2014, 1, 1), None)]
    headers = {"hx-request": "true", "hx-target": "div#lista-acordos"}
    content = table("q=%22%3E%3Cb", rows, **headers).answer("none.html").content.decode()
    assert content.strip().startswith('<div class="list" id="lista-acordos">')
    assert "<script>" not in content
    assert "<b" not in content.replace("<button", "")


def test_selecting_is_offered_only_where_there_is_something_to_do() -> None:
    layout = TableLayout("acordos", "Acordos", LAYOUT.columns, actions=(BulkAction("Cobrar", "/cobrar/"),))
    assert [row.key for row in table(layout=layout).rows] == ["1", "2", "3", "4"]
    assert {row.key for row in table().rows} == {""}


@pytest.mark.django_db
def test_a_page_of_a_query_costs_one_count_and_one_slice(django_assert_num_queries) -> None:
    for number in range(1, 61):
        Institution.objects.create(
            code=f"i{number:02}",
            name=f"Instituição {number:02}",
            acronym=f"I{number}",
            calendar="BR",
            founded_on=date(2000, 1, 1),
        )
    layout = TableLayout(
        "instituicoes",
        "Instituições",
        (Column("nome", "Nome", "name", sort="name"), Column("sigla", "Sigla", "acronym")),
        search=("name",),
        filters=(ChoiceFilter("tema", "Tema", "theme", [("federal", "Federal")]),),
        order="-nome",
    )
    with django_assert_num_queries(2):
        made = table("q=institui&tema=federal&pagina=2", Institution.objects.all(), layout)
        assert (made.total, made.pages, names(made)[0]) == (60, 2, "Instituição 10")
