"""What changed in a norm between two dates, and between a norm and an edited copy."""

import shutil
from datetime import date
from pathlib import Path

from apura.norms import AppliedNorm, load_folder, load_norm
from apura.norms.norm_differences import NormDifference, norm_differences
from builders import ALMG, GOOD_PACK

END_OF_2020, END_OF_2021 = date(2020, 12, 31), date(2021, 12, 31)


def between(first: date, second: date) -> dict[str, list[NormDifference]]:
    norm = load_folder(GOOD_PACK)
    found: dict[str, list[NormDifference]] = {}
    for one in norm_differences(AppliedNorm(norm, first), AppliedNorm(norm, second)):
        found.setdefault(one.kind, []).append(one)
    return found


def edited(tmp_path: Path, file: str, old: str, new: str) -> tuple[NormDifference, ...]:
    folder = Path(shutil.copytree(GOOD_PACK, tmp_path / "pacote"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return norm_differences(
        AppliedNorm(load_folder(GOOD_PACK), END_OF_2021), AppliedNorm(load_folder(folder), END_OF_2021)
    )


def test_nothing_changes_between_two_days_of_the_same_text() -> None:
    assert between(date(2021, 3, 1), END_OF_2021) == {}


def test_a_value_is_told_with_its_article_and_act_before_and_after() -> None:
    (loss,) = between(END_OF_2020, END_OF_2021)["parâmetro"]

    assert (loss.before, loss.after) == (
        "0,25 ponto/dia (art. 2º)",
        "0,5 ponto/dia (art. 2º; Norma de teste nº 2)",
    )


def test_the_rules_under_the_same_wording_are_told_together() -> None:
    wording = between(END_OF_2020, END_OF_2021)["redação"][0]

    assert wording.name.split(", ")[:2] == ["ponto", "media"]
    assert (wording.before, wording.after) == (
        "texto original, por interpretação (redacao-antiga)",
        "texto original",
    )


def test_a_member_that_left_is_told() -> None:
    (left,) = between(END_OF_2020, END_OF_2021)["composição"]

    assert (left.label, left.before, left.after) == ("G1: U3 – Unidade Três", "compõe", None)


def test_a_text_not_at_hand_is_told_instead_of_refused() -> None:
    norm = load_norm(ALMG)
    found = norm_differences(AppliedNorm(norm, date(2014, 12, 31)), AppliedNorm(norm, date(2015, 12, 31)))

    secretariat = next(one for one in found if one.name == "nota_secretaria")
    assert str(secretariat.before).startswith("sem resultado: A redação de")
    assert secretariat.after == "Deliberação nº 2.639, de 28/12/2015"


def test_an_edited_formula_is_told_in_words(tmp_path: Path) -> None:
    found = edited(
        tmp_path, "rules/10_ponto.toml", "perda_por_dia * dias; 0)", "perda_por_dia * dias * 100; 0)"
    )

    assert [(one.kind, one.name) for one in found] == [("fórmula", "perda")]
    assert found[0].after == "se(Situação = “entregue”; Perda por dia × Dias de atraso × 100; 0)"


def test_an_edited_reading_annex_or_deadline_is_told(tmp_path: Path) -> None:
    swapped = 'adopted = "dia útil"\nothers  = ["dia corrido"]\nchanges = ["dias"]'
    kept = 'adopted = "dia corrido"\nothers  = ["dia útil"]\nchanges = ["dias"]'
    (reading,) = edited(tmp_path / "1", "interpretations.toml", kept, swapped)
    (row,) = edited(tmp_path / "2", "tables/pesos.csv", "parecer,curto,1", "parecer,curto,1.5")
    (deadline,) = edited(tmp_path / "3", "deadlines.toml", "days = 5", "days = 8")

    assert (reading.kind, reading.before, reading.after) == ("interpretação", "dia corrido", "dia útil")
    assert (row.label, row.before, row.after) == ("Peso do produto: parecer; curto", "1", "1,5")
    assert (deadline.before, deadline.after) == ("5 dias (dia); calendário BR", "8 dias (dia); calendário BR")


def test_an_input_declared_otherwise_is_told(tmp_path: Path) -> None:
    (read,) = edited(tmp_path, "rules/10_ponto.toml", 'high     = "2"', 'high     = "3"')

    assert (read.kind, read.label) == ("regra", "Pontos da unidade: o que a regra lê")
