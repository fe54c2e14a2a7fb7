"""The workbook of results: what it says, how it is set, and that nothing in it can run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from workbook_files import WIDE

from apura.norms import Decision, Institution, RawFacts, RawRow, apply_norm, document, load_norm, run
from apura.sheets import read_facts, write_results
from builders import ALMG, END_OF_2015

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "almg-2015.xlsx"
DANGERS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SOMA(A1)", "\t=1", " =1")


@pytest.fixture(scope="module")
def almg() -> Mapping[str, Any]:
    """The result of the example."""
    read = read_facts(EXAMPLE, load_norm(ALMG))
    return document(run(apply_norm(ALMG, on=END_OF_2015), read.raw))


def wide(*, name: str = "Entrega", note: str = "1", simulation: bool = False) -> dict[str, Any]:
    """The result of a delivery worth 25/3, whose person depends on a pending value."""
    entry = {"chave": "E1", "nome": name, "estado": "cancelada", "saldo": Fraction(1)}
    facts = RawFacts(
        {"entrega": [RawRow(entry)], "pessoa": [RawRow({"chave": note, "entrega": "E1"})]},
        {("entrega", "itens"): [RawRow({"chave": "E1", "pontos": points}) for points in (10, 10, 5)]},
    )
    return document(run(apply_norm(WIDE, on=date(2021, 12, 31), simulation=simulation), facts))


def written(made: Mapping[str, Any], tmp_path: Path) -> Workbook:
    """The workbook of a result, opened."""
    write_results(made, tmp_path / "resultado.xlsx")
    return openpyxl.load_workbook(tmp_path / "resultado.xlsx")


def rows(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    """The values of a sheet."""
    return list(book[sheet].iter_rows(values_only=True))


def test_each_rule_has_a_sheet_and_the_whole_memory_another(almg: Mapping[str, Any], tmp_path: Path) -> None:
    book = written(almg, tmp_path)

    assert book.sheetnames == [
        "Nota do órgão", "Nota da diretoria", "Nota da Procuradoria-Geral", "Nota da Secretaria-Geral da Mes",
        "Nota da Diretoria-Geral", "Nota do titular", "Memória de cálculo", "Sobre este cálculo",
    ]  # fmt: skip


def test_the_score_comes_first_as_a_number_with_its_places(almg: Mapping[str, Any], tmp_path: Path) -> None:
    sheet = written(almg, tmp_path)["Nota do órgão"]
    by_key = {row[0].value: row for row in sheet.iter_rows(min_row=3)}

    assert sheet["C2"].value == "Nota do resultado setorial do órgão (ponto)"
    assert by_key["GPL"][2].value == pytest.approx(8.5)
    assert by_key["GPL"][2].number_format == "#,##0.00"
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2, sheet.max_column).coordinate[:-1]}24"


def test_every_sheet_says_that_values_are_fictitious(almg: Mapping[str, Any], tmp_path: Path) -> None:
    book = written(almg, tmp_path)

    assert {str(sheet["A1"].value) for sheet in book} == {
        "VALORES FICTÍCIOS: exemplo ou ensaio, sem valor oficial"
    }


def test_a_simulation_says_so_on_every_sheet_with_its_reasons(tmp_path: Path) -> None:
    made = wide(simulation=True) | {"simulacao": {"aviso": "x", "motivos": ["não há redação", "falta ato"]}}
    book = written(made, tmp_path)

    assert {str(sheet["A1"].value) for sheet in book} == {
        "SIMULAÇÃO SEM VALOR OFICIAL: não há redação; falta ato"
    }


def test_a_value_without_end_is_shown_rounded_and_kept_exact(tmp_path: Path) -> None:
    book = written(wide(), tmp_path)
    header, row = rows(book, book.sheetnames[0])

    assert header == ("Sigla", "Nome", "Nota (ponto)", "Pontos dos itens (ponto)", "Resultado exato")
    assert row == ("E1", "Entrega", pytest.approx(8.33), 25, "25/3")


def test_what_is_pending_is_listed_with_what_to_do(tmp_path: Path) -> None:
    head, pending = rows(written(wide(), tmp_path), "Pendências")

    assert head == ("Regra", "Sigla", "Motivo", "Fundamento", "O que fazer")
    assert pending[:2] == ("Nota da entrega [quase / toda]: um rótulo comprido de pessoa", "1")
    assert all(isinstance(cell, str) and cell != "todos" for cell in pending)


def test_a_result_of_nothing_but_refusals_is_still_a_workbook(tmp_path: Path) -> None:
    made = wide() | {"regras": [], "resultados": []}

    assert written(made, tmp_path).sheetnames == ["Pendências", "Sobre este cálculo"]


def test_every_step_comes_with_formula_values_article_and_readings(
    almg: Mapping[str, Any], tmp_path: Path
) -> None:
    _banner, header, *steps = rows(written(almg, tmp_path), "Memória de cálculo")
    loss = next(row for row in steps if row[1] == "GTP" and row[2] == "Perda por atraso do relatório parcial")
    step = dict(zip(header, loss, strict=True))

    assert step["Regra"] == "Nota do órgão"
    assert step["Valor"] == pytest.approx(0.6)
    assert step["Com valores"] == "mín(1; 0,2 × 3)"
    assert "Perda por dia de atraso = 0,20 desde 01/01/2013 (art. 13, caput)" in str(step["Parâmetros"])
    assert step["Fundamento"] == "art. 13, caput"
    assert "Adotada: dia corrido." in str(step["Interpretações"])


def test_the_last_sheet_identifies_the_calculation_and_the_decisions(tmp_path: Path) -> None:
    decided = Decision("casas", "duas casas", date(2020, 1, 1), "Portaria nº 1", date(2019, 12, 2), "x")
    applied = apply_norm(WIDE, on=date(2021, 12, 31), institution=Institution("Casa", False, (decided,)))
    facts = RawFacts({"entrega": [RawRow({"chave": "E1", "estado": "cancelada", "saldo": 1})]})
    said = dict(
        row[:2] for row in rows(written(document(run(applied, facts)), tmp_path), "Sobre este cálculo")
    )

    assert said["Norma"] == "Norma das planilhas nº 1 – Todo tipo de coluna"
    assert said["Data de aplicação"] == "31/12/2021"
    assert said["Edição"] == f"1 ({WIDE.digest})"
    assert said["Arquivo de origem"] == "chamada em Python"
    assert said["Instituição"] == "Casa"
    assert said["Decisão: Casas da nota"] == "duas casas, desde 01/01/2020; Portaria nº 1, de 02/12/2019"


def test_sheet_names_fit_are_not_repeated_and_have_no_forbidden_signs(tmp_path: Path) -> None:
    made = wide(simulation=True)
    rules = [
        {**made["regras"][0], "rotulo": label}
        for label in ("A/B [c]: d*e?\\", "memória de cálculo", "x" * 40, "X" * 40, "'aspas'", "Pendências")
    ]
    names = written(made | {"regras": rules}, tmp_path).sheetnames

    assert names[:6] == [
        "A B  c   d e", "memória de cálculo (2)", "x" * 31, "X" * 27 + " (2)", "aspas", "Pendências (2)",
    ]  # fmt: skip
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("danger", DANGERS)
def test_nothing_written_can_run(tmp_path: Path, danger: str) -> None:
    made = wide(name=danger)
    made["resultados"][0]["passos"][0] |= {"com_valores": danger, "fundamento": danger}
    book = written(made, tmp_path)
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).strip() == danger.strip()
    ]

    assert len(found) >= 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)
    with zipfile.ZipFile(tmp_path / "resultado.xlsx") as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "sheet" in name]
    assert not any(re.search(r"<f[ >]", part) for part in parts)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    made = wide()
    made["resultados"][0]["passos"][0]["com_valores"] = "1 + " * 10_000
    texts = [str(row[7]) for row in rows(written(made, tmp_path), "Memória de cálculo")]

    assert max(map(len, texts)) == 32_000
    assert any(text.endswith("…") for text in texts)


def test_a_result_always_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_results(wide(), tmp_path / name)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_pages_are_set_to_print_across_with_the_titles_repeated(
    almg: Mapping[str, Any], tmp_path: Path
) -> None:
    for sheet in written(almg, tmp_path):
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
        assert sheet.print_title_rows == "$2:$2"
        assert "&P" in str(sheet.oddFooter.right.text)
