"""A step whose formula the law changed: each date has its own formula and article, and an unknown one refuses."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from apura.norms import (
    Norm,
    UnknownWording,
    Verdict,
    apply_norm,
    calculate,
    document,
    explain,
    load_folder,
    recheck,
    run,
)
from apura.norms.docs import page
from apura.norms.facts import RawFacts, RawRow
from builders import GOOD_PACK, exact

WORDINGS = """
[[steps.wordings]]
from    = 2020-01-01
until   = 2020-06-30
wording = "unknown"
why     = "O anexo de 2020 não foi localizado."
what_to_do = "Obtenha o anexo."

[[steps.wordings]]
from    = 2020-07-01
until   = 2020-12-31
formula = "dias * perda_por_dia"
cites   = "art. 9º"
act     = "Norma de teste nº 2"

[[steps.wordings]]
from    = 2021-01-01
formula = "dias * perda_por_dia * 100 / 100"
"""
LATE = {"chave": "U1", "situacao": "entregue", "dias": 2, "extra": 0, "itens": []}


@pytest.fixture
def norm(tmp_path: Path) -> Norm:
    pack = Path(shutil.copytree(GOOD_PACK, tmp_path / "norma-de-teste"))
    rule = pack / "rules" / "10_ponto.toml"
    text = rule.read_text(encoding="utf-8")
    formula = "formula = 'se(situacao = \"entregue\"; perda_por_dia * dias; 0)'\n"
    assert formula in text
    before, after = text.replace(formula, "").split('[[steps]]\nname    = "nota"')
    rule.write_text(f'{before}{WORDINGS}\n[[steps]]\nname    = "nota"{after}', encoding="utf-8")
    return load_folder(pack)


@pytest.mark.parametrize(
    ("on", "loss", "article"),
    [(date(2020, 12, 31), "0.50", "art. 9º"), (date(2021, 12, 31), "1.00", "art. 2º")],
)
def test_each_date_has_its_formula_and_its_article(norm: Norm, on: date, loss: str, article: str) -> None:
    outcome = calculate(norm, "ponto", LATE, on=on)

    assert outcome.step("perda").value == exact(loss)
    assert outcome.step("perda").citation == article
    assert {step.name: step.citation for step in explain(outcome).steps}["perda"] == article


def test_a_date_whose_formula_is_not_known_is_refused_and_may_be_simulated(norm: Norm) -> None:
    with pytest.raises(UnknownWording, match="O anexo de 2020 não foi localizado") as refused:
        calculate(norm, "ponto", LATE, on=date(2020, 6, 30))
    assert refused.value.what_to_do == "Obtenha o anexo."

    units = [
        RawRow({**{name: value for name, value in LATE.items() if name != "itens"}, "chave": unit})
        for unit in ("U1", "U2", "U3")
    ]
    applied = apply_norm(norm, on=date(2020, 6, 30), simulation=True)
    made = document(run(applied, RawFacts({"ponto": units})))
    assert any("“Perda por atraso”" in reason for reason in made["simulacao"]["motivos"])
    assert recheck(made, norm=norm).verdict is Verdict.HOLDS


def test_the_page_shows_each_wording_with_its_dates(norm: Norm) -> None:
    assert "de 01/07/2020 a 31/12/2020: " in page(norm)
    assert "de 01/01/2020 a 30/06/2020: redação desconhecida" in page(norm)
