"""What each kind of cell gives its column, or why it is refused: one cell changed in a table that is right."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from workbook_files import (
    CLOCK,
    LITERAL_PERCENT,
    MOMENT,
    PERCENT,
    ROW,
    TENTHS_OF_PERCENT,
    WIDE,
    Book,
    Formula,
    Styled,
    changed,
    entregas,
    told,
    values,
    xlsx,
)

from apura.sheets import read_facts


def cell_read(tmp_path: Path, column: str, cell: object) -> object:
    """The value of a cell of the only row, by the name of its column."""
    names = dict(
        zip("abcdefg", ("chave", "nome", "estado", "feita_em", "cumprido", "saldo", "relato"), strict=True)
    )
    path = xlsx(tmp_path / "f.xlsx", entregas(changed(**{column: cell})))
    assert told(path) == []
    return values(read_facts(path, WIDE))[0].get(names[column])


def complaint(tmp_path: Path, column: str, cell: object) -> str:
    """The only thing told about a table with one cell changed."""
    (said,) = told(xlsx(tmp_path / "f.xlsx", entregas(changed(**{column: cell}))))
    assert said.startswith(f"Entregas {column.upper()}2: ")
    return said


def test_a_table_that_is_right_is_read_whole(tmp_path: Path) -> None:
    read = read_facts(xlsx(tmp_path / "f.xlsx", entregas(ROW)), WIDE)

    assert read.problems == ()
    assert values(read) == [
        {
            "chave": "E1",
            "nome": "Entrega um",
            "estado": "feita",
            "feita_em": date(2021, 3, 1),
            "cumprido": Fraction(80),
            "saldo": Fraction("1.5"),
            "relato": "bem",
        }
    ]
    assert read.raw.subjects["entrega"][0].cells["feita_em"] == "D2"


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("e", Styled("0.8", PERCENT), Fraction(80)),
        ("e", Styled("0.825", TENTHS_OF_PERCENT), Fraction("82.5")),
        ("e", Styled("8.0000000000000002E-2", PERCENT), Fraction(8)),
        ("e", Styled("1E-4", PERCENT), Fraction("0.01")),
        ("e", Styled("80", LITERAL_PERCENT), Fraction(80)),
        ("e", "80 %", Fraction(80)),
        ("e", "80\u00a0%", Fraction(80)),
        ("e", "82,5%", Fraction("82.5")),
        ("e", "0,00", Fraction(0)),
        ("f", "1.234,56", Fraction("1234.56")),
        ("f", "−12,5", Fraction("-12.5")),
        ("f", " 7 ", Fraction(7)),
        ("f", Decimal("0.30000000000000004"), Fraction("0.3")),
        ("f", "0.1", Fraction("0.1")),
        ("f", Decimal("1E-7"), Fraction(1, 10**7)),
        ("f", Decimal("1E+20"), Fraction(10**20)),
        ("f", Decimal("12345678901234E3"), Fraction(12345678901234 * 10**3)),
        ("f", Decimal("-0"), Fraction(0)),
        ("f", Decimal("999999999999999"), Fraction(999999999999999)),
        ("f", Decimal("1.0000000000000007"), Fraction(1)),
        ("f", Formula("2.5"), Fraction("2.5")),
        ("f", "123456789012345678,1234567", Fraction("123456789012345678.1234567")),
        ("a", 15, "15"),
        ("a", Decimal("15.0"), "15"),
        ("a", "000010", "000010"),
        ("a", "10", "10"),
        ("b", Formula("", "str"), None),
        ("g", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("g", "linha\noutra & <mais>", "linha\noutra & <mais>"),
        ("g", Formula("dito", "str"), "dito"),
        ("d", "01/03/2021", "01/03/2021"),
    ],
)  # fmt: skip
def test_a_cell_gives_its_exact_value(tmp_path: Path, column: str, cell: object, value: object) -> None:
    read = cell_read(tmp_path, column, cell)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("f", "dez", "“dez” não é um número"),
        ("f", "1.000", "Se são milhares, escreva 1000; se são casas decimais, escreva 1,000"),
        ("f", "10%", "“10%” não é um número"),
        ("f", Styled("0.1", PERCENT), "“10%” está formatado como percentual, e a coluna não é de %"),
        ("f", Formula("#DIV/0!", "e"), "a célula tem o erro #DIV/0!; corrija a fórmula ou escreva o valor"),
        ("e", Formula(None), "a fórmula não tem valor guardado; abra o arquivo no editor de planilhas, salve"),
        ("e", Formula(""), "a fórmula não tem valor guardado"),
        ("e", True, "“verdadeiro” é um valor lógico; escreva o que a coluna pede"),
        ("d", Styled("44256.5", MOMENT), "“01/03/2021 12:00” tem hora; escreva só a data"),
        ("d", Styled("0.5", CLOCK), "“12:00:00” tem hora; escreva só a data"),
        ("d", 44256, "“44256” é um número; escreva a data como dd/mm/aaaa"),
        ("d", "31/02/2021", "“31/02/2021” não existe no calendário"),
        ("d", "1º de março", "“1º de março” não é uma data"),
        ("f", date(2021, 3, 1), "“01/03/2021” é uma data, e a coluna não pede data; confira o formato"),
        ("a", date(2021, 3, 1), "“01/03/2021” é uma data, e a coluna não pede data"),
        ("c", "feitas", "“feitas” não é uma opção; use: feita; não feita, com motivo; cancelada; talvez “feita”"),
        ("e", 101, "está fora da faixa: use um valor entre 0 e 100"),
        ("e", Styled("1.01", PERCENT), "101 % está fora da faixa"),
        ("e", Decimal("80.125"), "80,125 tem casas demais; use no máximo 2 casas decimais"),
        ("e", None, "está em branco; preencha “Percentual cumprido” (obrigatório quando"),
        ("e", "   ", "está em branco; preencha “Percentual cumprido”"),
        ("f", None, "está em branco; preencha “Saldo” (art. 1º, IV)"),
        ("a", None, "falta a sigla ou código que identifica a linha"),
        ("f", 123456789012345678, "mais de 15 algarismos, e uma planilha não guarda tantos com exatidão"),
        ("f", 123456789012345000, "123456789012345000 tem mais de 15 algarismos"),
        ("f", 1234567890123456, "mais de 15 algarismos"),
        ("f", Decimal("12345678901234.5678"), "mais de 15 algarismos"),
        ("f", Decimal("0.3333333333333333"), "0,3333333333333333 tem mais de 15 algarismos"),
        ("f", Decimal("0.00000001"), "tem casas demais; use no máximo 7 casas decimais"),
        ("e", "não informado", "diga o motivo"),
        ("f", "não se aplica", "“não se aplica” não é aceito em “Saldo”"),
        ("g", "x" * 1001, "o texto tem 1001 caracteres, e aqui cabem 1000: começa por “xxx"),
        ("b", "Entrega\u200b um", "tem caracteres invisíveis; apague e digite de novo"),
        ("c", "feita\u202e", "tem caracteres invisíveis"),
        ("f", "9" * 31, "no máximo 30 algarismos"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_is_told_with_its_place(
    tmp_path: Path, column: str, cell: object, message: str
) -> None:
    assert message in complaint(tmp_path, column, cell)


def test_a_declared_absence_is_kept_with_its_reason(tmp_path: Path) -> None:
    assert cell_read(tmp_path, "e", "Não informado: faltou o laudo 12") == "Não informado: faltou o laudo 12"
    assert cell_read(tmp_path, "e", "não se aplica") == "não se aplica"


def test_a_value_where_there_must_be_none_is_told_with_the_condition(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(changed(c="cancelada")))

    assert told(path) == [
        "Entregas D2: deve ficar em branco, salvo quando Estado da entrega = “feita” (art. 1º, II)"
    ]


def test_a_formula_that_a_program_wrote_and_no_editor_computed_is_refused(tmp_path: Path) -> None:
    book = Book(entregas(changed(f=Formula("0"))), calculation='<calcPr fullCalcOnLoad="1"/>')

    (said,) = told(xlsx(tmp_path / "f.xlsx", book))

    assert said.startswith("Entregas F2: a fórmula não tem valor guardado")


def test_a_workbook_of_the_strict_namespace_is_read_the_same(tmp_path: Path) -> None:
    book = Book(
        entregas(changed(e=Styled("0.8", PERCENT))), main="http://purl.oclc.org/ooxml/spreadsheetml/main"
    )

    assert values(read_facts(xlsx(tmp_path / "f.xlsx", book), WIDE))[0]["cumprido"] == 80


def test_every_error_of_a_row_and_of_a_file_is_told_at_once_in_order(tmp_path: Path) -> None:
    rows = (
        changed(c="feitas", e="dez", f="onze"),
        changed(a="E2", d=44256, f=True),
        changed(a="E3", b=Formula("#N/A", "e")),
    )
    sheets = entregas(*rows, items=(("E1", "muitos"), ("E2", 11)))

    said = [f"{problem.partition(':')[0]}" for problem in told(xlsx(tmp_path / "f.xlsx", sheets))]

    assert said[:6] == [
        "Entregas C2",
        "Entregas E2",
        "Entregas F2",
        "Entregas D3",
        "Entregas F3",
        "Entregas B4",
    ]
    assert said[6:] == ["Itens B2", "Itens B3"]


def test_a_cell_with_an_error_is_not_also_told_as_blank(tmp_path: Path) -> None:
    (said,) = told(xlsx(tmp_path / "f.xlsx", entregas(changed(f=Formula("#REF!", "e")))))

    assert "#REF!" in said
