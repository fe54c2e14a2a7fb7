"""What is written is read back the same: the template, filled, in any values it can hold."""

from __future__ import annotations

import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook_files import WIDE, told

from apura.norms import BadInput, Decision, Institution, RawFacts, RawRow, load_norm, shipped_ids
from apura.norms.facts import Absent
from apura.sheets import read_facts, write_filled, write_template
from builders import ALMG

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "almg-2015.xlsx"


def read_back(facts: RawFacts, path: Path) -> RawFacts:
    """The facts after being written and read."""
    write_filled(WIDE, facts, path)
    read = read_facts(path, WIDE)
    assert read.problems == ()
    return read.raw


def plain(facts: RawFacts) -> object:
    """Only the values, to compare."""
    return (
        {rule: [dict(row.values) for row in rows] for rule, rows in facts.subjects.items()},
        {relation: [dict(row.values) for row in rows] for relation, rows in facts.children.items()},
        facts.fictitious,
    )


LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"], exclude_characters="\ufffd"),
    min_size=1,
    max_size=30,
)
NAMES = LINES.map(str.strip).filter(bool)
NOTES = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool)


def decimals(*, places: int, low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Numbers with at most these decimals."""
    return st.integers(low * 10**places, high * 10**places).map(lambda scaled: Fraction(scaled, 10**places))


ROWS = st.fixed_dictionaries(
    {"chave": NAMES},
    optional={
        "nome": NAMES,
        "estado": st.sampled_from(["feita", "não feita, com motivo", "cancelada"]),
        "feita_em": st.dates(date(1900, 3, 1), date(9999, 12, 31)),
        "cumprido": decimals(places=2, low=0, high=100) | st.sampled_from(["não se aplica", "não informado: x"]),
        "saldo": decimals(places=7, low=-(10**20), high=10**20),
        "relato": NAMES | st.sampled_from(["=1+1", "+55", "-x", "@a", "'", "_x0041_", "#N/A", "1.000", "80%"]),
        "observacoes": NOTES,
    },
)  # fmt: skip
FACTS = st.builds(
    lambda rows, items, people, fictitious: RawFacts(
        {"entrega": [RawRow(row) for row in rows], "pessoa": [RawRow(row) for row in people]},
        {("entrega", "itens"): [RawRow(row) for row in items]},
        fictitious=fictitious,
    ),
    st.lists(ROWS, min_size=1, max_size=8),
    st.lists(
        st.fixed_dictionaries({"chave": NAMES, "pontos": decimals(places=1, low=0, high=10)}), max_size=4
    ),
    st.lists(st.fixed_dictionaries({"chave": NAMES, "entrega": NAMES}), max_size=4),
    st.booleans(),
)


@settings(max_examples=50)
@given(FACTS)
def test_facts_written_are_read_back_the_same(facts: RawFacts) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert plain(read_back(facts, Path(folder) / "f.xlsx")) == plain(facts)


def test_the_example_is_read_and_written_back_the_same(tmp_path: Path) -> None:
    norm = load_norm(ALMG)
    first = read_facts(EXAMPLE, norm)
    write_filled(norm, first.raw, tmp_path / "f.xlsx")

    assert first.problems == ()
    assert len(first.raw.subjects["nota_orgao"]) == 22
    assert plain(read_facts(tmp_path / "f.xlsx", norm).raw) == plain(first.raw)


@pytest.mark.parametrize("norm_id", shipped_ids())
def test_the_template_of_every_norm_is_read_back_blank(tmp_path: Path, norm_id: str) -> None:
    norm = load_norm(norm_id)
    write_template(norm, tmp_path / "f.xlsx")
    read = read_facts(tmp_path / "f.xlsx", norm)

    assert read.problems == ()
    assert not any([*read.raw.subjects.values(), *read.raw.children.values(), read.raw.institution])


def test_values_of_python_and_declared_absences_are_written_as_people_do(tmp_path: Path) -> None:
    row = {
        "chave": "E1",
        "saldo": 5,
        "cumprido": Absent("não informado", "sem laudo"),
        "relato": Absent("não se aplica", ""),
    }
    (read,) = read_back(RawFacts({"entrega": [RawRow(row)]}), tmp_path / "f.xlsx").subjects["entrega"]

    assert read.values["saldo"] == Fraction(5)
    assert (read.values["cumprido"], read.values["relato"]) == ("não informado: sem laudo", "não se aplica")


def test_decisions_are_written_and_read_back(tmp_path: Path) -> None:
    place = "Parâmetros da instituição, A2"
    decided = Decision("abono", "0,125", date(2020, 1, 1), "=Portaria", date(2019, 12, 1), place)
    read = read_back(RawFacts({}, institution=Institution("x", False, (decided,))), tmp_path / "f.xlsx")

    assert read.institution is not None
    assert read.institution.decisions == (decided,)


def test_a_day_no_workbook_counts_alike_is_written_as_text(tmp_path: Path) -> None:
    row = {"chave": "E1", "feita_em": date(1899, 12, 31)}
    (read,) = read_back(RawFacts({"entrega": [RawRow(row)]}), tmp_path / "f.xlsx").subjects["entrega"]

    assert read.values["feita_em"] == "31/12/1899"


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    row = RawRow({"chave": "E1", "observacoes": "x" * 40_000})

    with pytest.raises(BadInput, match="Entregas H2: o texto tem 40000 caracteres; uma célula guarda 32000"):
        write_filled(WIDE, RawFacts({"entrega": [row]}), tmp_path / "f.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_same_facts_always_give_the_same_bytes(tmp_path: Path) -> None:
    facts = RawFacts({"entrega": [RawRow({"chave": "E1", "saldo": Fraction("1.5")})]}, fictitious=True)
    for name in ("a", "b"):
        write_template(WIDE, tmp_path / f"{name}1.xlsx")
        write_filled(WIDE, facts, tmp_path / f"{name}2.xlsx", notes=["nota"])

    assert (tmp_path / "a1.xlsx").read_bytes() == (tmp_path / "b1.xlsx").read_bytes()
    assert (tmp_path / "a2.xlsx").read_bytes() == (tmp_path / "b2.xlsx").read_bytes()


def test_the_template_has_instructions_typed_columns_drop_downs_and_its_norm(tmp_path: Path) -> None:
    write_template(WIDE, tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")

    assert book.sheetnames == [
        "Instruções",
        "Entregas",
        "Itens",
        "Pessoas",
        "Parâmetros da instituição",
        "_apura",
    ]
    assert book["_apura"].sheet_state == "veryHidden"
    assert [row[1].value for row in book["_apura"].iter_rows(max_row=3)] == [
        "norma-das-planilhas",
        "1",
        WIDE.digest,
    ]
    sheet = book["Entregas"]
    assert [cell.value for cell in sheet[1]] == [
        "Código", "Nome", "Estado da entrega", "Feita em", "Percentual cumprido (%)", "Saldo", "Relato", "Observações",
    ]  # fmt: skip
    assert sheet.freeze_panes == "B2"
    rules = {str(rule.sqref).partition(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2"].type == "list"
    assert rules["D2"].prompt == (
        "Data, dd/mm/aaaa. Obrigatório quando Estado da entrega = “feita”; nos demais casos, em branco. (art. 1º, II)"
    )
    formats = {letter: sheet.column_dimensions[letter].number_format for letter in "ADEF"}
    assert formats == {"A": "@", "D": "dd/mm/yyyy", "E": "#,##0.00", "F": "#,##0.0000000"}


def test_options_with_commas_are_offered_from_a_list_of_their_own(tmp_path: Path) -> None:
    write_template(WIDE, tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    (rule,) = [
        one for one in book["Entregas"].data_validations.dataValidation if str(one.sqref).startswith("C2")
    ]

    assert rule.formula1 == "'_apura'!$D$1:$D$3"
    assert [row[3].value for row in book["_apura"].iter_rows(max_row=3)] == [
        "feita",
        "não feita, com motivo",
        "cancelada",
    ]


def test_the_instructions_explain_every_column_and_every_decision(tmp_path: Path) -> None:
    write_template(load_norm(ALMG), tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["Instruções"]
    said = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=2, max_col=2)}

    assert said["Valores fictícios"] == "não"
    assert said["Data de entrega do relatório parcial"].startswith("Data, dd/mm/aaaa. Obrigatório quando")
    assert "até 2 casas decimais" in said["Conformidade do conteúdo do relatório parcial (%)"]
    assert "de 0 a 100" in said["Conformidade do conteúdo do relatório parcial (%)"]
    assert any("Adotada: “dia corrido”" in text for text in said.values())


def test_marking_the_values_as_fictitious_is_read(tmp_path: Path) -> None:
    assert read_back(RawFacts({}, fictitious=True), tmp_path / "a.xlsx").fictitious
    assert not read_back(RawFacts({}), tmp_path / "b.xlsx").fictitious
    assert told(tmp_path / "a.xlsx") == []
