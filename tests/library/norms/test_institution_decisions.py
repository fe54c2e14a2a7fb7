"""What an institution may decide, by which act, and from which day it holds."""

from datetime import date
from pathlib import Path

import pytest

from apura.norms import (
    BadInput,
    Decision,
    Institution,
    apply_norm,
    calculate,
    explain,
    load_folder,
    read_institution,
)
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, exact, facts

LATE = facts(entrega_parcial=date(2015, 8, 18))
FILE = """
nome = "Assembleia"

[[parametros]]
nome        = "art-13-dia"
valor       = "dia útil"
desde       = 2015-01-01
ato         = "Ata nº 3/2015 do Conselho de Diretores"
data_do_ato = 2015-02-10
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "casa.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_reading_decided_by_an_act_changes_the_number_and_is_shown_with_its_act(tmp_path: Path) -> None:
    house = read_institution(written(tmp_path, FILE))

    outcome = calculate(ALMG, "nota_orgao", LATE, on=END_OF_2015, institution=house)

    assert calculate(ALMG, "nota_orgao", LATE, on=END_OF_2015).step("perda_parcial").value == exact("0.80")
    assert outcome.step("perda_parcial").value == exact("0.40")
    shown = {reading.name: reading for reading in explain(outcome).readings}["art-13-dia"]
    assert (shown.reading, shown.decision.act if shown.decision else None) == (
        "dia útil",
        "Ata nº 3/2015 do Conselho de Diretores",
    )


def test_a_decision_without_an_act_is_refused_but_in_a_simulation_that_says_so(tmp_path: Path) -> None:
    house = read_institution(written(tmp_path, FILE.replace("ato  ", "# ato  ")))

    with pytest.raises(BadInput, match="falta o ato que decidiu"):
        apply_norm(ALMG, on=END_OF_2015, institution=house)
    simulated = apply_norm(ALMG, on=END_OF_2015, institution=house, simulation=True)
    assert simulated.reasons == ["“art-13-dia” foi usado sem ato que o decida"]


@pytest.mark.parametrize(
    ("since", "reading"), [(date(2015, 12, 31), "dia útil"), (date(2016, 1, 1), "dia corrido")]
)
def test_a_decision_holds_only_from_its_day_on(since: date, reading: str) -> None:
    applied = apply_norm(ALMG, on=END_OF_2015, institution=decided("art-13-dia", "dia útil", since=since))

    assert applied.reading("art-13-dia").reading == reading


def test_the_latest_decision_that_holds_prevails() -> None:
    first = decided("art-13-dia", "dia útil", since=date(2014, 1, 1)).decisions
    last = decided("art-13-dia", "dia corrido", since=date(2015, 1, 1)).decisions
    applied = apply_norm(ALMG, on=END_OF_2015, institution=Institution("Casa", False, first + last))

    assert applied.reading("art-13-dia").reading == "dia corrido"


def test_two_decisions_of_one_day_about_one_thing_are_refused() -> None:
    both = tuple(
        Decision("art-13-dia", value, END_OF_2015, "Ata", None, "F.toml")
        for value in ("dia útil", "dia corrido")
    )

    with pytest.raises(BadInput, match="já foi decidido a partir de 31/12/2015"):
        apply_norm(ALMG, on=END_OF_2015, institution=Institution("Casa", False, both))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "perda_por_dia",
            "0",
            "“perda_por_dia” é fixado pelo texto (art. 13, caput) e a instituição não pode mudá-lo",
        ),
        (
            "art-13-dia",
            "dia santo",
            "não é uma leitura de “art-13-dia”; as oferecidas são “dia corrido”; “dia útil”",
        ),
        ("art-13-dias", "dia útil", "talvez “art-13-dia”"),
    ],
)
def test_what_the_norm_does_not_let_the_institution_decide_is_refused(
    name: str, value: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        apply_norm(ALMG, on=END_OF_2015, institution=decided(name, value))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("value", "said"), [("muito", "não é um número"), ("6", "fora da faixa"), ("1,555", "mais casas")]
)
def test_a_value_supplied_is_held_to_what_the_parameter_declares(value: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        apply_norm(load_folder(GOOD_PACK), on=date(2021, 12, 31), institution=decided("abono", value))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nome = 3", "casa.toml nome: escreva o nome da instituição entre aspas"),
        ('ficticio = "não"', "casa.toml ficticio: escreva true ou false"),
        ("cor = 'azul'", "chave desconhecida: cor"),
        ("nome = ", "não é TOML"),
        ("parametros = 3", "escreva cada decisão em um bloco [[parametros]]"),
        ("[[parametros]]\nvalor = '1'\ndesde = 2015-01-01", "parâmetro 1: falta “nome”"),
        ("[[parametros]]\nnome = 'x'\nvalor = 0.25\ndesde = 2015-01-01", "escreva o valor entre aspas"),
        ("[[parametros]]\nnome = 'x'\nvalor = [1]\ndesde = 2015-01-01", "não é um texto nem um número"),
        ("[[parametros]]\nnome = 3\nvalor = '1'\ndesde = 2015-01-01", "“nome” não é um texto"),
        ("[[parametros]]\nnome = 'x'\nvalor = '1'\ndesde = 'ontem'", "“desde” não é uma data"),
        ("[[parametros]]\nnome = 'x'\nvalor = '1'\ndesde = 2015-01-01T10:00:00", "“desde” não é uma data"),
        (
            "[[parametros]]\nnome = 'x'\nvalor = '1'\ndesde = 2015-01-01\nquando = 1",
            "chave desconhecida “quando”",
        ),
    ],
)
def test_an_institution_file_that_is_wrong_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_institution(written(tmp_path, text))
    assert said in str(refused.value)


def test_an_institution_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="não foi possível ler"):
        read_institution(tmp_path / "nada.toml")
