"""The same table in every format: ods and xls with their own ways, csv with separators and encodings."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import xlwt
from workbook_files import (
    HEAD,
    ITEMS_HEAD,
    PERCENT,
    ROW,
    WIDE,
    Styled,
    changed,
    ods,
    ods_row,
    ods_table,
    told,
    values,
)

from apura.norms import BadInput, BadRequest, load_folder
from apura.sheets import read_facts

GOOD = {
    "chave": "E1",
    "nome": "Entrega um",
    "estado": "feita",
    "feita_em": date(2021, 3, 1),
    "cumprido": Fraction(80),
    "saldo": Fraction("1.5"),
    "relato": "bem",
}


def ods_file(tmp_path: Path, *rows: str, others: str = "") -> Path:
    """An ods whose main table has these rows under the titles."""
    tables = ods_table("Entregas", [ods_row(*HEAD), *rows]) + ods_table("Itens", [ods_row(*ITEMS_HEAD)])
    return ods(tmp_path / "f.ods", tables + others)


def test_an_ods_is_read_like_an_xlsx(tmp_path: Path) -> None:
    path = ods_file(tmp_path, ods_row(*changed(e=Styled("0.8", PERCENT))))

    assert told(path) == []
    assert values(read_facts(path, WIDE)) == [GOOD]


def test_rows_that_an_ods_folds_into_one_keep_their_percentages(tmp_path: Path) -> None:
    row = ods_row(*changed(e=Styled("0.5", PERCENT)), attributes='table:number-rows-repeated="3"')
    read = read_facts(ods_file(tmp_path, row), WIDE)

    assert [row["cumprido"] for row in values(read)] == [50, 50, 50]


def test_the_blank_rest_of_an_ods_sheet_is_nothing(tmp_path: Path) -> None:
    rest = ods_row(None, attributes='table:number-rows-repeated="1048570"')
    wide = '<table:table-cell table:number-columns-repeated="16376"/>'
    path = ods_file(tmp_path, ods_row(*ROW, wide), rest)

    assert values(read_facts(path, WIDE)) == [GOOD]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p>',
            "F2: a célula tem o erro #DIV/0!",
        ),
        (
            'table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>Err:502</text:p>',
            "F2: a célula tem o erro Err:502",
        ),
        ('table:formula="of:=1+1">', "F2: a fórmula não tem valor guardado"),
        ('office:value-type="boolean" office:boolean-value="true">', "F2: “verdadeiro” é um valor lógico"),
        (
            'office:value-type="date" office:date-value="2021-03-01T10:30:00">',
            "F2: “01/03/2021 10:30” tem hora",
        ),
        ('office:value-type="time" office:time-value="PT10H30M00S">', "F2: “10:30:00” tem hora"),
        (
            'office:value-type="float" office:value="1" table:number-rows-spanned="2">',
            "F2:F3: células mescladas",
        ),
    ],
)
def test_what_an_ods_cell_may_be_is_refused_by_name(tmp_path: Path, cell: str, message: str) -> None:
    whole = f"<table:table-cell {cell}</table:table-cell>"
    (said,) = told(ods_file(tmp_path, ods_row(*changed(f=whole))))

    assert message in said


@pytest.mark.parametrize("digits", ["1234567890123456", "123456789012346000", "1234567890123.4567"])
def test_digits_an_ods_cannot_hold_are_refused(tmp_path: Path, digits: str) -> None:
    (said,) = told(ods_file(tmp_path, ods_row(*changed(f=Decimal(digits)))))

    assert "tem mais de 15 algarismos" in said


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_rows_an_ods_hides_or_filters_are_refused(tmp_path: Path, visibility: str) -> None:
    hidden = ods_row(*changed(a="E2"), attributes=f'table:visibility="{visibility}"')

    assert told(ods_file(tmp_path, ods_row(*ROW), hidden)) == [
        "Entregas A3: a linha 3 está oculta: mostre-a ou apague-a"
    ]


def test_a_comment_on_an_ods_cell_is_not_its_text(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>#nota</text:p></office:annotation>'
        "<text:p>duas</text:p><text:p>linhas</text:p></table:table-cell>"
    )
    read = read_facts(ods_file(tmp_path, ods_row(*changed(g=cell))), WIDE)

    assert values(read)[0]["relato"] == "duas\nlinhas"


def xls_file(tmp_path: Path, *rows: tuple[object, ...]) -> tuple[xlwt.Workbook, xlwt.Worksheet, Path]:
    """An xls, open for more, with these rows under the titles."""
    book = xlwt.Workbook()
    sheet, items = book.add_sheet("Entregas"), book.add_sheet("Itens")
    for at, title in enumerate(ITEMS_HEAD):
        items.write(0, at, title)
    looks = {
        date: xlwt.easyxf(num_format_str="dd/mm/yyyy"),
        datetime: xlwt.easyxf(num_format_str="dd/mm/yyyy hh:mm"),
    }
    for number, row in enumerate((HEAD, *rows)):
        for at, value in enumerate(row):
            if isinstance(value, Styled):
                sheet.write(number, at, Decimal(value.value), xlwt.easyxf(num_format_str="0.0%"))
            elif value is not None:
                sheet.write(number, at, value, looks.get(type(value), xlwt.Style.default_style))
    return book, sheet, tmp_path / "f.xls"


def test_an_xls_is_read_like_an_xlsx(tmp_path: Path) -> None:
    book, _sheet, path = xls_file(tmp_path, changed(e=Styled("0.8", PERCENT)))
    book.save(str(path))

    assert told(path) == []
    assert values(read_facts(path, WIDE)) == [GOOD]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, "F2: “verdadeiro” é um valor lógico"),
        (datetime.fromisoformat("2021-03-01 12:00"), "F2: “01/03/2021 12:00” tem hora"),
        (date(2021, 3, 1), "F2: “01/03/2021” é uma data"),
        (Styled("0.1", PERCENT), "F2: “10%” está formatado como percentual"),
        ("dez", "F2: “dez” não é um número"),
    ],
)
def test_what_an_xls_cell_may_be_is_refused_by_name(tmp_path: Path, value: object, message: str) -> None:
    book, _sheet, path = xls_file(tmp_path, changed(f=value))
    book.save(str(path))
    (said,) = told(path)

    assert message in said


def test_hidden_rows_columns_merges_and_errors_of_an_xls_are_refused(tmp_path: Path) -> None:
    book, sheet, path = xls_file(tmp_path, ROW, changed(a="E2"), changed(a="E3", b=None))
    sheet.row(2).hidden = True
    sheet.col(6).hidden = True
    sheet.write_merge(4, 5, 1, 1, "juntas")
    sheet.row(3).set_cell_error(1, "#DIV/0!")
    book.save(str(path))

    assert [said.partition(";")[0] for said in told(path)] == [
        "Entregas G2: há valor numa coluna oculta: mostre a coluna ou apague o valor (e em mais 2 linhas)",
        "Entregas A3: a linha 3 está oculta: mostre-a ou apague-a",
        "Entregas B4: a célula tem o erro #DIV/0!",
        "Entregas A5: falta a sigla ou código que identifica a linha",
        "Entregas B5:B6: células mescladas: desfaça a mesclagem e escreva o valor em cada linha",
        "Entregas C5: está em branco",
        "Entregas F5: está em branco",
    ]


CSV_HEAD = ("Matrícula", "Nome", "Entrega", "Observações")


def csv_file(tmp_path: Path, text: str, *, encoding: str = "utf-8", name: str = "pessoas.csv") -> Path:
    """A text table."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_whatever_its_separator_encoding_and_line_endings(
    tmp_path: Path, encoding: str, separator: str, ending: str
) -> None:
    rows = [
        CSV_HEAD,
        ("000010", "José, o “filho”" if encoding != "latin-1" else "José", "E1", ""),
        ("15", "", "É2", "nota"),
    ]
    quoted = [separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in rows]
    read = read_facts(csv_file(tmp_path, ending.join(quoted), encoding=encoding), WIDE, rule="pessoa")

    assert read.problems == ()
    assert values(read, "pessoa") == [
        {"chave": "000010", "nome": rows[1][1], "entrega": "E1"},
        {"chave": "15", "entrega": "É2", "observacoes": "nota"},
    ]


def test_quoted_fields_may_hold_line_breaks_and_rows_keep_the_number_an_editor_shows(tmp_path: Path) -> None:
    text = (
        "Título do relatório, com vírgulas, muitas, vírgulas\n\nMatrícula;Nome;Entrega\n"
        '1;"duas\nlinhas; e ""aspas""";E1\n2;x;E2\n'
    )
    rows = read_facts(csv_file(tmp_path, text), WIDE, rule="pessoa").raw.subjects["pessoa"]

    assert rows[0].values["nome"] == 'duas\nlinhas; e "aspas"'
    assert [row.cells["chave"] for row in rows] == ["A4", "A5"]


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    flat = load_folder(Path(__file__).parent / "flat_pack")
    text = "a;b;c;d\n1,5;2,5;3,5;4,5\n0,5;2,5;3,5;4,5\n"
    read = read_facts(csv_file(tmp_path, text), flat, rule="soma")

    assert values(read, "soma")[0] == {
        "chave": "1,5",
        "b": Fraction("2.5"),
        "c": Fraction("3.5"),
        "d": Fraction("4.5"),
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'Matr\xc3\xadcula;Entrega\n1;"aberta\n', "aspas sem par, ou campo longo demais"),
        (b'Matr\xc3\xadcula;Entrega\n1;"a"b;c\n', "aspas sem par"),
        (b"Matr\xc3\xadcula;Entrega\n1;a\x00b\n", "não é um arquivo de texto; salve como CSV (UTF-8)"),
        ("Matrícula;Entrega\n".encode("utf-16"), "não é um arquivo de texto"),
        (b"PK\x03\x04" + b"x" * 50, "é uma planilha com nome de texto; troque o fim do nome para .xlsx"),
        (b"", "o arquivo está vazio"),
        (b'Matr\xc3\xadcula;Entrega\n1;"' + b"x" * 200_000 + b'"\n', "campo longo demais"),
    ],
)
def test_a_csv_that_cannot_be_read_says_why(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(data)

    with pytest.raises(BadInput) as refused:
        read_facts(path, WIDE, rule="pessoa")
    assert message in str(refused.value)
    assert [problem.sheet for problem in refused.value.problems] == ["p.csv"]


def test_a_csv_needs_its_rule_and_a_rule_that_a_csv_can_bring(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Código\nE1\n")

    with pytest.raises(BadRequest, match="Diga qual com --regra: entrega, pessoa"):
        read_facts(path, WIDE)
    with pytest.raises(BadRequest, match=r"lê também “Itens”, que um csv não traz\. Use xlsx ou ods"):
        read_facts(path, WIDE, rule="entrega")
    with pytest.raises(BadRequest, match="não tem regra “nada”"):
        read_facts(path, WIDE, rule="nada")
