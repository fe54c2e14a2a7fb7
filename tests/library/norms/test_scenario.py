"""What if: readings, parameters, the wording of another date, an edited pack; the norm itself is never touched."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from apura.norms import (
    AppliedNorm,
    BadInput,
    NormWithoutEffect,
    RawFacts,
    Result,
    apply_norm,
    load_folder,
    load_norm,
    run,
)
from apura.norms.scenario import SIMULATED, Scenario, suppose
from builders import ALMG, END_OF_2015, GOOD_PACK, decided, house

LATE = house(
    {"GTP": {"entrega_parcial": date(2015, 8, 17)}}
)  # 3 days after Friday 14, 1 of them a business day
END_OF_2021 = date(2021, 12, 31)


def note(result: Result, rule: str, key: str) -> Fraction:
    return next(one.number for one in result.outcomes if (one.rule.name, one.key) == (rule, key))


def gtp(applied: AppliedNorm, facts: RawFacts = LATE) -> Fraction:
    return note(run(applied, facts, rule="nota_orgao"), "nota_orgao", "GTP")


def test_another_reading_is_tried_on_a_copy() -> None:
    base = apply_norm(ALMG, on=END_OF_2015)

    supposed, asked = suppose(base, Scenario(readings={"art-13-dia": "DIA UTIL"}))

    assert (gtp(base), gtp(supposed)) == (Fraction("9.4"), Fraction("9.8"))
    assert load_norm(ALMG).interpretations["art-13-dia"].adopted == "dia corrido"
    assert base.norm is load_norm(ALMG)
    assert supposed.norm.digest != base.norm.digest
    assert [(one.kind, one.before, one.after, one.cites) for one in asked] == [
        ("interpretação", "dia corrido", "dia útil", "art. 13, caput")
    ]


def test_a_value_the_text_fixes_may_be_tried_otherwise() -> None:
    base = apply_norm(ALMG, on=END_OF_2015)

    supposed, asked = suppose(base, Scenario(parameters={"perda_por_dia": "0,125"}))

    assert gtp(supposed) == Fraction("9.625")  # 3 × 0,125
    tried = supposed.parameter("perda_por_dia")
    assert (tried.value, tried.places, tried.act) == (Fraction("0.125"), 3, SIMULATED)
    assert base.parameter("perda_por_dia").value == Fraction("0.2")
    assert (asked[0].before, asked[0].after) == ("0,20 ponto/dia", "0,125 ponto/dia")


def test_the_institutions_own_decision_gives_way_to_what_is_tried() -> None:
    base = apply_norm(ALMG, on=END_OF_2015, institution=decided("art-13-dia", "dia útil"))

    supposed, asked = suppose(base, Scenario(readings={"art-13-dia": "dia corrido"}))

    assert (gtp(base), gtp(supposed)) == (Fraction("9.8"), Fraction("9.4"))
    assert asked[0].decided_by == "Ata nº 1"


def test_a_pending_value_may_be_tried_and_its_rule_gives_a_result() -> None:
    base = apply_norm(load_folder(GOOD_PACK), on=END_OF_2021)

    supposed, asked = suppose(base, Scenario(parameters={"abono": "1,5"}))

    assert (asked[0].before, asked[0].after) == ("pendente", "1,50 ponto")
    assert supposed.parameter("abono").value == Fraction("1.5")


def test_a_choice_still_to_be_made_may_be_tried(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOOD_PACK, tmp_path / "pacote"))
    file = folder / "interpretations.toml"
    text = file.read_text(encoding="utf-8")
    asked_for = text.replace(
        'adopted = "exata"\nothers  = ["duas casas"]',
        'asks = "Escolha por ato."\nothers = ["exata", "duas casas"]',
    )
    file.write_text(asked_for, encoding="utf-8")
    base = apply_norm(load_folder(folder), on=END_OF_2021)

    supposed, asked = suppose(base, Scenario({"casas-da-media": "duas casas"}))

    assert (asked[0].before, asked[0].after) == ("pendente", "duas casas")
    assert supposed.reading("casas-da-media").reading == "duas casas"


def test_the_wording_of_another_date_governs_and_the_deadlines_stay() -> None:
    base = apply_norm(load_folder(GOOD_PACK), on=END_OF_2021)

    supposed, asked = suppose(base, Scenario(wording_on=date(2020, 6, 30)))

    assert supposed.parameter("perda_por_dia").value == Fraction("0.25")
    assert supposed.wording(supposed.norm.rule("ponto")).uses == ("redacao-antiga",)
    assert supposed.due_in_year("entrega", 2021) == base.due_in_year("entrega", 2021)
    assert [member.unit for member in supposed.members("grupos", "G1")] == ["U1", "U2"]  # U3 left in 2020
    assert "parâmetro" in {one.kind for one in asked[0].details}
    assert base.parameter("perda_por_dia").value == Fraction("0.5")


def test_a_wording_not_at_hand_on_the_other_date_stays_refused() -> None:
    base = apply_norm(ALMG, on=END_OF_2015)

    supposed, _ = suppose(base, Scenario(wording_on=date(2014, 12, 31)))
    result = run(supposed, LATE)

    assert {one.rule for one in result.pending} == {"nota_secretaria"}
    assert gtp(supposed) == gtp(base)


def test_an_edited_pack_takes_the_place_of_the_norm(tmp_path: Path) -> None:
    edited = Path(shutil.copytree(GOOD_PACK, tmp_path / "pacote"))
    parameters = edited / "parameters.toml"
    parameters.write_text(parameters.read_text().replace('value = "0.5"', 'value = "0.1"'))
    base = apply_norm(load_folder(GOOD_PACK), on=END_OF_2021)

    supposed, asked = suppose(base, Scenario(pack=load_folder(edited)))

    assert supposed.parameter("perda_por_dia").value == Fraction("0.1")
    assert [(one.kind, one.name, one.after) for one in asked[0].details] == [
        ("parâmetro", "perda_por_dia", "0,1 ponto/dia (art. 2º; Norma de teste nº 2)")
    ]


def test_changes_add_up_and_each_is_told() -> None:
    base = apply_norm(ALMG, on=END_OF_2015)

    supposed, asked = suppose(
        base, Scenario({"art-13-dia": "dia útil"}, {"perda_por_dia": "0,3", "perda_maxima": "0,25"})
    )

    assert gtp(supposed) == Fraction("9.75")  # 1 × 0,30, of which 0,25 at most
    assert [one.name for one in asked] == ["art-13-dia", "perda_por_dia", "perda_maxima"]


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario({"art-13-dias": "dia útil"}), "talvez “art-13-dia”"),
        (Scenario({"art-13-dia": "dia lunar"}), "há “dia corrido”; “dia útil”"),
        (Scenario({"art-13-dia": "dia corrido"}), "já é a leitura"),
        (Scenario({"perda_por_dia": "0,1"}), "use --parametro"),
        (Scenario({}, {"art-13-dia": "dia útil"}), "use --leitura"),
        (Scenario({}, {"perda": "1"}), "parâmetros: perda_por_dia"),
        (Scenario({}, {"perda_por_dia": "um"}), "não é um número"),
        (Scenario({}, {"perda_por_dia": "0,2"}), "já é o valor"),
        (Scenario({}, {"perda_por_dia": "0,00000000001"}), "mais de 10 casas"),
        (Scenario({}, {"casas_por_nivel": "1,5"}), "um inteiro de 0 a 10"),
        (Scenario({}, {"casas_por_nivel": "-1"}), "um inteiro de 0 a 10"),
        (Scenario(wording_on=date(2015, 12, 30)), "diz o mesmo"),
        (Scenario(pack=load_norm(ALMG)), "diz o mesmo"),
        (Scenario(pack=load_folder(GOOD_PACK)), "norma-de-teste"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_what_exists(scenario: Scenario, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        suppose(apply_norm(ALMG, on=END_OF_2015), scenario)

    assert said in str(refused.value)


def test_a_value_outside_the_declared_range_is_refused_with_the_range() -> None:
    base = apply_norm(load_folder(GOOD_PACK), on=END_OF_2021)

    with pytest.raises(BadInput, match="0 no mínimo, 1 no máximo"):
        suppose(base, Scenario(parameters={"perda_por_dia": "1,5"}))


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        suppose(apply_norm(ALMG, on=END_OF_2015), Scenario({"nada": "x"}, {"perda_por_dia": "um"}))

    assert len(refused.value.problems) == 2


def test_a_wording_date_outside_the_norm_is_refused_in_its_own_words() -> None:
    with pytest.raises(NormWithoutEffect) as refused:
        suppose(apply_norm(ALMG, on=END_OF_2015), Scenario(wording_on=date(2012, 12, 31)))

    assert "ainda não produz efeitos" in refused.value.reason
    assert "--redacao" in refused.value.what_to_do
