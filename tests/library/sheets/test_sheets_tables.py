"""Where the table is, which columns it has, which rows count: the sheet around the cells."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from workbook_files import HEAD, ITEMS_HEAD, ROW, WIDE, Sheet, changed, entregas, problems, told, values, xlsx

from apura.norms import BadInput, BadRequest, apply_norm, load_norm, run
from apura.sheets import read_facts, write_template
from builders import ALMG

SECOND = changed(a="E2", b="Entrega dois")


def file(tmp_path: Path, *rows: object, head: tuple[object, ...] = HEAD, **about: object) -> Path:
    """A workbook whose main sheet has these rows and details."""
    table = Sheet((head, *rows), **about)  # type: ignore[arg-type]
    return xlsx(tmp_path / "f.xlsx", {"Entregas": table, "Itens": (ITEMS_HEAD,)})


def test_columns_may_come_in_another_order_and_under_shorter_titles(tmp_path: Path) -> None:
    head = ("saldo", "PERCENTUAL  CUMPRIDO", "feita_em", "estado da entrega", "código", "Relato")
    row = (Decimal("1.5"), 80, date(2021, 3, 1), "feita", "E1", "bem")

    assert told(file(tmp_path, row, head=head)) == []
    read = values(read_facts(file(tmp_path, row, head=head), WIDE))
    assert read == [
        {
            name: value
            for name, value in values(read_facts(file(tmp_path, ROW), WIDE))[0].items()
            if name != "nome"
        }
    ]


def test_titles_may_stand_below_a_heading_and_rows_may_leave_gaps(tmp_path: Path) -> None:
    sheet = Sheet(
        (("Entregas de 2021",), ("Setor de testes",), (), HEAD, (), ROW, (), SECOND), merged=["A1:H1"]
    )
    path = xlsx(tmp_path / "f.xlsx", {"Entregas": sheet, "Itens": (ITEMS_HEAD,)})

    assert told(path) == []
    assert [row["chave"] for row in values(read_facts(path, WIDE))] == ["E1", "E2"]
    assert read_facts(path, WIDE).raw.subjects["entrega"][1].cells["saldo"] == "F8"


def test_blank_formatted_rows_and_columns_are_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, (*ROW, None, None), *((None,) * 10 for _ in range(50)), ("  ", "", None))

    assert told(path) == []
    assert len(values(read_facts(path, WIDE))) == 1


def test_notes_are_kept_and_a_row_of_notes_alone_is_no_row(tmp_path: Path) -> None:
    path = file(tmp_path, changed(h="ver anexo"), (None,) * 7 + ("só um lembrete",))

    assert [row.get("observacoes") for row in values(read_facts(path, WIDE))] == ["ver anexo"]
    assert told(path) == []


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Estado da entregua", "“Estado da entregua”; talvez “Estado da entrega”"),
        ("Chefe", "“Chefe”; comentários vão na coluna “Observações”"),
        ("Cod.", "“Cod.”; talvez “Código”"),
        ("x" * 200, f"“{'x' * 80}…”; comentários vão na coluna “Observações”"),
        (2021, "“2021”; comentários vão na coluna “Observações”"),
    ],
)
def test_a_title_that_is_not_the_norms_is_told_with_its_cell(
    tmp_path: Path, title: object, message: str
) -> None:
    path = file(tmp_path, ROW, head=(*HEAD[:7], title))

    assert told(path) == [f"Entregas H1: coluna desconhecida: {message}"]


def test_a_missing_column_is_told_once_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    head = tuple(title for title in HEAD if title != "Saldo")
    rows = [
        ("E1", "x", "feita", date(2021, 3, 1), 80, "bem"),
        ("E2", "x", "feitas", date(2021, 3, 1), 80, "bem"),
    ]

    first, second = told(file(tmp_path, *rows, head=head))

    assert first == "Entregas: falta a coluna “Saldo” (art. 1º, IV)"
    assert second.startswith("Entregas C3: “feitas” não é uma opção")


def test_a_repeated_column_is_told_at_the_second(tmp_path: Path) -> None:
    assert "Entregas I1: a coluna “Saldo” aparece duas vezes" in told(
        file(tmp_path, ROW, head=(*HEAD, "Saldo"))
    )


def test_without_a_row_of_titles_the_columns_wanted_are_told(tmp_path: Path) -> None:
    (said,) = told(file(tmp_path, head=ROW))

    assert said.startswith(
        "Entregas: falta a linha de títulos, que começa por “Código”; as colunas são: “Código”, “Nome”"
    )


@pytest.mark.parametrize("second", ["E1", "e1", "É1", " e1 "])
def test_a_key_that_comes_twice_is_told_with_the_first_line(tmp_path: Path, second: str) -> None:
    path = file(tmp_path, changed(a="É1" if "É" in second else "E1"), changed(a=second))

    assert told(path) == [f"Entregas A3: “{second.strip()}” já está na linha 2; cada um aparece uma vez"]


def test_hidden_rows_with_content_are_refused_and_still_checked(tmp_path: Path) -> None:
    path = file(tmp_path, ROW, SECOND, changed(a="E3", f="dez"), (None,) * 8, hidden=[3, 4, 5])

    third, fourth, value = told(path)

    assert third == "Entregas A3: a linha 3 está oculta: mostre-a ou apague-a"
    assert fourth == "Entregas A4: a linha 4 está oculta: mostre-a ou apague-a"
    assert value.startswith("Entregas F4: “dez” não é um número")


def test_values_in_a_hidden_column_are_refused(tmp_path: Path) -> None:
    path = file(tmp_path, ROW, SECOND, hidden_columns=[6, 9])

    assert told(path) == [
        "Entregas F2: há valor numa coluna oculta: mostre a coluna ou apague o valor (e em mais 1 linha)"
    ]


def test_merged_cells_in_the_table_are_refused_by_their_area(tmp_path: Path) -> None:
    path = file(tmp_path, ROW, SECOND, merged=["C2:C3"])

    assert told(path) == [
        "Entregas C2:C3: células mescladas: desfaça a mesclagem e escreva o valor em cada linha"
    ]


def test_a_value_beside_the_table_is_told(tmp_path: Path) -> None:
    (one,) = told(file(tmp_path, (*ROW, None, 12)))
    (many,) = told(file(tmp_path, (*ROW, "x"), (*SECOND, "y"), (None,) * 8 + ("z",)))

    assert one == (
        "Entregas J2: há valor numa coluna sem título; dê-lhe um título da norma, ou passe-o para “Observações”"
    )
    assert many.startswith("Entregas I2: há valor numa coluna sem título")
    assert many.endswith("(e em mais 2 linhas)")


def test_sheets_of_the_users_own_are_left_alone(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "f.xlsx",
        entregas(ROW) | {"Rascunho": Sheet((("=", 1),), hidden=[1]), "Entregas 2019": ((1,),)},
    )

    assert told(path) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "Entrega",
            "Entrega: não é uma planilha desta norma; talvez “Entregas”: se for, mude o nome para esse",
        ),
        ("Plan1", "Entregas: falta a planilha “Entregas”; o arquivo tem: “Plan1”, “Itens”"),
    ],
)
def test_a_missing_sheet_is_told_once_with_the_likely_one(tmp_path: Path, name: str, message: str) -> None:
    assert told(xlsx(tmp_path / "f.xlsx", {name: (HEAD, ROW), "Itens": (ITEMS_HEAD,)})) == [message]


def test_an_optional_sheet_under_a_mistaken_name_is_not_passed_over(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW) | {"Pessoa": (("Matrícula", "Entrega"), (1, "E1"))})

    assert told(path) == [
        "Pessoa: não é uma planilha desta norma; talvez “Pessoas”: se for, mude o nome para esse"
    ]


def test_the_child_sheet_is_missed_when_its_rule_has_rows_and_not_otherwise(tmp_path: Path) -> None:
    assert told(xlsx(tmp_path / "a.xlsx", {"Entregas": (HEAD, ROW)})) == [
        "Itens: falta a planilha “Itens”; o arquivo tem: “Entregas”"
    ]
    assert told(xlsx(tmp_path / "b.xlsx", {"Entregas": (HEAD,)})) == []


def test_two_sheets_of_the_same_name_but_for_accents_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW) | {"ENTRÊGAS": (HEAD,)})

    assert "há mais de uma planilha com este nome (Entregas, ENTRÊGAS); deixe uma só" in told(path)[0]


def test_a_workbook_of_another_norm_is_refused_with_that_alone(tmp_path: Path) -> None:
    write_template(load_norm(ALMG), tmp_path / "almg.xlsx")

    assert [problem.message for problem in problems(tmp_path / "almg.xlsx")] == [
        "este arquivo é da norma almg-2554-2012, não da norma-das-planilhas; peça a norma dele, ou use o modelo desta"
    ]


def test_an_empty_workbook_says_what_it_lacks(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", {"Plan1": ()})

    assert told(path) == ["Entregas: falta a planilha “Entregas”; o arquivo tem: “Plan1”"]


def test_a_blank_template_has_nothing_wrong_and_nothing_to_compute(tmp_path: Path) -> None:
    write_template(WIDE, tmp_path / "f.xlsx")
    read = read_facts(tmp_path / "f.xlsx", WIDE)

    assert told(tmp_path / "f.xlsx") == []
    with pytest.raises(BadInput, match="Entregas: nenhuma linha preenchida"):
        run(apply_norm(WIDE, on=date(2021, 12, 31)), read.raw)


def test_facts_with_a_cell_in_error_compute_nothing(tmp_path: Path) -> None:
    read = read_facts(file(tmp_path, changed(f=True)), WIDE)

    assert read.problems
    with pytest.raises(BadInput):
        run(apply_norm(WIDE, on=date(2021, 12, 31)), read.raw)


def test_only_the_sheets_a_rule_needs_are_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW) | {"Pessoas": (("qualquer", "coisa"),)})

    assert read_facts(path, WIDE, rule="entrega").problems == ()
    assert read_facts(path, WIDE, rule="pessoa").problems != ()
    with pytest.raises(BadRequest, match="não tem regra"):
        read_facts(path, WIDE, rule="entregas")


def test_an_unknown_body_is_told_with_the_likely_one(tmp_path: Path) -> None:
    norm = load_norm(ALMG)
    head = ("Sigla", "Situação do relatório parcial")
    path = xlsx(tmp_path / "f.xlsx", {"Órgãos": (head, ("GPM", "entregue"))})

    said = "\n".join(told(path, norm, on=date(2015, 12, 31)))

    assert "Órgãos A2: “GPM” não é órgão da composição nesta data; talvez “" in said
    assert said.count("falta a coluna") == 7


def test_the_source_says_the_file_its_digest_and_how_many_rows(tmp_path: Path) -> None:
    source = read_facts(file(tmp_path, ROW, SECOND), WIDE).raw.source

    assert source is not None
    assert (source.file, source.rows, len(source.sha256)) == ("f.xlsx", 2, 64)
