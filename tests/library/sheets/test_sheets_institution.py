"""What an institution decides, read from its own sheet of the workbook."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from workbook_files import PERCENT, ROW, WIDE, Formula, Sheet, Styled, entregas, told, xlsx

from apura.norms import Decision
from apura.sheets import decidable, read_facts

HEAD = ("Nome", "Valor", "Desde", "Ato", "Data do ato")
NAME = "Parâmetros da instituição"


def written(
    tmp_path: Path, *rows: tuple[object, ...], head: tuple[object, ...] = HEAD, **about: object
) -> Path:
    """A good workbook with these decisions."""
    sheet = Sheet((head, *rows), **about)  # type: ignore[arg-type]
    return xlsx(tmp_path / "f.xlsx", entregas(ROW) | {NAME: sheet})


@pytest.mark.parametrize("since", [date(2020, 1, 1), "01/01/2020", "2020-01-01"])
@pytest.mark.parametrize(("value", "read"), [(Decimal("0.125"), "0,125"), ("0,125", "0,125"), (2, "2")])
def test_a_decision_is_read_with_its_act(tmp_path: Path, since: object, value: object, read: str) -> None:
    path = written(tmp_path, ("abono", value, since, "Portaria nº 1", date(2019, 12, 1)))

    institution = read_facts(path, WIDE).raw.institution

    assert institution is not None
    assert institution.decisions == (
        Decision("abono", read, date(2020, 1, 1), "Portaria nº 1", date(2019, 12, 1), f"{NAME}, A2"),
    )
    assert told(path) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("abono", Formula("#N/A", "e"), date(2020, 1, 1)), "B2: a célula tem o erro #N/A; escreva o valor"),
        (("abono", Formula(None), date(2020, 1, 1)), "B2: a fórmula não tem valor guardado; escreva o valor"),
        (("abono", Styled("0.2", PERCENT), date(2020, 1, 1)), "B2: 0.2 está formatado como percentual"),
        (("abono", date(2020, 1, 1), date(2020, 1, 1)), "B2: é uma data, e a coluna não pede data"),
        (("abono", 1, "ontem"), "C2: “ontem” não é uma data; use dd/mm/aaaa"),
        (("abono", 1), "A2: falta “desde”"),
        ((None, 1, date(2020, 1, 1)), "A2: falta “nome”"),
    ],
)
def test_a_decision_that_is_wrong_is_told_with_its_cell(
    tmp_path: Path, row: tuple[object, ...], message: str
) -> None:
    (said,) = told(written(tmp_path, row))

    assert said.startswith(f"{NAME} {message}")


def test_a_hidden_decision_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ("abono", 1, date(2020, 1, 1)), hidden=[2])

    assert told(path) == [f"{NAME} A2: a linha 2 está oculta: mostre-a ou apague-a"]


def test_without_titles_the_decisions_are_not_guessed(tmp_path: Path) -> None:
    (said,) = told(written(tmp_path, head=("abono", 1)))

    assert said == f"{NAME}: falta a linha de títulos: Nome, Valor, Desde, Ato, Data do ato"


def test_a_blank_sheet_of_decisions_decides_nothing(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "f.xlsx", entregas(ROW) | {NAME: ()})

    assert read_facts(path, WIDE).raw.institution is None
    assert told(path) == []


def test_what_can_be_decided_is_told_with_its_readings() -> None:
    offered = decidable(WIDE)

    assert list(offered) == ["casas", "abono"]
    assert "Adotada: “exata”; outras: “duas casas”. Decide: Conselho" in offered["casas"]
    assert offered["abono"] == "Abono. O ato que fixa o abono. (art. 4º)"
